//! The report for a job's page: Markdown, as GitHub and GitLab show it.

use std::io::{self, Write};

use marslab_engine::verdict::Verdict;
use marslab_scenario::scenario::Paint;

use super::paint::clean;
use super::terminal::{Rerun, counted, reruns};
use super::{Ending, PlayStory, Summary};

/// Writes the document.
pub fn write(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    let Some(run) = summary.run() else { return Ok(()) };
    writeln!(out, "## marslab, {}\n", counted(summary.counts(), Paint::Plain))?;
    writeln!(out, "Subject {}, seed {}, {}.", code(&run.subject), run.seed, run.fidelity)?;
    if summary.is_interrupted() {
        writeln!(out, "\n**Interrupted**: {} not played.", summary.unplayed())?;
    }
    let odd = summary.plays().into_iter().filter(|play| !play.ending.is_confirmed());
    let odd: Vec<&PlayStory> = odd.collect();
    if odd.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n| play | | expected | seen |\n| --- | --- | --- | --- |")?;
    for play in odd.iter().take(ROWS_MAX) {
        let [what, expected, seen] = row(play);
        writeln!(out, "| {} | {what} | {expected} | {seen} |", cell(&play.info.label()))?;
    }
    if odd.len() > ROWS_MAX {
        writeln!(out, "\nAnd {} more.", odd.len() - ROWS_MAX)?;
    }
    writeln!(out, "\n```console")?;
    for rerun in reruns(summary, run) {
        match rerun {
            Rerun::Options(options) => writeln!(out, "$ marslab run {options}")?,
            Rerun::Report(options) => writeln!(out, "$ marslab run {options} --failed REPORT")?,
        }
    }
    writeln!(out, "```")
}

fn row(play: &PlayStory) -> [String; 3] {
    match &play.ending {
        Ending::Verdict(Verdict::Mismatch(odd)) => {
            let what = format!("{}: {}", odd.beat, odd.kind.name());
            [&what, &odd.expected, &odd.seen].map(|text| cell(text))
        }
        Ending::Verdict(Verdict::Inconclusive { reason }) => {
            [play.ending.name().to_owned(), String::new(), cell(&reason.to_string())]
        }
        Ending::LabFailed(error) | Ending::NotPlayable(error) => {
            [play.ending.name().to_owned(), String::new(), cell(error)]
        }
        Ending::Open | Ending::Verdict(Verdict::Confirmed) => Default::default(),
    }
}

/// Text in a table: bars and line breaks would end the cell, and `<` begins markup.
fn cell(text: &str) -> String {
    let text = clean(text).replace('|', "\\|").replace('<', "&lt;");
    text.lines().collect::<Vec<_>>().join("<br>")
}

/// Text between backticks, as many as it needs.
fn code(text: &str) -> String {
    let text = clean(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Enough for a page; the other reports have them all.
const ROWS_MAX: usize = 50;

#[cfg(test)]
mod tests;
