//! For tests of this crate.

use std::sync::Arc;

use marslab_engine::play::{Casting, Options};
use marslab_live::{Fidelity, Pace};
use marslab_scenario::corpus;
use marslab_session::session::{InitialState, Session};

/// The broken world of a play, in memory.
pub(crate) async fn session(name: &str) -> Arc<Session> {
    let play = corpus::plays().find(|play| play.name == name).unwrap().clone();
    let options =
        Options { fidelity: Fidelity::Memory, casting: Casting::Plain, ..Options::default() };
    Arc::new(Session::open(play, &options, InitialState::Broken, Pace::Fast).await.unwrap())
}
