//! [`Course`]: exercises in order, with what a trainer says between them.

use marslab_model::Wording;
use marslab_scenario::lesson::{Lesson, lessons};
use marslab_scenario::scenario::Play;

/// Exercises in order.
#[derive(Clone, Debug)]
pub struct Course {
    /// What is said first.
    pub begin: Option<&'static Wording>,
    /// The exercises; at least one.
    pub exercises: Vec<Exercise>,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct Exercise {
    /// The play.
    pub play: Play,
    /// What is said before it, and tells no cause; and what is said when it was revealed.
    pub words: Option<(&'static Wording, &'static Wording)>,
}

impl Course {
    /// That of a lesson of this build.
    pub fn of_lesson(name: &str) -> Option<Self> {
        lessons().iter().find(|it| it.name == name).map(Self::of)
    }

    fn of(lesson: &'static Lesson) -> Self {
        let exercises = lesson.exercises.iter();
        let exercises = exercises.map(|it| {
            let words = Some((&it.before, &it.after));
            Exercise { play: it.play.clone(), words }
        });
        Self { begin: Some(&lesson.begin), exercises: exercises.collect() }
    }
}

impl From<Play> for Course {
    /// A single exercise, without words.
    fn from(play: Play) -> Self {
        Self { begin: None, exercises: vec![Exercise { play, words: None }] }
    }
}
