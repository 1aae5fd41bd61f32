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
use crate::texts::Texts;
use crate::view::{OpenPane, Query, TRAINEE, View, class};
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

/// The number of the trainee whose screen an address opens.
fn open_in(query: &Query) -> Option<usize> {
    query.get(TRAINEE).parse().ok()
}

#[async_trait]
impl Visit for TrainerVisit {
    async fn page(&self, query: &Query) -> Markup {
        let trainees = self.class.trainees().iter().map(|it| (it.number(), it.seen()));
        let trainees: Vec<_> = trainees.collect();
        let open = open_in(query).and_then(|open| trainees.iter().find(|(it, _)| *it == open));
        // A copy, so that the trainee is not credited with what their trainer sees.
        let onlooker = open.and_then(|(_, seen)| seen.onlooker.as_ref());
        let copy = onlooker.and_then(|it| Some((it, it.copy().ok()?)));
        let machine = copy.as_ref().zip(open).map(|((onlooker, copy), (_, seen))| View {
            texts: Texts::of(self.language()),
            live: copy,
            journal: onlooker.live().journal(),
            who: onlooker.account().clone(),
            query,
            shown: &seen.shown,
            otherwise: OpenPane::First,
        });
        class::page(&class::Overview {
            language: self.language(),
            step: self.class.step().as_ref(),
            trainees: &trainees,
            open,
            machine,
            query,
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

    fn live(&self, query: &Query) -> Option<Arc<Live>> {
        let open = open_in(query)?;
        self.class.trainees().iter().find(|it| it.number() == open)?.live()
    }

    fn changes(&self) -> watch::Receiver<u64> {
        self.class.changes()
    }
}
