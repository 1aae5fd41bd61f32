//! A trainee before their page. They get the ticket and the world, and nothing of the play before its end.

use std::sync::Arc;

use async_trait::async_trait;
use marslab_live::Live;
use marslab_model::Operation;
use marslab_model::world::Language;
use maud::Markup;
use tokio::sync::watch;

use super::state::{Stage, Step};
use super::trainee::{By, Trainee};
use super::{Class, Led};
use crate::texts::Texts;
use crate::texts::training::TrainingTexts;
use crate::view::{OpenPane, Query, TRAINEE, View, training};
use crate::visit::{Refused, Visit, language_of};

/// A trainee before their page.
pub(crate) struct TraineeVisit {
    class: Arc<Class>,
    trainee: Arc<Trainee>,
}

impl TraineeVisit {
    pub(crate) const fn new(class: Arc<Class>, trainee: Arc<Trainee>) -> Self {
        Self { class, trainee }
    }

    /// The page of somebody who is at nothing.
    fn idle(&self) -> Markup {
        let (seen, step) = (self.trainee.seen(), self.class.step());
        let is_alone = self.class.led() == Led::Alone;
        let language = seen.shown.language;
        let after = |step: &Step| Some(step.exercise.as_ref()?.words?.1.in_language(language));
        let idle = match seen.stage {
            Stage::Ended(all) => match step.as_ref().filter(|it| is_alone || it.is_revealed) {
                Some(step) => training::Idle::Revealed { all, after: after(step) },
                None => training::Idle::Ended(all.of(language).ended),
            },
            Stage::Failed => training::Idle::Failed,
            Stage::Waiting if step.as_ref().is_some_and(|it| it.trouble.is_some()) => {
                training::Idle::Failed
            }
            Stage::Waiting if step.as_ref().is_some_and(|it| it.exercise.is_some()) => {
                training::Idle::Starting
            }
            Stage::Waiting | Stage::Working(_) => {
                let begin = step.as_ref().and_then(|it| it.begin);
                training::Idle::Waiting { begin: begin.map(|it| it.in_language(language)) }
            }
        };
        let next = step.filter(|it| is_alone && it.next < it.count).map(|it| it.next);
        training::idle(&seen.shown, &idle, next)
    }
}

#[async_trait]
impl Visit for TraineeVisit {
    /// Not the machine of another.
    fn may_see(&self, query: &Query) -> Result<(), Refused> {
        if query.get(TRAINEE).is_empty() { Ok(()) } else { Err(Refused::Forbidden) }
    }

    async fn page(&self, query: &Query) -> Markup {
        let mut work = self.trainee.work().await;
        let Some(work) = work.as_mut() else { return self.idle() };
        let (seen, step) = (self.trainee.seen(), self.class.step());
        let live = work.training.live();
        let language = seen.shown.language;
        let texts = TrainingTexts::of(language);
        let view = View {
            texts: Texts::of(language),
            live: &live,
            journal: live.journal(),
            who: work.training.account(),
            query,
            shown: &seen.shown,
            otherwise: OpenPane::None,
        };
        let first = step.as_ref().filter(|it| it.next == 1).and_then(|it| it.begin);
        let before = step.as_ref().and_then(|it| Some(it.exercise.as_ref()?.words?.0));
        let machine = work.training.look(|_| training::machine(&view));
        self.trainee.note_progress(&work.training);
        let exercise = training::Exercise {
            words: first.into_iter().chain(before).map(|it| it.in_language(language)).collect(),
            ticket: work.training.ticket(),
            last: work.training.last_operation().await,
            left: work.time_left(),
            said: seen.said.as_deref(),
            end: match self.class.led() {
                Led::Alone => texts.end,
                Led::ByTrainer => texts.end_led,
            },
        };
        training::working(&view, &exercise, &machine)
    }

    async fn act(&self, action: &str, form: &Query) -> Result<(), Refused> {
        let text = |field| form.get(field).lines().next().unwrap_or_default();
        let line = match action {
            "/type" => {
                self.trainee.enter(text("line"), By::Typing).await;
                return Ok(());
            }
            "/language" => {
                self.trainee.set_language(language_of(form)?);
                return Ok(());
            }
            "/start" if self.class.led() == Led::Alone => {
                let number = form.get("number").parse();
                let number = number.map_err(|_no_number| Refused::Bad("number"))?;
                // What went wrong stands on the page.
                drop(self.class.start(number).await);
                return Ok(());
            }
            "/operate" => {
                let operation: Operation =
                    form.get("operation").parse().map_err(|_unknown| Refused::Bad("operation"))?;
                format!("operate {operation}")
            }
            "/hint" => "hint".to_owned(),
            "/check" => "check".to_owned(),
            "/submit" => format!("submit {}", text("cause")),
            "/remedy" => format!("do {}", text("remedy")),
            "/note" => format!("note {}", text("note")),
            "/end" => "quit".to_owned(),
            _ => return Err(Refused::Forbidden),
        };
        self.trainee.enter(&line, By::Button).await;
        Ok(())
    }

    async fn completions(&self, line: &str) -> Vec<String> {
        let work = self.trainee.work().await;
        work.as_ref().map_or_else(Vec::new, |it| it.training.completions(line))
    }

    fn language(&self) -> Language {
        self.trainee.language()
    }

    fn live(&self, _query: &Query) -> Option<Arc<Live>> {
        self.trainee.live()
    }

    fn changes(&self) -> watch::Receiver<u64> {
        self.trainee.changes()
    }
}
