//! Commands to a session in another process: `break`, `revert`, `repair`, `operate`, `jump`, `journal`, `status`, `down`.

use std::future::Future;
use std::io::{self, Write};

use jiff::SignedDuration;
use marslab::changed_field::ChangedField;
use marslab::report::changes::{self, Paths};
use marslab::report::har;
use marslab::report::prose::Prose;
use marslab::report::wrap::wrapped;
use marslab::session::message::{
    self, Changed, Description, Ending, Entry, Key, ListenerKind, Operated,
};
use marslab::session::{client, environment, openapi, place};
use marslab::{told, words};
use marslab_model::Operation;
use marslab_model::world::Language;
use serde_json::{Map, Value};

use crate::args::{
    Break, Journal, Jump, Operate, Repair, Revert, Session, SessionFile, Status, Win,
};
use crate::error::{CliError, ParseError};
use crate::exit::Exit;
use crate::names::Suggestion;
use crate::prose_style;
use crate::reports::Destination;
use crate::table::{columns, write_rows};
use texts::Texts;

pub(super) mod texts;

/// `marslab break`.
pub(super) fn break_(out: &mut dyn Write, args: &Break) -> Result<(), CliError> {
    let (fault, with) = args.fault.as_deref().map(parse_named).transpose()?.unzip();
    let for_seconds = args.for_.map(|time| time.get().as_secs());
    let call = message::Break { fault, with: with.unwrap_or_default(), for_seconds };
    let (key, language) = opened(&args.session)?;
    write_changes(out, &post(&key, openapi::BREAK, &call)?, (args.paths.into(), language))?;
    if let Some(seconds) = for_seconds {
        writeln!(out, "{}", Texts::of(language).will_be_undone(&seconds))?;
    }
    Ok(())
}

/// `marslab revert`.
pub(super) fn revert(out: &mut dyn Write, args: &Revert) -> Result<(), CliError> {
    let call = message::Revert { number: args.number };
    let (key, language) = opened(&args.session)?;
    write_changes(out, &post(&key, openapi::REVERT, &call)?, (args.paths.into(), language))
}

/// `marslab repair`.
pub(super) fn repair(out: &mut dyn Write, args: &Repair) -> Result<(), CliError> {
    let (remedy, with) = args.remedy.as_deref().map(parse_named).transpose()?.unzip();
    let call = message::Repair { remedy, with: with.unwrap_or_default() };
    let (key, language) = opened(&args.session)?;
    let changed: Changed = post(&key, openapi::REPAIR, &call)?;
    for action in &changed.done {
        Prose::new(out, prose_style(language)).remedy(&action.name)?;
    }
    write_changes(out, &changed, (args.paths.into(), language))
}

/// `marslab operate`.
pub(super) fn operate(out: &mut dyn Write, args: &Operate) -> Result<Exit, CliError> {
    let operation = args.operation.as_deref().map(parse_operation).transpose()?;
    let call = message::Operate { operation, language: args.lang.map(Into::into) };
    let (key, language) = opened(&args.session)?;
    let language = args.lang.map_or(language, Into::into);
    let ended: Operated = post(&key, openapi::OPERATE, &call)?;
    let (texts, moved) = (Texts::of(language), ended.clock_moved_seconds);
    if ended.succeeded {
        writeln!(out, "{}", texts.succeeded(&ended.operation))?;
        write_moved(out, moved, language)?;
        return Ok(Exit::Success);
    }
    writeln!(out, "{}", texts.failed(&ended.operation, &ended.error.unwrap_or_default()))?;
    writeln!(out, "{}", ended.message.unwrap_or_default())?;
    write_moved(out, moved, language)?;
    Ok(Exit::Mismatch)
}

/// `marslab jump`.
pub(super) fn jump(out: &mut dyn Write, args: &Jump) -> Result<(), CliError> {
    // Ten years of seconds fit.
    let seconds = u32::try_from(args.time.get().as_secs()).unwrap_or(u32::MAX);
    let call = message::Jump { seconds };
    let (key, language) = opened(&args.session)?;
    let message::Jumped { now } = post(&key, openapi::JUMP, &call)?;
    Ok(writeln!(out, "{}", Texts::of(language).clock_is_at(&format!("{now:.0}")))?)
}

