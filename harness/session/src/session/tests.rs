use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use marslab_engine::local_server::Loopback;
use marslab_model::host::Network as _;
use marslab_model::world::Language;
use marslab_model::{Account, DialError, Field, Operation, Outcome, World};
use marslab_network::Listener;
use marslab_state::os;
use marslab_wire::http::{Client, Request};
use marslab_wire::tls::TlsConfig;
use serde_json::{Map, Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::Instant;

use super::asks::Asks;
use super::control::Control;
use super::message::{
    AskEnded, Asked, BeginAsk, Break, Changed, Description, Failed, Journal, Jump, Jumped, Key,
    Operate, Operated, Repair,
};
use super::parameters::{fault_with, remedy_with};
use super::{Done, InitialState, Session, SessionError, client, openapi, place};
use marslab_engine::play::{Casting, Options};
use marslab_live::{Fidelity, Pace};
use marslab_scenario::corpus;

async fn open_at(name: &str, initial: InitialState, fidelity: Fidelity) -> Arc<Session> {
    open_with(name, initial, fidelity, Pace::Real).await
}

async fn open_with(
    name: &str,
    initial: InitialState,
    fidelity: Fidelity,
    pace: Pace,
) -> Arc<Session> {
    let play = corpus::plays().find(|play| play.name == name).unwrap().clone();
    let options = Options { fidelity, casting: Casting::Plain, ..Options::default() };
    Arc::new(Session::open(play, &options, initial, pace).await.unwrap())
}

async fn open(name: &str) -> Arc<Session> {
    open_at(name, InitialState::Broken, Fidelity::Memory).await
}

fn with(value: &Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

/// The world, at a fixed time.
fn still(session: &Session) -> World {
    let mut world = session.live().snapshot().unwrap();
    world.now = Timestamp::UNIX_EPOCH;
    world
}

async fn block(session: &Session, host: &str) -> Done {
    let fault = fault_with("blocks", &with(&json!({ "to": [host] }))).unwrap();
    session.break_with(fault).await.unwrap()
}

/// The customer's own words are about the scenario's operation, and no other.
#[tokio::test]
async fn a_subject_is_told_the_customers_own_words() {
    let session = open("told-of-an-older-product").await;
    let told = session.ask().await.unwrap().0;
    assert!(told.message.starts_with("SRV01: The Windows Azure Backup Agent"), "{told:?}");
    assert_eq!(told.operation, Operation::Backup);
    let ended = session.operate(Some(Operation::Restore), None).await.unwrap().outcome;
    let Outcome::Failed(symptom) = ended else { panic!("{ended:?}") };
    let told = session.ask().await.unwrap().0;
    assert_eq!((told.operation, told.message), (Operation::Restore, symptom.message));
}

#[tokio::test]
async fn a_world_is_broken_and_repaired_while_it_is_held() {
    let session =
        open_at("proxy-authentication-required", InitialState::Healthy, Fidelity::Memory).await;
    let ended = session.operate(None, None).await.unwrap();
    assert_eq!((ended.operation, ended.outcome), (Operation::Backup, Outcome::Succeeded));
    session.break_as_written().await.unwrap();
    let ended = session.operate(None, Some(Language::Korean)).await.unwrap();
    let Outcome::Failed(symptom) = ended.outcome else { panic!("it succeeded") };
    assert_eq!(symptom.error, "100050");
    assert!(symptom.message.contains("연결"), "{}", symptom.message);
    assert_eq!(session.language().unwrap(), Language::English);
    let done = session.repair_as_written().await.unwrap();
    assert_eq!(done.name, "set-agent-proxy-credentials");
    assert_eq!(session.operate(None, None).await.unwrap().outcome, Outcome::Succeeded);
    assert!(matches!(session.repair_as_written().await, Err(SessionError::NoCureLeft)));
}

#[tokio::test]
async fn what_is_taken_out_is_as_it_was() {
    let session = open("iscsi-service-stopped").await;
    let before = still(&session);
    let done = block(&session, "*.windows.net").await;
    assert_eq!(done.changed.len(), 1);
    assert_ne!(still(&session), before);
    assert_eq!(session.faults().await, [(1, "service-stopped"), (2, "blocks")]);
    session.revert(done.number).await.unwrap();
    assert_eq!(still(&session), before);
    assert!(matches!(session.revert(done.number).await, Err(SessionError::NoSuchFault(2))));
}

#[tokio::test]
async fn what_somebody_has_changed_since_stays() {
    let session = open("agent-service-stopped").await;
    let remedy = remedy_with("start-agent-service", &Map::new()).unwrap();
    session.repair_with(&remedy).await.unwrap();
    let repaired = still(&session);
    session.revert(1).await.unwrap();
    assert_eq!(still(&session), repaired);
}

#[tokio::test]
async fn a_fault_that_was_mended_is_no_longer_active() {
    let session = open("agent-service-stopped").await;
    block(&session, "*.windows.net").await;
    assert_eq!(session.faults().await, [(1, "service-stopped"), (2, "blocks")]);
    assert!(session.remedies().await.is_empty());
    let remedy = remedy_with("start-agent-service", &Map::new()).unwrap();
    session.repair_with(&remedy).await.unwrap();
    assert_eq!(session.faults().await, [(2, "blocks")]);
    assert_eq!(session.remedies().await, ["start-agent-service"]);
}

/// The proxy asks as before; who is asked has what to answer.
#[tokio::test]
async fn a_fault_that_a_remedy_goes_round_stays() {
    let session = open("proxy-authentication-required").await;
    session.repair_as_written().await.unwrap();
    assert_eq!(session.faults().await, [(1, "proxy-asks")]);
    assert_eq!(session.remedies().await, ["set-agent-proxy-credentials"]);
}

/// Programs of this machine check certificates by its own clock.
#[tokio::test]
async fn a_world_with_a_past_begins_at_the_real_time() {
    let session =
        open_at("reregister-agent-still-installed", InitialState::Healthy, Fidelity::Loopback)
            .await;
    let ahead = session.live().snapshot().unwrap().now.duration_since(Timestamp::now());
    assert!(ahead < SignedDuration::from_hours(1), "{ahead}");
}

#[tokio::test]
async fn a_fault_with_a_limit_takes_itself_out() {
    let session = open("iscsi-service-stopped").await;
    let before = still(&session);
    let done = block(&session, "*.windows.net").await;
    tokio::time::pause();
    // The paused clock moves on when nothing else is left to do.
    Arc::clone(&session).revert_after(done.number, Duration::from_secs(3_600)).await;
    assert_eq!(still(&session), before);
}

/// Whether a future is done when it is polled for the first time.
async fn is_done_at_once(future: impl Future) -> bool {
    let mut future = pin!(future);
    poll_fn(|context| Poll::Ready(future.as_mut().poll(context).is_ready())).await
}

/// Dials a server of which nothing comes back, as a program on the machine. How many seconds that took.
async fn dial_into_nothing(session: &Session) -> u64 {
    let to = "login.windows.net:443".parse().unwrap();
    let began = Instant::now();
    let dialled = session.live().host().dial(&Account::System, &to).await;
    assert_eq!(dialled.err(), Some(DialError::TimedOut));
    began.elapsed().as_secs()
}

fn clock_moved(session: &Session) -> i64 {
    session.live().clock_moved().as_secs()
}

/// The paused clock of real time moves on when nothing else is left to do, so that who waits is seen to have waited.
#[tokio::test]
async fn who_is_not_answered_waits_and_moves_nobodys_clock() {
    let session = open("iscsi-service-stopped").await;
    block(&session, "*.windows.net").await;
    tokio::time::pause();
    assert_eq!(dial_into_nothing(&session).await, 21);
    assert_eq!(clock_moved(&session), 0);
}

#[tokio::test]
async fn where_nobody_waits_the_clock_is_moved() {
    let (name, broken) = ("iscsi-service-stopped", InitialState::Broken);
    let session = open_with(name, broken, Fidelity::Memory, Pace::Fast).await;
    block(&session, "*.windows.net").await;
    tokio::time::pause();
    assert_eq!(dial_into_nothing(&session).await, 0);
    assert_eq!(clock_moved(&session), 21);
}

async fn the_administrator_does_not_wait(fidelity: Fidelity) {
    let healthy = InitialState::Healthy;
    let session = open_at("proxy-authentication-required", healthy, fidelity).await;
    block(&session, "*.windows.net").await;
    tokio::time::pause();
    let began = Instant::now();
    let ended = session.operate(Some(Operation::Register), None).await.unwrap();
    assert!(matches!(ended.outcome, Outcome::Failed(_)), "{ended:?}");
    assert!(ended.clock_moved >= 21 && began.elapsed().as_secs() == 0, "{ended:?}");
    assert_eq!(clock_moved(&session), ended.clock_moved);
    session.jump(3_600).await;
    assert_eq!(clock_moved(&session), ended.clock_moved + 3_600);
}

#[tokio::test]
async fn the_administrator_does_not_wait_and_is_told_how_far_the_clock_was_moved() {
    the_administrator_does_not_wait(Fidelity::Memory).await;
}

/// A proxy or server cannot tell from a socket whose a connection is.
#[tokio::test]
async fn the_administrator_does_not_wait_on_sockets() {
    the_administrator_does_not_wait(Fidelity::Loopback).await;
}

/// To ask is the administrator's doing.
#[tokio::test]
async fn a_subject_does_not_wait() {
    let session = open_at("iscsi-service-stopped", InitialState::Healthy, Fidelity::Memory).await;
    let hangs = fault_with("service-hangs", &with(&json!({ "name": "MSiSCSI" }))).unwrap();
    session.break_with(hangs).await.unwrap();
    let asks = Asks::default();
    let (number, _, door) = asks.begin(&session, Duration::from_secs(600)).await.unwrap();
    let url = format!("http://{}/v1/interrogate-service", door.http).parse().unwrap();
    let request = Request::post(url, "application/json", br#"{"name": "MSiSCSI"}"#.to_vec());
    let request = request.with_header("Authorization", &format!("Bearer {}", door.token));
    let tls = TlsConfig { roots: Vec::new(), now: Timestamp::now(), versions: Vec::new() };
    let answer = Client { dial: &Loopback, proxy: None, tls }.send(&request).await.unwrap();
    assert!(answer.is_success(), "{answer:?}");
    assert_eq!(asks.end(&session, number), Some(SignedDuration::from_secs(30)));
}

#[tokio::test]
async fn nothing_changes_while_a_subject_looks() {
    let session = open("iscsi-service-stopped").await;
    let turn = session.ask().await.unwrap().1;
    assert!(!is_done_at_once(session.revert(7)).await);
    assert!(is_done_at_once(session.faults()).await);
    drop(turn);
    assert!(is_done_at_once(session.revert(7)).await);
}

#[tokio::test]
async fn an_ask_ends_when_its_time_is_up() {
    let session = open("iscsi-service-stopped").await;
    let asks = Asks::default();
    let begin = || asks.begin(&session, Duration::from_secs(3_600));
    let (one, ..) = begin().await.unwrap();
    assert!(asks.end(&session, one).is_some() && asks.end(&session, one).is_none());
    let (two, ..) = begin().await.unwrap();
    tokio::time::pause();
    // The paused clock moves on when nothing else is left to do.
    session.revert(1).await.unwrap();
    assert!(asks.end(&session, one).is_none() && asks.end(&session, two).is_none());
}

#[tokio::test]
async fn a_subject_is_told_the_last_failure_that_was_shown() {
    let session = open("proxy-authentication-required").await;
    let told = async || session.ask().await.unwrap().0;
    let first = told().await;
    let ended = session.operate(None, None).await.unwrap();
    let Outcome::Failed(shown) = ended.outcome else { panic!("it succeeded") };
    assert_eq!((first.operation, &first.message), (ended.operation, &shown.message));
    session.operate(Some(Operation::Register), Some(Language::Korean)).await.unwrap();
    session.repair_as_written().await.unwrap();
    assert_eq!(session.operate(None, None).await.unwrap().outcome, Outcome::Succeeded);
    let last = told().await;
    assert_eq!((last.operation, last.language), (Operation::Register, Language::Korean));
    assert_ne!(last.message, first.message);
}

#[tokio::test]
async fn time_goes_on() {
    let session = open("iscsi-service-stopped").await;
    let first = session.live().snapshot().unwrap().now;
    let second = session.live().snapshot().unwrap().now;
    assert!(first < second);
    // And no fault is blamed for it.
    let done = block(&session, "*.windows.net").await;
    assert!(!done.changed.contains(Field::world().now().path()));
}

#[test]
fn parameters_are_those_of_a_scenario_file() {
    let bad = |name: &str, value: Value| match fault_with(name, &with(&value)) {
        Err(error @ (SessionError::UnknownName { .. } | SessionError::BadParameters(_))) => {
            error.to_string()
        }
        other => panic!("{name} {value}: {other:?}"),
    };
    assert!(
        fault_with("blocks", &with(&json!({ "to": ["*.windows.net", "10.0.0.0/8"], "port": 443 })))
            .is_ok()
    );
    assert!(remedy_with("restart-server", &Map::new()).is_ok());
    assert!(bad("blokcs", json!({})).contains("did you mean `blocks`"));
    assert!(bad("blocks", json!({})).contains("missing parameter `to`"));
    assert!(bad("blocks", json!({ "to": [null] })).contains("null is not allowed"));
    assert!(bad("blocks", json!({ "to": ["\"]\nx = 1"] })).contains("`blocks`"));
    assert!(bad("blocks", json!({ "to\n": [] })).contains("unknown parameter"));
}

/// A session on sockets, and its key.
async fn controlled(name: &str) -> (Arc<Session>, Control, Key) {
    let session = open_at(name, InitialState::Broken, Fidelity::Loopback).await;
    let control = Control::open(Arc::clone(&session)).await.unwrap();
    let key = control.key().clone();
    (session, control, key)
}

#[tokio::test]
async fn everything_is_done_from_another_process() {
    let (_session, control, key) = controlled("proxy-authentication-required").await;
    let described: Description = client::get(&key, openapi::SESSION).await.unwrap();
    let again = Description { now: described.now, ..control.description().await };
    assert_eq!(described, again);
    assert_eq!(described.faults.first().unwrap().fault, "proxy-asks");
    let proxy = described.listeners.iter().find(|it| it.name == "10.0.0.5:8080").unwrap();
    let users: Vec<_> = proxy.users.iter().collect();
    assert!(
        matches!(users.as_slice(), [(user, password)] if *user == "CORP\\backup" && !password.is_empty())
    );
    let found = place::find(described.session_file.to_str()).unwrap();
    assert_eq!(found, key);
    let pem = std::fs::read_to_string(&described.ca_file).unwrap();
    assert!(pem.starts_with("-----BEGIN CERTIFICATE-----\n"), "{pem}");

    let call = Operate { operation: None, language: Some(Language::Japanese) };
    let ended: Operated = client::post(&key, openapi::OPERATE, &call).await.unwrap();
    assert!(!ended.succeeded && ended.message.unwrap().contains("プロキシ"));
    let journal: Journal = client::get(&key, openapi::JOURNAL).await.unwrap();
    assert!(journal.entries.iter().any(|it| it.answer.starts_with("407")));
    let mut exchanges = journal.entries.iter().filter_map(|it| it.exchange.as_ref());
    let refused = exchanges.find_map(|it| it.response.as_ref().filter(|it| it.status == 407));
    assert!(refused.unwrap().headers.iter().any(|it| it.value.starts_with("Basic realm=")));
    let call = Break {
        fault: Some("blocks".to_owned()),
        with: with(&json!({ "to": ["*.windows.net"] })),
        for_seconds: Some(60),
    };
    let changed: Changed = client::post(&key, openapi::BREAK, &call).await.unwrap();
    assert_eq!(changed.done.first().unwrap().number, Some(2));
    let number = json!({ "number": 2 });
    let _out: Changed = client::post(&key, openapi::REVERT, &number).await.unwrap();
    let _cured: Changed = client::post(&key, openapi::REPAIR, &Repair::default()).await.unwrap();
    let ended: Operated = client::post(&key, openapi::OPERATE, &json!({})).await.unwrap();
    assert!(ended.succeeded, "{ended:?}");

    let call = BeginAsk { seconds: 60 };
    let asked: Asked = client::post(&key, openapi::BEGIN_ASK, &call).await.unwrap();
    assert!(asked.complaint.message.contains("プロキシ"));
    // Open for as long as the ask goes on.
    assert_ne!(asked.host.token, described.door_token);
    let call = json!({ "number": asked.number });
    let ended: AskEnded = client::post(&key, openapi::END_ASK, &call).await.unwrap();
    assert!(ended.in_time);

    let after = journal.first + u64::try_from(journal.entries.len()).unwrap();
    assert_eq!(after, journal.count);
    let path = format!("{}?after={after}&wait=30", openapi::JOURNAL);
    let news: Journal = client::get(&key, &path).await.unwrap();
    assert_eq!(news.first, after);
    let _ends: Value = client::post(&key, openapi::END, &json!({})).await.unwrap();
    control.ended().await;
}

#[tokio::test]
async fn the_clock_is_moved_from_another_process() {
    let (_session, control, key) = controlled("iscsi-service-stopped").await;
    let before = control.description().await.now;
    let call = Jump { seconds: 86_400 };
    let jumped: Jumped = client::post(&key, openapi::JUMP, &call).await.unwrap();
    assert!(jumped.now.duration_since(before) >= SignedDuration::from_hours(24));
    let described: Description = client::get(&key, openapi::SESSION).await.unwrap();
    assert_eq!(described.clock_moved_seconds, 86_400);
}

#[tokio::test]
async fn bad_calls_change_nothing_and_say_what_is_right() {
    let (session, control, key) = controlled("iscsi-service-stopped").await;
    let before = still(&session);
    let with = json!({ "schemes": ["basic"], "user": "x" });
    let proxy_asks = json!({ "fault": "proxy-asks", "with": with });
    let stranger = Key { token: "wrong".to_owned(), ..key.clone() };
    for (key, path, body, status, reason) in [
        (&stranger, openapi::REPAIR, json!({}), 401, "token"),
        (&key, "/v1/nothing", json!({}), 404, openapi::REPAIR),
        (&key, openapi::SESSION, json!({}), 405, "GET"),
        (&key, openapi::BREAK, json!({ "fault": "blocs" }), 400, "did you mean `blocks`"),
        (&key, openapi::BREAK, json!({ "fault": "blocks" }), 400, "`to`"),
        (&key, openapi::BREAK, json!({ "with": { "to": [] } }), 400, "`with` requires `fault`"),
        (&key, openapi::BREAK, json!({ "for-seconds": 0 }), 400, "for-seconds"),
        (&key, openapi::BREAK, json!({ "fautl": "x" }), 400, "fautl"),
        (&key, openapi::BREAK, proxy_asks, 409, "the network has no proxy"),
        (&key, openapi::REVERT, json!({ "number": 7 }), 404, "7"),
        (&key, openapi::REPAIR, json!({ "remedy": "pray" }), 400, "unknown remedy `pray`"),
        (&key, openapi::OPERATE, json!({ "operation": "dance" }), 400, "dance"),
        (&key, openapi::BEGIN_ASK, json!({ "seconds": 0 }), 400, "from 1 to 3660"),
        (&key, openapi::JUMP, json!({ "seconds": 0 }), 400, "from 1 to 315360000"),
    ] {
        match client::post::<Value>(key, path, &body).await {
            Err(client::CallError::Refused { status: seen, error }) => {
                assert_eq!(seen, status, "{path} {body}: {error}");
                assert!(error.contains(reason), "{path} {body}: {error}");
            }
            other => panic!("{path} {body}: {other:?}"),
        }
    }
    let far = Key { control: "192.0.2.1:80".to_owned(), ..key.clone() };
    assert!(client::get::<Value>(&far, openapi::SESSION).await.is_err());
    assert_eq!(still(&session), before);
    drop(control);
}

/// Asks a proxy for the connectivity probe until it is told to end; every request must be answered. Counts them.
async fn ask_on(proxy: String, ended: watch::Receiver<bool>, asked: watch::Sender<usize>) {
    while !*ended.borrow() {
        let mut stream = TcpStream::connect(&proxy).await.unwrap();
        let request = "GET http://www.msftncsi.com/ncsi.txt HTTP/1.1\r\nHost: www.msftncsi.com\r\nConnection: close\r\n\r\n";
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let is_whole = answer.starts_with("HTTP/1.1 200") && answer.ends_with("Microsoft NCSI")
            || answer.starts_with("HTTP/1.1 407") && answer.contains("Basic realm=");
        assert!(is_whole, "{answer}");
        asked.send_modify(|asked| *asked += 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn faults_under_load_lose_no_request_and_leave_nothing() {
    let session =
        open_at("proxy-authentication-required", InitialState::Healthy, Fidelity::Loopback).await;
    let listeners = session.live().network().listeners();
    let proxy = listeners[&Listener::Proxy("10.0.0.5:8080".into())].to_string();
    let before = still(&session);
    let ((end, ended), (count, mut asked)) = (watch::channel(false), watch::channel(0));
    let client = || tokio::spawn(ask_on(proxy.clone(), ended.clone(), count.clone()));
    let clients = [client(), client(), client(), client()];
    for cycle in 0..CYCLES {
        let done = session.break_as_written().await.unwrap();
        session.revert(done.first().unwrap().number).await.unwrap();
        // A busy machine may not have let a client have a turn yet.
        asked.wait_for(|asked| *asked > cycle).await.unwrap();
    }
    end.send_replace(true);
    for client in clients {
        client.await.unwrap();
    }
    assert_eq!(still(&session), before);
    assert!(session.faults().await.is_empty());
    assert_eq!(session.live().network().listeners(), listeners);
}

#[tokio::test]
async fn a_session_is_found_by_its_file() {
    let (_session, control, key) = controlled("iscsi-service-stopped").await;
    let file = control.description().await.session_file;
    assert_eq!(place::find(file.to_str()).unwrap(), key);
    assert!(os::is_private(&std::fs::metadata(&file).unwrap()));
    drop(control);
    let gone = place::find(Some("/nowhere/session.json"));
    assert!(matches!(gone, Err(place::PlaceError::Unreadable { .. })));
}

#[test]
fn the_description_names_every_message() {
    let description = openapi::description();
    let text = description.to_string();
    for path in [openapi::SESSION, openapi::BREAK, openapi::JOURNAL, openapi::BEGIN_ASK] {
        assert!(description["paths"][path].is_object(), "{path}");
    }
    let schemas = description["components"]["schemas"].as_object().unwrap();
    for reference in text.split("\"$ref\":\"").skip(1) {
        let name = reference.split('"').next().unwrap();
        let name = name.strip_prefix("#/components/schemas/").unwrap();
        assert!(schemas.contains_key(name), "{name}");
    }
    let failed = serde_json::to_value(Failed { error: String::new() }).unwrap();
    assert!(
        schemas["Failed"]["properties"]
            .get(failed.as_object().unwrap().keys().next().unwrap())
            .is_some()
    );
}

/// Enough for a lost request to show, and not too many for a slow machine.
const CYCLES: usize = 200;
