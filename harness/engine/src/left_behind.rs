//! What a repair has left behind: whether it works, whether the faults are gone, and what was changed besides.
//!
//! Nothing here knows a fault or a remedy by name. A fault is the fields in which the broken World differs from the healthy
//! one; what the documented remedy does is found by carrying it out in a copy, and what an operation does by itself by
//! trying it in copies that are otherwise left alone.

use std::collections::BTreeSet;
use std::sync::Arc;

use marslab_live::{Live, LiveError, Snapshot, StartOptions};
use marslab_model::tracked::Footprint;
use marslab_model::{Change, Field, FieldPath, Outcome, World};
use marslab_remedies::remedy;
use marslab_scenario::catalogue::Catalogue;
use marslab_scenario::scenario::{Cure, Play};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::play::carry_out;
use touched::is_within;

pub use touched::Touched;

mod touched;

/// What a repair has left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LeftBehind {
    /// How it ended.
    pub ending: Ending,
    /// The fields of the faults that are still as broken; of a [`Masked`](Ending::Masked) one, what hides.
    pub still_broken: Footprint,
    /// What differs from the broken World and belongs neither to the faults nor to what is documented for their cause.
    pub collateral: Footprint,
}

/// How a repair ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// The operation succeeds, and no field of the faults is still as broken.
    Cured,
    /// The operation succeeds although one is.
    Masked,
    /// The operation fails.
    NotCured,
}

/// What repairs of one broken World are measured by.
#[derive(Clone, Debug)]
pub struct Measure {
    /// The World before the faults.
    pub healthy: Arc<World>,
    /// The World with them.
    pub broken: Arc<World>,
    /// The World after the documented remedy.
    pub cured: Arc<World>,
    /// What the faults changed.
    pub faults: Footprint,
    /// What the documented remedy changes.
    pub remedy: Touched,
    /// The part of `faults` that it does not leave as broken.
    pub mended: Footprint,
    /// What else is documented for its cause, as far as it can be carried out.
    pub others: Vec<Other>,
    /// What the operation and time change in a World that is left alone.
    pub by_itself: Touched,
}

/// Another documented remedy for the cause of a play.
#[derive(Clone, Debug)]
pub struct Other {
    /// What it changes, and the operation after it.
    pub touched: Touched,
    /// The World after it.
    pub after: Arc<World>,
    /// The fields of the faults that it does not leave as broken, if the operation then succeeds and one of them is left as
    /// broken by the play's own remedy: it cures by itself, and is no part of that one.
    pub mended: Footprint,
}

impl Measure {
    /// Finds out, in copies of the broken World, what the cures of its play and the operation change.
    pub async fn of(
        play: &Play,
        healthy: &Snapshot,
        broken: &Snapshot,
        how: &StartOptions,
    ) -> Result<Self, LiveError> {
        let (faults, before) = (changed(&healthy.world, &broken.world), &broken.world);
        let (mut by_itself, mut remedy) = (Vec::new(), Vec::new());
        let mut after = before.clone();
        // Twice, so that what is drawn anew each time can be told from names that stay.
        for (instance, seconds) in COPIES {
            let how = how.clone().with_instance(instance);
            let live = later(broken, seconds, &how)?;
            carry_out_all(play, &live).await?;
            let cured = live.hold()?;
            let mut tried_in = Footprint::new();
            for world in [healthy, broken, &cured] {
                tried_in.extend(tried(play, world, (seconds, &how)).await?);
            }
            by_itself.push(tried_in);
            remedy.push(changed(before, &cured.world));
            after = cured.world;
        }
        let mended = mended(&faults, before, &after);
        let others = others(play, broken, (&faults, &mended), how).await?;
        let (by_itself, remedy) = (Touched::of(by_itself), Touched::of(remedy));
        let (healthy, broken) = (Arc::new(healthy.world.clone()), Arc::new(before.clone()));
        let cured = Arc::new(after);
        Ok(Self { healthy, broken, cured, faults, remedy, mended, others, by_itself })
    }

    /// What a repair has left, where the operation ends like this in the World that is left.
    pub fn left_behind(&self, left: &World, operated: &Outcome) -> LeftBehind {
        let still_broken = self.still_broken(left);
        let ending = match (*operated == Outcome::Succeeded, still_broken.is_empty()) {
            (true, true) => Ending::Cured,
            (true, false) => Ending::Masked,
            (false, _) => Ending::NotCured,
        };
        LeftBehind { ending, still_broken, collateral: self.collateral(left) }
    }

    /// The fields that are still as broken. What the documented remedy leaves as it is counts only where it leaves everything
    /// so and works around it: then until something of what it changes has changed. Another documented
    /// remedy that mends the faults has left nothing broken, either.
    fn still_broken(&self, left: &World) -> Footprint {
        let is_gone = |other: &Other| {
            let mut mended = other.mended.iter().peekable();
            mended.peek().is_some() && mended.all(|it| !self.is_as_broken(it, left, &other.after))
        };
        if self.others.iter().any(is_gone) {
            return Footprint::new();
        }
        let is_as_broken = |field: &&FieldPath| self.is_as_broken(field, left, &self.cured);
        if !self.mended.is_empty() {
            return self.mended.iter().filter(is_as_broken).cloned().collect();
        }
        // Where nothing but time is to pass, it has passed.
        let is_own = |field: &&FieldPath| !self.by_itself.has(field);
        let mut fields = self.remedy.fields.iter().filter(is_own).peekable();
        let is_untouched =
            fields.peek().is_some() && fields.all(|it| left.look(it) == self.broken.look(it));
        let stay = self.faults.iter().filter(is_as_broken);
        if is_untouched { stay.cloned().collect() } else { Footprint::new() }
    }

