//! What was not confirmed, as GitHub's runners show it beside a file: a workflow command a line
//! (`::error file=F,line=L,title=T::TEXT`).

use std::io::{self, Write};

use marslab_engine::verdict::Verdict;

use super::paint::clean;
use super::{Ending, PlayStory, Summary};

/// Writes a line for each play that was not confirmed.
pub fn write(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    let odd = summary.plays().into_iter().filter(|play| !play.ending.is_confirmed());
    odd.take(ANNOTATIONS_MAX).try_for_each(|play| {
        let (level, text) = told(play);
        let mut place = String::new();
        if let Some(file) = &play.info.file {
            place = format!("file={},line={},", property(file), play.info.line.unwrap_or(1));
        }
        let title = property(&format!("{}: {}", play.ending.name(), play.info.label()));
        writeln!(out, "::{level} {place}title={title}::{}", data(&text))
    })
}

/// What happened, and how bad it is.
fn told(play: &PlayStory) -> (&'static str, String) {
    match &play.ending {
        Ending::Verdict(Verdict::Mismatch(odd)) => {
            let (beat, kind) = (odd.beat, odd.kind.name());
            ("error", format!("{beat}: {kind}\nexpected: {}\nseen: {}", odd.expected, odd.seen))
        }
        Ending::Verdict(Verdict::Inconclusive { reason }) => ("warning", reason.to_string()),
        Ending::LabFailed(error) | Ending::NotPlayable(error) => ("error", error.clone()),
        Ending::Open | Ending::Verdict(Verdict::Confirmed) => ("notice", String::new()),
    }
}

/// Text of a command: what would end its line is escaped.
fn data(text: &str) -> String {
    clean(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value before the text, where a colon and a comma have a meaning, too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// GitHub shows ten of a step, and fifty of a job.
const ANNOTATIONS_MAX: usize = 50;

#[cfg(test)]
mod tests;
