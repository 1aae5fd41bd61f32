//! The network traffic as an HTTP Archive 1.2 (HAR), which browsers' developer tools open.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `document` | the shapes of HAR |
//!
//! A play is a page; its entries are the traffic of its operation, beat after beat. A failed connection is an entry with
//! the status 0 and the reason in `_error`, as browsers write it; its method is the
//! lab's own word (`DIAL`, `RESOLVE`, `TLS`). Anything but HTTP, such as an iSCSI login, is left out. Times are those of
//! the simulated world.
//!
//! Shapes: <http://www.softwareishard.com/blog/har-12-spec/>.

mod document;

use std::io::{self, Write};

use super::{PlayStory, Summary};
use document::{Archive, Page};
use marslab_engine::event::BeatRecord;
use marslab_engine::journal_entry::Entry;

/// Writes what the plays of a run said, as far as the summary has kept it.
pub fn write(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    let mut archive = Archive::default();
    if summary.is_interrupted() {
        archive.comment(format!("interrupted: {} plays not played", summary.unplayed()));
    }
    for (index, play) in summary.plays().into_iter().enumerate() {
        add_play(&mut archive, &format!("play-{}", index + 1), play);
    }
    archive.write(out)
}

/// Writes the journal of a session that is called `title`.
pub fn write_journal(out: &mut dyn Write, title: &str, entries: &[Entry]) -> io::Result<()> {
    let mut archive = Archive::default();
    let told: Vec<document::Entry> = entries.iter().filter_map(|it| entry(it, "")).collect();
    archive.add(Page::new("session", title, "session of `marslab up`"), told);
    archive.write(out)
}

fn add_play(archive: &mut Archive, id: &str, play: &PlayStory) {
    let comment = format!("{}: {}", play.ending.name(), play.info.title);
    let told = play.beats.iter().flat_map(of_beat).collect();
    archive.add(Page::new(id, &play.info.label(), &comment), told);
}

fn of_beat(story: &BeatRecord) -> Vec<document::Entry> {
    let beat = format!("{}: ", story.beat);
    let told = story.said.iter().cloned().map(Entry::from);
    told.filter_map(|said| entry(&said, &beat)).collect()
}

/// An entry with the journal's line as its comment; `None` for anything but HTTP.
fn entry(said: &Entry, before: &str) -> Option<document::Entry> {
    let comment = format!("{before}{}: {} → {}", said.to, said.what, said.answer);
    Some(document::Entry::new(said, said.exchange.as_ref()?, comment))
}

#[cfg(test)]
mod tests;
