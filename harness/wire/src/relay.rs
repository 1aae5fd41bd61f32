//! Copying bytes between two streams.

use marslab_model::net::Stream;
use tokio::io::copy_bidirectional_with_sizes;

/// Copies both ways until both sides have ended or one fails. When a side ends, the other is told so and may still
/// answer.
pub async fn relay(mut left: impl Stream, mut right: impl Stream) {
    // A failure of one side leaves nothing to tell the other: both are dropped.
    let copied = copy_bidirectional_with_sizes(&mut left, &mut right, BUFFER_BYTES, BUFFER_BYTES);
    drop(copied.await);
}

/// As much as is read at a time: with a sixteenth of that, a bulk transfer is half as fast.
const BUFFER_BYTES: usize = 128 << 10;

#[cfg(test)]
mod tests;
