//! A class: trainees, each with a world of their own, who do the same exercises at a time. A trainer leads it, or its only
//! trainee does.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use marslab_live::LiveError;
use marslab_model::world::Language;
use marslab_scenario::scenario::Play;
use marslab_training::course::Course;
use marslab_training::debrief::Ended;
use marslab_training::record::Record;
use marslab_training::training::TrainingError;
use tokio::sync::watch;
use tokio::task::JoinSet;

pub(crate) use state::{Debriefs, Seen, Stage, Step};
pub(crate) use trainee::Trainee;
pub(crate) use trainee_visit::TraineeVisit;
pub(crate) use trainer_visit::TrainerVisit;

mod state;
mod trainee;
mod trainee_visit;
mod trainer_visit;

/// How trainings are set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// What the numbers of tickets begin with: anything that does not tell the scenario.
    pub id: String,
    /// The seed that draws the names of each world.
    pub seed: u64,
    /// The language of the customer and of the machine.
    pub language: Language,
    /// How long an exercise may take.
    pub limit: Option<Duration>,
}

/// Who keeps the records.
pub trait Keeper: Send + Sync {
    /// Keeps the record of a trainee's exercise, numbered from 1. Called at its begin, after each line, and at its end, when it
    /// is revealed.
    fn keep(&self, trainee: usize, record: &Record);
}

/// Who says how it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Led {
    /// A trainer.
    ByTrainer,
    /// Nobody: the only trainee goes on alone, and gets each answer at the end of its exercise.
    Alone,
}

/// A class.
pub(crate) struct Class {
    led: Led,
    trainees: Vec<Arc<Trainee>>,
    set: Mutex<Option<Set>>,
    /// Of those who set, start and end.
    turn: tokio::sync::Mutex<()>,
    changes: Arc<watch::Sender<u64>>,
}

/// What the class does.
struct Set {
    course: Course,
    /// The number of the exercise, from 0, once one was started.
    at: Option<usize>,
    is_revealed: bool,
    /// Why an exercise could not be started.
    trouble: Option<String>,
}

impl Class {
    pub(crate) fn new(
        led: Led,
        trainees: usize,
        setting: &Setting,
        keeper: &Arc<dyn Keeper>,
    ) -> Arc<Self> {
        let changes = Arc::new(watch::Sender::new(0));
        let trainee = |number| Trainee::new(number, setting.clone(), keeper, &changes);
        let trainees = (1..=trainees).map(trainee).collect();
        let (set, turn) = (Mutex::default(), tokio::sync::Mutex::default());
        Arc::new(Self { led, trainees, set, turn, changes })
    }

    pub(crate) const fn led(&self) -> Led {
        self.led
    }

    pub(crate) fn trainees(&self) -> &[Arc<Trainee>] {
        &self.trainees
    }

    /// Counts what has changed with any of the trainees.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Where it stands; nothing before something is set.
    pub(crate) fn step(&self) -> Option<Step> {
        self.with(|set| {
            let Set { course, at, is_revealed, trouble } = set.as_ref()?;
            Some(Step {
                begin: course.begin,
                exercise: at.and_then(|at| course.exercises.get(at)).cloned(),
                next: at.map_or(0, |at| at + 1),
                count: course.exercises.len(),
                is_revealed: *is_revealed,
                trouble: trouble.clone(),
            })
        })
    }

    fn with<R>(&self, act: impl FnOnce(&mut Option<Set>) -> R) -> R {
        act(&mut self.set.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Sets what is done next. What goes on ends.
    pub(crate) async fn set(&self, course: Course) {
        let _turn = self.turn.lock().await;
        self.end_all(Ended::TimeUp).await;
        self.trainees.iter().for_each(|it| it.wait());
        self.with(|set| {
            *set = Some(Set { course, at: None, is_revealed: false, trouble: None });
        });
        self.tell();
    }

    /// Starts the exercise with this number, from 0, if it is the next one: a second click starts nothing more.
    pub(crate) async fn start(&self, number: usize) -> Result<(), TrainingError> {
        let _turn = self.turn.lock().await;
        let next = self.step().filter(|step| step.next == number);
        let play =
            self.with(|set| Some(set.as_ref()?.course.exercises.get(next?.next)?.play.clone()));
        let Some(play) = play else { return Ok(()) };
        self.end_all(Ended::TimeUp).await;
        self.trainees.iter().for_each(|it| it.wait());
        self.with(|set| {
            if let Some(set) = set {
                (set.at, set.is_revealed, set.trouble) = (Some(number), false, None);
            }
        });
        let begun = self.begin_all(&play).await;
        if let Err(error) = &begun {
            let trouble = Some(error.to_string());
            self.with(|set| set.as_mut().map(|set| set.trouble = trouble));
        }
        self.tell();
        begun
    }

    async fn begin_all(&self, play: &Play) -> Result<(), TrainingError> {
        let mut beginning = JoinSet::new();
        for trainee in &self.trainees {
            let (trainee, play) = (Arc::clone(trainee), play.clone());
            beginning.spawn(async move { trainee.begin(&play).await });
        }
        let mut begun = Ok(());
        while let Some(one) = beginning.join_next().await {
            let one = one.map_err(|error| LiveError::Start(error.into()).into());
            if let Err(error) = one.flatten() {
                begun = Err(error);
            }
        }
        begun
    }

    /// Ends the exercise of everybody who is still at it.
    pub(crate) async fn end(&self, why: Ended) {
        let _turn = self.turn.lock().await;
        self.end_all(why).await;
    }

    async fn end_all(&self, why: Ended) {
        for trainee in &self.trainees {
            trainee.end(why).await;
        }
    }

    /// Shows the answer to all, which ends the exercise.
    pub(crate) async fn reveal(&self) {
        let _turn = self.turn.lock().await;
        self.end_all(Ended::TimeUp).await;
        self.with(|set| set.as_mut().map(|set| set.is_revealed = true));
        self.tell();
    }

    /// Hides the answer again.
    pub(crate) async fn hide(&self) {
        let _turn = self.turn.lock().await;
        self.with(|set| set.as_mut().map(|set| set.is_revealed = false));
        self.tell();
    }

    /// Tells everybody that the class stands elsewhere.
    fn tell(&self) {
        self.trainees.iter().for_each(|it| it.tell());
        self.changes.send_modify(|count| *count += 1);
    }
}
