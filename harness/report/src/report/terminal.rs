//! The report on the terminal: a line for each play, and the counts at the end.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::board::BASELINE;
use super::paint::{ASIDE, BAD, GOOD, UNSURE, clean, painted, style_of};
use super::{Controls, Counts, Ending, PlayStory, Summary};
use marslab_engine::event::RunStarted;
use marslab_engine::subject_runner::Isolation;
use marslab_engine::verdict::{Mismatch, Verdict};
use marslab_engine::words;
use marslab_live::Fidelity;
use marslab_model::world::Language;
use marslab_scenario::scenario::Paint;

mod groups;

/// Writes the ending of a play. If it is not confirmed, also what was expected and seen, or the reason.
pub fn play_ended(out: &mut dyn Write, play: &PlayStory, paint: Paint) -> io::Result<()> {
    let word = format!("{:WORD_CHARS$}", word(&play.ending));
    let word = painted(paint, style_of(&play.ending), &word);
    writeln!(out, "{word}  {}", clean(&play.info.label()))?;
    match &play.ending {
        Ending::Open | Ending::Verdict(Verdict::Confirmed) => {}
        Ending::Verdict(Verdict::Mismatch(mismatch)) => write_mismatch(out, mismatch)?,
        Ending::Verdict(Verdict::Inconclusive { reason }) => {
            field(out, "", &reason.to_string())?;
        }
        Ending::LabFailed(error) | Ending::NotPlayable(error) => field(out, "", error)?,
    }
    if let Some(folder) = &play.kept {
        field(out, "kept:     ", &folder.display().to_string())?;
    }
    Ok(())
}

/// Writes the reasons that several mismatches have in common, the counts, and the options to rerun the plays that were not
/// confirmed.
pub fn run_ended(out: &mut dyn Write, summary: &Summary, paint: Paint) -> io::Result<()> {
    let Some(run) = summary.run() else { return Ok(()) };
    let counts = summary.counts();
    groups::write(out, summary, paint)?;
    writeln!(out, "{}", counted(counts, paint))?;
    let Controls { played, false_findings } = summary.controls();
    if played > 0 {
        // Whole tenths of a per cent; a run has no more than some thousand plays.
        let rate = (2_000 * false_findings + played) / (2 * played);
        let found = plural(false_findings, "false finding");
        let controls = plural(played, "control");
        writeln!(out, "{found} in {controls} ({}.{} %)", rate / 10, rate % 10)?;
    }
    if let Some(line) = isolation(run.isolation) {
        writeln!(out, "{line}")?;
    }
    if run.is_served {
        writeln!(out, "{SERVED}")?;
    }
    if summary.unplayed() > 0 {
        let left = plural(summary.unplayed(), "play");
        let why = if summary.is_interrupted() {
            "interrupted"
        } else {
            "stopped at the first play that was not confirmed"
        };
        writeln!(out, "{why}: {left} not played")?;
    }
    let reruns = reruns(summary, run);
    if reruns.is_empty() {
        let line = format!("run with {}", options_of(run, run.seed));
        writeln!(out, "{}", painted(paint, ASIDE, &line))?;
    }
    reruns.iter().try_for_each(|rerun| {
        let line = match rerun {
            Rerun::Options(options) => format!("rerun with {options}"),
            Rerun::Report(options) => {
                format!("rerun with {options} --failed REPORT, a file that `--json REPORT` wrote")
            }
        };
        writeln!(out, "{}", painted(paint, ASIDE, &line))
    })
}

/// How plays that were not confirmed are run again.
pub(super) enum Rerun {
    /// With these options and words.
    Options(String),
    /// With these options, and a report that names the plays: they are too many to type.
    Report(String),
}

/// For each of the first seeds, how what was not confirmed with it is run again.
pub(super) fn reruns(summary: &Summary, run: &RunStarted) -> Vec<Rerun> {
    let mut failed: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    for play in summary.plays().into_iter().filter(|play| !play.ending.is_confirmed()) {
        let words = failed.entry(play.info.seed.unwrap_or(run.seed)).or_default();
        // A play of a pack is known by its name.
        let file = play.info.file.as_ref().filter(|_| play.info.pack.is_none());
        let word = quoted(file.unwrap_or(&play.info.name));
        if !words.contains(&word) {
            words.push(word);
        }
    }
    let rerun = |(seed, words): (&u64, &Vec<String>)| {
        let options = options_of(run, *seed);
        match words.len() {
            0..=WORDS_MAX => Rerun::Options(format!("{options} --exact {}", words.join(" "))),
            _ => Rerun::Report(options),
        }
    };
    failed.iter().take(SEEDS_MAX).map(rerun).collect()
}

/// As typed on a command line.
fn quoted(word: &str) -> String {
    words::quote(&clean(word))
}

/// What is to be known of how a program ran. Of a Rust subject the reader knows that it is part of the lab's process.
const fn isolation(isolation: Isolation) -> Option<&'static str> {
    match isolation {
        Isolation::InProcess => None,
        Isolation::NotIsolated => Some(
            "subject not isolated: it could use its user's files, other processes and the network",
        ),
        Isolation::Isolated => Some("subject isolated, as declared"),
    }
}

