//! Copying bytes between two streams.

use marslab_model::net::Stream;

/// Copies both ways until both sides have ended or one fails. When a side ends, the other is told so and may still
/// answer.
pub async fn relay(mut left: impl Stream, mut right: impl Stream) {
    // A failure of one side leaves nothing to tell the other: both are dropped.
    drop(tokio::io::copy_bidirectional(&mut left, &mut right).await);
}

#[cfg(test)]
mod tests;
