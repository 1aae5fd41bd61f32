//! Connections, or answers, that are cut, stall or are slow: the third one, the next two, from some byte on. All of it is
//! counted, nothing is left to chance.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use marslab_model::Connection;
use marslab_model::net::Stream;
use marslab_model::world::{Happening, Mishap};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::running::Running;

/// How many connections, or requests, there were since the mishaps for them were last set.
#[derive(Default)]
pub struct Counted(Mutex<(Vec<Mishap>, u64)>);

impl Counted {
    /// Counts a connection for which these are set, and lets befall it what is for it.
    pub fn next(
        &self,
        set: &[Mishap],
        side: Side,
        running: &Arc<Running>,
        connection: Connection,
    ) -> Connection {
        let first = |mishap: &Mishap| match mishap.from_request {
            Some(_) => None,
            None => Some(mishap.from_connection),
        };
        let Some(mishap) = self.count(set, first) else { return connection };
        let Connection { stream, tls } = connection;
        let (order, orders) = (Some(mishap.into()), Arc::default());
        let (running, state) = (Arc::clone(running), State::Whole);
        Connection { stream: Box::new(Struck { stream, running, side, order, state, orders }), tls }
    }

    /// Counts a request for which these are set. What is for it befalls the answer that comes next on its connection.
    pub fn next_request(&self, set: &[Mishap], orders: &Orders) {
        let mishap = self.count(set, |mishap| mishap.from_request);
        orders.give(mishap.map(Order::from));
    }

    /// Counts, from the number on that `first` finds in what is set.
    fn count(&self, set: &[Mishap], first: impl Fn(&Mishap) -> Option<u64>) -> Option<Mishap> {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.0 != set {
            *counted = (set.to_vec(), 0);
        }
        counted.1 += 1;
        let number = counted.1;
        set.iter().find(|mishap| is_for(mishap, first(mishap), number)).copied()
    }
}

/// What is to befall the next answer on a connection.
#[derive(Default)]
pub struct Orders {
    /// Whether there is something new; asked at every write, and so without a lock.
    is_new: AtomicBool,
    next: Mutex<Option<Order>>,
}

impl Orders {
    fn give(&self, order: Option<Order>) {
        *self.next.lock().unwrap_or_else(PoisonError::into_inner) = order;
        self.is_new.store(true, Ordering::Release);
    }

    /// Puts what is new in place of an order.
    fn renew(&self, order: &mut Option<Order>) {
        if self.is_new.swap(false, Ordering::AcqRel) {
            *order = *self.next.lock().unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A server's connection on which these are obeyed.
    pub fn obeyed_on(
        self: &Arc<Self>,
        running: &Arc<Running>,
        connection: Connection,
    ) -> Connection {
        let Connection { stream, tls } = connection;
        let (running, orders) = (Arc::clone(running), Arc::clone(self));
        let (side, order, state) = (Side::Server, None, State::Whole);
        Connection { stream: Box::new(Struck { stream, running, side, order, state, orders }), tls }
    }
}

/// What happens, and when.
#[derive(Clone, Copy)]
struct Order {
    /// How many bytes may still go to the client before that.
    left: u64,
    what: Happening,
}

impl From<Mishap> for Order {
    fn from(mishap: Mishap) -> Self {
        Self { left: mishap.after_bytes, what: mishap.what }
    }
}

/// Whose end of a connection it is. What is counted goes to the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The one that opened it.
    Client,
    /// The one that answers.
    Server,
}

fn is_for(mishap: &Mishap, first: Option<u64>, number: u64) -> bool {
    let passed = first.and_then(|first| number.checked_sub(first.max(1)));
    let Some(passed) = passed else { return false };
    mishap.times.is_none_or(|times| passed < times)
}

/// A connection that something befalls.
struct Struck {
    stream: Box<dyn Stream>,
    running: Arc<Running>,
    side: Side,
    /// Nothing as long as all goes well.
    order: Option<Order>,
    state: State,
    /// By which the order changes.
    orders: Arc<Orders>,
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
            self.state = if matches!(self.what(), Some(Happening::Slow(_))) {
                State::Whole
            } else {
                State::Struck
            };
        }
        Poll::Ready(())
    }

    fn what(&self) -> Option<Happening> {
        self.order.map(|order| order.what)
    }

    /// Some bytes went to the client.
    fn passed(&mut self, bytes: usize) {
        if let Some(order) = &mut self.order {
            order.left = order.left.saturating_sub(bytes as u64);
        }
    }

    /// What happens when no more bytes may go.
    fn poll_happen(&mut self, what: Happening, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match what {
            Happening::Slow(bytes) => {
                self.order = Some(Order { left: u64::from(bytes.max(1)), what });
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

impl Struck {
    /// How many bytes may go to the client now; none at its end.
    fn poll_allowed(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        ready!(self.poll_waited(cx));
        if matches!(self.state, State::Struck) {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        if let Some(Order { left: 0, what }) = self.order {
            ready!(self.poll_happen(what, cx))?;
        }
        let left = self.order.map_or(u64::MAX, |order| order.left);
        Poll::Ready(Ok(usize::try_from(left).unwrap_or(usize::MAX)))
    }
}

impl AsyncRead for Struck {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.side == Side::Server {
            return Pin::new(&mut self.stream).poll_read(cx, buf);
        }
        let allowed = match ready!(self.poll_allowed(cx)) {
            Ok(allowed) => allowed,
            // What was closed just ends.
            Err(_) if self.what() == Some(Happening::Close) => return Poll::Ready(Ok(())),
            Err(error) => return Poll::Ready(Err(error)),
        };
        let room = buf.remaining().min(allowed);
        let mut part = vec![0; room.min(READ_BYTES_MAX)];
        let mut part = ReadBuf::new(&mut part);
        ready!(Pin::new(&mut self.stream).poll_read(cx, &mut part))?;
        buf.put_slice(part.filled());
        let passed = part.filled().len();
        self.passed(passed);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Struck {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.side == Side::Client {
            return Pin::new(&mut self.stream).poll_write(cx, bytes);
        }
        let this = &mut *self;
        this.orders.renew(&mut this.order);
        let most = ready!(self.poll_allowed(cx))?.min(bytes.len());
        let part = bytes.get(..most).unwrap_or_default();
        let written = ready!(Pin::new(&mut self.stream).poll_write(cx, part))?;
        self.passed(written);
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    /// A connection that was reset is not ended as if all had been said.
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let is_cut = matches!((&self.state, self.what()), (State::Struck, Some(Happening::Reset)));
        if is_cut { Poll::Ready(Ok(())) } else { Pin::new(&mut self.stream).poll_shutdown(cx) }
    }
}

/// As much as is read at once of a connection that something befalls.
const READ_BYTES_MAX: usize = 8 << 10;
