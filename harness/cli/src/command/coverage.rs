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

/// Counts the failures that have scenarios.
pub(super) fn with_scenarios(out: &mut dyn Write) -> io::Result<()> {
    let covered = corpus::plays().filter_map(|play| play.failure.clone()).collect();
    Coverage { covered, criterion: Criterion::HasScenario }.write(out)
}

/// Runs every play, and counts the failures that are confirmed.
pub(super) fn confirmed(out: &mut dyn Write) -> Result<Exit, CliError> {
    let options = Options { fidelity: Fidelity::Memory, ..Options::default() };
    let plays: Vec<&Play> = corpus::plays().collect();
    let plan = Plan { plays: &plays, subject: &reference(), options: &options, config: once() };
    let summary = plan.play_silently()?;
    let (mut confirmed, mut missed) = (BTreeSet::new(), BTreeSet::new());
    for play in summary.plays() {
        let Some(failure) = &play.info.failure else { continue };
        let is_confirmed = play.ending == Ending::Verdict(Verdict::Confirmed);
        let failures = if is_confirmed { &mut confirmed } else { &mut missed };
        failures.insert(FailureId::from(failure.as_str()));
    }
    // A failure counts only if all of its plays are confirmed.
    let covered = confirmed.difference(&missed).cloned().collect();
    Coverage { covered, criterion: Criterion::Confirmed }.write(out)?;
    Ok(Exit::of(summary.counts()))
}

struct Coverage {
    /// The failures that are covered, without umbrellas.
    covered: BTreeSet<FailureId>,
    /// What counts as covered.
    criterion: Criterion,
}

#[derive(Clone, Copy)]
enum Criterion {
    HasScenario,
    Confirmed,
}

impl Coverage {
    /// The failures of the 2019 articles, then those of others, then those of packs.
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        write_rows(out, 0, &KINDS.map(|kind| self.count(kind, Origin::Of2019)))?;
        for (origin, heading) in
            [(Origin::Beyond, "Beyond the 2019 articles"), (Origin::Packs, "Of packs")]
        {
            let kinds = KINDS.into_iter().filter(|kind| rows(*kind, origin).next().is_some());
            let counts: Vec<_> = kinds.map(|kind| self.count(kind, origin)).collect();
            if !counts.is_empty() {
                writeln!(out, "\n{heading}:")?;
                write_rows(out, 0, &counts)?;
            }
        }
        for origin in [Origin::Of2019, Origin::Beyond, Origin::Packs] {
            for kind in KINDS {
                self.write_missing(out, kind, origin)?;
            }
        }
        Ok(())
    }

    fn count(&self, kind: FailureKind, origin: Origin) -> [String; 3] {
        let covered = rows(kind, origin).filter(|row| self.is_covered(row)).count();
        let count = format!("{covered} of {}", rows(kind, origin).count());
        [kind.name().to_owned(), count, self.criterion.text(kind).to_owned()]
    }

    fn write_missing(
        &self,
        out: &mut dyn Write,
        kind: FailureKind,
        origin: Origin,
    ) -> io::Result<()> {
        let missing = rows(kind, origin).filter(|row| !self.is_covered(row));
        let missing: Vec<[String; 2]> = missing.map(|row| self.missing(row)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let mark = match origin {
            Origin::Of2019 => "",
            Origin::Beyond => " beyond the 2019 articles",
            Origin::Packs => " of packs",
        };
        writeln!(out, "\n{}{mark}, not {}:", kind.name(), self.criterion.text(kind))?;
        write_rows(out, 2, &missing)
    }

    /// An umbrella is covered if all of its members are.
    fn is_covered(&self, row: &Failure) -> bool {
        match row.kind {
            FailureKind::Umbrella => row.members.iter().all(|member| self.covered.contains(member)),
            FailureKind::Failure | FailureKind::Check | FailureKind::Step => {
                self.covered.contains(&row.id)
            }
        }
    }

    fn missing(&self, row: &Failure) -> [String; 2] {
        let why = match row.kind {
            FailureKind::Umbrella => {
                let covered =
                    row.members.iter().filter(|member| self.covered.contains(*member)).count();
                format!("{covered} of {} members", row.members.len())
            }
            FailureKind::Failure | FailureKind::Check | FailureKind::Step => row.problem.clone(),
        };
        [row.id.to_string(), why]
    }
}

impl Criterion {
    const fn text(self, kind: FailureKind) -> &'static str {
        match (self, kind) {
            (_, FailureKind::Umbrella) => "with all members covered",
            (Self::HasScenario, FailureKind::Failure | FailureKind::Check | FailureKind::Step) => {
                "covered by scenarios"
            }
            (Self::Confirmed, FailureKind::Failure | FailureKind::Check | FailureKind::Step) => {
                "confirmed"
            }
        }
    }
}

/// Where a failure is documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    /// In one of the three articles of 2019.
    Of2019,
    /// Only in newer ones.
    Beyond,
    /// In a pack.
    Packs,
}

impl Origin {
    /// A pack's rows have its name before a slash, whatever articles they name.
    fn of(row: &Failure) -> Self {
        match row.id.as_str().contains('/') {
            true => Self::Packs,
            false if row.is_beyond() => Self::Beyond,
            false => Self::Of2019,
        }
    }
}

fn rows(kind: FailureKind, origin: Origin) -> impl Iterator<Item = &'static Failure> {
    let rows = Catalogue::known().failures_in_order().filter(move |row| row.kind == kind);
    rows.filter(move |row| Origin::of(row) == origin)
}

const KINDS: [FailureKind; 4] =
    [FailureKind::Failure, FailureKind::Check, FailureKind::Step, FailureKind::Umbrella];