/// `marslab win`.
pub(super) fn win(out: &mut dyn Write, args: &Win) -> Result<Exit, CliError> {
    let call = message::Windows { line: args.words.join(" ") };
    let (key, language) = opened(&args.session)?;
    let printed: message::Printed = post(&key, openapi::WINDOWS, &call)?;
    write!(out, "{}", printed.text)?;
    write_moved(out, printed.clock_moved_seconds, language)?;
    Ok(if printed.code == 0 { Exit::Success } else { Exit::Mismatch })
}

/// How far the world's clock was moved, if it was.
pub(super) fn clock_moved(seconds: i64, language: Language) -> Option<String> {
    let time = SignedDuration::from_secs(seconds);
    (seconds != 0).then(|| Texts::of(language).clock_moved(&changes::span(time, language)))
}

fn write_moved(out: &mut dyn Write, seconds: i64, language: Language) -> io::Result<()> {
    clock_moved(seconds, language).map_or(Ok(()), |moved| writeln!(out, "{moved}"))
}

/// `marslab journal`.
pub(super) fn journal(out: &mut dyn Write, args: &Journal) -> Result<(), CliError> {
    let (key, language) = opened(&args.session)?;
    if let Some(path) = &args.har {
        return write_archive(out, &key, Destination::open(path)?);
    }
    let mut seen = 0;
    loop {
        let wait = if seen > 0 && args.follow { FOLLOW_SECONDS } else { 0 };
        let part = match journal_after(&key, seen, wait) {
            // The session has ended.
            Err(CliError::Call(client::CallError::Unreachable { .. })) if wait > 0 => return Ok(()),
            part => part?,
        };
        if part.first > seen {
            writeln!(out, "{}", Texts::of(language).not_kept(&(part.first - seen)))?;
        }
        part.entries.iter().try_for_each(|it| write_entry(out, it))?;
        out.flush()?;
        seen = end_of(&part);
        if !args.follow && seen >= part.count {
            return Ok(());
        }
    }
}

/// Writes the whole journal as an HTTP Archive.
fn write_archive(out: &mut dyn Write, key: &Key, to: Destination) -> Result<(), CliError> {
    let (mut entries, mut seen) = (Vec::new(), 0);
    loop {
        let part = journal_after(key, seen, 0)?;
        seen = end_of(&part);
        entries.extend(part.entries);
        if seen >= part.count {
            break;
        }
    }
    Ok(to.write(out, |out| har::write_journal(out, &key.scenario, &entries))?)
}

/// The journal after the first `seen` entries; waits up to `wait` seconds for one.
fn journal_after(key: &Key, seen: u64, wait: u64) -> Result<message::Journal, CliError> {
    let path = format!("{}?after={seen}&wait={wait}", openapi::JOURNAL);
    Ok(block_on(client::get(key, &path))??)
}

/// The number of entries up to the end of a part.
fn end_of(part: &message::Journal) -> u64 {
    part.first + u64::try_from(part.entries.len()).unwrap_or_default()
}

/// `marslab status`.
pub(super) fn status(out: &mut dyn Write, args: &Status) -> Result<(), CliError> {
    if let Some(shell) = args.unset_env {
        return Ok(write!(out, "{}", environment::unset(shell.or_default()))?);
    }
    let key = place::find(args.session.name.as_deref())?;
    let description: Description = block_on(client::get(&key, openapi::SESSION))??;
    if let Some(shell) = args.env {
        return Ok(write!(out, "{}", environment::set(&description, shell.or_default()))?);
    }
    Ok(write_description(out, &description)?)
}

/// `marslab down`.
pub(super) fn down(out: &mut dyn Write, args: &Session) -> Result<(), CliError> {
    let (key, language) = opened(&args.session)?;
    let nothing = Map::<String, Value>::new();
    let _: Ending = post(&key, openapi::END, &nothing)?;
    Ok(writeln!(out, "{}", Texts::of(language).ended(&key.scenario))?)
}

