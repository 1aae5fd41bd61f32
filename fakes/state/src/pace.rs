//! How time passes in a world, and what waiting does to it.
//!
//! A play's time stands still, and a wait makes it jump. A world that is held open is looked at by people and by programs of
//! theirs: there a wait takes as long as it would for the one that waits, and moves nobody else's clock. Only what the
//! administrator does need not be waited for: it is marked as [`Waits::Jump`], and the mark goes with its connections.

use std::cell::Cell;
use std::future::Future;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

/// How world time passes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// It stands still between waits, so two plays of a scenario see the same times. Waits make it jump.
    #[default]
    Still,
    /// It passes as real time does, and waits take as long as they say, but for those of the administrator.
    Real,
    /// It passes as real time does, and every wait makes it jump.
    Fast,
}

/// What becomes of a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// It takes real time, where the world's time passes.
    Take,
    /// World time jumps.
    Jump,
}

tokio::task_local! {
    static OF_TASK: Mark;
}

enum Mark {
    /// What is done here is the administrator's.
    Jumping,
    /// Calls that cannot wait themselves leave here how many seconds they took.
    Owing(Cell<i64>),
}

impl Waits {
    /// Those of the task that asks.
    pub fn of_task() -> Self {
        let is_jumping = OF_TASK.try_with(|mark| matches!(mark, Mark::Jumping));
        if is_jumping.unwrap_or(false) { Self::Jump } else { Self::Take }
    }

    /// Does `work` with waits such as these, here and in servers that it connects to.
    pub async fn during<T>(self, work: impl Future<Output = T>) -> T {
        match self {
            Self::Take => work.await,
            Self::Jump => OF_TASK.scope(Mark::Jumping, work).await,
        }
    }

    /// Answers a call from outside with waits such as these: what calls of Windows would have taken is slept afterwards.
    pub async fn answer<T>(self, work: impl Future<Output = T>) -> T {
        if self == Self::Jump {
            return self.during(work).await;
        }
        let owing = async {
            let answer = work.await;
            let owed = OF_TASK.with(|mark| match mark {
                Mark::Owing(seconds) => seconds.get(),
                Mark::Jumping => 0,
            });
            sleep(owed).await;
            answer
        };
        OF_TASK.scope(Mark::Owing(Cell::new(0)), owing).await
    }
}

/// Adds a call's wait to what [`Waits::answer`] sleeps afterwards; `false` outside of it.
pub(crate) fn owe(seconds: i64) -> bool {
    let owed = OF_TASK.try_with(|mark| match mark {
        Mark::Owing(owed) => {
            owed.set(owed.get().saturating_add(seconds));
            true
        }
        Mark::Jumping => false,
    });
    owed.unwrap_or(false)
}

pub(crate) async fn sleep(seconds: i64) {
    tokio::time::sleep(Duration::from_secs(seconds.try_into().unwrap_or(0))).await;
}

/// Real time beside a world's.
pub(crate) struct Ticks {
    last: Instant,
    /// What the world's time would be if nothing had moved it.
    unmoved: Timestamp,
}

impl Ticks {
    pub(crate) fn from(now: Timestamp) -> Self {
        Self { last: real_time(), unmoved: now }
    }

    /// How much real time has passed since the last call.
    pub(crate) fn passed(&mut self) -> SignedDuration {
        let now = real_time();
        let passed = SignedDuration::try_from(now - self.last).unwrap_or_default();
        self.last = now;
        self.unmoved = self.unmoved.saturating_add(passed).unwrap_or(self.unmoved);
        passed
    }

    /// How far a time was moved.
    pub(crate) fn moved(&self, now: Timestamp) -> SignedDuration {
        now.duration_since(self.unmoved)
    }
}

#[expect(clippy::disallowed_methods, reason = "only worlds that go on in real time ask for it")]
fn real_time() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests;
