//! Copying bytes between two streams.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use marslab_model::net::Stream;
use tokio::io::ReadBuf;

/// Copies both ways until both sides have closed or one fails. A side that closes only stops sending: the other may still
/// answer.
pub async fn relay(mut left: impl Stream, mut right: impl Stream) {
    let (mut there, mut back) = (Flow::new(), Flow::new());
    let copied = poll_fn(|cx| {
        let there = there.poll(cx, &mut left, &mut right)?;
        let back = back.poll(cx, &mut right, &mut left)?;
        if there.is_ready() && back.is_ready() {
            Poll::Ready(io::Result::Ok(()))
        } else {
            Poll::Pending
        }
    });
    // After a failure both sides are dropped; there is nothing to report to either.
    drop(copied.await);
}

/// One direction.
struct Flow {
    /// Small at first, since most tunnels carry little, and larger whenever one read has filled it.
    buffer: Vec<u8>,
    /// What of the buffer was read, and not written yet.
    full: std::ops::Range<usize>,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    /// Something was written that may still be in a buffer of the stream.
    Unflushed,
    /// The sender has closed.
    Closing,
    Closed,
}

impl Flow {
    fn new() -> Self {
        Self { buffer: vec![0; FIRST_BYTES], full: 0..0, state: State::Open }
    }

    fn poll(
        &mut self,
        cx: &mut Context<'_>,
        from: &mut impl Stream,
        to: &mut impl Stream,
    ) -> Poll<io::Result<()>> {
        loop {
            while let Some(part) = self.buffer.get(self.full.clone()).filter(|it| !it.is_empty()) {
                let written = ready!(Pin::new(&mut *to).poll_write(cx, part))?;
                if written == 0 {
                    return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
                }
                self.full.start += written;
                self.state = State::Unflushed;
            }
            let state = self.state;
            match state {
                State::Closed => return Poll::Ready(Ok(())),
                State::Closing => {
                    ready!(Pin::new(&mut *to).poll_shutdown(cx))?;
                    self.state = State::Closed;
                }
                State::Open | State::Unflushed if self.poll_fill(cx, from)?.is_ready() => {}
                State::Open => return Poll::Pending,
                State::Unflushed => {
                    ready!(Pin::new(&mut *to).poll_flush(cx))?;
                    self.state = State::Open;
                    return Poll::Pending;
                }
            }
        }
    }

    fn poll_fill(&mut self, cx: &mut Context<'_>, from: &mut impl Stream) -> Poll<io::Result<()>> {
        if self.full.end == self.buffer.len() && self.full.end < BUFFER_BYTES {
            self.buffer = vec![0; BUFFER_BYTES];
        }
        let mut part = ReadBuf::new(&mut self.buffer);
        ready!(Pin::new(from).poll_read(cx, &mut part))?;
        self.full = 0..part.filled().len();
        if self.full.is_empty() {
            self.state = State::Closing;
        }
        Poll::Ready(Ok(()))
    }
}

/// The size of the first reads: a request or an answer.
const FIRST_BYTES: usize = 8 << 10;

/// The size of one read of a bulk transfer. With a sixteenth of it, those take twice as long.
const BUFFER_BYTES: usize = 128 << 10;

#[cfg(test)]
mod tests;
