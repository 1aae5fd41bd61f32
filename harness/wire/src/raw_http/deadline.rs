//! A time until which a connection is waited for, moved at every read.

use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::time::{Instant, Sleep, sleep_until};

/// One timer for all of a connection's reads. It is moved forward when it fires, and not at each read: to set a timer wakes the
/// thread that keeps them.
#[derive(Default)]
pub(super) struct Deadline(Option<Pin<Box<Sleep>>>);

impl Deadline {
    /// Ready once `until` has come.
    pub(super) fn poll(&mut self, until: Instant, context: &mut Context<'_>) -> Poll<()> {
        let timer = self.0.get_or_insert_with(|| Box::pin(sleep_until(until)));
        if timer.deadline() > until {
            timer.as_mut().reset(until);
        }
        while timer.as_mut().poll(context).is_ready() {
            if timer.deadline() >= until {
                return Poll::Ready(());
            }
            timer.as_mut().reset(until);
        }
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::time::Duration;

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::testing::run;

    proptest! {
        /// Whatever was waited for before, the last time counts.
        #[test]
        fn it_is_ready_at_the_time_that_it_was_told_last(steps in vec((0..50_u64, 1..90_u64), 1..12)) {
            run(async move {
                let mut deadline = Deadline::default();
                for (pause, ahead) in steps {
                    tokio::time::advance(Duration::from_secs(pause)).await;
                    let until = Instant::now() + Duration::from_secs(ahead);
                    let is_ready = poll_fn(|it| Poll::Ready(deadline.poll(until, it).is_ready()));
                    assert!(!is_ready.await);
                }
                let until = Instant::now() + Duration::from_secs(60);
                poll_fn(|it| deadline.poll(until, it)).await;
                assert_eq!(Instant::now(), until);
            });
        }
    }
}
