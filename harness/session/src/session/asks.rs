//! Who asks a subject about a session has the administrator's turn meanwhile, and not longer than was said: the program that
//! asks may be killed.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use marslab_model::Complaint;
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
    /// What ends it when its time is up.
    timers: JoinSet<()>,
}

impl Asks {
    /// Waits for the administrator's turn, and keeps it until the end or for so long. The ask has a number.
    pub(super) async fn begin(
        &self,
        session: &Session,
        time: Duration,
    ) -> Result<(u32, Complaint), SessionError> {
        let (complaint, turn) = session.ask().await?;
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let (end, ended) = oneshot::channel();
        last.number += 1;
        last.end = Some(end);
        last.timers.spawn(keep(turn, ended, time));
        while last.timers.try_join_next().is_some() {}
        Ok((last.number, complaint))
    }

    /// Ends an ask. Whether its time was not up yet, so that nothing was changed meanwhile.
    pub(super) fn end(&self, number: u32) -> bool {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let end = if last.number == number { last.end.take() } else { None };
        end.is_some_and(|end| end.send(()).is_ok())
    }
}

async fn keep(turn: OwnedMutexGuard<()>, ended: oneshot::Receiver<()>, time: Duration) {
    timeout(time, ended).await.ok();
    drop(turn);
}
