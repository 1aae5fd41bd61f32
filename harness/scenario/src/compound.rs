//! Compounds: plays that are made of other plays, with everything broken at once.
//!
//! A compound says nothing of what is seen first, or of what hides what. It is judged by three laws that need no such
//! table; the engine plays them.

use marslab_base as base;
use std::sync::Arc;

use marslab_model::world::Cast;
use marslab_model::{Change, World};
use thiserror::Error;

use crate::play::{ComplaintSource, Cure, Expect, Group, Named, Part, PastChoice, Play, Source};
use marslab_actions::setting::Setting;
use marslab_faults::settings::SETTINGS;
use marslab_live::{Fidelity, WorldLimits, start_time};

/// Why plays cannot be combined.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Clash {
    /// Fewer than two plays.
    #[error("a compound needs at least two parts")]
    TooFew,
    /// More plays than a compound may have.
    #[error("a compound has at most {PARTS_MAX} parts")]
    TooMany,
    /// A play occurs twice.
    #[error("duplicate part `{0}`")]
    Twice(String),
    /// A part is a compound.
    #[error("`{0}` is itself a compound; use its parts")]
    Nested(String),
    /// The operations differ, or the operations that the customer reports.
    #[error("`{0}` and `{1}` have different operations")]
    Operation(String, String),
    /// The settings conflict.
    #[error("`{0}` and `{1}` have conflicting settings")]
    Given(String, String),
    /// No part makes the operation fail.
    #[error("no part makes the operation fail")]
    NothingFails,
}

/// One play in which everything is broken that is broken in `plays`, called by their names with `+` between them.
pub fn compose(plays: &[&Play]) -> Result<Play, Clash> {
    check(plays)?;
    let given = given(plays)?;
    let (mut faults, mut cures, mut parts) = (Vec::new(), Vec::new(), Vec::new());
    let mut expect = Expect::default();
    for play in plays {
        let (first_fault, first_cure) = (faults.len(), cures.len());
        faults.extend(play.faults.iter().cloned());
        // What is seen next depends on what else is broken.
        let remedies = play.cures.iter().map(|cure| cure.remedy.clone());
        cures.extend(remedies.map(|remedy| Cure { remedy, then: None }));
        expect.findings.extend(play.expect.findings.iter().cloned());
        expect.may.extend(play.expect.may.iter().chain(&play.expect.advice).cloned());
        parts.push(Part {
            name: play.name.clone(),
            kind: play.kind(),
            faults: first_fault..faults.len(),
            cures: first_cure..cures.len(),
            expect: play.expect.clone(),
        });
    }
    if !parts.iter().any(Part::fails) {
        return Err(Clash::NothingFails);
    }
    let first = plays.first().ok_or(Clash::TooFew)?;
    let all = |of: fn(&Play) -> &str, between: &str| {
        plays.iter().map(|play| of(play)).collect::<Vec<_>>().join(between)
    };
    Ok(Play {
        name: all(|play| &play.name, PLUS),
        title: all(|play| &play.title, "; "),
        article: first.article,
        failure: None,
        given,
        faults,
        operation: first.operation,
        reported_operation: first.reported_operation,
        complaint: words(plays),
        twin: None,
        past: plays
            .iter()
            .map(|play| play.past)
            .find(|it| *it != PastChoice::default())
            .unwrap_or_default(),
        expect,
        cures,
        parts,
        cast: Arc::clone(&first.cast),
        source: Source::Parts(
            plays.iter().map(|play| (play.name.clone(), play.source.clone())).collect(),
        ),
    })
}

/// The own words of the first part that has any.
fn words(plays: &[&Play]) -> Option<ComplaintSource> {
    plays.iter().find(|play| play.own_words().is_some())?.complaint.clone()
}

