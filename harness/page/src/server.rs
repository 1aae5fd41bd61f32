//! The HTTP server: 127.0.0.1, a port that the system picks, everything bounded.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderValue, Method, Request, StatusCode, header};
use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use marslab_engine::local_server;
use marslab_live::LiveError;
use marslab_session::session::Session;
use marslab_training::course::Course;
use marslab_training::debrief::Ended;
use marslab_training::training::TrainingError;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::{JoinError, JoinSet};

use crate::class::{Class, Keeper, Led, Setting, Trainee, TraineeVisit, TrainerVisit};
use crate::demonstration::Demonstration;
use crate::guard::{ENTRANCE, Guard, TurnedAway};
use crate::reply::{self, Reply};
use crate::stream;
use crate::view::Query;
use crate::visit::{Refused, Visit};

/// A page and its server, which ends when it is dropped.
pub struct Page {
    state: Arc<State>,
    class: Option<Arc<Class>>,
    _server: JoinSet<()>,
}

struct State {
    guard: Guard,
    /// By their numbers.
    visits: Vec<Arc<dyn Visit>>,
    /// How many browsers may follow at a time.
    followers: Arc<Semaphore>,
}

impl Page {
    /// Opens the page of a session. Needs a tokio runtime with I/O and time.
    pub async fn open(session: Arc<Session>) -> io::Result<Self> {
        Self::serving(vec![Arc::new(Demonstration::new(session))], None).await
    }

    /// Opens the page of one who trains alone, and starts the first exercise. Needs a tokio runtime with I/O and time.
    pub async fn training(
        course: Course,
        setting: &Setting,
        keeper: Arc<dyn Keeper>,
    ) -> Result<Self, TrainingError> {
        let class = Class::new(Led::Alone, 1, setting, &keeper);
        class.set(course).await;
        class.start(0).await?;
        Ok(Self::serving(visits(&class), Some(class)).await.map_err(LiveError::Start)?)
    }

    /// Opens the pages of a trainer and of so many trainees, who wait until the trainer starts what is set. Needs a tokio runtime
    /// with I/O and time.
    pub async fn class(
        trainees: usize,
        course: Option<Course>,
        setting: &Setting,
        keeper: Arc<dyn Keeper>,
    ) -> io::Result<Self> {
        let class = Class::new(Led::ByTrainer, trainees, setting, &keeper);
        if let Some(course) = course {
            class.set(course).await;
        }
        let trainer = TrainerVisit::new(Arc::clone(&class), setting.language);
        let mut all: Vec<Arc<dyn Visit>> = vec![Arc::new(trainer)];
        all.extend(visits(&class));
        Self::serving(all, Some(class)).await
    }

    async fn serving(visits: Vec<Arc<dyn Visit>>, class: Option<Arc<Class>>) -> io::Result<Self> {
        let listener = local_server::listen().await?;
        let guard = Guard::new(listener.local_addr()?.port());
        let followers = Arc::new(Semaphore::new(FOLLOWERS_MAX));
        let state = Arc::new(State { guard, visits, followers });
        let mut server = JoinSet::new();
        server.spawn(accept(listener, Arc::clone(&state)));
        Ok(Self { state, class, _server: server })
    }

    /// Ends the exercises that go on, as interrupted.
    pub async fn end(&self) {
        if let Some(class) = &self.class {
            class.end(Ended::Interrupted).await;
        }
    }

    /// A link that opens the page, in one browser, once; of a class, the trainer's.
    pub fn link(&self) -> io::Result<String> {
        self.state.guard.invite(0)
    }

    /// A link for each trainee of a class.
    pub fn trainee_links(&self) -> io::Result<Vec<String>> {
        (1..self.state.visits.len()).map(|number| self.state.guard.invite(number)).collect()
    }
}

/// Those of the trainees.
fn visits(class: &Arc<Class>) -> Vec<Arc<dyn Visit>> {
    let visit = |trainee: &Arc<Trainee>| -> Arc<dyn Visit> {
        Arc::new(TraineeVisit::new(Arc::clone(class), Arc::clone(trainee)))
    };
    class.trainees().iter().map(visit).collect()
}

async fn accept(listener: TcpListener, state: Arc<State>) {
    let mut connections = JoinSet::new();
    while let Some(stream) =
        local_server::next_of(&listener, &mut connections, CONNECTIONS_MAX).await
    {
        connections.spawn(serve(stream, Arc::clone(&state)));
    }
}

async fn serve(stream: TcpStream, state: Arc<State>) {
    let service = service_fn(|request| answer(Arc::clone(&state), request));
    let served = Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME_MAX)
        .max_buf_size(HEAD_BYTES_MAX)
        .serve_connection(TokioIo::new(stream), service);
    // On failure there is no one to report it to.
    drop(Box::pin(served).await);
}

async fn answer(state: Arc<State>, request: Request<Incoming>) -> Result<Reply, Infallible> {
    let (head, body) = request.into_parts();
    let reply = async {
        state.guard.check_host(&head.headers).map_err(turned_away)?;
        match (&head.method, head.uri.path()) {
            (&Method::GET, ENTRANCE) => Ok(state.enter(&head)),
            (&Method::GET, _) => state.shows(&head).await,
            (&Method::POST, _) => {
                state.guard.check_origin(&head.headers).map_err(turned_away)?;
                let visit = state.visit(&head).map_err(turned_away)?;
                let body = timed(Limited::new(body, BODY_BYTES_MAX)).await?;
                acts(visit, &head, &body).await
            }
            _ => Err(reply::plain(StatusCode::METHOD_NOT_ALLOWED, "")),
        }
    };
    Ok(reply.await.unwrap_or_else(|refused| refused))
}

