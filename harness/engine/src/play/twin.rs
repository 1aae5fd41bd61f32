//! Twins: failing worlds beside worlds in which nothing is wrong. Both are shown under one complaint, so that a core that
//! always says nothing, or always the same, is wrong about one of them.
//!
//! The twin of a control is one value away. Where a remedy moves the administrator to another machine, the complaint names
//! that machine; so its twin is the same play with the machines in each other's place.

use marslab_live::{Live, Snapshot};
use marslab_scenario::corpus;
use marslab_scenario::recast::Recast;
use marslab_scenario::scenario::Play;

use super::course::Course;
use super::draw::Draw;
use super::healthy::prepare;
use super::scene::{Expects, Shown};
use super::setup::{Installed, install_all};
use super::{Casting, Options, Performance, PlayError, PlayKind, Stop};
use crate::event::BeatRecord;
use crate::judge;
use crate::verdict::{Beat, Mismatch};

/// A twin, played.
pub(super) struct Twin {
    pub(super) play: Play,
    /// Its world after the operation.
    pub(super) failed: Snapshot,
    faults: Vec<Installed>,
    record: BeatRecord,
    judged: Result<(), Mismatch>,
}

impl Performance<'_> {
    /// Plays the twin of a control: that which the scenario names, or else a failure of the same operation that is drawn.
    pub(super) async fn play_twin(&mut self) -> Result<Option<Twin>, Stop> {
        let Some(play) = self.twin_of() else { return Ok(None) };
        let play = self.recast(play)?;
        self.play_beside(play, self.options).await.map(Some)
    }

    /// Plays this play with the machines in each other's place.
    pub(super) async fn play_elsewhere(&mut self) -> Result<Twin, Stop> {
        let mut cast = self.options.cast();
        std::mem::swap(&mut cast.machine, &mut cast.other_machine);
        let play = Recast::new(cast.clone()).play(self.play).map_err(PlayError::from)?;
        let options = Options { casting: Casting::Of(Box::new(cast)), ..self.options.clone() };
        self.play_beside(play, &options).await
    }

    async fn play_beside(&mut self, play: Play, options: &Options) -> Result<Twin, Stop> {
        let prepared = prepare(&play, options, options.fidelity).await?.world;
        let live = Live::start(prepared, &self.start(TWIN))?;
        let faults = install_all(&play, &live)?;
        let tried = self.attempt(&live).await?;
        let judged = judge::fails(Beat::Broken, (&tried.outcome, tried.stopped_at), &play.expect);
        let mut record = BeatRecord::of(Beat::Diagnosed, Some(tried.outcome), tried.said);
        record.done = faults.iter().map(Installed::applied).collect();
        record.stopped_at = tried.stopped_at;
        record.twin = Some(play.name.clone());
        let failed = live.hold()?;
        drop(live);
        Ok(Twin { play, failed, faults, record, judged })
    }

    fn twin_of(&self) -> Option<&'static Play> {
        if let Some(name) = &self.play.twin {
            return corpus::plays().find(|play| play.name == *name);
        }
        let fails =
            |it: &&Play| it.operation == self.play.operation && it.kind() == PlayKind::Failure;
        let all: Vec<&Play> = corpus::plays().filter(fails).collect();
        Draw::new(self.options.seed, &self.play.name, "twin").one_of(&all).copied()
    }
}

impl Course {
    /// Shows the twin, the last world of a course.
    pub(super) fn show_twin(&mut self, twin: Twin) {
        let Twin { play, failed, faults, record, judged } = twin;
        self.pasts.wanted_by(&play);
        let expects = Expects::findings(&play.expect, &play.cures);
        self.show(record, Shown::broken(failed, expects, &faults), judged);
    }
}

/// The number of the twin's world.
const TWIN: u32 = 4;

#[cfg(test)]
mod tests;
