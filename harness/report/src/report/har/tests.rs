use std::collections::BTreeSet;

use serde_json::Value;

use super::{write, write_journal};
use crate::report::tests::events::{confirmed, healthy, run_started, started};
use crate::report::{Keeps, Summary};
use marslab_engine::event::{BeatRecord, Event};
use marslab_engine::journal_entry::{Entry, Header, Http, Response};
use marslab_engine::verdict::Beat;
use marslab_state::exchange::Text;
use marslab_state::{Exchange, JournalEntry};

fn said(second: i64, what: &str, answer: &str, exchange: Option<Exchange>) -> JournalEntry {
    let at = jiff::Timestamp::from_second(second).unwrap();
    let [to, what, answer] = ["10.0.0.5:8080", what, answer].map(str::to_owned);
    JournalEntry { at, to, what, answer, exchange: exchange.map(Box::new) }
}

/// A page of a proxy, a connection that was not had, one that was, and what is no HTTP.
fn talk() -> Vec<JournalEntry> {
    let began = jiff::Timestamp::from_second(1).unwrap();
    let request = http::Request::builder().uri("/a?of=srv01&code=x").header("Cookie", "a=b");
    let asked = Exchange::of(began, "http", "www.msftncsi.com:80", &request.body(()).unwrap(), 3);
    let page = b"HTTP/1.1 407 Who?\r\nContent-Type: text/html\r\nLocation: http://a/\r\n\r\n<h1>";
    let login = "pod01.example:3260";
    vec![
        said(0, "dial 10.0.0.5:8080", "connected", None),
        said(
            30,
            "dial 20.190.129.10:443",
            "timed out",
            Some(Exchange::failed(began, "DIAL", "login.windows.net:443")),
        ),
        said(1, "GET /a", "407 (no credentials)", Some(asked.answered_with(page, Text::Shown))),
        said(2, &format!("iSCSI login at {login}"), "OK", None),
    ]
}

fn summary() -> Summary {
    let mut summary = Summary::keeping(Keeps { exchanges: true, ..Keeps::default() });
    let broken = BeatRecord { beat: Beat::Broken, said: talk(), ..healthy() };
    summary.add(run_started(2));
    summary.add(started(0, "b"));
    summary.add(started(1, "a"));
    summary.add(Event::BeatPlayed { index: 0, beat: healthy() });
    summary.add(Event::BeatPlayed { index: 0, beat: broken });
    summary.add(confirmed(0));
    summary.add(Event::RunEnded { unplayed: 0 });
    summary
}

fn archive() -> Value {
    let mut out = Vec::new();
    write(&mut out, &summary()).unwrap();
    serde_json::from_slice(&out).unwrap()
}

/// What the specification marks as required, by object; `[]` is each of a list.
const REQUIRED: &[(&str, &[&str])] = &[
    ("/log", &["version", "creator", "entries"]),
    ("/log/creator", &["name", "version"]),
    ("/log/pages/[]", &["startedDateTime", "id", "title", "pageTimings"]),
    ("/log/entries/[]", &["startedDateTime", "time", "request", "response", "cache", "timings"]),
    (
        "/log/entries/[]/request",
        &[
            "method",
            "url",
            "httpVersion",
            "cookies",
            "headers",
            "queryString",
            "headersSize",
            "bodySize",
        ],
    ),
    (
        "/log/entries/[]/response",
        &[
            "status",
            "statusText",
            "httpVersion",
            "cookies",
            "headers",
            "content",
            "redirectURL",
            "headersSize",
            "bodySize",
        ],
    ),
    ("/log/entries/[]/response/content", &["size", "mimeType"]),
    ("/log/entries/[]/timings", &["send", "wait", "receive"]),
];

fn at<'a>(value: &'a Value, place: &str) -> Vec<&'a Value> {
    place.split('/').filter(|step| !step.is_empty()).fold(vec![value], |found, step| {
        let inner = found.into_iter().flat_map(|it| match step {
            "[]" => it.as_array().unwrap().iter().collect::<Vec<_>>(),
            name => vec![&it[name]],
        });
        inner.collect()
    })
}

#[test]
fn everything_that_is_required_is_there() {
    let archive = archive();
    for (place, keys) in REQUIRED {
        let objects = at(&archive, place);
        assert!(!objects.is_empty(), "{place}");
        for object in objects {
            for key in *keys {
                assert!(!object[*key].is_null(), "{place} has no {key}: {object}");
            }
        }
    }
    assert_eq!(archive["log"]["version"], "1.2");
    let pages: BTreeSet<&str> =
        at(&archive, "/log/pages/[]/id").into_iter().filter_map(Value::as_str).collect();
    for page in at(&archive, "/log/entries/[]/pageref") {
        assert!(pages.contains(page.as_str().unwrap()));
    }
    // Whatever applies adds up to the whole.
    for entry in at(&archive, "/log/entries/[]") {
        let parts = entry["timings"].as_object().unwrap().values().filter_map(Value::as_f64);
        let sum: f64 = parts.filter(|part| *part >= 0.0).sum();
        assert_eq!(Some(sum), entry["time"].as_f64(), "{entry}");
    }
}