    /// A number that the operation moves by itself, such as free space, is as broken as long as it is nearer to that.
    fn is_as_broken(&self, field: &FieldPath, left: &World, cured: &World) -> bool {
        let [now, broken, healthy] = [left, &*self.broken, &*self.healthy].map(|it| it.look(field));
        if now == broken {
            return now != healthy;
        }
        let cured = cured.look(field).filter(|it| Some(it) != broken.as_ref()).or(healthy);
        let number = |value: Option<Value>| value.and_then(|it| it.as_f64());
        match (number(now), number(broken), number(cured)) {
            (Some(now), Some(broken), Some(cured)) if self.by_itself.has(field) => {
                (now - broken).abs() < (now - cured).abs()
            }
            _ => false,
        }
    }

    /// A field that is gone as a whole is collateral where only a part of it was to be touched.
    fn collateral(&self, left: &World) -> Footprint {
        let is_allowed = |field: &FieldPath| {
            let is_new = || self.broken.look(field).is_none();
            let others = self.others.iter().map(|it| &it.touched);
            let mut touched = [&self.remedy, &self.by_itself].into_iter().chain(others);
            self.faults.iter().any(|it| is_within(field, it))
                || touched.any(|it| it.has(field) || (is_new() && it.has_alike(field)))
        };
        let found = changed(&self.broken, left);
        found.into_iter().filter(|field| !is_allowed(field)).collect()
    }
}

/// Carries out the cures of a play. Of several faults, one may keep another from being cured, so those that could not be
/// ended are tried again after the others.
async fn carry_out_all(play: &Play, live: &Live) -> Result<(), LiveError> {
    let mut left: Vec<&Cure> = play.cures.iter().collect();
    for _ in 0..play.cures.len() {
        let mut again = Vec::new();
        for cure in left {
            if carry_out(cure, live).await?.1.is_err() {
                again.push(cure);
            }
            // What is advised next may need that the operation was tried.
            if cure.then.is_some() {
                live.operate(play.operation).await;
            }
        }
        left = again;
    }
    Ok(())
}

/// The fields of faults that are no longer as broken.
fn mended(faults: &Footprint, before: &World, after: &World) -> Footprint {
    faults.iter().filter(|field| after.look(field) != before.look(field)).cloned().collect()
}

/// What else is documented for the causes of a play, with its defaults. Of a compound nothing: what one part's other remedy
/// mends says nothing of the others.
async fn others(
    play: &Play,
    broken: &Snapshot,
    (faults, by_own): (&Footprint, &Footprint),
    how: &StartOptions,
) -> Result<Vec<Other>, LiveError> {
    let causes = play.expect.findings.iter().flat_map(|group| &group.any);
    let documented: BTreeSet<&str> =
        causes.flat_map(|cause| Catalogue::known().remedies_for(cause.as_str())).collect();
    let is_own = |name: &str| play.cures.iter().any(|cure| cure.remedy.name == name);
    let names = documented.into_iter().filter(|name| !is_own(name));
    let mut others = Vec::new();
    for other in names.filter_map(|name| remedy(name)?.with_defaults()) {
        let (mut times, mut last) = (Vec::new(), None);
        for (instance, seconds) in COPIES {
            let live = later(broken, seconds, &how.clone().with_instance(instance))?;
            if other.carry_out(&live).await.is_ok() {
                let after = live.snapshot()?;
                let ended = live.operate(play.operation).await;
                let mut touched = changed(&broken.world, &after);
                touched.extend(changed(&broken.world, &live.snapshot()?));
                times.push(touched);
                last = Some((Arc::new(after), ended));
            }
        }
        let Some((after, ended)) = last else { continue };
        let mended = mended(faults, &broken.world, &after);
        let is_way_out = ended == Outcome::Succeeded && !mended.is_subset(by_own);
        let mended = if is_way_out { mended } else { Footprint::new() };
        others.push(Other { touched: Touched::of(times), after, mended });
    }
    Ok(others)
}

/// What trying the operation of a play changes in a copy of a World, after some time.
async fn tried(
    play: &Play,
    of: &Snapshot,
    (seconds, how): (u32, &StartOptions),
) -> Result<Footprint, LiveError> {
    let live = later(of, seconds, how)?;
    live.operate(play.operation).await;
    Ok(changed(&of.world, &live.snapshot()?))
}

/// A copy of a World after some time, so that what is written anew has another time.
fn later(than: &Snapshot, seconds: u32, how: &StartOptions) -> Result<Live, LiveError> {
    let live = Live::resume(than.clone(), how)?;
    live.apply(&Change::Elapse { seconds })?;
    Ok(live)
}

/// The fields in which two Worlds differ, but for the time.
fn changed(one: &World, other: &World) -> Footprint {
    let mut found = one.differences_from(other);
    found.remove(Field::world().now().path());
    found
}

/// The numbers of the copies, so that no id that is drawn there is drawn in a World that others see, and how many seconds
/// pass before something is done in them.
const COPIES: [(u32, u32); 2] = [(9, 61), (10, 122)];

#[cfg(test)]
mod tests;
