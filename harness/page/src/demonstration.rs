//! A session that is shown: its answer is hidden until it is wanted, and everything can be done.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use marslab_console::Console;
use marslab_live::Live;
use marslab_model::host::System as _;
use marslab_model::world::Language;
use marslab_session::session::{Done, Session, SessionError};
use maud::Markup;
use tokio::sync::watch;

use crate::shown::Shown;
use crate::texts::Texts;
use crate::view::{self, Answer, OpenPane, Query, View};
use crate::visit::{Refused, Visit, language_of};

/// A session with somebody before it.
pub(crate) struct Demonstration {
    session: Arc<Session>,
    /// The window into which lines are typed.
    console: tokio::sync::Mutex<Console>,
    shown: Mutex<(Shown, Answer)>,
    changes: watch::Sender<u64>,
}

impl Demonstration {
    /// Nobody has done anything yet, and the answer is hidden.
    pub(crate) fn new(session: Arc<Session>) -> Self {
        let console = session.console();
        let shown = Shown::new(session.live().host().language(), console.prompt());
        Self {
            session,
            console: tokio::sync::Mutex::new(console),
            shown: Mutex::new((shown, Answer::default())),
            changes: watch::Sender::new(0),
        }
    }

    fn with<R>(&self, act: impl FnOnce(&mut Shown, &mut Answer) -> R) -> R {
        let (shown, answer) = &mut *self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        act(shown, answer)
    }

    async fn type_in(&self, line: &str) {
        let mut console = self.console.lock().await;
        let printed = self.session.type_in(&mut console, line).await;
        self.with(|shown, _| shown.add(line, (printed.text, printed.code), console.prompt()));
    }

    fn note(&self, done: Result<Vec<Done>, SessionError>) {
        let done = done.map_err(|error| error.to_string());
        self.with(|_, answer| answer.done = Some(done));
    }
}

#[async_trait]
impl Visit for Demonstration {
    async fn page(&self, query: &Query) -> Markup {
        let (shown, answer) = self.with(|shown, answer| (shown.clone(), answer.clone()));
        let view = View {
            texts: Texts::of(shown.language),
            live: self.session.live(),
            journal: self.session.live().journal(),
            who: self.session.administrator(),
            query,
            shown: &shown,
            otherwise: OpenPane::First,
        };
        view::session(&view, &self.session, &answer).await
    }

    async fn act(&self, action: &str, form: &Query) -> Result<(), Refused> {
        match action {
            "/operate" => {
                let operation =
                    form.get("operation").parse().map_err(|_unknown| Refused::Bad("operation"))?;
                let done = self.session.operate(Some(operation), None).await;
                if let Err(error) = done {
                    self.note(Err(error));
                }
            }
            "/type" => self.type_in(form.get("line")).await,
            "/language" => {
                let language = language_of(form)?;
                self.with(|shown, _| shown.language = language);
            }
            "/reveal" => self.with(|_, answer| answer.revealed = true),
            "/hide" => self.with(|_, answer| answer.revealed = false),
            "/repair" => {
                self.note(self.session.repair_as_written().await.map(|done| vec![done]));
            }
            "/break" => self.note(self.session.break_as_written().await),
            "/revert" => {
                let number =
                    form.get("number").parse().map_err(|_no_number| Refused::Bad("number"))?;
                self.note(self.session.revert(number).await.map(|done| vec![done]));
            }
            _ => return Err(Refused::Unknown),
        }
        // Of what is kept here, the world tells the other windows nothing.
        self.changes.send_modify(|count| *count += 1);
        Ok(())
    }

    async fn completions(&self, line: &str) -> Vec<String> {
        self.console.lock().await.completions(line)
    }

    fn language(&self) -> Language {
        self.with(|shown, _| shown.language)
    }

    fn live(&self, _query: &Query) -> Option<Arc<Live>> {
        Some(self.session.shared_live())
    }

    fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }
}
