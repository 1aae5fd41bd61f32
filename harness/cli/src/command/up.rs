//! `marslab up`.

use std::io::Write;
use std::sync::Arc;

use marslab::live::{Fidelity, Pace, begin_rsa_key};
use marslab::play::{Casting, Keep, Options};
use marslab::process;
use marslab::room::{make_room_for_session, try_folder};
use marslab::scenario::Play;
use marslab::session::control::Control;
use marslab::session::message::{Description, Entry};
use marslab::session::{InitialState, Session, environment};
use tokio::runtime::Builder;

use super::session::{write_description, write_entry};
use crate::args::Up;
use crate::error::CliError;
use crate::exit::Exit;
use crate::select::Selection;

/// Opens a session and prints its traffic until it ends.
pub(super) fn run(out: &mut dyn Write, args: &Up) -> Result<Exit, CliError> {
    begin_rsa_key(args.seed);
    let play = Selection::one(&args.scenario)?;
    try_folder(&std::env::temp_dir())?;
    make_room_for_session();
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve(out, args, play))?;
    Ok(Exit::Success)
}

async fn serve(out: &mut dyn Write, args: &Up, play: Play) -> Result<(), CliError> {
    // From the start on: a session that is interrupted while it opens must leave nothing, either.
    let interrupted = process::interrupted();
    let options = Options {
        fidelity: Fidelity::Loopback,
        seed: args.seed,
        language: args.lang.into(),
        keep: Keep::Nothing,
        // The names of the documentation: a session is for people who learn.
        casting: Casting::Plain,
        ..Options::default()
    };
    let initial = if args.healthy { InitialState::Healthy } else { InitialState::Broken };
    let pace = if args.fast { Pace::Fast } else { Pace::Real };
    let session = Arc::new(Session::open(play, &options, initial, pace).await?);
    // The traffic of the preparation is not of interest.
    session.live().take_journal();
    let control = Control::open(Arc::clone(&session)).await?;
    let description = control.description().await;
    if let Some(shell) = args.env {
        write!(out, "{}", environment::set(&description, shell.or_default()))?;
        out.flush()?;
    }
    let mut silence = std::io::sink();
    let out: &mut dyn Write = if args.env.is_some() { &mut silence } else { out };
    let mut printer = Printer { out, json: args.json };
    printer.describe(&description)?;
    let end = async {
        tokio::select! {
            () = control.ended() => "ended by `marslab down`",
            () = tokio::time::sleep(args.ttl.get()) => "time limit reached",
            () = interrupted => "interrupted",
        }
    };
    let why = tokio::select! {
        why = end => why,
        failed = follow(&session, &mut printer) => return failed,
    };
    if !args.json {
        writeln!(printer.out, "{why}; all files of the session are removed")?;
    }
    Ok(())
}

/// Prints the traffic. Returns only on an error.
async fn follow(session: &Session, printer: &mut Printer<'_>) -> Result<(), CliError> {
    let journal = session.live().journal();
    let mut count = journal.count();
    let (mut seen, _) = journal.after(u64::MAX, 0);
    loop {
        let (first, entries) = journal.after(seen, usize::MAX);
        seen = first + u64::try_from(entries.len()).unwrap_or_default();
        for entry in entries {
            printer.entry(&entry.into())?;
        }
        printer.out.flush()?;
        // Cannot fail: the sender lives as long as the world.
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
            write_description(self.out, description)?;
            writeln!(self.out, "\nTraffic (press Ctrl-C to end the session):")?;
        }
        self.out.flush()?;
        Ok(())
    }

    fn entry(&mut self, entry: &Entry) -> Result<(), CliError> {
        if self.json {
            let line = serde_json::to_string(entry).map_err(std::io::Error::other)?;
            writeln!(self.out, "{line}")?;
        } else {
            write_entry(self.out, entry)?;
        }
        Ok(())
    }
}
