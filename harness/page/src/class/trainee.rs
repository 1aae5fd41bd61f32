//! A trainee: what they are at, and what they have seen and done.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use marslab_live::Live;
use marslab_model::world::Language;
use marslab_scenario::scenario::Play;
use marslab_training::debrief::Ended;
use marslab_training::training::{Progress, Setup, Training, TrainingError};
use tokio::sync::{MutexGuard, watch};
use tokio::time::{Instant, sleep};

use super::state::{Debriefs, Seen, Stage};
use super::{Keeper, Setting};
use crate::shown::Shown;

/// A trainee.
pub(crate) struct Trainee {
    number: usize,
    setting: Setting,
    keeper: Arc<dyn Keeper>,
    /// What they are at.
    work: tokio::sync::Mutex<Option<Work>>,
    seen: Mutex<Seen>,
    /// Of this trainee, and of the whole class.
    changes: [Arc<watch::Sender<u64>>; 2],
}

/// An exercise that goes on.
pub(crate) struct Work {
    pub(crate) training: Training,
    /// Its number among those of the trainee.
    number: u32,
    started: Instant,
}

/// How a line came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// Typed.
    Typing,
    /// A button stands for it.
    Button,
}

impl Trainee {
    pub(super) fn new(
        number: usize,
        setting: Setting,
        keeper: &Arc<dyn Keeper>,
        class: &Arc<watch::Sender<u64>>,
    ) -> Arc<Self> {
        let seen = Seen {
            stage: Stage::Waiting,
            shown: Shown::new(setting.language, String::new()),
            ticket: None,
            onlooker: None,
            progress: Progress::default(),
            said: None,
            begun: 0,
        };
        let changes = [Arc::default(), Arc::clone(class)];
        let (keeper, work) = (Arc::clone(keeper), tokio::sync::Mutex::default());
        Arc::new(Self { number, setting, keeper, work, seen: Mutex::new(seen), changes })
    }

    pub(crate) const fn number(&self) -> usize {
        self.number
    }

    /// What is shown to and about the trainee now.
    pub(crate) fn seen(&self) -> Seen {
        self.with(|seen| seen.clone())
    }

    fn with<R>(&self, act: impl FnOnce(&mut Seen) -> R) -> R {
        act(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn language(&self) -> Language {
        self.with(|seen| seen.shown.language)
    }

    pub(crate) fn set_language(&self, language: Language) {
        self.with(|seen| seen.shown.language = language);
    }

    pub(crate) fn live(&self) -> Option<Arc<Live>> {
        self.with(|seen| seen.onlooker.as_ref().map(|it| Arc::clone(it.live())))
    }

    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        let [own, _] = &self.changes;
        own.subscribe()
    }

    /// Tells that something has changed.
    pub(super) fn tell(&self) {
        self.changes.iter().for_each(|it| it.send_modify(|count| *count += 1));
    }

    /// What they are at, for as long as the guard is held.
    pub(crate) async fn work(&self) -> MutexGuard<'_, Option<Work>> {
        self.work.lock().await
    }

    /// Nothing is there any more.
    pub(super) fn wait(&self) {
        self.with(|seen| {
            (seen.stage, seen.ticket) = (Stage::Waiting, None);
            seen.shown = Shown::new(seen.shown.language, String::new());
            (seen.said, seen.progress) = (None, Progress::default());
        });
    }

    /// Begins an exercise in a world of their own.
    pub(super) async fn begin(self: &Arc<Self>, play: &Play) -> Result<(), TrainingError> {
        let Setting { id, seed, language, limit } = self.setting.clone();
        let number = self.with(|seen| {
            seen.begun += 1;
            seen.begun
        });
        let id = format!("{id}-{}-{number}", self.number);
        let training = Training::open(play, Setup { id, seed, language, limit }).await?;
        let started = Instant::now();
        self.keeper.keep(self.number, training.record());
        self.with(|seen| {
            seen.stage = Stage::Working(started);
            seen.shown = Shown::new(seen.shown.language, training.prompt());
            seen.ticket = Some(training.ticket().clone());
            seen.onlooker = Some(training.onlooker());
            seen.progress = training.progress();
        });
        *self.work.lock().await = Some(Work { training, number, started });
        if let Some(limit) = limit {
            let trainee = Arc::downgrade(self);
            tokio::spawn(async move {
                sleep(limit).await;
                if let Some(trainee) = trainee.upgrade() {
                    trainee.time_is_up(number).await;
                }
            });
        }
        self.tell();
        Ok(())
    }

    async fn time_is_up(&self, number: u32) {
        let mut work = self.work.lock().await;
        if work.as_ref().is_some_and(|it| it.number == number) {
            self.finish(&mut work, Ended::TimeUp).await;
        }
    }

    /// Does what a line says.
    pub(crate) async fn enter(&self, line: &str, by: By) {
        let mut guard = self.work.lock().await;
        let Some(work) = guard.as_mut() else { return };
        if work.time_left().is_some_and(|left| left.is_zero()) {
            return self.finish(&mut guard, Ended::TimeUp).await;
        }
        let Work { training, started, .. } = work;
        let (text, ends) = match training.enter(line, started.elapsed()).await {
            Ok(reply) => (reply.text, reply.ends),
            Err(error) => (format!("{error}\n"), false),
        };
        self.with(|seen| {
            seen.said = (by == By::Button).then(|| text.clone());
            seen.shown.add(line, (text, 0), training.prompt());
            seen.progress = training.progress();
        });
        self.keeper.keep(self.number, training.record());
        if ends {
            return self.finish(&mut guard, Ended::Quit).await;
        }
        self.tell();
    }

    /// What was looked at has become more.
    pub(crate) fn note_progress(&self, training: &Training) {
        let progress = training.progress();
        let is_other = self.with(|seen| {
            let before = std::mem::replace(&mut seen.progress, progress);
            before != seen.progress
        });
        if is_other {
            let [_, class] = &self.changes;
            class.send_modify(|count| *count += 1);
        }
    }

    /// Ends the exercise, if one goes on.
    pub(super) async fn end(&self, why: Ended) {
        let mut work = self.work.lock().await;
        self.finish(&mut work, why).await;
    }

    async fn finish(&self, work: &mut Option<Work>, why: Ended) {
        let Some(Work { mut training, started, .. }) = work.take() else { return };
        // It fails if the lab does.
        let ended = training.end(why, started.elapsed()).await.is_ok();
        let debriefs = training.debriefs().filter(|_| ended);
        let stage = debriefs.map_or(Stage::Failed, |all| Stage::Ended(Debriefs::new(all)));
        self.keeper.keep(self.number, training.record());
        self.with(|seen| (seen.stage, seen.onlooker) = (stage, None));
        self.tell();
    }
}

impl Work {
    /// How much time is left, where there is a limit.
    pub(crate) fn time_left(&self) -> Option<Duration> {
        self.training.time_left(self.started.elapsed())
    }
}
