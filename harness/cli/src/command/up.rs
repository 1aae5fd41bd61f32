//! `marslab up`.

use std::io::{IsTerminal as _, Write as _};
use std::sync::Arc;

use marslab::live::{Fidelity, Pace, begin_rsa_key};
use marslab::page::Page;
use marslab::play::{Casting, Keep, Options};
use marslab::process;
use marslab::room::{make_room_for_session, try_folder};
use marslab::scenario::Play;
use marslab::session::control::Control;
use marslab::session::message::{Description, Entry};
use marslab::session::{InitialState, Session, environment};
use serde::Serialize;
use tokio::runtime::Builder;

use super::session::texts::Texts;
use super::session::{write_description, write_entry};
use crate::args::Up;
use crate::aside::Aside;
use crate::error::CliError;
use crate::exit::Exit;
use crate::select::Selection;

/// Opens a session and prints its traffic until it ends.
pub(super) fn run(args: &Up) -> Result<Exit, CliError> {
    begin_rsa_key(args.seed);
    let play = chosen(&args.scenario)?;
    try_folder(&std::env::temp_dir())?;
    make_room_for_session();
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve(args, play))?;
    Ok(Exit::Success)
}

/// The play that a word selects. Where it selects several, and somebody is there to ask, one is chosen.
fn chosen(word: &str) -> Result<Play, CliError> {
    let names = match Selection::one(word) {
        Err(CliError::SeveralSelected { names, .. })
            if names.len() <= CHOICES_MAX
                && std::io::stdin().is_terminal()
                && std::io::stderr().is_terminal() =>
        {
            names
        }
        selected => return selected,
    };
    let mut err = anstream::stderr();
    for (index, name) in names.iter().enumerate() {
        writeln!(err, "{:>3}  {name}", index + 1)?;
    }
    write!(err, "Which one? ")?;
    err.flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    let number = answer.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    match number.and_then(|number| names.get(number)) {
        Some(name) => Selection::one(name),
        None => Err(CliError::SeveralSelected { filter: word.to_owned(), names }),
    }
}

/// More choices do not fit on a screen.
const CHOICES_MAX: usize = 20;

async fn serve(args: &Up, play: Play) -> Result<(), CliError> {
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
    let mut printer = Printer::new(args);
    let texts = printer.texts;
    if args.page {
        // What the session is about would be told by its description and its traffic.
        let page = Page::open(session).await?;
        let link = page.link()?;
        printer.say(|text| Ok(writeln!(text, "{link}\n\n{}", texts.open_in_a_browser())?))?;
        let why = ended(args, &control, (interrupted, texts)).await;
        printer.end(&why)?;
        return Ok(printer.out.end()?);
    }
    let description = control.description().await;
    if let Some(shell) = args.env {
        let text = environment::set(&description, shell.or_default());
        printer.out.put(text.into_bytes())?;
    }
    printer.describe(&description)?;
    let why = tokio::select! {
        why = ended(args, &control, (interrupted, texts)) => why,
        failed = follow(&session, &mut printer) => return failed,
    };
    if !args.json {
        printer.end(&why)?;
    }
    Ok(printer.out.end()?)
}

/// Waits for the end, and says why it came.
async fn ended(
    args: &Up,
    control: &Control,
    (interrupted, texts): (impl Future<Output = ()>, Texts),
) -> String {
    tokio::select! {
        () = control.ended() => texts.ended_by_down(),
        () = tokio::time::sleep(args.ttl.get()) => texts.time_is_up(),
        () = interrupted => texts.interrupted(),
    }
}

/// Prints the traffic. Returns only on an error.
async fn follow(session: &Session, printer: &mut Printer) -> Result<(), CliError> {
    let journal = session.live().journal();
    let mut count = journal.count();
    let (mut seen, _) = journal.after(u64::MAX, 0);
    loop {
        let (first, entries) = journal.after(seen, usize::MAX);
        seen = first + u64::try_from(entries.len()).unwrap_or_default();
        for entry in entries {
            printer.entry(&entry.into())?;
        }
        // Cannot fail: the sender lives as long as the world.
        drop(count.wait_for(|count| *count > seen).await);
    }
}

/// Prints on a thread of its own: the session goes on, and can be ended, although nobody reads what it prints.
struct Printer {
    out: Aside,
    json: bool,
    /// Nothing but variables of the environment is printed.
    silent: bool,
    texts: Texts,
}

impl Printer {
    fn new(args: &Up) -> Self {
        let tell = if args.json { left_out_json } else { left_out };
        let (json, silent) = (args.json, args.env.is_some());
        let texts = Texts::of(args.lang.into());
        Self { out: Aside::new(anstream::stdout(), tell), json, silent, texts }
    }

    fn describe(&mut self, description: &Description) -> Result<(), CliError> {
        let (json, texts) = (self.json, self.texts);
        self.say(|text| {
            if json {
                return line(text, description);
            }
            write_description(text, description)?;
            Ok(writeln!(text, "\n{}", texts.traffic())?)
        })
    }

    fn entry(&mut self, entry: &Entry) -> Result<(), CliError> {
        let json = self.json;
        self.say(|text| if json { line(text, entry) } else { Ok(write_entry(text, entry)?) })
    }

    fn end(&mut self, why: &str) -> Result<(), CliError> {
        let texts = self.texts;
        self.say(|text| Ok(writeln!(text, "{}", texts.all_is_removed(&why))?))
    }

    fn say(
        &mut self,
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), CliError>,
    ) -> Result<(), CliError> {
        if self.silent {
            return Ok(());
        }
        let mut text = Vec::new();
        write(&mut text)?;
        Ok(self.out.put(text)?)
    }
}

fn line(text: &mut Vec<u8>, value: &impl Serialize) -> Result<(), CliError> {
    let line = serde_json::to_string(value).map_err(std::io::Error::other)?;
    Ok(writeln!(text, "{line}")?)
}

fn left_out(lines: u64) -> String {
    format!("({lines} lines are left out: nobody read them in time; `marslab journal` has them)\n")
}

fn left_out_json(lines: u64) -> String {
    format!("{{\"left-out\":{lines}}}\n")
}