/// What may be found in a compound although the operation does not fail of it: what its parts allow, and what is advised
/// of those that are no failures.
pub fn allowed_findings(compound: &Play) -> Vec<Group> {
    let may = compound.parts.iter().flat_map(|part| &part.expect.may);
    let others = compound.parts.iter().filter(|part| !part.fails());
    let advice = others.flat_map(|part| &part.expect.advice);
    may.chain(advice).cloned().collect()
}

/// What can be told from the plays alone.
fn check(plays: &[&Play]) -> Result<(), Clash> {
    let (first, others) = plays.split_first().ok_or(Clash::TooFew)?;
    if others.is_empty() {
        return Err(Clash::TooFew);
    }
    if plays.len() > PARTS_MAX {
        return Err(Clash::TooMany);
    }
    if let Some(nested) = plays.iter().find(|play| !play.parts.is_empty()) {
        return Err(Clash::Nested(nested.name.clone()));
    }
    for (index, play) in plays.iter().enumerate() {
        if plays.iter().take(index).any(|other| other.name == play.name) {
            return Err(Clash::Twice(play.name.clone()));
        }
    }
    let is_other = |play: &&&Play| {
        (play.operation, play.reported_operation) != (first.operation, first.reported_operation)
    };
    match others.iter().find(is_other) {
        Some(other) => Err(Clash::Operation(first.name.clone(), other.name.clone())),
        None => Ok(()),
    }
}

/// The settings of all, each once, in the order in which settings are made. In the world that they make together, each
/// play finds what it makes alone.
fn given(plays: &[&Play]) -> Result<Vec<Named<dyn Setting>>, Clash> {
    if plays.iter().all(|play| play.given.is_empty()) {
        return Ok(Vec::new());
    }
    let cast = plays.first().map_or_else(Cast::plain, |play| Cast::clone(&play.cast));
    let limits = WorldLimits::default();
    let healthy = base::healthy_within(cast, &limits, start_time(Fidelity::Memory));
    let mut all: Vec<(&Play, &Named<dyn Setting>)> = Vec::new();
    for play in plays {
        for setting in &play.given {
            let same = all.iter().find(|(_, other)| other.name == setting.name);
            match same {
                None => all.push((play, setting)),
                Some((_, other)) if effect(other, &healthy) == effect(setting, &healthy) => {}
                Some((of, _)) => return Err(Clash::Given(of.name.clone(), play.name.clone())),
            }
        }
    }
    all.sort_by_key(|(_, setting)| SETTINGS.iter().position(|kind| kind.name == setting.name));
    let together = world(all.iter().map(|(_, setting)| *setting), &healthy);
    for play in plays {
        let alone = world(play.given.iter(), &healthy);
        let (Some(alone), Some(together)) = (&alone, &together) else {
            return Err(clash_with(play, plays));
        };
        let made = healthy.differences_from(alone);
        let other = alone.differences_from(together);
        if made.iter().any(|path| other.iter().any(|it| it.touches(path))) {
            return Err(clash_with(play, plays));
        }
    }
    Ok(all.into_iter().map(|(_, setting)| setting.clone()).collect())
}

fn clash_with(play: &Play, plays: &[&Play]) -> Clash {
    let other = plays.iter().find(|other| other.name != play.name);
    Clash::Given(play.name.clone(), other.map_or_else(String::new, |other| other.name.clone()))
}

fn effect(setting: &Named<dyn Setting>, healthy: &World) -> Option<Vec<Change>> {
    setting.it.changes(healthy).ok()
}

/// The healthy world with these settings; `None` if one does not apply.
fn world<'a>(
    settings: impl Iterator<Item = &'a Named<dyn Setting>>,
    healthy: &World,
) -> Option<World> {
    let mut world = healthy.clone();
    for setting in settings {
        for change in setting.it.changes(&world).ok()? {
            world.apply(&change).ok()?;
        }
    }
    Some(world)
}

/// Between the names of the parts in the name of a compound.
pub const PLUS: &str = "+";

/// Far more than a reader can follow.
pub const PARTS_MAX: usize = 8;

#[cfg(test)]
mod tests;