/// The options to repeat the run with a seed.
fn options_of(run: &RunStarted, seed: u64) -> String {
    let mut options = vec![format!("--seed {seed}")];
    options.extend(run.packs.iter().map(|pack| format!("--pack {}", quoted(pack))));
    if run.fidelity != Fidelity::default() {
        options.push(format!("--fidelity {}", run.fidelity));
    }
    if run.language != Language::English {
        options.push(format!("--lang {}", run.language));
    }
    if run.is_plain {
        options.push("--plain-world".to_owned());
    }
    // A subject in Rust cannot be named on a command line, unless it is a baseline.
    if run.isolation != Isolation::InProcess || run.subject.starts_with(BASELINE) {
        options.push(format!("--subject {}", quoted(&run.subject)));
    }
    if run.isolation == Isolation::Isolated {
        options.push("--subject-isolated".to_owned());
    }
    if run.is_served {
        options.push("--serve".to_owned());
    }
    options.join(" ")
}

/// A line with the progress of the run, at most `columns` wide; empty before the run starts.
pub fn progress(summary: &Summary, columns: usize) -> String {
    let Some(run) = summary.run() else { return String::new() };
    let counts = summary.counts();
    let open = summary.plays().into_iter().filter(|play| play.ending == Ending::Open);
    let open: Vec<String> = open.map(|play| clean(&play.info.label())).collect();
    let failed = counts.total() - counts.confirmed;
    let failed = if failed == 0 { String::new() } else { format!(", {failed} not confirmed") };
    let open = if open.is_empty() { String::new() } else { format!(": {}", open.join(", ")) };
    let line = format!("{} of {}{failed}{open}", counts.total(), run.plays);
    if line.chars().count() <= columns {
        return line;
    }
    line.chars().take(columns.saturating_sub(1)).chain(['…']).collect()
}

fn write_mismatch(out: &mut dyn Write, mismatch: &Mismatch) -> io::Result<()> {
    field(out, "", &format!("{}: {}", mismatch.beat, mismatch.kind.name()))?;
    field(out, "expected: ", &mismatch.expected)?;
    field(out, "seen:     ", &mismatch.seen)?;
    mismatch.nearest.iter().try_for_each(|nearest| field(out, "nearest:  ", nearest))?;
    mismatch.stderr.iter().try_for_each(|stderr| field(out, "stderr:   ", &last_lines(stderr)))
}

/// The end of a text: there are the last words of a program.
fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let first = lines.len().saturating_sub(STDERR_LINES_MAX);
    lines.get(first..).unwrap_or_default().join("\n")
}

/// Writes a text below the play's name; further lines are aligned with the first.
fn field(out: &mut dyn Write, name: &str, text: &str) -> io::Result<()> {
    let indent = WORD_CHARS + 2;
    let text = clean(text.trim_end());
    let mut lines = text.lines();
    writeln!(out, "{:indent$}{name}{}", "", lines.next().unwrap_or_default())?;
    let indent = indent + name.chars().count();
    lines.try_for_each(|line| match line.trim_end() {
        "" => writeln!(out),
        line => writeln!(out, "{:indent$}{line}", ""),
    })
}

/// How many plays there were, and how they ended.
pub(super) fn counted(counts: Counts, paint: Paint) -> String {
    let plays = plural(counts.total(), "play");
    // A shard may have none.
    if counts.total() == 0 { plays } else { format!("{plays}: {}", tally(counts, paint)) }
}

/// The counts in words, without those that are 0.
fn tally(counts: Counts, paint: Paint) -> String {
    let parts = [
        (counts.confirmed, "confirmed", GOOD),
        (counts.mismatch, if counts.mismatch == 1 { "mismatch" } else { "mismatches" }, BAD),
        (counts.inconclusive, "inconclusive", UNSURE),
        (counts.not_playable, "not playable", BAD),
        (counts.lab_failed, "lab failed", BAD),
    ];
    let parts = parts.iter().filter(|(count, ..)| *count > 0);
    let parts =
        parts.map(|(count, name, style)| painted(paint, *style, &format!("{count} {name}")));
    parts.collect::<Vec<_>>().join(", ")
}

/// The ending, as written before the play's name.
const fn word(ending: &Ending) -> &'static str {
    match ending {
        Ending::NotPlayable(_) => "not playable",
        Ending::LabFailed(_) => "lab failed",
        Ending::Open | Ending::Verdict(_) => ending.name(),
    }
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("{count} {noun}") } else { format!("{count} {noun}s") }
}

/// As wide as the longest word, `inconclusive`.
const WORD_CHARS: usize = 12;

/// What is to be known of a program that was not started anew for each question.
const SERVED: &str = "subject served: it could remember earlier questions; one in twenty was repeated in a fresh process";

/// Enough to see what went wrong. The JSON report has more.
const STDERR_LINES_MAX: usize = 5;

/// More names than one would type.
const WORDS_MAX: usize = 8;

/// Enough failed seeds to begin with.
const SEEDS_MAX: usize = 8;
