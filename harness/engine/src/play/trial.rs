//! A trial: faults are put in, the operation is tried, and a subject is asked. There is no verdict, since nobody says what is
//! to be expected.

use marslab_live::Live;
use marslab_model::Complaint;
use marslab_scenario::scenario::Play;

use super::ask::Question;
use super::draw::Draw;
use super::scene::Expects;
use super::{Options, Performance, PlayError, Stop};
use crate::event::BeatRecord;
use crate::runner::block_on;
use crate::subject_runner::SubjectRunner;
use crate::verdict::{Beat, Mismatch};

/// What happened.
#[derive(Debug)]
pub struct Trial {
    /// What was put in, and how the operation ended.
    pub broken: BeatRecord,
    /// What the subject was told.
    pub complaint: Complaint,
    /// What it said.
    pub diagnosed: BeatRecord,
    /// Why what it said is no diagnosis, if it is none.
    pub odd: Option<Mismatch>,
}

/// Tries a play of the options' own cast, whatever it expects, on a runtime of its own.
pub fn trial(
    play: &Play,
    subject: &dyn SubjectRunner,
    options: &Options,
) -> Result<Trial, PlayError> {
    let repeats = Draw::new(options.seed, &play.name, "repeats");
    let mut performance = Performance { play, subject, options, repeats, tell: &mut drop };
    match block_on(options.fidelity, performance.trial())? {
        Ok(trial) => Ok(trial),
        Err(Stop::Error(error)) => Err(error),
        Err(Stop::Mismatch(odd)) => Err(PlayError::NotHealthy(Box::new(odd))),
    }
}

impl Performance<'_> {
    async fn trial(&mut self) -> Result<Trial, Stop> {
        let mut opening = self.open().await?;
        self.note_round(&mut opening.faults, &opening.round, &opening.second).await?;
        let (tried, complaint) = (opening.second, opening.complaint);
        let mut broken = BeatRecord::of(Beat::Broken, Some(tried.outcome), tried.said);
        broken.stopped_at = tried.stopped_at;
        broken.done = opening.faults.iter().map(super::Installed::applied).collect();
        let question = Question {
            beat: Beat::Diagnosed,
            about: &Live::hold(&opening.broken)?,
            number: 1,
            expected: Expects::nothing().expected(),
            complaint: &complaint,
        };
        let answer = self.ask(&question).await?;
        let mut diagnosed = BeatRecord::of(Beat::Diagnosed, None, Vec::new());
        diagnosed.answered(question.expected, &answer);
        Ok(Trial { broken, complaint, diagnosed, odd: answer.said.err() })
    }
}

#[cfg(test)]
mod tests;
