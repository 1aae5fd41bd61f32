//! The trainer before their page: sets what is done, starts and ends it, sees everybody, and shows the answer.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use marslab_live::Live;
use marslab_model::world::Language;
use marslab_scenario::corpus;
use marslab_training::choice::is_repairable;
use marslab_training::course::Course;
use marslab_training::debrief::Ended;
use maud::Markup;
use tokio::sync::watch;

use super::Class;
use crate::view::{Query, class};
use crate::visit::{Refused, Visit, language_of};

/// The trainer before their page.
pub(crate) struct TrainerVisit {
    class: Arc<Class>,
    language: Mutex<Language>,
}

impl TrainerVisit {
    pub(crate) fn new(class: Arc<Class>, language: Language) -> Self {
        Self { class, language: Mutex::new(language) }
    }
}

#[async_trait]
impl Visit for TrainerVisit {
    async fn page(&self, query: &Query) -> Markup {
        let trainees = self.class.trainees().iter().map(|it| (it.number(), it.seen()));
        let trainees: Vec<_> = trainees.collect();
        class::page(&class::Overview {
            language: self.language(),
            step: self.class.step().as_ref(),
            trainees: &trainees,
            open: query.get("trainee").parse().ok(),
        })
    }

    async fn act(&self, action: &str, form: &Query) -> Result<(), Refused> {
        match action {
            "/language" => {
                let language = language_of(form)?;
                *self.language.lock().unwrap_or_else(PoisonError::into_inner) = language;
            }
            "/lesson" => {
                let course = Course::of_lesson(form.get("lesson"));
                self.class.set(course.ok_or(Refused::Bad("lesson"))?).await;
            }
            "/scenario" => {
                let named = |name: &str| {
                    corpus::plays().find(|play| play.name == name && is_repairable(play))
                };
                let play = named(form.get("scenario")).ok_or(Refused::Bad("scenario"))?;
                self.class.set(play.clone().into()).await;
            }
            "/start" => {
                let number = form.get("number").parse();
                let number = number.map_err(|_no_number| Refused::Bad("number"))?;
                // What went wrong stands on the page.
                drop(self.class.start(number).await);
            }
            "/end" => self.class.end(Ended::TimeUp).await,
            "/reveal" => self.class.reveal().await,
            "/hide" => self.class.hide().await,
            _ => return Err(Refused::Unknown),
        }
        Ok(())
    }

    async fn completions(&self, _line: &str) -> Vec<String> {
        Vec::new()
    }

    fn language(&self) -> Language {
        *self.language.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn live(&self) -> Option<Arc<Live>> {
        None
    }

    fn changes(&self) -> watch::Receiver<u64> {
        self.class.changes()
    }
}
