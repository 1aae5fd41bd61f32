//! A clock or a time zone that is wrong, compared with a server's.
//!
//! The agent cannot sign in by such a clock. The portal does without the machine's clock: there it is advised against.
//!
//! A clock that is behind by more than the ten minutes by which a credentials file is dated back makes that file one
//! of the future.
//!
//! Windows keeps its clock in local time, so that a wrong zone shifts UTC by the difference of two zones: a multiple
//! of half an hour, a day and two hours at most. A clock that is off by just that cannot be told from it.

use marslab_model::{Finding, Operation};

use super::{EVERYTHING, Rule};
use crate::credentials::CredentialsFile;
use crate::facts::areas;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: EVERYTHING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let Some(clock) = scene.network.clock else {
        return RuleOutput::unchecked(areas::ANY_SERVER, scene.network.obstacle());
    };
    let is_portal = scene.operation == Operation::DownloadCredentials;
    if !scene.limits.is_clock_off(clock.seconds_ahead()) && (is_portal || !is_file_of_future(scene))
    {
        return RuleOutput::default();
    }
    let ahead = clock.seconds_ahead();
    let zone = scene.host.zone().id;
    let finding = if is_portal { Finding::advice } else { Finding::cause };
    let found = if is_difference_of_zones(ahead) {
        finding("time-zone-wrong", "set-time-zone").with_about(zone)
    } else {
        finding("clock-skewed", "set-date-and-time")
    };
    let side = if ahead.is_negative() { "behind" } else { "ahead" };
    found
        .with_evidence(format!(
            "the machine's time is {}, a server's {}",
            clock.machine, clock.server
        ))
        .with_evidence(format!("the machine's clock is {} s {side}", ahead.abs()))
        .into()
}

fn is_file_of_future(scene: &Scene<'_>) -> bool {
    let file = scene.credentials.as_ref().filter(|_| scene.needs_credentials());
    let document = file.and_then(CredentialsFile::document);
    document.is_some_and(|document| scene.host.now() < document.not_before)
}

fn is_difference_of_zones(seconds: i64) -> bool {
    let off = (seconds + SLACK_SECONDS).rem_euclid(ZONE_STEP_SECONDS);
    off <= SLACK_BOTH_WAYS_SECONDS && seconds.abs() <= ZONES_SECONDS_MAX
}

/// Zones lie half an hour apart or a multiple of it, but for a few.
const ZONE_STEP_SECONDS: i64 = 1_800;

/// From UTC-12 to UTC+14, 26 hours, by a clock that is right to the minute.
const ZONES_SECONDS_MAX: i64 = 93_660;

/// How far a clock that is right may be off.
const SLACK_SECONDS: i64 = 60;

/// From as much behind to as much ahead.
const SLACK_BOTH_WAYS_SECONDS: i64 = 120;

#[cfg(test)]
mod tests;