/// An open session, and the language of its machines.
fn opened(file: &SessionFile) -> Result<(Key, Language), CliError> {
    let key = place::find(file.name.as_deref())?;
    let of: Description = block_on(client::get(&key, openapi::SESSION))??;
    Ok((key, of.language))
}

fn post<T: serde::de::DeserializeOwned>(
    key: &Key,
    path: &str,
    call: &impl serde::Serialize,
) -> Result<T, CliError> {
    Ok(block_on(client::post(key, path, call))??)
}

pub(super) fn block_on<F: Future>(future: F) -> io::Result<F::Output> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(future))
}

/// A name with its parameters: `restart-server`, or `blocks = { to = ["*.windows.net"] }` as in a scenario file.
fn parse_named(typed: &str) -> Result<(String, Map<String, Value>), CliError> {
    let error = |reason| CliError::Unparsable { typed: typed.to_owned(), reason };
    if !typed.contains('=') {
        return Ok((typed.trim().to_owned(), Map::new()));
    }
    let table = toml::from_str::<Map<String, Value>>(typed);
    let table = table.map_err(|reason| error(ParseError::Toml(Box::new(reason))))?;
    let mut entries = table.into_iter();
    match (entries.next(), entries.next()) {
        (Some((name, Value::Object(with))), None) => Ok((name, with)),
        (Some((name, _)), None) => Err(error(ParseError::NotATable(name))),
        _ => Err(error(ParseError::Several)),
    }
}

pub(super) fn parse_operation(typed: &str) -> Result<Operation, CliError> {
    typed.parse().map_err(|_unknown| CliError::Unknown {
        noun: "operation",
        name: typed.to_owned(),
        suggestion: Suggestion::similar(
            typed,
            Operation::ALL.into_iter().map(Operation::name),
            Suggestion::List("marslab list operations"),
        ),
    })
}

/// Writes what was done, unless it is a remedy, which has been told, and what it changed.
fn write_changes(
    out: &mut dyn Write,
    changed: &Changed,
    (paths, language): (Paths, Language),
) -> Result<(), CliError> {
    let mut prose = Prose::new(out, prose_style(language));
    let frame = prose.frame();
    for action in &changed.done {
        if let Some(number) = action.number {
            prose.heading(&Texts::of(language).number(&action.name, &number))?;
        }
        if action.changed.is_empty() && action.clock_moved_seconds == 0 {
            prose.say(1, &frame.nothing_changes())?;
        }
        let fields = changes::list(&action.fields, paths, language);
        prose.lines(&frame.what_changes(), &fields)?;
        if let Some(moved) = clock_moved(action.clock_moved_seconds, language) {
            prose.say(1, &moved)?;
        }
    }
    Ok(())
}

/// Writes a line of the journal.
pub(super) fn write_entry(out: &mut dyn Write, entry: &Entry) -> io::Result<()> {
    let time = entry.at.split(['T', '.', 'Z']).nth(1).unwrap_or(&entry.at);
    writeln!(out, "{time}  {}: {} → {}", entry.to, entry.what, entry.answer)
}

/// Writes what a session has, where it listens, and example commands.
pub(super) fn write_description(out: &mut dyn Write, of: &Description) -> io::Result<()> {
    let texts = Texts::of(of.language);
    writeln!(out, "{}: {}\n", of.scenario, title(of))?;
    let listeners: Vec<[String; 3]> = of
        .listeners
        .iter()
        .map(|it| {
            let what = match it.what {
                ListenerKind::Proxy => texts.proxy(),
                ListenerKind::Portal => texts.portal(),
                ListenerKind::Server => texts.server(),
            };
            [it.name.clone(), what, it.at.clone()]
        })
        .collect();
    write_rows(out, 2, &listeners)?;
    let users = of.listeners.iter().flat_map(|it| it.users.iter().map(move |user| (it, user)));
    let users: Vec<[String; 3]> = users
        .map(|(it, (user, password))| {
            [texts.user_of(&it.name), user.clone(), texts.password(password)]
        })
        .collect();
    if !users.is_empty() {
        writeln!(out)?;
        write_rows(out, 2, &users)?;
    }
    writeln!(out)?;
    write_rows(out, 2, &facts(of, texts))?;
    write_faults(out, of, texts)?;
    if !of.remedies.is_empty() {
        writeln!(out, "{}", texts.repaired_with(&of.remedies.join(", ")))?;
    }
    if of.clock_moved_seconds != 0 {
        let moved = SignedDuration::from_secs(of.clock_moved_seconds);
        let moved = changes::span(moved, of.language);
        writeln!(out, "{}", texts.clock(&format!("{:.0}", of.now), &moved))?;
    }
    writeln!(out, "\n{}", texts.try_elsewhere())?;
    examples(of).iter().try_for_each(|line| writeln!(out, "  {line}"))
}

