//! Connections that are cut, stall or are slow: the third one, the next two, from some byte on. All of it is counted,
//! nothing is left to chance.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use marslab_model::net::Stream;
use marslab_model::world::{Happening, Mishap};
use marslab_model::{Connection, Name};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::running::Running;

/// How many connections a proxy has had since its mishaps were last set.
#[derive(Default)]
pub(super) struct Counted(Mutex<(Vec<Mishap>, u64)>);

impl Counted {
    /// Counts a connection, and lets befall it what is for it.
    pub(super) fn next(
        &self,
        proxy: &Name,
        running: &Arc<Running>,
        connection: Connection,
    ) -> Connection {
        let set = running.look(|world| {
            let proxy = world.network().proxies().at(proxy)?;
            Some(proxy.mishaps().get().clone())
        });
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let set = set.unwrap_or_default();
        if counted.0 != set {
            *counted = (set, 0);
        }
        counted.1 += 1;
        let number = counted.1;
        let Some(mishap) = counted.0.iter().find(|mishap| is_for(mishap, number)) else {
            return connection;
        };
        let Mishap { after_bytes: left, what, .. } = *mishap;
        let Connection { stream, tls } = connection;
        let running = Arc::clone(running);
        let stream = Box::new(Struck { stream, running, left, what, state: State::Whole });
        Connection { stream, tls }
    }
}

fn is_for(mishap: &Mishap, number: u64) -> bool {
    let Some(passed) = number.checked_sub(mishap.from_connection.max(1)) else { return false };
    mishap.times.is_none_or(|times| passed < times)
}

/// A connection that something befalls.
struct Struck {
    stream: Box<dyn Stream>,
    running: Arc<Running>,
    /// How many bytes may still go to the client before that.
    left: u64,
    what: Happening,
    state: State,
}

enum State {
    Whole,
    /// Somebody waits in the world.
    Waiting(Pin<Box<dyn Future<Output = ()> + Send>>),
    /// It is over.
    Struck,
}

impl Struck {
    fn begin_to_wait(&mut self, seconds: u32) {
        let running = Arc::clone(&self.running);
        let waiting = async move { running.pass(i64::from(seconds)).await };
        self.state = State::Waiting(Box::pin(waiting));
    }

    /// Waits for what is waited for.
    fn poll_waited(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if let State::Waiting(waiting) = &mut self.state {
            ready!(waiting.as_mut().poll(cx));
            self.state =
                if matches!(self.what, Happening::Slow(_)) { State::Whole } else { State::Struck };
        }
        Poll::Ready(())
    }

    /// What happens when no more bytes may go.
    fn poll_happen(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.what {
            Happening::Slow(bytes) => {
                self.left = u64::from(bytes.max(1));
                self.begin_to_wait(1);
                self.poll_waited(cx).map(Ok)
            }
            Happening::Stall(seconds) => {
                self.begin_to_wait(seconds);
                ready!(self.poll_waited(cx));
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
            Happening::Close => {
                ready!(Pin::new(&mut self.stream).poll_shutdown(cx))?;
                self.state = State::Struck;
                Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()))
            }
            Happening::Reset => {
                self.state = State::Struck;
                Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()))
            }
        }
    }
}

impl AsyncRead for Struck {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Struck {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        ready!(self.poll_waited(cx));
        if matches!(self.state, State::Struck) {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        if self.left == 0 {
            ready!(self.poll_happen(cx))?;
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(bytes.len());
        let part = bytes.get(..most).unwrap_or_default();
        let written = ready!(Pin::new(&mut self.stream).poll_write(cx, part))?;
        self.left -= written as u64;
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    /// A connection that was reset is not ended as if all had been said.
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let is_cut = matches!((&self.state, self.what), (State::Struck, Happening::Reset));
        if is_cut { Poll::Ready(Ok(())) } else { Pin::new(&mut self.stream).poll_shutdown(cx) }
    }
}
