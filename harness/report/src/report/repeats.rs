//! Differences between the repeats of a play.
//!
//! Each repeat has its own seed, so names, keys, certificates and ports differ. The verdict, the error of each beat and
//! the findings must not.

use std::collections::BTreeMap;

use marslab_model::world::Cast;
use marslab_model::{Diagnosis, Outcome};

use super::{Ending, PlayStory, Summary};
use marslab_engine::judge;
use marslab_engine::verdict::Verdict;
use marslab_scenario::scenario::Group;

/// A repeat that differs from the first one of the same play.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deviation {
    /// The name of the play.
    pub play: String,
    /// The seed of the first repeat.
    pub first_seed: u64,
    /// What the first repeat shows.
    pub first: String,
    /// The seed of the repeat that differs.
    pub seed: u64,
    /// What the other repeat shows instead.
    pub seen: String,
}

/// For each play whose repeats differ, the first repeat that does; sorted by name.
pub fn deviations(summary: &Summary) -> Vec<Deviation> {
    let mut first: BTreeMap<&str, &PlayStory> = BTreeMap::new();
    let mut found: BTreeMap<&str, Deviation> = BTreeMap::new();
    let is_plain = summary.run().is_some_and(|run| run.is_plain);
    let cast = |play: &PlayStory| match play.info.seed {
        Some(seed) if !is_plain => Cast::drawn(seed),
        _ => Cast::plain(),
    };
    for play in summary.plays() {
        let name = play.info.name.as_str();
        let one = *first.entry(name).or_insert(play);
        let Some((shown, seen)) = difference((one, &cast(one)), (play, &cast(play))) else {
            continue;
        };
        found.entry(name).or_insert_with(|| Deviation {
            play: name.to_owned(),
            first_seed: one.info.seed.unwrap_or_default(),
            first: shown,
            seed: play.info.seed.unwrap_or_default(),
            seen,
        });
    }
    found.into_values().collect()
}

/// The first difference between two repeats.
fn difference(one: (&PlayStory, &Cast), two: (&PlayStory, &Cast)) -> Option<(String, String)> {
    let (one, two) = (shown(one), shown(two));
    let places = 0..one.len().max(two.len());
    let pairs = places.map(|place| {
        let at =
            |of: &[String]| of.get(place).cloned().unwrap_or_else(|| "nothing more".to_owned());
        (at(&one), at(&two))
    });
    pairs.into_iter().find(|(one, two)| one != two)
}

/// What a play shows, independent of its seed: a line for each beat, and one for the ending.
fn shown((play, cast): (&PlayStory, &Cast)) -> Vec<String> {
    let beats = play.beats.iter().map(|beat| {
        let outcome = beat.outcome.as_ref().map(outcome);
        let expected = beat.expected.as_deref().map_or(&[][..], |it| &it.groups);
        let findings = beat.diagnosis.as_ref().map(|it| findings(it, expected, cast));
        let parts: Vec<String> = outcome.into_iter().chain(findings).collect();
        format!("{}: {}", beat.beat, parts.join(", "))
    });
    beats.chain([ending(&play.ending)]).collect()
}

fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Succeeded => "the operation succeeds".to_owned(),
        Outcome::Failed(symptom) => format!("the operation fails with error {}", symptom.error),
    }
}

/// What was found. Where that is what was expected, the world's names and dates may be in it; elsewhere roles stand for names.
fn findings(diagnosis: &Diagnosis, expected: &[Group], cast: &Cast) -> String {
    let one = |finding: &marslab_model::Finding| match &finding.about {
        Some(_) if judge::is_of(expected, finding) => {
            format!("`{}` about what was expected", finding.cause)
        }
        Some(about) => format!("`{}` about `{}`", finding.cause, cast.roles_in(about)),
        None => format!("`{}`", finding.cause),
    };
    let mut all: Vec<String> = diagnosis.findings.iter().map(one).collect();
    // Their order has no meaning.
    all.sort();
    if all.is_empty() { "nothing found".to_owned() } else { format!("found {}", all.join(" and ")) }
}

fn ending(ending: &Ending) -> String {
    match ending {
        Ending::Verdict(Verdict::Mismatch(mismatch)) => {
            format!("mismatch in {}: {}", mismatch.beat, mismatch.kind.name())
        }
        other => other.name().to_owned(),
    }
}

#[cfg(test)]
mod tests;
