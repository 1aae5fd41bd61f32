//! [`Lesson`]: scenarios in order, with a trainer's words. One file each in `scenarios/lessons/`.

use std::sync::OnceLock;

use marslab_model::Wording;
use serde::Deserialize;
use thiserror::Error;
use toml::Spanned;

use crate::corpus;
use crate::play::Play;

/// Exercises in order, and what a trainer says between them.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// The stem of the file's name.
    pub name: String,
    /// What it is about, in one line.
    pub title: Wording,
    /// What is said first.
    pub begin: Wording,
    /// The exercises.
    pub exercises: Vec<Exercise>,
}

/// One scenario of a lesson.
#[derive(Clone, Debug)]
pub struct Exercise {
    /// The play.
    pub play: &'static Play,
    /// What is said before it: nothing that tells the cause.
    pub before: Wording,
    /// What is said when it was revealed.
    pub after: Wording,
}

/// What is wrong with a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LessonError {
    /// It is no TOML, or has other keys.
    #[error("{file}: {message}")]
    Toml {
        /// The file.
        file: String,
        /// What is wrong, with the place.
        message: String,
    },
    /// It is larger than any lesson.
    #[error("{file}: it is larger than {} KiB", BYTES_MAX >> 10)]
    TooLarge {
        /// The file.
        file: String,
    },
    /// It has no exercise, or too many.
    #[error("{file}: a lesson has 1 to {EXERCISES_MAX} of `[[exercise]]`")]
    Exercises {
        /// The file.
        file: String,
    },
    /// The corpus has no such play, or nothing is to be repaired in it.
    #[error("{file}:{line}: `{scenario}` {why}; `marslab list` shows the scenarios")]
    Scenario {
        /// The file.
        file: String,
        /// The line.
        line: usize,
        /// The name.
        scenario: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A text is not in all four languages.
    #[error("{file}: `{key}` needs `en`, `ja`, `ko` and `zh`")]
    Language {
        /// The file.
        file: String,
        /// The text.
        key: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: Wording,
    begin: Wording,
    #[serde(default)]
    exercise: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    scenario: Spanned<String>,
    before: Wording,
    after: Wording,
}

/// The lessons of this build, by name.
pub fn lessons() -> &'static [Lesson] {
    static LESSONS: OnceLock<Vec<Lesson>> = OnceLock::new();
    LESSONS.get_or_init(|| {
        let read = |(name, text): &(&str, &str)| read(name, text);
        let read: Result<_, LessonError> = marslab_scenarios::LESSONS.iter().map(read).collect();
        // A test reads them all.
        read.unwrap_or_default()
    })
}

/// Reads a lesson; the first mistake is told.
pub fn read(name: &str, text: &str) -> Result<Lesson, LessonError> {
    let file = format!("{name}.toml");
    if text.len() > BYTES_MAX {
        return Err(LessonError::TooLarge { file });
    }
    let bad = |error: toml::de::Error| {
        let message = error.to_string().trim_end().to_owned();
        LessonError::Toml { file: file.clone(), message }
    };
    let File { title, begin, exercise } = toml::from_str(text).map_err(bad)?;
    if !(1..=EXERCISES_MAX).contains(&exercise.len()) {
        return Err(LessonError::Exercises { file });
    }
    let of_exercises = exercise.iter().flat_map(|it| {
        let name = it.scenario.get_ref();
        [(format!("before` of `{name}"), &it.before), (format!("after` of `{name}"), &it.after)]
    });
    let own = [("title".to_owned(), &title), ("begin".to_owned(), &begin)];
    for (key, wording) in own.into_iter().chain(of_exercises) {
        if wording.ja.is_none() || wording.ko.is_none() || wording.zh.is_none() {
            return Err(LessonError::Language { file, key });
        }
    }
    let exercises = exercise.into_iter().map(|written| checked(written, &file, text));
    let exercises = exercises.collect::<Result<_, _>>()?;
    Ok(Lesson { name: name.to_owned(), title, begin, exercises })
}

fn checked(written: Written, file: &str, text: &str) -> Result<Exercise, LessonError> {
    let Written { scenario, before, after } = written;
    let start = scenario.span().start;
    let scenario = scenario.into_inner();
    let wrong = |why| {
        let line = 1 + text.get(..start).unwrap_or_default().matches('\n').count();
        LessonError::Scenario { file: file.to_owned(), line, scenario: scenario.clone(), why }
    };
    let play = corpus::named(&scenario).into_iter().find(|play| play.name == scenario);
    let play = play.ok_or_else(|| wrong("is no scenario"))?;
    if play.cures.is_empty() {
        return Err(wrong("has nothing to repair"));
    }
    Ok(Exercise { play, before, after })
}

const BYTES_MAX: usize = 256 << 10;

const EXERCISES_MAX: usize = 20;

#[cfg(test)]
mod tests;
