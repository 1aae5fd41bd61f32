//! Scores: how much of what was there a subject has found, and how much that was not.
//!
//! A verdict is all or nothing, and ends with the first thing that is wrong. Scores count every world that the subject was
//! asked about, once, whatever the verdict. A group of the expected findings is found or missed, a finding is expected or
//! false, by three measures: the cause, what it is about, and both in one finding. An area's scores count the causes that are
//! found there, so that a cause of two areas counts in both; a section's count the plays of its failures.

use std::collections::{BTreeMap, BTreeSet};

use marslab_engine::event::AskRecord;
use marslab_engine::judge;
use marslab_model::{Diagnosis, Finding};
use marslab_scenario::PlayKind;
use marslab_scenario::catalogue::{AreaId, Catalogue};
use marslab_scenario::scenario::Group;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Summary, section_of};

/// The scores of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Scores {
    /// Over everything.
    pub all: Score,
    /// By area of the catalogue. What is in none of them is found on the machine itself and counts as `machine`, and a finding
    /// that names no known cause as `unknown`.
    pub areas: BTreeMap<String, Score>,
    /// By section of the articles, and those of compounds and controls.
    pub sections: BTreeMap<String, Score>,
    /// Findings where there was nothing to find.
    pub false_findings: FalseFindings,
    /// What was left unchecked.
    pub unchecked: UncheckedScore,
    /// What the subject took for it.
    pub cost: Cost,
    /// The estimated chance that a play is confirmed in each of 1, 2, … repeats with other seeds (pass^k).
    pub pass: Vec<f64>,
}

/// One score, by three measures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Score {
    /// The cause, whatever it is about.
    pub cause: Rates,
    /// What the finding is about, whatever its cause; only of findings that are about something.
    pub about: Rates,
    /// The cause, about the right thing.
    pub both: Rates,
}

/// How often something was found, missed, and found where it was not; and what follows from that, from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Rates {
    /// How often it was found.
    pub found: usize,
    /// How often it was missed.
    pub missed: usize,
    /// How often something else was found.
    #[serde(rename = "false")]
    pub wrong: usize,
    /// The share of findings that are right; nothing where nothing was found.
    pub precision: Option<f64>,
    /// The share that was found of what was there; nothing where nothing was there.
    pub recall: Option<f64>,
    /// The harmonic mean of both, 0 if one is 0.
    pub f1: Option<f64>,
}

/// Worlds in which there was nothing to find.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FalseFindings {
    /// Healthy worlds, before something was broken and after it was repaired.
    pub healthy: FalseRate,
    /// The worlds of controls.
    pub controls: FalseRate,
}

/// In how many worlds something was found although nothing was there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FalseRate {
    /// How many there were.
    pub worlds: usize,
    /// In how many something was found.
    pub false_findings: usize,
}

/// How honest `unchecked` is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct UncheckedScore {
    /// How many areas were left unchecked.
    pub named: usize,
    /// How many of them are out of reach.
    pub out_of_reach: usize,
}

/// What asks took, all of them, repeated ones too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Cost {
    /// How many there were.
    pub asks: usize,
    /// How many calls they made.
    pub calls: usize,
    /// The bytes of all answers, as JSON.
    pub bytes: usize,
    /// The seconds of world time that went by, in which connections were waited for.
    pub world_seconds: i64,
    /// In how many the folder of drive C: was called for, in which looks are not seen.
    pub with_folder: usize,
}

impl Scores {
    /// The scores of what was played so far.
    pub fn of(summary: &Summary) -> Self {
        let mut scores = Self::default();
        for play in summary.plays() {
            let section = section_of(&play.info);
            let mut seen = BTreeSet::new();
            for ask in &play.asks {
                scores.cost.add(ask);
                if seen.insert(ask.world) {
                    scores.add(ask, section, play.info.kind);
                }
            }
        }
        let plays = summary.plays();
        let endings = plays.iter().map(|it| (it.info.name.as_str(), it.ending.is_confirmed()));
        scores.finished(pass(endings))
    }

    /// The scores of several parts of one run, from the names of its plays and whether each was confirmed.
    pub(super) fn sum<'a>(parts: &[Self], endings: impl Iterator<Item = (&'a str, bool)>) -> Self {
        let mut sum = Self::default();
        for part in parts {
            sum.all.and(&part.all);
            for (area, score) in &part.areas {
                sum.areas.entry(area.clone()).or_default().and(score);
            }
            for (section, score) in &part.sections {
                sum.sections.entry(section.clone()).or_default().and(score);
            }
            let FalseFindings { healthy, controls } = part.false_findings;
            sum.false_findings.healthy.and(healthy);
            sum.false_findings.controls.and(controls);
            sum.unchecked.named += part.unchecked.named;
            sum.unchecked.out_of_reach += part.unchecked.out_of_reach;
            sum.cost.and(part.cost);
        }
        sum.finished(pass(endings))
    }

    /// With what follows from the counts.
    fn finished(mut self, pass: Vec<f64>) -> Self {
        let all = self.areas.values_mut().chain(self.sections.values_mut());
        all.chain([&mut self.all]).for_each(Score::finish);
        Self { pass, ..self }
    }

    fn add(&mut self, ask: &AskRecord, section: &str, kind: PlayKind) {
        let silence = Diagnosis::default();
        let said = ask.said.as_ref().unwrap_or(&silence);
        let (groups, may) = (&ask.expected.groups, &ask.expected.may);
        for group in groups {
            let areas = or_machine(judge::areas_of(group).map(AreaId::as_str).collect());
            let of =
                |is: fn(&Group, &Finding) -> bool| said.findings.iter().any(|it| is(group, it));
            let (is_named, is_about) = (of(judge::names), of(judge::is_about));
            let is_found = judge::is_found(group, said);
            self.count(areas, section, |score| {
                score.cause.expect(is_named.into());
                score.both.expect(is_found.into());
                if group.about.is_some() {
                    score.about.expect(is_about.into());
                }
            });
        }
        for finding in &said.findings {
            let known = || groups.iter().chain(may);
            let is_known = judge::is_of(groups, finding) || judge::is_of(may, finding);
            let is_named = known().any(|it| judge::names(it, finding));
            let is_about =
                finding.about.is_none() || known().any(|it| judge::is_about(it, finding));
            self.count(areas_of(finding), section, |score| {
                score.cause.wrong += usize::from(!is_named);
                score.both.wrong += usize::from(!is_known);
                score.about.wrong += usize::from(!is_about);
            });
        }
        if groups.is_empty() {
            let rate = match kind {
                PlayKind::Control => &mut self.false_findings.controls,
                _ => &mut self.false_findings.healthy,
            };
            rate.worlds += 1;
            let is_false = said.findings.iter().any(|it| !judge::is_of(may, it));
            rate.false_findings += usize::from(is_false);
        }
        self.unchecked.named += said.unchecked.len();
        let is_out_of_reach = |what: &str| ask.out_of_reach.contains(what);
        self.unchecked.out_of_reach +=
            said.unchecked.iter().filter(|it| is_out_of_reach(&it.what)).count();
    }

    fn count(&mut self, areas: BTreeSet<&str>, section: &str, count: impl Fn(&mut Score)) {
        count(&mut self.all);
        count(self.sections.entry(section.to_owned()).or_default());
        for area in areas {
            count(self.areas.entry(area.to_owned()).or_default());
        }
    }
}

