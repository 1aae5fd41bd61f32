//! The trace of an ask: what a subject asked of the machine, and what it was told.
//!
//! A runner gives its subject a [`TracedLive`] and nothing else, so whatever passes through the host port or the door is in
//! the trace. What passes through a connection is not kept: of that, the trace has the fields of the world that network,
//! proxies and cloud read meanwhile. What is read in the folder of drive C: cannot be known, only that it was handed out.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use marslab_live::{Live, Watch};
use marslab_machine::FakeMachine;
use marslab_model::host::{Answer, Call, Hook, Hooked, HostRead};
use marslab_model::tracked::Footprint;

/// One call, and how it was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TracedCall {
    /// The call.
    pub call: Call,
    /// The answer.
    pub answer: Answer,
    /// The world's time when it was answered.
    pub at: Timestamp,
    /// The size of the answer as JSON.
    pub bytes: usize,
}

/// What a subject asked in one ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// The calls in the order of their answers, at most [`CALLS_MAX`].
    pub calls: Vec<TracedCall>,
    /// How many calls there were.
    pub count: usize,
    /// How many there were of each method ([`Call::method`]).
    pub methods: BTreeMap<&'static str, usize>,
    /// The size of all answers as JSON.
    pub bytes: usize,
    /// What was read on behalf of connections.
    pub connected: Footprint,
    /// Whether the folder of drive C: was handed out.
    pub has_folder: bool,
    /// The end of what a program wrote to standard error meanwhile, if it wrote anything.
    pub stderr: Option<Arc<str>>,
}

impl Trace {
    /// What is counted, with the first calls only: all of them can take megabytes.
    #[must_use]
    pub fn with_calls(&self, calls_max: usize) -> Self {
        let Self { count, bytes, has_folder, .. } = *self;
        let calls = self.calls.iter().take(calls_max).cloned().collect();
        let (methods, connected) = (self.methods.clone(), Footprint::new());
        Self { calls, count, methods, bytes, connected, has_folder, stderr: None }
    }
}

/// Notes calls on their way through the host port.
pub(crate) struct Recorder {
    watch: Watch,
    trace: Mutex<Trace>,
    keeps: usize,
    /// Whether there was a call from which on connections can be open, so that what is read between calls is on their behalf.
    has_connected: AtomicBool,
}

/// A world set going, in which all that a subject asks is recorded.
pub struct TracedLive<'a> {
    live: &'a Live,
    recorder: Arc<Recorder>,
}

impl<'a> TracedLive<'a> {
    /// Begins a trace.
    pub fn new(live: &'a Live) -> Self {
        Self::keeping(live, CALLS_MAX)
    }

    /// Only counts, for worlds that are held open without end.
    pub fn counting(live: &'a Live) -> Self {
        Self::keeping(live, 0)
    }

    fn keeping(live: &'a Live, keeps: usize) -> Self {
        let (watch, trace, has_connected) =
            (live.watch(), Mutex::default(), AtomicBool::new(false));
        let recorder = Recorder { watch, trace, keeps, has_connected };
        Self { live, recorder: Arc::new(recorder) }
    }

    /// The machine that complains, as a subject sees it.
    pub fn host(&self) -> impl HostRead + '_ {
        Hooked::new(self.live.host(), &*self.recorder)
    }

    /// Notes what a program wrote to standard error, for its author.
    pub fn note_stderr(&self, stderr: &str) {
        self.recorder.trace().stderr =
            Some(stderr.trim_end()).filter(|it| !it.is_empty()).map(Arc::from);
    }

    /// The world itself, which is nothing for a subject.
    pub const fn live(&self) -> &'a Live {
        self.live
    }

    /// The machine, and what notes its calls, for a server.
    pub(crate) fn shared(&self) -> (Arc<FakeMachine>, Arc<Recorder>) {
        (self.live.shared_host(), Arc::clone(&self.recorder))
    }

    /// Ends the trace.
    pub fn end(self) -> Trace {
        self.recorder.pause();
        std::mem::take(&mut *self.recorder.trace())
    }
}

impl Recorder {
    /// What is asked from now on can be in a folder.
    pub(crate) fn hand_out_folder(&self) {
        self.trace().has_folder = true;
    }

    /// Keeps what was read for connections, and records nothing for now.
    fn pause(&self) {
        if self.has_connected.load(Ordering::Relaxed) {
            let connected = self.watch.reads().end();
            self.trace().connected.extend(connected);
        }
    }

    fn trace(&self) -> MutexGuard<'_, Trace> {
        self.trace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Hook for &Recorder {
    fn before(&self, call: &mut Call) {
        if !is_connection(call) {
            self.pause();
        } else if self.keeps > 0 && !self.has_connected.swap(true, Ordering::Relaxed) {
            self.watch.reads().begin();
        }
    }

    fn after(&self, _host: &dyn HostRead, call: &Call, answer: &mut Answer) {
        let bytes = answer.to_json().to_string().len();
        let mut trace = self.trace();
        trace.count = trace.count.saturating_add(1);
        *trace.methods.entry(call.method()).or_default() += 1;
        trace.bytes = trace.bytes.saturating_add(bytes);
        if trace.calls.len() < self.keeps {
            let (call, answer, at) = (call.clone(), answer.clone(), self.watch.now());
            trace.calls.push(TracedCall { call, answer, at, bytes });
        }
        if self.has_connected.load(Ordering::Relaxed) && !is_connection(call) {
            self.watch.reads().begin();
        }
    }
}

/// Calls that others answer than the machine.
const fn is_connection(call: &Call) -> bool {
    matches!(
        call,
        Call::Dial { .. }
            | Call::Resolve { .. }
            | Call::QueryDns { .. }
            | Call::ServerTlsVersions { .. }
    )
}

/// More than a core asks that looks at everything once.
pub const CALLS_MAX: usize = 20_000;
