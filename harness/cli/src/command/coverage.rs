//! `marslab coverage`.

use std::collections::BTreeSet;
use std::io::{self, Write};

use marslab::catalogue::{Catalogue, Failure, FailureId, FailureKind};
use marslab::corpus;
use marslab::live::Fidelity;
use marslab::play::Options;
use marslab::report::Ending;
use marslab::scenario::Play;
use marslab::verdict::Verdict;

use super::run::{Plan, once, reference};
use crate::error::CliError;
use crate::exit::Exit;
use crate::table::write_rows;

/// Counts the rows that have scenarios.
pub(super) fn written(out: &mut dyn Write) -> io::Result<()> {
    let met = corpus::plays().filter_map(|play| play.failure.clone()).collect();
    Coverage { met, word: Word::Written }.write(out)
}

/// Plays every scenario, and counts the rows that are confirmed.
pub(super) fn confirmed(out: &mut dyn Write) -> Result<Exit, CliError> {
    let options = Options { fidelity: Fidelity::Memory, ..Options::default() };
    let plays: Vec<&Play> = corpus::plays().collect();
    let plan = Plan { plays: &plays, subject: &reference(), options: &options, config: once() };
    let summary = plan.play_silently()?;
    let (mut met, mut missed) = (BTreeSet::new(), BTreeSet::new());
    for play in summary.plays() {
        let Some(failure) = &play.info.failure else { continue };
        let is_confirmed = play.ending == Ending::Verdict(Verdict::Confirmed);
        let rows = if is_confirmed { &mut met } else { &mut missed };
        rows.insert(FailureId::from(failure.as_str()));
    }
    // One play that is not confirmed is enough to doubt a row.
    let met = met.difference(&missed).cloned().collect();
    Coverage { met, word: Word::Confirmed }.write(out)?;
    Ok(Exit::of(summary.counts()))
}

struct Coverage {
    /// The rows that are met; umbrellas are not among them.
    met: BTreeSet<FailureId>,
    /// In what way they are met.
    word: Word,
}

#[derive(Clone, Copy)]
enum Word {
    Written,
    Confirmed,
}

impl Coverage {
    /// The rows of the articles of 2019, then those beyond them.
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        write_rows(out, 0, &KINDS.map(|kind| self.count(kind, Origin::Of2019)))?;
        let beyond = KINDS.into_iter().filter(|kind| rows(*kind, Origin::Beyond).next().is_some());
        let beyond: Vec<_> = beyond.map(|kind| self.count(kind, Origin::Beyond)).collect();
        if !beyond.is_empty() {
            writeln!(out, "\nBeyond the articles of 2019:")?;
            write_rows(out, 0, &beyond)?;
        }
        for origin in [Origin::Of2019, Origin::Beyond] {
            for kind in KINDS {
                self.write_missing(out, kind, origin)?;
            }
        }
        Ok(())
    }

    fn count(&self, kind: FailureKind, origin: Origin) -> [String; 3] {
        let met = rows(kind, origin).filter(|row| self.is_met(row)).count();
        let count = format!("{met} of {}", rows(kind, origin).count());
        [kind.name().to_owned(), count, self.word.of(kind).to_owned()]
    }

    fn write_missing(
        &self,
        out: &mut dyn Write,
        kind: FailureKind,
        origin: Origin,
    ) -> io::Result<()> {
        let missing = rows(kind, origin).filter(|row| !self.is_met(row));
        let missing: Vec<[String; 2]> = missing.map(|row| self.missing(row)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let mark = match origin {
            Origin::Of2019 => "",
            Origin::Beyond => " beyond the articles of 2019",
        };
        writeln!(out, "\n{}{mark}, not {}:", kind.name(), self.word.of(kind))?;
        write_rows(out, 2, &missing)
    }

    /// An umbrella is met when all of its members are.
    fn is_met(&self, row: &Failure) -> bool {
        match row.kind {
            FailureKind::Umbrella => row.members.iter().all(|member| self.met.contains(member)),
            FailureKind::Failure | FailureKind::Check | FailureKind::Step => {
                self.met.contains(&row.id)
            }
        }
    }

    fn missing(&self, row: &Failure) -> [String; 2] {
        let why = match row.kind {
            FailureKind::Umbrella => {
                let met = row.members.iter().filter(|member| self.met.contains(*member)).count();
                format!("{met} of {} members", row.members.len())
            }
            FailureKind::Failure | FailureKind::Check | FailureKind::Step => row.problem.clone(),
        };
        [row.id.to_string(), why]
    }
}

impl Word {
    const fn of(self, kind: FailureKind) -> &'static str {
        match (self, kind) {
            (_, FailureKind::Umbrella) => "met by all of their members",
            (Self::Written, FailureKind::Failure | FailureKind::Check | FailureKind::Step) => {
                "covered by a scenario"
            }
            (Self::Confirmed, FailureKind::Failure | FailureKind::Check | FailureKind::Step) => {
                "confirmed"
            }
        }
    }
}

/// From where rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    /// The three articles of 2019.
    Of2019,
    /// Newer ones alone.
    Beyond,
}

fn rows(kind: FailureKind, origin: Origin) -> impl Iterator<Item = &'static Failure> {
    let rows = Catalogue::embedded().failures_in_order().filter(move |row| row.kind == kind);
    rows.filter(move |row| row.is_beyond() == (origin == Origin::Beyond))
}

const KINDS: [FailureKind; 4] =
    [FailureKind::Failure, FailureKind::Check, FailureKind::Step, FailureKind::Umbrella];
