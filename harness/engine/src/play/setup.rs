//! The worlds that a play begins with: the healthy one, and the same with its faults.

use jiff::{SignedDuration, Timestamp};
use marslab_base as base;
use marslab_model::tracked::Footprint;
use marslab_model::{Change, FieldPath, Operation, World};

use super::{Options, PlayError, Stop};
use crate::changed_field::ChangedField;
use crate::judge;
use crate::verdict::{Beat, Mismatch, MismatchKind};
use marslab_actions::fault::Fault;
use marslab_actions::setting::Setting;
use marslab_live::{Fidelity, Live, Snapshot, before, start_time};
use marslab_scenario::scenario::{Named, Play};

/// A fault that was put in: what it changed, and whether a failing operation has read any of it.
pub struct Installed {
    /// The fault's name.
    pub name: &'static str,
    /// The fields that it changed.
    pub footprint: Footprint,
    /// What these were and are.
    pub fields: Vec<ChangedField>,
    /// Those of them that the failing operation has read.
    pub read: Footprint,
    /// The world before the fault.
    pub before: World,
    /// Whether a round of the cures would have gone otherwise without this fault.
    pub has_blocked: bool,
}

/// A healthy world in which everything that comes before the operation has been done, at `fidelity`.
pub(super) async fn make_healthy(
    given: &[Named<dyn Setting>],
    operation: Operation,
    options: &Options,
    fidelity: Fidelity,
) -> Result<Snapshot, Stop> {
    let start = start(options, given);
    let mut world = base::healthy_within(options.cast(), &options.limits.world, start);
    for machine in world.machines.values_mut() {
        machine.language = options.language;
    }
    for given in given {
        let refused = |why: &dyn ToString| not_applicable(given.name, &why.to_string());
        for change in given.it.changes(&world).map_err(|why| refused(&why))? {
            world.apply(&change).map_err(|why| refused(&why))?;
        }
    }
    let live = Live::start(world, &options.start_options(fidelity))?;
    for past in given.iter().map(|given| given.it.done_before()) {
        do_before(&live, past.operations.iter().copied()).await?;
        let seconds = u32::from(past.days_ago).saturating_mul(SECONDS_PER_DAY);
        live.apply(&Change::Elapse { seconds })?;
    }
    do_before(&live, before(operation)).await?;
    Ok(live.hold()?)
}

/// When the world starts. On `memory`, the seed draws the day, and the second of an hour; on `loopback`, it is when real
/// programs look, less what passes in settings, so that certificates are valid when they look.
fn start(options: &Options, given: &[Named<dyn Setting>]) -> Timestamp {
    let start = start_time(options.fidelity);
    let cast = options.cast();
    if options.fidelity == Fidelity::Loopback {
        let days = given.iter().map(|given| i64::from(given.it.done_before().days_ago));
        let passed = SignedDuration::from_hours(24 * days.sum::<i64>());
        return start.saturating_sub(passed).unwrap_or(start);
    }
    if cast.seed.is_none() {
        return start;
    }
    let days = i64::try_from(cast.number("the day") % DAYS).unwrap_or_default();
    let seconds = i64::try_from(cast.number("the second") % SECONDS_PER_HOUR).unwrap_or_default();
    let drawn = SignedDuration::from_hours(24 * days) + SignedDuration::from_secs(seconds);
    start.saturating_add(drawn).unwrap_or(start)
}

/// Puts all of a play's faults in. Those of a compound's parts must not touch each other: what one part is, and what cures
/// it, would be another thing in the company of the other.
pub fn install_all(play: &Play, live: &Live) -> Result<Vec<Installed>, Stop> {
    let installed = install(&play.faults, live)?;
    for (index, part) in play.parts.iter().enumerate() {
        let own = installed.get(part.faults.clone()).unwrap_or_default();
        let earlier = play.parts.get(..index).unwrap_or_default();
        for other in earlier {
            let others = installed.get(other.faults.clone()).unwrap_or_default();
            if let Some((fault, field)) = own.iter().find_map(|one| one.touched_by(others)) {
                let why = format!(
                    "the part `{}` would change `{field}`, which `{}` has already changed",
                    part.name, other.name
                );
                return Err(not_applicable(fault, &why));
            }
        }
    }
    Ok(installed)
}

impl Installed {
    fn touched_by(&self, others: &[Self]) -> Option<(&'static str, &FieldPath)> {
        let theirs = || others.iter().flat_map(|other| &other.footprint);
        let both = self.footprint.iter().find(|own| theirs().any(|their| their.touches(own)));
        both.map(|field| (self.name, field))
    }
}

/// Puts faults in, one after the other, each at once.
pub fn install(faults: &[Named<dyn Fault>], live: &Live) -> Result<Vec<Installed>, Stop> {
    let mut installed = Vec::new();
    let mut before = live.snapshot()?;
    for fault in faults {
        let refused = |why: &dyn ToString| not_applicable(fault.name, &why.to_string());
        let changes = fault.it.changes(&before).map_err(|why| refused(&why))?;
        live.apply_all(&changes).map_err(|why| refused(&why))?;
        let after = live.snapshot()?;
        let footprint = before.differences_from(&after);
        let fields = ChangedField::between(&footprint, &before, &after);
        installed.push(Installed {
            name: fault.name,
            footprint,
            fields,
            read: Footprint::new(),
            before,
            has_blocked: false,
        });
        before = after;
    }
    Ok(installed)
}

/// Lets the administrator do what comes before the scenario. Nothing is broken yet, so that all of it succeeds.
async fn do_before(
    live: &Live,
    operations: impl Iterator<Item = Operation>,
) -> Result<(), Mismatch> {
    for earlier in operations {
        let outcome = live.operate(earlier).await;
        judge::succeeds(Beat::Healthy, &outcome, MismatchKind::NotHealthy).map_err(|odd| {
            Mismatch { expected: format!("`{earlier}` succeeds in the healthy world"), ..odd }
        })?;
    }
    Ok(())
}

fn not_applicable(name: &str, reason: &str) -> Stop {
    Stop::Error(PlayError::NotApplicable { name: name.to_owned(), reason: reason.to_owned() })
}

/// Less than a year: certificates of the simulated authorities are valid for longer.
const DAYS: u64 = 300;

const SECONDS_PER_HOUR: u64 = 60 * 60;

const SECONDS_PER_DAY: u32 = 24 * 60 * 60;

#[cfg(test)]
mod tests;
