//! The server that takes a session's calls: HTTP on 127.0.0.1, with the session's token.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use marslab_model::{Name, Outcome, World};
use marslab_network::Listener;
use marslab_wire::serve::{Answer, Handler};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::asks::Asks;
use super::client_proxies::ClientProxies;
use super::duration::TEN_YEARS_SECONDS;
use super::message::{
    ActiveFault, AppliedChange, AskEnded, Asked, BeginAsk, Break, Changed, Description, EndAsk,
    Ending, Entry, Failed, Journal, Jump, Jumped, Key, ListenerKind, Listening, Operate, Operated,
    Printed, Repair, Revert, Windows,
};
use super::openapi;
use super::parameters::{fault_with, remedy_with};
use super::place::Place;
use super::{Done, Session, SessionError};
use marslab_console::Console;
use marslab_engine::door::Door;
use marslab_engine::local_server;
use marslab_engine::trace::TracedLive;
use marslab_live::DnsServer;

/// A session that takes calls. Dropping it ends its servers.
pub struct Control {
    state: Arc<ControlState>,
    _servers: JoinSet<()>,
}

/// Answers the calls.
struct ControlState {
    session: Arc<Session>,
    place: Place,
    /// The folder that is drive C: of the machine.
    drive_c: Option<PathBuf>,
    dns: DnsServer,
    client_proxies: ClientProxies,
    door: Door,
    door_file: PathBuf,
    key: Key,
    /// Faults that take themselves out again.
    timers: std::sync::Mutex<JoinSet<()>>,
    asks: Asks,
    /// The window into which lines are typed.
    console: tokio::sync::Mutex<Console>,
    ended: watch::Sender<bool>,
}

impl Control {
    /// Opens everything by which a session is looked at and worked on. Needs a tokio runtime with I/O and time.
    pub async fn open(session: Arc<Session>) -> io::Result<Self> {
        let listener = local_server::listen().await?;
        let place = Place::new()?;
        // Before the machine's files are shown: a look at the world reads those that are.
        place.write_authorities(&authorities(&session))?;
        let drive_c = session.live().drive_c()?;
        let dns = session.live().open_dns_server().await?;
        let client_proxies = ClientProxies::open(&session).await?;
        let door = Door::open(&TracedLive::counting(session.live())).await?;
        let door_file = door.description().write_in(place.folder())?;
        let key = Key {
            version: 1,
            control: listener.local_addr()?.to_string(),
            token: local_server::token()?,
            scenario: session.play().name.clone(),
        };
        place.write_key(&key)?;
        let console = tokio::sync::Mutex::new(session.console());
        let (timers, asks, ended) = Default::default();
        let state = Arc::new(ControlState {
            session,
            place,
            drive_c,
            dns,
            client_proxies,
            door,
            door_file,
            key,
            timers,
            asks,
            console,
            ended,
        });
        let mut servers = JoinSet::new();
        servers.spawn(local_server::serve_http(listener, Arc::<ControlState>::clone(&state)));
        Ok(Self { state, _servers: servers })
    }

    /// How the session is reached.
    pub fn key(&self) -> &Key {
        &self.state.key
    }

    /// What there is to look at.
    pub async fn description(&self) -> Description {
        self.state.describe().await
    }

    /// Returns when the end was requested.
    pub async fn ended(&self) {
        // The sender lives as long as the state does.
        drop(self.state.ended.subscribe().wait_for(|ended| *ended).await);
    }
}

/// The certificates of the authorities that the simulated servers' certificates come from, in order of their names.
fn authorities(session: &Session) -> Vec<Vec<u8>> {
    let live = session.live();
    // Not recorded as a read: no part of the simulated world asks.
    let Ok(world) = live.snapshot() else { return Vec::new() };
    let mut roots: Vec<Name> = world.cloud.endpoints.values().map(|it| it.root.clone()).collect();
    // Not of an authority that no machine trusts either.
    roots.retain(|root| world.machines.values().any(|it| it.trusted_roots.contains(root)));
    roots.sort();
    roots.dedup();
    roots.iter().filter_map(|root| live.root_certificate(root)).collect()
}

