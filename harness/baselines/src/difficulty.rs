//! `scenarios/difficulty.tsv`: how hard each play is, told by who fails it.
//!
//! Each play that has something to repair is tried with every baseline that needs no order, and with reference cores that lack something. Who does
//! not name a right cause in the broken world fails. The level is the fifth in which a play then falls, from 1 to 5; of plays
//! that as many fail, those come later whose complaint more plays have.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use marslab_core::Altered;
use marslab_engine::play::trial::{Trial, trial};
use marslab_engine::play::{Options, PlayError};
use marslab_engine::subject_runner::{RustSubject, SubjectRunner};
use marslab_live::Fidelity;
use marslab_model::Diagnosis;
use marslab_scenario::catalogue::{AreaId, Catalogue, CauseId};
use marslab_scenario::corpus;
use marslab_scenario::recast::Recast;
use marslab_scenario::scenario::{Group, Play};

use crate::Baseline;
use crate::memory::Training;
use crate::shares::in_shares;

/// A reference core that lacks something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Weak {
    /// Says only the first thing that it finds.
    OneFinding,
    /// Never looks beyond the machine.
    MachineOnly,
    /// Never looks at what only other servers and the portal show.
    NoNetwork,
    /// Looks at the network alone.
    NetworkOnly,
    /// Knows no cause that is about something in particular.
    Vague,
    /// Knows only causes that several documented failures have.
    CommonOnly,
}

impl Weak {
    const ALL: [Self; 6] = [
        Self::OneFinding,
        Self::MachineOnly,
        Self::NoNetwork,
        Self::NetworkOnly,
        Self::Vague,
        Self::CommonOnly,
    ];

    fn subject(self) -> RustSubject {
        let alter: fn(&mut Diagnosis) = match self {
            Self::OneFinding => |said| said.findings.truncate(1),
            Self::MachineOnly => |said| said.findings.retain(|it| is_on_machine(&it.cause)),
            Self::NoNetwork => |said| said.findings.retain(|it| areas(&it.cause).is_empty()),
            Self::NetworkOnly => |said| said.findings.retain(|it| !is_on_machine(&it.cause)),
            Self::Vague => |said| said.findings.retain(|it| it.about.is_none()),
            Self::CommonOnly => |said| said.findings.retain(|it| is_common(&it.cause)),
        };
        RustSubject::new(format!("{self:?}"), Altered(alter))
    }
}

fn areas(cause: &str) -> &'static [AreaId] {
    Catalogue::known().cause(cause).map_or(&[], |it| &it.areas)
}

fn is_on_machine(cause: &str) -> bool {
    areas(cause).iter().all(|area| area.as_str() == "machine")
}

fn is_common(cause: &str) -> bool {
    let has_it = |causes: &[CauseId]| causes.iter().any(|it| it.as_str() == cause);
    Catalogue::known().failures.values().filter(|row| has_it(&row.causes)).count() > 1
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The play.
    pub play: String,
    /// How many fail it.
    pub failed: usize,
    /// How many plays have its complaint.
    pub alike: usize,
}

/// How many try each play.
pub const TRIED_BY: usize = Baseline::ALL.len() - 1 + Weak::ALL.len();

/// The plays that have a level.
pub fn plays() -> impl Iterator<Item = &'static Play> {
    let is_embedded = |play: &&Play| !play.is_of_pack();
    corpus::plays().filter(is_embedded).filter(|play| !play.cures.is_empty())
}

/// The table, with the default seed on `memory`.
pub fn table(jobs: NonZeroUsize) -> Result<String, PlayError> {
    let all: Vec<&Play> = corpus::plays().collect();
    let options = Options { fidelity: Fidelity::Memory, ..Options::default() };
    let training = Training::new(&all, &options);
    let subjects = Subjects::new(&training);
    let plays: Vec<&Play> = plays().collect();
    let mut counts = BTreeMap::new();
    let mut failed = Vec::new();
    for (play, complaint, count) in subjects.try_plays(&plays, &options, jobs)? {
        *counts.entry(complaint.clone()).or_default() += 1;
        failed.push((play.name.clone(), complaint, count));
    }
    let row = |(play, complaint, failed)| {
        let alike = counts.get(&complaint).copied().unwrap_or(1);
        Row { play, failed, alike }
    };
    Ok(text(failed.into_iter().map(row).collect()))
}

/// Everybody who tries a play.
pub struct Subjects(Vec<RustSubject>);

impl Subjects {
    /// All of them; those that remember are trained.
    pub fn new(training: &Training<'_>) -> Self {
        // What counts its calls would answer otherwise where only some plays are tried.
        let baselines = Baseline::ALL.into_iter().filter(|it| !it.needs_order());
        let baselines = baselines.map(|it| it.subject(training));
        Self(baselines.chain(Weak::ALL.into_iter().map(Weak::subject)).collect())
    }

    /// The complaint of each play, and how many fail it. Tries `jobs` at a time.
    fn try_plays<'a>(
        &self,
        plays: &[&'a Play],
        options: &Options,
        jobs: NonZeroUsize,
    ) -> Result<Vec<(&'a Play, String, usize)>, PlayError> {
        let tried = in_shares(plays, jobs, |share| {
            let one = |play: &&'a Play| {
                let (complaint, failed) = self.try_play(play, options)?;
                Ok((*play, complaint, failed))
            };
            share.iter().map(one).collect()
        });
        tried.into_iter().collect()
    }

    /// The complaint of a play, and how many fail it.
    pub fn try_play(&self, play: &Play, options: &Options) -> Result<(String, usize), PlayError> {
        let play = Recast::new(options.cast()).play(play)?;
        let (mut complaint, mut failed) = (String::new(), 0);
        for subject in &self.0 {
            let subject: &dyn SubjectRunner = subject;
            let tried = trial(&play, subject, options)?;
            failed += usize::from(!names_a_cause(&play, &tried));
            complaint = tried.complaint.message;
        }
        Ok((complaint, failed))
    }
}

/// Whether a right cause was named, whatever it is about.
fn names_a_cause(play: &Play, tried: &Trial) -> bool {
    let of_parts = play.parts.iter().flat_map(|part| &part.expect.findings);
    let groups: Vec<&Group> =
        play.expect.findings.iter().chain(&play.expect.advice).chain(of_parts).collect();
    let is_right =
        |cause: &str| groups.iter().any(|it| it.any.iter().any(|id| id.as_str() == cause));
    let said = tried.diagnosed.diagnosis.iter().flat_map(|it| &it.findings);
    said.into_iter().any(|it| is_right(&it.cause))
}

/// The rows by name, each with its level.
fn text(mut rows: Vec<Row>) -> String {
    rows.sort_by(|one, other| {
        let rank = |row: &Row| (row.failed, row.alike);
        rank(one).cmp(&rank(other)).then_with(|| one.play.cmp(&other.play))
    });
    let count = rows.len().max(1);
    let mut lines: Vec<String> = rows
        .into_iter()
        .enumerate()
        .map(|(index, Row { play, failed, alike })| {
            let level = 1 + index * 5 / count;
            format!("{play}\t{level}\t{failed}\t{TRIED_BY}\t{alike}\n")
        })
        .collect();
    lines.sort();
    format!("{HEADING}{}", lines.concat())
}

const HEADING: &str = "# Written by `marslab reference difficulty`; change the code, not this file.
# play	level	failed	of	alike
";

#[cfg(test)]
mod tests;
