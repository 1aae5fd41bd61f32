//! `marslab up`.

use std::io::Write;
use std::sync::Arc;

use marslab::live::Fidelity;
use marslab::play::{Keep, Options};
use marslab::process;
use marslab::scenario::Play;
use marslab::session::control::Control;
use marslab::session::message::{Description, Entry};
use marslab::session::{Begin, Session};
use tokio::runtime::Builder;

use super::session::describe;
use crate::args::Up;
use crate::error::CliError;
use crate::exit::Exit;
use crate::select::Selection;

/// Holds a broken world open until somebody ends it, and prints what is said in it.
pub(super) fn up(out: &mut dyn Write, args: &Up) -> Result<Exit, CliError> {
    let play = Selection::one(&args.what)?;
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(hold(out, args, play))?;
    Ok(Exit::Good)
}

async fn hold(out: &mut dyn Write, args: &Up, play: Play) -> Result<(), CliError> {
    let options = Options {
        fidelity: Fidelity::Loopback,
        seed: args.seed,
        language: args.lang.into(),
        keep: Keep::Nothing,
        ..Options::default()
    };
    let begin = if args.healthy { Begin::Healthy } else { Begin::Broken };
    let session = Arc::new(Session::open(play, &options, begin).await?);
    // What was said while the world was made is no news.
    session.live().take_journal();
    let control = Control::open(Arc::clone(&session)).await?;
    let mut printer = Printer { out, json: args.json };
    printer.describe(&control.description().await)?;
    let end = async {
        tokio::select! {
            () = control.ended() => "ended by `marslab down`",
            () = tokio::time::sleep(args.ttl.get()) => "the time is over",
            () = process::interrupted() => "interrupted",
        }
    };
    let why = tokio::select! {
        why = end => why,
        failed = follow(&session, &mut printer) => return failed,
    };
    if !args.json {
        writeln!(printer.out, "{why}; nothing is left behind")?;
    }
    Ok(())
}

/// Prints what is said, for ever. Nothing comes back but an error.
async fn follow(session: &Session, printer: &mut Printer<'_>) -> Result<(), CliError> {
    let journal = session.live().journal();
    let mut count = journal.count();
    let (mut seen, _) = journal.after(u64::MAX, 0);
    loop {
        let (first, said) = journal.after(seen, usize::MAX);
        seen = first + u64::try_from(said.len()).unwrap_or_default();
        for said in said {
            printer.entry(&said.into())?;
        }
        printer.out.flush()?;
        // The sender lives as long as the world.
        drop(count.wait_for(|count| *count > seen).await);
    }
}

struct Printer<'a> {
    out: &'a mut dyn Write,
    json: bool,
}

impl Printer<'_> {
    fn describe(&mut self, description: &Description) -> Result<(), CliError> {
        if self.json {
            let line = serde_json::to_string(description).map_err(std::io::Error::other)?;
            writeln!(self.out, "{line}")?;
        } else {
            describe(self.out, description)?;
            writeln!(self.out, "\nJournal (Ctrl-C ends the session):")?;
        }
        self.out.flush()?;
        Ok(())
    }

    fn entry(&mut self, entry: &Entry) -> Result<(), CliError> {
        if self.json {
            let line = serde_json::to_string(entry).map_err(std::io::Error::other)?;
            writeln!(self.out, "{line}")?;
        } else {
            super::session::entry(self.out, entry)?;
        }
        Ok(())
    }
}