fn areas_of(finding: &Finding) -> BTreeSet<&str> {
    match Catalogue::known().cause(&finding.cause) {
        Some(cause) => or_machine(cause.areas.iter().map(AreaId::as_str).collect()),
        None => ["unknown"].into(),
    }
}

fn or_machine(areas: BTreeSet<&str>) -> BTreeSet<&str> {
    if areas.is_empty() { ["machine"].into() } else { areas }
}

impl FalseFindings {
    /// Healthy worlds and those of controls.
    pub const fn all(self) -> FalseRate {
        let Self { healthy, controls } = self;
        FalseRate {
            worlds: healthy.worlds + controls.worlds,
            false_findings: healthy.false_findings + controls.false_findings,
        }
    }
}

impl Cost {
    /// What some asks took.
    pub fn of(asks: &[AskRecord]) -> Self {
        let mut cost = Self::default();
        asks.iter().for_each(|ask| cost.add(ask));
        cost
    }

    const fn and(&mut self, other: Self) {
        self.asks += other.asks;
        self.calls += other.calls;
        self.bytes += other.bytes;
        self.world_seconds += other.world_seconds;
        self.with_folder += other.with_folder;
    }

    fn add(&mut self, ask: &AskRecord) {
        self.asks += 1;
        self.calls += ask.trace.count;
        self.bytes += ask.trace.bytes;
        self.world_seconds += ask.seconds;
        self.with_folder += usize::from(ask.trace.has_folder);
    }
}

impl FalseRate {
    const fn and(&mut self, other: Self) {
        self.worlds += other.worlds;
        self.false_findings += other.false_findings;
    }
}

impl Score {
    const fn and(&mut self, other: &Self) {
        self.cause.and(other.cause);
        self.about.and(other.about);
        self.both.and(other.both);
    }

    fn finish(&mut self) {
        [&mut self.cause, &mut self.about, &mut self.both].into_iter().for_each(Rates::finish);
    }
}

/// Whether what was there was found.
#[derive(Clone, Copy)]
enum Expectation {
    Met,
    Missed,
}

impl From<bool> for Expectation {
    fn from(is_met: bool) -> Self {
        if is_met { Self::Met } else { Self::Missed }
    }
}

impl Rates {
    const fn and(&mut self, other: Self) {
        self.found += other.found;
        self.missed += other.missed;
        self.wrong += other.wrong;
    }

    const fn expect(&mut self, what: Expectation) {
        match what {
            Expectation::Met => self.found += 1,
            Expectation::Missed => self.missed += 1,
        }
    }

    fn finish(&mut self) {
        self.precision = share(self.found, self.found + self.wrong);
        self.recall = share(self.found, self.found + self.missed);
        self.f1 = share(2 * self.found, 2 * self.found + self.wrong + self.missed);
    }
}

/// A share, to six places: more would only differ from machine to machine.
fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| rounded(as_f64(part) / as_f64(whole)))
}

fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

#[expect(clippy::cast_precision_loss, reason = "counts of some thousand plays")]
const fn as_f64(count: usize) -> f64 {
    count as f64
}

/// For each k, the mean over the plays of the chance that k repeats, drawn of those that were played, are all confirmed.
fn pass<'a>(endings: impl Iterator<Item = (&'a str, bool)>) -> Vec<f64> {
    let mut by_name: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (name, is_confirmed) in endings {
        let (confirmed, played) = by_name.entry(name).or_default();
        *played += 1;
        *confirmed += usize::from(is_confirmed);
    }
    let repeats = by_name.values().map(|(_, played)| *played).min().unwrap_or_default();
    let chance = |k: usize, (confirmed, played): (usize, usize)| {
        (0..k).map(|i| as_f64(confirmed.saturating_sub(i)) / as_f64(played - i)).product::<f64>()
    };
    let mean =
        |k: usize| by_name.values().map(|it| chance(k, *it)).sum::<f64>() / as_f64(by_name.len());
    (1..=repeats).map(|k| rounded(mean(k))).collect()
}

#[cfg(test)]
mod tests;
