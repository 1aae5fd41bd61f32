use std::sync::Arc;

use jiff::SignedDuration;
use marslab_base::{Limits, healthy};
use tokio::time::Instant;

use super::{Pace, Waits};
use crate::disk::Disk;
use crate::impairment::Counts;
use crate::running::{Running, Start};

fn running(pace: Pace) -> Arc<Running> {
    let (limits, counts) = (Limits::default(), Counts::new());
    let (disk, rsa_key) = (Disk::Memory, Vec::new().into());
    let start = Start { disk, seed: 1, instance: 0, rsa_key, pace, limits, counts };
    Running::new(healthy("2019-05-21T00:00:00Z".parse().unwrap()), start)
}

/// How long work takes, and how far it moves the world's clock, in seconds. The paused clock of real time moves on when nothing
/// else is left to do.
async fn cost(running: &Running, work: impl Future<Output = ()>) -> (u64, i64) {
    let (began, before) = (Instant::now(), running.clock_moved());
    work.await;
    (began.elapsed().as_secs(), (running.clock_moved() - before).as_secs())
}

#[tokio::test(start_paused = true)]
async fn a_wait_takes_real_time_or_moves_the_clock() {
    for (pace, waits, expected) in [
        (Pace::Real, Waits::Take, (21, 0)),
        (Pace::Real, Waits::Jump, (0, 21)),
        (Pace::Fast, Waits::Take, (0, 21)),
        (Pace::Fast, Waits::Jump, (0, 21)),
    ] {
        let running = running(pace);
        let waited = cost(&running, running.pass(waits, 21)).await;
        assert_eq!(waited, expected, "{pace:?} {waits:?}");
    }
}

/// Calls of Windows cannot wait themselves: who answers for them does.
#[tokio::test(start_paused = true)]
async fn who_answers_for_a_call_waits_for_it() {
    for (pace, waits, expected) in [
        (Pace::Real, Waits::Take, (40, 0)),
        (Pace::Real, Waits::Jump, (0, 40)),
        (Pace::Fast, Waits::Take, (0, 40)),
    ] {
        let running = running(pace);
        let answered = waits.answer(async {
            running.wait(30);
            running.wait(10);
        });
        assert_eq!(cost(&running, answered).await, expected, "{pace:?} {waits:?}");
    }
    let running = running(Pace::Real);
    assert_eq!(cost(&running, async { running.wait(30) }).await, (0, 30), "no one answers for it");
}

/// What a task has to wait for is no matter of those that it starts, unless it says so.
#[tokio::test(start_paused = true)]
async fn waits_belong_to_a_task() {
    assert_eq!(Waits::of_task(), Waits::Take);
    let within = Waits::Jump.during(async {
        let other = tokio::spawn(async { Waits::of_task() }).await.unwrap();
        (Waits::of_task(), other)
    });
    assert_eq!(within.await, (Waits::Jump, Waits::Take));
}

/// Two plays see the same times.
#[test]
fn a_clock_that_stands_still_was_not_moved_by_real_time() {
    let running = running(Pace::Still);
    let before = running.stamp();
    running.wait(5);
    assert_eq!(running.stamp().duration_since(before), SignedDuration::from_secs(5));
    assert_eq!(running.clock_moved(), SignedDuration::ZERO);
}
