//! The past that a world shows: what the agent's log, its job history and the event log tell.
//!
//! A log tells of the past, and a world may be broken or not since. So that a subject cannot read its answer there, a play
//! draws one past, and all of its worlds show it, whether they are broken or not. It was really played, in a sibling of
//! the worlds.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use marslab_live::{Live, Snapshot, Traces};
use marslab_model::{Outcome, World};
use marslab_scenario::PlayKind;
use marslab_scenario::corpus;
use marslab_scenario::scenario::{Ago, Past, PastChoice, Play};

use super::draw::Draw;
use super::setup::install;
use super::{Performance, Stop};

/// The pasts that the worlds of a play could show, and the one that they do.
pub(super) struct Histories {
    pasts: BTreeMap<Past, Traces>,
    /// What a scenario asks for.
    wanted: PastChoice,
    drawn: Option<Past>,
    /// How long ago it is. What fails takes another time than what succeeds, and the clock must not tell.
    ago: Draw,
}

impl Performance<'_> {
    /// The pasts of a play: `healthy` before and after the operation, and `failed` after it, with the past that its scenario
    /// asks for. The past of another failure is that of a sibling world.
    pub(super) async fn histories(
        &self,
        prepared: &World,
        (before, after): (&Snapshot, &Snapshot),
        failed: Option<(&Snapshot, PastChoice)>,
    ) -> Result<Histories, Stop> {
        let own = |of: &Snapshot| of.world.machines.get(&before.machine).map(Traces::of);
        let mut pasts = BTreeMap::new();
        pasts.extend(own(before).map(|it| (Past::Nothing, it)));
        pasts.extend(own(after).map(|it| (Past::Success, it)));
        let this = failed.and_then(|(world, _)| own(world));
        pasts.extend(this.map(|it| (Past::ThisFailure, it)));
        let other = self.another_failure(prepared).await?;
        pasts.extend(other.as_ref().and_then(own).map(|it| (Past::AnotherFailure, it)));
        // Where the log is the evidence, it would say of a healthy world that it is broken.
        let is_evidence = failed.is_some_and(|(_, past)| past != PastChoice::default());
        let can_be_drawn = |past: &Past| *past != Past::ThisFailure || !is_evidence;
        let all: Vec<Past> = pasts.keys().copied().filter(can_be_drawn).collect();
        let drawn = Draw::new(self.options.seed, &self.play.name, "past").one_of(&all).copied();
        let ago = Draw::new(self.options.seed, &self.play.name, "time passed");
        Ok(Histories { pasts, wanted: self.play.past, drawn, ago })
    }

    /// The world in which the operation has failed of something else; nothing where none of a few others applies.
    async fn another_failure(&self, prepared: &World) -> Result<Option<Snapshot>, Stop> {
        let is_other = |it: &&Play| {
            it.operation == self.play.operation
                && it.scenario() != self.play.scenario()
                && it.kind() == PlayKind::Failure
                // Where the log is the evidence, its failure is no past.
                && it.past == PastChoice::default()
        };
        let mut others: Vec<&Play> = corpus::plays().filter(is_other).collect();
        Draw::new(self.options.seed, &self.play.name, "another failure").shuffle(&mut others);
        for other in others.into_iter().take(TRIES_MAX) {
            let other = self.recast(other)?;
            let live = Live::start(prepared.clone(), &self.start(SIBLING))?;
            if install(&other.faults, &live).is_err() {
                continue;
            }
            if let Outcome::Failed(_) = live.operate(self.play.operation).await {
                return Ok(Some(live.hold()?));
            }
        }
        Ok(None)
    }
}

impl Histories {
    /// From now on, another scenario says what it asks for.
    pub(super) fn wanted_by(&mut self, play: &Play) {
        self.wanted = play.past;
    }

    /// Gives a world the past of the play, or that which the scenario asks for, and says which.
    pub(super) fn give(&mut self, to: &mut Snapshot, health: Health) -> Option<Past> {
        let most = match self.wanted.ago {
            Ago::Seconds => SECONDS_MAX,
            Ago::Minutes => MINUTES_MAX,
        };
        let seconds = i64::try_from(self.ago.below(most)).unwrap_or_default();
        to.world.now = to.world.now.saturating_add(SignedDuration::from_secs(seconds)).ok()?;
        let wanted = match health {
            Health::Healthy => self.wanted.healthy,
            Health::Broken => self.wanted.broken,
        };
        let past = wanted.filter(|it| self.pasts.contains_key(it)).or(self.drawn)?;
        let machine = to.world.machines.get_mut(&to.machine)?;
        self.pasts.get(&past)?.put_into(machine);
        Some(past)
    }

    /// Gives the world without the faults of another the past that that one shows; where the past is the evidence, that of a
    /// healthy one.
    pub(super) fn give_without(&self, without: &mut Snapshot, shown: &Snapshot) {
        let is_evidence = self.wanted.broken.is_some();
        let own = shown.world.machines.get(&shown.machine).map(Traces::of);
        let healthy = [Past::Success, Past::Nothing].iter().find_map(|it| self.pasts.get(it));
        let traces = if is_evidence { healthy } else { own.as_ref() };
        if let Some((traces, machine)) = traces.zip(without.world.machines.get_mut(&shown.machine))
        {
            traces.put_into(machine);
        }
    }
}

/// Whether something is wrong in a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Health {
    Healthy,
    Broken,
}

/// Faults that do not apply without their settings are passed over, but not without end.
const TRIES_MAX: usize = 8;

/// How many seconds may have passed since the last try.
const SECONDS_MAX: usize = 25;

/// The same, where that may be minutes: enough to hide how long an operation took.
const MINUTES_MAX: usize = 900;

/// The number of the sibling's world.
const SIBLING: u32 = 3;