/// A call that was not answered.
struct Refusal(StatusCode, String);

impl Refusal {
    fn bad(reason: impl Display) -> Self {
        Self(StatusCode::BAD_REQUEST, reason.to_string())
    }
}

impl From<SessionError> for Refusal {
    fn from(error: SessionError) -> Self {
        let status = match error {
            SessionError::UnknownName { .. } | SessionError::BadParameters(_) => {
                StatusCode::BAD_REQUEST
            }
            SessionError::NoSuchFault(_) => StatusCode::NOT_FOUND,
            SessionError::Refused(_) | SessionError::Remedy { .. } | SessionError::NoCureLeft => {
                StatusCode::CONFLICT
            }
            SessionError::Live(_) | SessionError::Setup(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self(status, error.to_string())
    }
}

impl ControlState {
    async fn reply(&self, request: &Request<Bytes>) -> Result<Bytes, Refusal> {
        if let Err(stranger) = local_server::admit(request.headers(), &self.key.token) {
            return Err(Refusal(stranger.status(), stranger.reason().to_owned()));
        }
        let body = request.body();
        match (request.method(), request.uri().path()) {
            (&Method::GET, openapi::SESSION) => json(&self.describe().await),
            (&Method::GET, openapi::DESCRIPTION) => json(&openapi::description()),
            (&Method::GET, openapi::JOURNAL) => {
                json(&self.journal(request.uri().query().unwrap_or_default()).await?)
            }
            (&Method::POST, openapi::BREAK) => json(&self.breaks(read(body)?).await?),
            (&Method::POST, openapi::REVERT) => {
                let Revert { number } = read(body)?;
                json(&changed([self.session.revert(number).await?]))
            }
            (&Method::POST, openapi::REPAIR) => json(&self.repairs(read(body)?).await?),
            (&Method::POST, openapi::OPERATE) => json(&self.operates(read(body)?).await?),
            (&Method::POST, openapi::JUMP) => json(&self.jumps(read(body)?).await?),
            (&Method::POST, openapi::WINDOWS) => json(&self.types(read(body)?).await),
            (&Method::POST, openapi::BEGIN_ASK) => json(&self.begins_ask(read(body)?).await?),
            (&Method::POST, openapi::END_ASK) => {
                let EndAsk { number } = read(body)?;
                let moved = self.asks.end(&self.session, number);
                let clock_moved_seconds = moved.unwrap_or_default().as_secs();
                json(&AskEnded { in_time: moved.is_some(), clock_moved_seconds })
            }
            (&Method::POST, openapi::END) => {
                self.ended.send_replace(true);
                json(&Ending { ends: true })
            }
            (method, path) => Err(not_there(method, path)),
        }
    }

    async fn describe(&self) -> Description {
        let (live, play, door) =
            (self.session.live(), self.session.play(), self.door.description());
        let world = live.snapshot().ok();
        let listeners = live.network().listeners().into_iter().map(|(listener, at)| {
            let (name, what) = match listener {
                Listener::Proxy(name) => (name.to_string(), ListenerKind::Proxy),
                Listener::Portal { at, port } => (format!("{at}:{port}"), ListenerKind::Portal),
                Listener::Server { host, port } => (format!("{host}:{port}"), ListenerKind::Server),
            };
            let users = match what {
                ListenerKind::Proxy => {
                    world.as_ref().map_or_else(BTreeMap::new, |it| users(it, &name))
                }
                ListenerKind::Portal | ListenerKind::Server => BTreeMap::new(),
            };
            Listening { name, what, at: at.to_string(), users }
        });
        let mut faults = Vec::new();
        for (number, fault) in self.session.faults().await {
            let fields = self.session.changed_by(number).await;
            faults.push(ActiveFault { number, fault: fault.to_owned(), fields });
        }
        Description {
            version: 1,
            scenario: play.name.clone(),
            title: play.title.clone(),
            failure: play.failure.as_ref().map(|id| id.as_str().to_owned()),
            language: self.session.language().unwrap_or_default(),
            operation: play.operation,
            now: live.watch().now(),
            clock_moved_seconds: live.clock_moved().as_secs(),
            machine: live.machine_name().to_string(),
            listeners: listeners.collect(),
            ca_file: self.place.ca_file(),
            drive_c: self.drive_c.clone(),
            door_file: self.door_file.clone(),
            dns: self.dns.address().to_string(),
            http_proxy: self.client_proxies.http.clone(),
            socks_proxy: self.client_proxies.socks.clone(),
            socks: door.socks.clone(),
            door_token: door.token.clone(),
            control: self.key.control.clone(),
            session_file: self.place.session_file(),
            faults,
            remedies: self.session.remedies().await.into_iter().map(str::to_owned).collect(),
        }
    }

    async fn breaks(&self, call: Break) -> Result<Changed, Refusal> {
        if call.for_seconds.is_some_and(|it| !(1..=FOR_SECONDS_MAX).contains(&it)) {
            return Err(Refusal::bad(format!("`for-seconds` must be from 1 to {FOR_SECONDS_MAX}")));
        }
        let done = match &call.fault {
            Some(name) => vec![self.session.break_with(fault_with(name, &call.with)?).await?],
            None if call.with.is_empty() => self.session.break_as_written().await?,
            None => return Err(Refusal::bad("`with` requires `fault`")),
        };
        if let Some(seconds) = call.for_seconds {
            let mut timers = self.timers.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            while timers.try_join_next().is_some() {}
            for fault in &done {
                let session = Arc::clone(&self.session);
                timers.spawn(session.revert_after(fault.number, Duration::from_secs(seconds)));
            }
        }
        Ok(changed(done))
    }

    async fn repairs(&self, call: Repair) -> Result<Changed, Refusal> {
        let done = match &call.remedy {
            Some(name) => self.session.repair_with(&remedy_with(name, &call.with)?).await?,
            None if call.with.is_empty() => self.session.repair_as_written().await?,
            None => return Err(Refusal::bad("`with` requires `remedy`")),
        };
        Ok(changed([done]))
    }

    async fn operates(&self, call: Operate) -> Result<Operated, Refusal> {
        let ended = self.session.operate(call.operation, call.language).await?;
        let (operation, clock_moved_seconds) = (ended.operation, ended.clock_moved);
        let (error, message) = match ended.outcome {
            Outcome::Succeeded => (None, None),
            Outcome::Failed(symptom) => (Some(symptom.error), Some(symptom.message)),
        };
        let succeeded = message.is_none();
        Ok(Operated { operation, succeeded, error, message, clock_moved_seconds })
    }

    async fn jumps(&self, call: Jump) -> Result<Jumped, Refusal> {
        if !(1..=TEN_YEARS_SECONDS).contains(&call.seconds.into()) {
            return Err(Refusal::bad(format!("`seconds` must be from 1 to {TEN_YEARS_SECONDS}")));
        }
        self.session.jump(call.seconds).await;
        Ok(Jumped { now: self.session.live().watch().now() })
    }

    async fn types(&self, call: Windows) -> Printed {
        let mut console = self.console.lock().await;
        let moved = self.session.live().clock_moved();
        let marslab_console::Printed { text, code } =
            self.session.type_in(&mut console, &call.line).await;
        let clock_moved_seconds = (self.session.live().clock_moved() - moved).as_secs();
        Printed { text, code, prompt: console.prompt(), clock_moved_seconds }
    }

    async fn begins_ask(&self, call: BeginAsk) -> Result<Asked, Refusal> {
        if !(1..=ASK_SECONDS_MAX).contains(&call.seconds) {
            return Err(Refusal::bad(format!("`seconds` must be from 1 to {ASK_SECONDS_MAX}")));
        }
        let time = Duration::from_secs(call.seconds);
        let (number, complaint, host) = self.asks.begin(&self.session, time).await?;
        Ok(Asked { number, complaint, host })
    }

    /// The entries after the first `after`; with `wait`, waits up to that many seconds for one.
    async fn journal(&self, query: &str) -> Result<Journal, Refusal> {
        let (mut after, mut wait) = (0, 0);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let number = value.parse::<u64>();
            let number = number.map_err(|error| Refusal::bad(format!("`{key}`: {error}")))?;
            match key {
                "after" => after = number,
                "wait" => wait = number.min(WAIT_SECONDS_MAX),
                _ => {
                    return Err(Refusal::bad(format!(
                        "unknown parameter `{key}`; expected `after` or `wait`"
                    )));
                }
            }
        }
        let journal = self.session.live().journal();
        let mut count = journal.count();
        let more = count.wait_for(|count| *count > after);
        // Whether there is something or not, what there is now is the answer.
        drop(timeout(Duration::from_secs(wait), more).await);
        let (first, said) = journal.after(after, PART_ENTRIES_MAX);
        let count = *journal.count().borrow();
        Ok(Journal { first, count, entries: said.into_iter().map(Entry::from).collect() })
    }
}

#[async_trait]
impl Handler for ControlState {
    async fn answer(&self, request: Request<Bytes>) -> Answer {
        let (status, body) = match self.reply(&request).await {
            Ok(body) => (StatusCode::OK, body),
            Err(Refusal(status, error)) => {
                (status, json(&Failed { error }).unwrap_or_else(|_| Bytes::new()))
            }
        };
        let mut response = Response::new(body);
        *response.status_mut() = status;
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(header::CONTENT_TYPE, json);
        Answer::Respond(response)
    }
}

/// A path that exists with another method is told apart from one that does not exist.
/// The users that a proxy knows, and their passwords.
fn users(world: &World, proxy: &str) -> BTreeMap<String, String> {
    let proxy = world.network.proxies.get(&Name::new(proxy));
    let users = proxy.into_iter().flat_map(|proxy| proxy.users.iter());
    users.map(|(user, password)| (user.to_string(), password.clone())).collect()
}

fn not_there(method: &Method, path: &str) -> Refusal {
    match openapi::CALLS.iter().find(|call| call.path == path) {
        Some(call) => Refusal(
            StatusCode::METHOD_NOT_ALLOWED,
            format!("`{path}` requires {}, not {method}", call.method),
        ),
        None => {
            let paths: Vec<&str> = openapi::CALLS.iter().map(|call| call.path).collect();
            Refusal(
                StatusCode::NOT_FOUND,
                format!("unknown path `{path}`; expected one of {}", paths.join(", ")),
            )
        }
    }
}

/// A body as JSON; an empty one says nothing, as `{}` does.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    let body = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(body).map_err(Refusal::bad)
}

fn json(value: &impl Serialize) -> Result<Bytes, Refusal> {
    let bytes = serde_json::to_vec(value);
    let bytes =
        bytes.map_err(|error| Refusal(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()));
    Ok(Bytes::from(bytes?))
}

fn changed(done: impl IntoIterator<Item = Done>) -> Changed {
    let applied = |done: Done| AppliedChange {
        number: Some(done.number).filter(|number| *number > 0),
        name: done.name.to_owned(),
        changed: done.changed.iter().map(ToString::to_string).collect(),
        fields: done.fields,
        clock_moved_seconds: done.clock_moved,
    };
    Changed { done: done.into_iter().map(applied).collect() }
}

/// A week: longer than any session.
const FOR_SECONDS_MAX: u64 = 7 * 24 * 60 * 60;

/// The longest time limit of a subject, and some time to start it and to end the ask.
const ASK_SECONDS_MAX: u64 = 3_660;

/// So many exchanges, each as long as one is ever kept, fit into what a client takes as one answer.
const PART_ENTRIES_MAX: usize = 100;

/// Long enough to spare callers a poll, short enough not to wait for callers that are gone.
const WAIT_SECONDS_MAX: u64 = 30;
