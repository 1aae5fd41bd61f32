//! Impaired connections and answers: reset, closed, stalled or slow. Which ones is counted, never left to chance.

use std::collections::BTreeMap;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use marslab_model::net::Stream;
use marslab_model::world::{Effect, Impairment};
use marslab_model::{Connection, Name};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::pace::Waits;
use crate::running::Running;

/// How many connections and requests each part of the network has counted since its impairments were last set.
#[derive(Debug, Default)]
pub struct Counters(Mutex<Counts>);

/// What is counted, by who counts: part of what decides how a world goes on.
pub type Counts = BTreeMap<Counting, Count>;

/// Who counts what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counting {
    /// A rule of the firewall, the connections that it lets pass.
    Rule(Name),
    /// A proxy, its connections.
    Connections(Name),
    /// A proxy, its requests.
    Requests(Name),
}

/// A number, and the impairments since which it is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    set: Vec<Impairment>,
    number: u64,
}

impl Counters {
    /// Goes on from counts.
    pub fn from_counts(counts: Counts) -> Self {
        Self(Mutex::new(counts))
    }

    /// What was counted so far.
    pub fn counts(&self) -> Counts {
        self.lock().clone()
    }

    /// Drops the counts of firewall rules that are no more.
    pub fn forget_rules(&self, is_there: impl Fn(&Name) -> bool) {
        self.lock().retain(|who, _| match who {
            Counting::Rule(rule) => is_there(rule),
            Counting::Connections(_) | Counting::Requests(_) => true,
        });
    }

