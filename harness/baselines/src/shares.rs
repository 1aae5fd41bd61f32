//! Work on several cores, whose results come in order.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::thread;

/// Does something with equal shares of `all`, as many as `jobs` at a time, and joins the results in their order.
pub(crate) fn in_shares<T: Sync, R: Send>(
    all: &[T],
    jobs: NonZeroUsize,
    each: impl Fn(&[T]) -> Vec<R> + Sync,
) -> Vec<R> {
    let each = &each;
    let shares = all.chunks(all.len().div_ceil(jobs.get()).max(1));
    thread::scope(|scope| {
        let started: Vec<_> = shares.map(|share| scope.spawn(move || each(share))).collect();
        let ended = started.into_iter().map(|it| it.join());
        ended.flat_map(|it| it.unwrap_or_else(|why| resume_unwind(why))).collect()
    })
}
