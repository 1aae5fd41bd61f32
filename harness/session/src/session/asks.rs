//! Who asks a subject about a session has the administrator's turn meanwhile, and not longer than was said: the program that
//! asks may be killed.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::SignedDuration;
use marslab_engine::door::{Door, DoorFile};
use marslab_engine::trace::TracedLive;
use marslab_live::LiveError;
use marslab_model::Complaint;
use marslab_state::pace::Waits;
use tokio::sync::{OwnedMutexGuard, oneshot};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::{Session, SessionError};

/// The asks of a session, of which one goes on at a time.
#[derive(Default)]
pub(super) struct Asks {
    last: Mutex<Last>,
}

/// The last ask.
#[derive(Default)]
struct Last {
    number: u32,
    /// What ends it.
    end: Option<oneshot::Sender<()>>,
    /// How far the world's clock had been moved when it began.
    clock_moved: SignedDuration,
    /// What ends it when its time is up.
    timers: JoinSet<()>,
}

impl Asks {
    /// Waits for the administrator's turn, and keeps it until the end or for so long. The ask has a number, and a door of its
    /// own: to ask is the administrator's doing, so that the subject need not wait for what does not answer.
    pub(super) async fn begin(
        &self,
        session: &Session,
        time: Duration,
    ) -> Result<(u32, Complaint, DoorFile), SessionError> {
        let (complaint, turn) = session.ask().await?;
        let traced = TracedLive::counting(session.live());
        let door = Waits::Jump.during(Door::open(&traced)).await.map_err(LiveError::Start)?;
        let at = door.description().clone();
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let (end, ended) = oneshot::channel();
        last.number += 1;
        last.end = Some(end);
        last.clock_moved = session.live().clock_moved();
        last.timers.spawn(keep((turn, door), ended, time));
        while last.timers.try_join_next().is_some() {}
        Ok((last.number, complaint, at))
    }

    /// Ends an ask. How far it has moved the world's clock, if its time was not up yet, so that nothing was changed meanwhile.
    pub(super) fn end(&self, session: &Session, number: u32) -> Option<SignedDuration> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let end = if last.number == number { last.end.take() } else { None }?;
        let moved = session.live().clock_moved() - last.clock_moved;
        end.send(()).is_ok().then_some(moved)
    }
}

async fn keep(ask: (OwnedMutexGuard<()>, Door), ended: oneshot::Receiver<()>, time: Duration) {
    timeout(time, ended).await.ok();
    drop(ask);
}
