//! Mismatches with one reason, told together: what is wrong in forty plays is often one thing.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use marslab_engine::verdict::{Mismatch, Verdict};

use super::{WORD_CHARS, field, plural};
use crate::report::paint::{BAD, painted};
use crate::report::{Ending, Summary};
use marslab_scenario::scenario::Paint;

/// Writes the reasons that several plays have in common, the most frequent first; nothing of a few mismatches, which are read
/// one by one.
pub(super) fn write(out: &mut dyn Write, summary: &Summary, paint: Paint) -> io::Result<()> {
    let mut groups: BTreeMap<_, (&Mismatch, Vec<String>)> = BTreeMap::new();
    let plays = summary.plays();
    for play in &plays {
        let Ending::Verdict(Verdict::Mismatch(it)) = &play.ending else { continue };
        let reason = (it.kind.name(), &it.expected, &it.seen);
        groups.entry(reason).or_insert((it, Vec::new())).1.push(play.info.label());
    }
    let mismatches: usize = groups.values().map(|(_, plays)| plays.len()).sum();
    let mut common: Vec<_> = groups.into_values().filter(|(_, plays)| plays.len() > 1).collect();
    if mismatches < MISMATCHES_MIN || common.is_empty() {
        return Ok(());
    }
    common.sort_by_key(|(_, plays)| Reverse(plays.len()));
    common.truncate(GROUPS_MAX);
    writeln!(out, "mismatches with one reason:")?;
    common.iter().try_for_each(|(mismatch, plays)| group(out, mismatch, plays, paint))?;
    let told: usize = common.iter().map(|(_, plays)| plays.len()).sum();
    match mismatches.saturating_sub(told) {
        0 => {}
        1 => writeln!(out, "and 1 mismatch with another reason")?,
        others => writeln!(out, "and {others} mismatches with other reasons")?,
    }
    writeln!(out)
}

fn group(
    out: &mut dyn Write,
    mismatch: &Mismatch,
    plays: &[String],
    paint: Paint,
) -> io::Result<()> {
    let count = format!("{:WORD_CHARS$}", plural(plays.len(), "play"));
    writeln!(out, "{}  {}", painted(paint, BAD, &count), mismatch.kind.name())?;
    field(out, "expected: ", &mismatch.expected)?;
    field(out, "seen:     ", &mismatch.seen)?;
    let mut names = plays.iter().take(NAMES_MAX).cloned().collect::<Vec<_>>().join(", ");
    if let Some(more) = plays.len().checked_sub(NAMES_MAX).filter(|more| *more > 0) {
        names.extend([" and ", &more.to_string(), " more"]);
    }
    field(out, "plays:    ", &names)
}

/// Fewer are on one screen.
const MISMATCHES_MIN: usize = 4;

/// Those of more are not worked on at a time.
const GROUPS_MAX: usize = 10;

/// Enough to try one.
const NAMES_MAX: usize = 3;