/// Where a session keeps what it has, and where it listens for all of the network.
fn facts(of: &Description, texts: Texts) -> Vec<[String; 2]> {
    let mut facts = vec![
        [texts.root_certificates(), of.ca_file.display().to_string()],
        ["MARSLAB_HOST".to_owned(), of.door_file.display().to_string()],
        [texts.dns_server(), of.dns.clone()],
        [texts.http_proxy(), of.http_proxy.clone()],
        [texts.socks_proxy(), of.socks_proxy.clone()],
        [texts.control(), format!("http://{}{}", of.control, openapi::SESSION)],
        [texts.session_file(), of.session_file.display().to_string()],
    ];
    if let Some(drive) = &of.drive_c {
        facts.insert(1, [texts.drive_c_of(&of.machine), drive.display().to_string()]);
    }
    facts
}

/// Writes the active faults, and what they changed.
fn write_faults(out: &mut dyn Write, of: &Description, texts: Texts) -> io::Result<()> {
    let faults: Vec<String> =
        of.faults.iter().map(|it| texts.number(&it.fault, &it.number)).collect();
    let faults = if faults.is_empty() { texts.none() } else { faults.join(", ") };
    writeln!(out, "\n{}", texts.faults(&faults))?;
    let fields: Vec<ChangedField> = of.faults.iter().flat_map(|it| it.fields.clone()).collect();
    for line in changes::list(&fields, Paths::LeftOut, of.language) {
        let room = columns().map_or(usize::MAX, |columns| columns - 2);
        wrapped(&line, room).iter().try_for_each(|line| writeln!(out, "  {line}"))?;
    }
    Ok(())
}

/// What is broken, in the language of the machine as far as it is told in that.
fn title(of: &Description) -> &str {
    let told = of.failure.as_ref().and_then(|id| told::failure(of.language, id));
    told.filter(|_| of.language != Language::English).unwrap_or(&of.title)
}

/// Commands to paste.
fn examples(of: &Description) -> Vec<String> {
    let ca = words::quote(&of.ca_file.display().to_string());
    let url = words::quote(EXAMPLE_URL);
    let mut lines = vec![
        format!("marslab operate {}", of.operation),
        "marslab repair".to_owned(),
        "marslab ask --subject COMMAND".to_owned(),
        "marslab down".to_owned(),
        "marslab status --env".to_owned(),
        format!("curl --proxy http://{} --cacert {ca} {url}", of.http_proxy),
    ];
    let proxies = of.listeners.iter().filter(|it| it.what == ListenerKind::Proxy);
    lines.extend(proxies.map(|it| format!("curl -v --proxy http://{} --cacert {ca} {url}", it.at)));
    if let Some((host, port)) = of.dns.rsplit_once(':') {
        lines.push(format!("dig @{host} -p {port} login.microsoftonline.com"));
    }
    if let Some(server) = of.listeners.iter().find(|it| it.name == EXAMPLE_SERVER) {
        lines.push(format!("curl --connect-to {EXAMPLE_SERVER}:{} --cacert {ca} {url}", server.at));
    }
    lines
}

/// A server that answers a plain GET (mars-facts 4.5).
const EXAMPLE_SERVER: &str = "login.microsoftonline.com:443";

const EXAMPLE_URL: &str = "https://login.microsoftonline.com/common/discovery/instance?api-version=1.1&authorization_endpoint=https://login.microsoftonline.com/common/oauth2/authorize";

/// The longest time that a session lets a caller wait.
const FOLLOW_SECONDS: u64 = 30;

#[cfg(test)]
mod tests;