fn turned_away(why: TurnedAway) -> Reply {
    reply::plain(why.status(), why.reason())
}

fn refused(why: Refused) -> Reply {
    reply::plain(why.status(), why.reason())
}

async fn timed(body: Limited<Incoming>) -> Result<Bytes, Reply> {
    let too_slow = |_elapsed| reply::plain(StatusCode::REQUEST_TIMEOUT, "");
    let collected = tokio::time::timeout(HEAD_TIME_MAX, body.collect()).await.map_err(too_slow)?;
    let whole = collected.map_err(|_error| reply::plain(StatusCode::PAYLOAD_TOO_LARGE, ""))?;
    Ok(whole.to_bytes())
}

impl State {
    fn enter(&self, head: &Parts) -> Reply {
        let query = Query::of(head.uri.query().unwrap_or_default());
        let broken =
            |error: String| reply::plain(StatusCode::INTERNAL_SERVER_ERROR, error.into_bytes());
        let cookie = match self.guard.enter(query.get("token")) {
            Ok(Ok(cookie)) => cookie,
            Ok(Err(why)) => return turned_away(why),
            Err(error) => return broken(error.to_string()),
        };
        let mut reply = reply::see("/");
        match HeaderValue::from_str(&cookie) {
            Ok(cookie) => reply.headers_mut().insert(header::SET_COOKIE, cookie),
            Err(error) => return broken(error.to_string()),
        };
        reply
    }

    /// The visit of a known browser.
    fn visit(&self, head: &Parts) -> Result<Arc<dyn Visit>, TurnedAway> {
        let number = self.guard.visitor(&head.headers)?;
        self.visits.get(number).cloned().ok_or(TurnedAway::Unknown)
    }

    async fn shows(&self, head: &Parts) -> Result<Reply, Reply> {
        // Style, script and icon are in every copy of the program; but nobody else need know that it runs.
        let visit = self.visit(head).map_err(turned_away)?;
        let query = Query::of(head.uri.query().unwrap_or_default());
        visit.may_see(&query).map_err(refused)?;
        match head.uri.path() {
            "/" => Ok(reply::page(visit.page(&query).await)),
            "/page.css" => Ok(reply::file("text/css; charset=utf-8", STYLE)),
            "/page.js" => Ok(reply::file("text/javascript; charset=utf-8", SCRIPT)),
            "/icon.svg" => Ok(reply::file("image/svg+xml", ICON)),
            "/events" => Ok(self.follows(visit, query)),
            "/completions" => {
                let line: String = query.get("line").chars().take(LINE_CHARACTERS_MAX).collect();
                let words = visit.completions(&line).await.join("\n");
                Ok(reply::plain(StatusCode::OK, words))
            }
            _ => Err(reply::plain(StatusCode::NOT_FOUND, "There is no such page.\n")),
        }
    }

    fn follows(&self, visit: Arc<dyn Visit>, at: Query) -> Reply {
        let Ok(permit) = Arc::clone(&self.followers).try_acquire_owned() else {
            return reply::plain(StatusCode::SERVICE_UNAVAILABLE, "Too many windows.\n");
        };
        let (to, coming) = mpsc::channel(EVENTS_AHEAD);
        tokio::spawn(stream::follow(visit, at, to, permit));
        reply::events(coming)
    }
}

/// Does what a form says. What was begun goes on even if the browser does not wait for its end.
async fn acts(visit: Arc<dyn Visit>, head: &Parts, body: &[u8]) -> Result<Reply, Reply> {
    let (action, form) = (head.uri.path().to_owned(), Query::of_bytes(body));
    let back = form.back();
    let acting = tokio::spawn(async move { visit.act(&action, &form).await });
    let failed = |error: JoinError| {
        reply::plain(StatusCode::INTERNAL_SERVER_ERROR, error.to_string().into_bytes())
    };
    acting.await.map_err(failed)?.map_err(refused)?;
    Ok(reply::see(&back))
}

const STYLE: &str =
    concat!(include_str!("../assets/page.css"), include_str!("../assets/training.css"));
const SCRIPT: &str = include_str!("../assets/page.js");
const ICON: &str = include_str!("../assets/icon.svg");

/// The longest line of the command line, each character percent-encoded, and some fields.
const BODY_BYTES_MAX: usize = 128 << 10;

/// A form of a browser has a head of a few hundred bytes; folders and keys stand in addresses.
const HEAD_BYTES_MAX: usize = 32 << 10;

/// A browser sends a head at once.
const HEAD_TIME_MAX: Duration = Duration::from_secs(20);

/// What a person types before the word that is to be completed.
const LINE_CHARACTERS_MAX: usize = 1_024;

/// Each window of a browser has one.
const FOLLOWERS_MAX: usize = 64;

/// A browser opens up to six; a class has twenty and their trainer.
const CONNECTIONS_MAX: usize = 192;

/// Events that a slow browser may be behind.
const EVENTS_AHEAD: usize = 4;
