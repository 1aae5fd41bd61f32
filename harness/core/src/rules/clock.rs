//! A clock or a time zone that is wrong, compared with a server's.
//!
//! Windows keeps its clock in local time, so that a wrong zone shifts UTC by the difference of two zones: a multiple
//! of half an hour, a day and two hours at most. A clock that is off by just that cannot be told from it.

use super::{AGENT, Rule};
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> Seen {
    let Some(clock) = scene.network.clock else {
        return Seen::unchecked("the server's clock", scene.network.obstacle());
    };
    if !clock.is_off() {
        return Seen::nothing();
    }
    let ahead = clock.seconds_ahead();
    let zone = scene.host.zone().id;
    let found = if is_difference_of_zones(ahead) {
        Found::cause("time-zone-wrong", "set-time-zone").about(zone)
    } else {
        Found::cause("clock-skewed", "set-date-and-time")
    };
    found
        .evidence(format!("it is {} here and {} at a server", clock.machine, clock.server))
        .evidence(format!("the machine's clock is {ahead} s ahead"))
        .into()
}

fn is_difference_of_zones(seconds: i64) -> bool {
    let rest = seconds.rem_euclid(ZONE_STEP_SECONDS);
    let off = rest.min(ZONE_STEP_SECONDS - rest);
    off <= SLACK_SECONDS && seconds.abs() <= ZONES_SECONDS_MAX + SLACK_SECONDS
}

/// Zones lie half an hour apart or a multiple of it, but for a few.
const ZONE_STEP_SECONDS: i64 = 1_800;

/// From UTC-12 to UTC+14.
const ZONES_SECONDS_MAX: i64 = 26 * 3_600;

/// How far a clock that is right may be off.
const SLACK_SECONDS: i64 = 60;

#[cfg(test)]
mod tests;