    /// Counts one more of `who`, and finds its impairment. `first` tells the number from which an impairment applies.
    fn count(
        &self,
        who: Counting,
        set: &[Impairment],
        first: impl Fn(&Impairment) -> Option<u64>,
    ) -> Option<Impairment> {
        if set.is_empty() {
            // A set that comes later is counted from its own beginning.
            self.lock().remove(&who);
            return None;
        }
        let mut counts = self.lock();
        let count = counts.entry(who).or_default();
        if count.set != set {
            *count = Count { set: set.to_vec(), number: 0 };
        }
        count.number += 1;
        let number = count.number;
        set.iter().find(|impairment| is_for(impairment, first(impairment), number)).copied()
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts a connection and applies the impairment that is for it.
pub fn impair_connection(
    running: &Arc<Running>,
    who: Counting,
    set: &[Impairment],
    side: Side,
    connection: Connection,
) -> Connection {
    let first = |impairment: &Impairment| match impairment.from_request {
        Some(_) => None,
        None => Some(impairment.from_connection),
    };
    let Some(impairment) = running.counters().count(who, set, first) else { return connection };
    let Connection { stream, tls } = connection;
    let (pending, next_answer) = (Some(impairment.into()), Arc::default());
    let (running, waits, state) = (Arc::clone(running), Waits::of_task(), State::Open);
    let stream = ImpairedStream { stream, running, waits, side, pending, state, next_answer };
    Connection { stream: Box::new(stream), tls }
}

/// The impairment of the next answer on a connection.
#[derive(Default)]
pub struct NextAnswer {
    /// Whether there is something new; asked at every write, and so without a lock.
    is_new: AtomicBool,
    next: Mutex<Option<Pending>>,
}

impl NextAnswer {
    /// Counts a request. The impairment that is for it applies to the next answer on its connection.
    pub fn count_request(&self, running: &Running, who: Counting, set: &[Impairment]) {
        let impairment = running.counters().count(who, set, |impairment| impairment.from_request);
        self.set(impairment.map(Pending::from));
    }

    fn set(&self, pending: Option<Pending>) {
        *self.next.lock().unwrap_or_else(PoisonError::into_inner) = pending;
        self.is_new.store(true, Ordering::Release);
    }

    /// Replaces `pending` if something new was set.
    fn take_new(&self, pending: &mut Option<Pending>) {
        if self.is_new.swap(false, Ordering::AcqRel) {
            *pending = *self.next.lock().unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A server's connection whose answers are impaired as set here.
    pub fn impair(self: &Arc<Self>, running: &Arc<Running>, connection: Connection) -> Connection {
        let Connection { stream, tls } = connection;
        let (running, next_answer) = (Arc::clone(running), Arc::clone(self));
        let (waits, side) = (Waits::of_task(), Side::Server);
        let (pending, state) = (None, State::Open);
        let stream = ImpairedStream { stream, running, waits, side, pending, state, next_answer };
        Connection { stream: Box::new(stream), tls }
    }
}

/// An effect that is yet to come.
#[derive(Clone, Copy)]
struct Pending {
    /// How many bytes may still go to the client before that.
    left: u64,
    what: Effect,
}

impl From<Impairment> for Pending {
    fn from(impairment: Impairment) -> Self {
        Self { left: impairment.after_bytes, what: impairment.what }
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

fn is_for(impairment: &Impairment, first: Option<u64>, number: u64) -> bool {
    let passed = first.and_then(|first| number.checked_sub(first.max(1)));
    let Some(passed) = passed else { return false };
    impairment.times.is_none_or(|times| passed < times)
}

/// An impaired connection.
struct ImpairedStream {
    stream: Box<dyn Stream>,
    running: Arc<Running>,
    /// Those of the task that impaired it: another may read and write.
    waits: Waits,
    side: Side,
    /// `None` while nothing is wrong with it.
    pending: Option<Pending>,
    state: State,
    /// Replaces `pending`.
    next_answer: Arc<NextAnswer>,
}

enum State {
    Open,
    /// World time passes.
    Waiting(Pin<Box<dyn Future<Output = ()> + Send>>),
    /// The effect has come.
    Over,
}

impl ImpairedStream {
    fn begin_to_wait(&mut self, seconds: u32) {
        let running = Arc::clone(&self.running);
        let waits = self.waits;
        let waiting = async move { running.pass(waits, i64::from(seconds)).await };
        self.state = State::Waiting(Box::pin(waiting));
    }

    /// Waits until the world time has passed.
    fn poll_waited(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if let State::Waiting(waiting) = &mut self.state {
            ready!(waiting.as_mut().poll(cx));
            self.state = if matches!(self.what(), Some(Effect::Slow(_))) {
                State::Open
            } else {
                State::Over
            };
        }
        Poll::Ready(())
    }

    fn what(&self) -> Option<Effect> {
        self.pending.map(|pending| pending.what)
    }

    /// Some bytes went to the client.
    fn passed(&mut self, bytes: usize) {
        if let Some(pending) = &mut self.pending {
            pending.left = pending.left.saturating_sub(bytes as u64);
        }
    }

    /// What happens when no more bytes may go.
    fn poll_effect(&mut self, what: Effect, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match what {
            Effect::Slow(bytes) => {
                self.pending = Some(Pending { left: u64::from(bytes.max(1)), what });
                self.begin_to_wait(1);
                self.poll_waited(cx).map(Ok)
            }
            Effect::Stall(seconds) => {
                self.begin_to_wait(seconds);
                ready!(self.poll_waited(cx));
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
            Effect::Close => {
                ready!(Pin::new(&mut self.stream).poll_shutdown(cx))?;
                self.state = State::Over;
                Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()))
            }
            Effect::Reset => {
                self.state = State::Over;
                Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()))
            }
        }
    }
}

impl ImpairedStream {
    /// How many bytes may go to the client now; none at its end.
    fn poll_allowed(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        ready!(self.poll_waited(cx));
        if matches!(self.state, State::Over) {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        if let Some(Pending { left: 0, what }) = self.pending {
            ready!(self.poll_effect(what, cx))?;
        }
        let left = self.pending.map_or(u64::MAX, |pending| pending.left);
        Poll::Ready(Ok(usize::try_from(left).unwrap_or(usize::MAX)))
    }
}

impl AsyncRead for ImpairedStream {
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
            Err(_) if self.what() == Some(Effect::Close) => return Poll::Ready(Ok(())),
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

impl AsyncWrite for ImpairedStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.side == Side::Client {
            return Pin::new(&mut self.stream).poll_write(cx, bytes);
        }
        let this = &mut *self;
        this.next_answer.take_new(&mut this.pending);
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
        let is_cut = matches!((&self.state, self.what()), (State::Over, Some(Effect::Reset)));
        if is_cut { Poll::Ready(Ok(())) } else { Pin::new(&mut self.stream).poll_shutdown(cx) }
    }
}

/// The most bytes that are read at once from an impaired connection.
const READ_BYTES_MAX: usize = 8 << 10;
