//! A broken world that is held open: look at it, repair it, try again. Needs the feature `session`.
//!
//! `cargo run -p marslab --features session --example session`

#![expect(clippy::print_stdout, reason = "an example shows what it finds")]

use std::error::Error;

use marslab::corpus;
use marslab::live::Pace;
use marslab::model::Outcome;
use marslab::play::Options;
use marslab::session::{InitialState, Session};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Box<dyn Error>> {
    let play = corpus::plays().find(|play| play.name == "agent-service-stopped");
    let play = play.ok_or("the corpus has no such play")?.clone();
    let session =
        Session::open(play, &Options::default(), InitialState::Broken, Pace::Real).await?;
    let broken = session.operate(None, None).await?;
    println!("{}: {:?}", broken.operation, broken.outcome);
    let done = session.repair_as_written().await?;
    println!("`{}` changed {:?}", done.name, done.changed);
    let repaired = session.operate(None, None).await?;
    assert_eq!(repaired.outcome, Outcome::Succeeded);
    Ok(())
}
