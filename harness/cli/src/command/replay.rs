//! `marslab replay`.

use std::fs::File;
use std::io::{self, Read as _, Write};
use std::path::Path;
use std::time::Duration;

use jiff::SignedDuration;
use marslab::report::changes::span;
use marslab::training::record::{BYTES_MAX, Record};
use marslab::training::texts::Texts;

use crate::args::Replay;
use crate::error::{CliError, TrainingError};

/// Tells a training again.
pub(super) fn run(out: &mut dyn Write, args: &Replay) -> Result<(), CliError> {
    let text = read(&args.record).map_err(|error| {
        let path = args.record.clone();
        TrainingError::Unreadable { path, error }
    })?;
    let record = Record::read(&text).map_err(|error| {
        let path = args.record.clone();
        TrainingError::NoRecord { path, error }
    })?;
    let texts = Texts::of(record.language);
    write!(out, "{}", printable(&record.ticket.to_string()))?;
    for entry in &record.entries {
        if args.step {
            out.flush()?;
            let mut line = String::new();
            io::stdin().read_line(&mut line)?;
        }
        let after = Duration::from_secs(entry.after_seconds.min(SECONDS_MAX));
        let after = SignedDuration::try_from(after).unwrap_or_default();
        let (prompt, typed) = (printable(&entry.prompt), printable(&entry.typed));
        let elapsed = texts.elapsed(&span(after, record.language), &format!("{:.0}", entry.world));
        writeln!(out, "\n[{elapsed}]\n{prompt}{typed}")?;
        write!(out, "{}", printable(&entry.printed))?;
    }
    match &record.revealed {
        Some(debrief) => write!(out, "\n{}", printable(&debrief.to_string()))?,
        None => writeln!(out, "\n{}", texts.not_ended())?,
    }
    Ok(())
}

/// As much of a file as a record may have, and a little more, so that what is too large is noticed.
fn read(path: &Path) -> io::Result<String> {
    let most = u64::try_from(BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

/// A record may come from anywhere: what would steer a terminal is shown as a box.
fn printable(text: &str) -> String {
    let plain = |c: char| if c.is_control() && c != '\n' && c != '\t' { '\u{FFFD}' } else { c };
    text.chars().map(plain).collect()
}

/// A year: longer than any training.
const SECONDS_MAX: u64 = 365 * 24 * 60 * 60;