#[test]
fn a_play_is_a_page_and_its_exchanges_are_in_order() {
    let archive = archive();
    let titles: Vec<&Value> = at(&archive, "/log/pages/[]/title");
    assert_eq!(titles, ["a", "b"]);
    let [dialled, asked] = at(&archive, "/log/entries/[]")[..] else { panic!("{archive}") };
    assert_eq!(
        dialled["comment"],
        "beat 2 (broken): 10.0.0.5:8080: dial 20.190.129.10:443 → timed out"
    );
    assert_eq!(dialled["request"]["url"], "https://login.windows.net/");
    assert_eq!(
        (&dialled["response"]["status"], &dialled["_error"]),
        (&0.into(), &"timed out".into())
    );
    assert_eq!(
        (&dialled["time"], &dialled["timings"]["connect"]),
        (&29_000.0.into(), &29_000.0.into())
    );
    assert_eq!(asked["startedDateTime"], "1970-01-01T00:00:01Z");
    assert_eq!((&asked["serverIPAddress"], &asked["_error"]), (&"10.0.0.5".into(), &Value::Null));
    assert_eq!(asked["request"]["url"], "http://www.msftncsi.com/a?of=srv01&code=redacted");
    assert_eq!(asked["request"]["queryString"][1]["value"], "redacted");
    assert_eq!(asked["request"]["headers"][0]["value"], "redacted");
    assert_eq!(asked["request"]["bodySize"], 3);
    let response = &asked["response"];
    assert_eq!((&response["status"], &response["statusText"]), (&407.into(), &"Who?".into()));
    assert_eq!(response["content"]["mimeType"], "text/html");
    assert_eq!(
        (&response["content"]["text"], &response["content"]["size"]),
        (&"<h1>".into(), &4.into())
    );
    assert_eq!(response["redirectURL"], "http://a/");
}

#[test]
fn a_summary_keeps_the_wire_only_where_it_is_wanted() {
    let mut plain = Summary::default();
    plain.add(run_started(1));
    plain.add(started(0, "a"));
    let beat = BeatRecord { said: talk(), ..healthy() };
    plain.add(Event::BeatPlayed { index: 0, beat });
    assert!(plain.play(0).unwrap().beats.iter().all(|beat| beat.said.is_empty()));
}

/// What another process has read of a session's journal.
#[test]
fn a_journal_is_one_page() {
    let header = Header { name: "server".to_owned(), value: "x".to_owned() };
    let response = Response {
        version: "HTTP/1.1".to_owned(),
        status: 200,
        reason: "OK".to_owned(),
        headers: vec![header],
        body_bytes: 9,
        text: None,
    };
    let exchange = Http {
        began: "2019-06-17T01:00:00Z".to_owned(),
        microseconds: 1_500,
        method: "POST".to_owned(),
        url: "https://login.windows.net/t".to_owned(),
        version: "HTTP/1.1".to_owned(),
        headers: Vec::new(),
        body_bytes: 0,
        response: Some(response),
    };
    let entry = Entry {
        at: "2019-06-17T01:00:01Z".to_owned(),
        to: "login.windows.net".to_owned(),
        what: "POST /t".to_owned(),
        answer: "200".to_owned(),
        exchange: Some(exchange),
    };
    let mut out = Vec::new();
    write_journal(&mut out, "kek-missing", &[entry.clone(), Entry { exchange: None, ..entry }])
        .unwrap();
    let archive: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(archive["log"]["pages"][0]["title"], "kek-missing");
    assert_eq!(archive["log"]["entries"].as_array().unwrap().len(), 1);
    let entry = &archive["log"]["entries"][0];
    assert_eq!(entry["time"], 1.5);
    assert_eq!(entry["response"]["content"]["comment"], "withheld: it may contain a secret");
}

/// As texts they would sort the other way round.
#[test]
fn whole_seconds_come_before_their_parts() {
    let mut archive = super::Archive::default();
    let told = |nanosecond| {
        let began = jiff::Timestamp::new(41, nanosecond).unwrap();
        let said = said(42, "dial", "refused", Some(Exchange::failed(began, "DIAL", "a:80")));
        super::entry(&Entry::from(said), "").unwrap()
    };
    let page = super::Page::new("p", "p", "");
    archive.add(page, [290_000_000, 280_000_000, 282_000_000, 0].map(told).into());
    let mut out = Vec::new();
    archive.write(&mut out).unwrap();
    let archive: Value = serde_json::from_slice(&out).unwrap();
    let times = at(&archive, "/log/entries/[]/startedDateTime");
    let seconds: Vec<&str> =
        times.iter().filter_map(|it| it.as_str()?.strip_prefix("1970-01-01T00:00:")).collect();
    assert_eq!(seconds, ["41Z", "41.28Z", "41.282Z", "41.29Z"]);
}
