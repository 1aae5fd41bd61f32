//! A program that is started once and answers many asks, one JSON line for each.
//!
//! A few processes answer the asks of all plays in the order in which these come. Since a play waits for its answer before
//! it asks again, the asks of plays that go on at a time take turns. What a process knows of earlier asks it may use
//! nevertheless, so the plays ask some things again of a process that was asked nothing before ([`SubjectRunner::afresh`]).

use std::io;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread::JoinHandle;

use async_trait::async_trait;
use marslab_model::subject::SubjectError;
use marslab_model::{Complaint, Diagnosis};
use tokio::runtime::Builder;
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::task::JoinSet;

use super::{CommandSubject, not_started};
use crate::door::{Door, DoorFile};
use crate::subject_runner::{Isolation, SubjectRunner};
use crate::trace::TracedLive;
use worker::Worker;

mod worker;

/// A program that answers asks on its standard streams for as long as the run takes.
pub struct ServedSubject {
    fresh: FreshSubject,
    /// `None` only while this is dropped: the processes end when no more asks can come.
    asks: Option<mpsc::UnboundedSender<Ask>>,
    /// The thread that talks to the processes. A runtime that outlives those of the plays runs there.
    thread: Option<JoinHandle<()>>,
}

/// The same program, started anew for each ask.
struct FreshSubject(Arc<CommandSubject>);

/// What a process is asked, and where its answer goes.
struct Ask {
    complaint: Complaint,
    host: DoorFile,
    answer: oneshot::Sender<Result<Diagnosis, SubjectError>>,
}

impl ServedSubject {
    /// A program that answers with at most so many processes. They are started when they are needed.
    pub fn new(command: CommandSubject, processes: NonZeroUsize) -> io::Result<Self> {
        let command = Arc::new(command);
        let fresh = FreshSubject(Arc::clone(&command));
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (asks, queue) = mpsc::unbounded_channel();
        let thread = std::thread::Builder::new()
            .name("served subject".to_owned())
            .spawn(move || runtime.block_on(serve(&command, processes, queue)))?;
        Ok(Self { fresh, asks: Some(asks), thread: Some(thread) })
    }
}

#[async_trait]
impl SubjectRunner for ServedSubject {
    fn name(&self) -> String {
        self.fresh.name()
    }

    fn isolation(&self) -> Isolation {
        self.fresh.isolation()
    }

    fn afresh(&self) -> Option<&dyn SubjectRunner> {
        Some(&self.fresh)
    }

    async fn diagnose(
        &self,
        complaint: &Complaint,
        live: &TracedLive<'_>,
    ) -> Result<Diagnosis, SubjectError> {
        let door = Door::open(live).await.map_err(not_started)?;
        let (answer, answered) = oneshot::channel();
        let (complaint, host) = (complaint.clone(), door.description().clone());
        let ask = Ask { complaint, host, answer };
        let sent = self.asks.as_ref().is_some_and(|asks| asks.send(ask).is_ok());
        match answered.await {
            Ok(answer) if sent => answer,
            _ => Err(not_started("the thread that serves it has ended")),
        }
    }
}

#[async_trait]
impl SubjectRunner for FreshSubject {
    fn name(&self) -> String {
        self.0.name()
    }

    fn isolation(&self) -> Isolation {
        self.0.isolation()
    }

    async fn diagnose(
        &self,
        complaint: &Complaint,
        live: &TracedLive<'_>,
    ) -> Result<Diagnosis, SubjectError> {
        let door = Door::open(live).await.map_err(not_started)?;
        let mut worker = Worker::new(&self.0);
        let answer = worker.ask(complaint, door.description()).await;
        worker.end().await;
        answer
    }
}

impl Drop for ServedSubject {
    fn drop(&mut self) {
        drop(self.asks.take());
        // A panic in the thread has been answered with an error.
        self.thread.take().map(JoinHandle::join);
    }
}

/// Answers asks until no more can come, and ends the processes.
async fn serve(
    command: &Arc<CommandSubject>,
    processes: NonZeroUsize,
    queue: mpsc::UnboundedReceiver<Ask>,
) {
    let queue = Arc::new(Mutex::new(queue));
    let mut workers = JoinSet::new();
    for _ in 0..processes.get() {
        workers.spawn(work(Arc::clone(command), Arc::clone(&queue)));
    }
    while workers.join_next().await.is_some() {}
}

/// Answers one ask after another.
async fn work(command: Arc<CommandSubject>, queue: Arc<Mutex<mpsc::UnboundedReceiver<Ask>>>) {
    let mut worker = Worker::new(&command);
    loop {
        // Waiting workers take turns.
        let next = queue.lock().await.recv().await;
        let Some(Ask { complaint, host, answer }) = next else { break };
        // A play that no longer waits has ended.
        answer.send(worker.ask(&complaint, &host).await).ok();
    }
    worker.end().await;
}

/// How many plays are best played at a time for each process: enough that its asks take turns, and that it seldom waits
/// for a world.
pub const PLAYS_PER_PROCESS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(3);
