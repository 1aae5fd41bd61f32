//! Real times of a run, taken where its events arrive.

use std::collections::BTreeMap;
use std::time::{Instant, SystemTime};

use marslab::event::Event;
use marslab::report::Measured;

/// Measures a run and its plays.
pub(crate) struct Stopwatch {
    at: SystemTime,
    begun: Instant,
    open: BTreeMap<usize, (String, Instant)>,
    plays: BTreeMap<String, f64>,
}

impl Stopwatch {
    /// Starts now.
    #[expect(clippy::disallowed_methods, reason = "what is measured is no part of what is played")]
    pub(crate) fn start() -> Self {
        Self { at: SystemTime::now(), begun: now(), open: BTreeMap::new(), plays: BTreeMap::new() }
    }

    /// Notes the next event.
    pub(crate) fn note(&mut self, event: &Event) {
        match event {
            Event::PlayStarted { index, play } => {
                self.open.insert(*index, (play.label(), now()));
            }
            Event::PlayEnded { index, .. }
            | Event::NotPlayable { index, .. }
            | Event::LabFailed { index, .. } => {
                if let Some((play, begun)) = self.open.remove(index) {
                    self.plays.insert(play, seconds(begun));
                }
            }
            _ => {}
        }
    }

    /// The times until now.
    pub(crate) fn stop(self) -> Measured {
        Measured::new(self.at, seconds(self.begun), self.plays)
    }
}

#[expect(clippy::disallowed_methods, reason = "what is measured is no part of what is played")]
fn now() -> Instant {
    Instant::now()
}

/// To the millisecond.
fn seconds(since: Instant) -> f64 {
    (since.elapsed().as_secs_f64() * 1e3).round() / 1e3
}
