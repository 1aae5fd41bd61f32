//! Copying bytes between two streams.

use marslab_model::net::Stream;
use tokio::io::copy_bidirectional_with_sizes;

/// Copies both ways until both sides have closed or one fails. A side that closes only stops sending: the other may still
/// answer.
pub async fn relay(mut left: impl Stream, mut right: impl Stream) {
    // After a failure both sides are dropped; there is nothing to report to either.
    let copied = copy_bidirectional_with_sizes(&mut left, &mut right, BUFFER_BYTES, BUFFER_BYTES);
    drop(copied.await);
}

/// The size of one read. With a sixteenth of it, bulk transfers take twice as long.
const BUFFER_BYTES: usize = 128 << 10;

#[cfg(test)]
mod tests;
