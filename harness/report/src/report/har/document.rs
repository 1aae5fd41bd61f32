//! The shapes of HAR 1.2, as far as the lab has something to say.
//!
//! What the specification asks for and the lab does not know is written as it says: -1 for a size or a time, an empty
//! list, an empty text. Names that begin with an underscore are extensions; `_error` is the one that browsers know.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::net::SocketAddr;

use jiff::Timestamp;
use serde::Serialize;

use marslab_engine::journal_entry::{self, Header, Http};

/// A whole file.
#[derive(Serialize)]
pub(super) struct Archive {
    log: Log,
}

#[derive(Serialize)]
struct Log {
    version: &'static str,
    creator: Creator,
    pages: Vec<Page>,
    entries: Vec<Entry>,
    #[serde(skip_serializing_if = "String::is_empty")]
    comment: String,
}

#[derive(Serialize)]
struct Creator {
    name: &'static str,
    version: &'static str,
}

/// What belongs together.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Page {
    started_date_time: String,
    id: String,
    title: String,
    page_timings: PageTimings,
    comment: String,
}

/// Nothing is loaded by a browser.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PageTimings {
    on_content_load: i64,
    on_load: i64,
}

/// One exchange.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry {
    /// What it is sorted by; nothing sorts first.
    #[serde(skip)]
    began: Option<Timestamp>,
    pageref: String,
    started_date_time: String,
    /// Milliseconds.
    time: f64,
    request: Request,
    response: Response,
    /// No cache is simulated.
    cache: BTreeMap<String, String>,
    timings: Timings,
    #[serde(rename = "serverIPAddress", skip_serializing_if = "Option::is_none")]
    server_ip_address: Option<String>,
    comment: String,
    #[serde(rename = "_error", skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    method: String,
    url: String,
    http_version: String,
    /// Always empty: cookies are credentials. The headers show that there were some.
    cookies: [(); 0],
    headers: Vec<Header>,
    query_string: Vec<Header>,
    headers_size: i64,
    body_size: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Response {
    status: u16,
    status_text: String,
    http_version: String,
    cookies: [(); 0],
    headers: Vec<Header>,
    content: Content,
    #[serde(rename = "redirectURL")]
    redirect_url: String,
    headers_size: i64,
    body_size: i64,
    #[serde(rename = "_error", skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Content {
    size: usize,
    mime_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    comment: &'static str,
}

/// Milliseconds; -1 where something does not apply.
#[derive(Serialize)]
struct Timings {
    blocked: f64,
    dns: f64,
    connect: f64,
    send: f64,
    wait: f64,
    receive: f64,
    ssl: f64,
}

impl Default for Archive {
    fn default() -> Self {
        let creator = Creator { name: "marslab", version: env!("CARGO_PKG_VERSION") };
        let (pages, entries, comment) = (Vec::new(), Vec::new(), String::new());
        let log = Log { version: "1.2", creator, pages, entries, comment };
        Self { log }
    }
}

impl Archive {
    /// Adds a page and what belongs to it, which is then in the order of its times.
    pub(super) fn add(&mut self, mut page: Page, mut entries: Vec<Entry>) {
        // The sort is stable: where time stands still, the order of the journal stays.
        entries.sort_by_key(|entry| entry.began);
        if let Some(first) = entries.first() {
            page.started_date_time.clone_from(&first.started_date_time);
        }
        for entry in &mut entries {
            entry.pageref.clone_from(&page.id);
        }
        self.log.pages.push(page);
        self.log.entries.append(&mut entries);
    }

    /// Says something of the whole.
    pub(super) fn comment(&mut self, comment: String) {
        self.log.comment = comment;
    }

    /// Writes the file.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer(&mut *out, self)?;
        writeln!(out)
    }
}

impl Page {
    pub(super) fn new(id: &str, title: &str, comment: &str) -> Self {
        Self {
            // The start of a page without entries.
            started_date_time: "1970-01-01T00:00:00Z".to_owned(),
            id: id.to_owned(),
            title: title.to_owned(),
            page_timings: PageTimings { on_content_load: UNKNOWN, on_load: UNKNOWN },
            comment: comment.to_owned(),
        }
    }
}

impl Entry {
    pub(super) fn new(said: &journal_entry::Entry, http: &Http, comment: String) -> Self {
        let time = milliseconds(http.microseconds);
        let error = http.response.is_none().then(|| said.answer.clone());
        Self {
            began: http.began.parse().ok(),
            pageref: String::new(),
            started_date_time: http.began.clone(),
            time,
            request: Request::of(http),
            response: Response::of(http, error.as_ref()),
            cache: BTreeMap::new(),
            timings: if http.version.is_empty() {
                Timings { connect: time, ..Timings::default() }
            } else {
                Timings { wait: time, ..Timings::default() }
            },
            // Proxies are known by their address.
            server_ip_address: said.to.parse().ok().map(|at: SocketAddr| at.ip().to_string()),
            comment,
            error,
        }
    }
}

impl Request {
    fn of(http: &Http) -> Self {
        Self {
            method: http.method.clone(),
            url: http.url.clone(),
            http_version: http.version.clone(),
            cookies: [],
            headers: http.headers.clone(),
            query_string: parameters(&http.url),
            headers_size: UNKNOWN,
            body_size: http.body_bytes,
        }
    }
}

impl Response {
    fn of(http: &Http, error: Option<&String>) -> Self {
        let response = http.response.as_ref();
        let headers = response.map(|it| it.headers.clone()).unwrap_or_default();
        let header = |name: &str| {
            let found = headers.iter().find(|it| it.name.eq_ignore_ascii_case(name));
            found.map(|it| it.value.clone()).unwrap_or_default()
        };
        Self {
            status: response.map_or(0, |it| it.status),
            status_text: response.map(|it| it.reason.clone()).unwrap_or_default(),
            http_version: response.map(|it| it.version.clone()).unwrap_or_default(),
            cookies: [],
            content: Content::of(response, header("content-type")),
            redirect_url: header("location"),
            headers_size: UNKNOWN,
            body_size: response
                .map_or(UNKNOWN, |it| i64::try_from(it.body_bytes).unwrap_or(UNKNOWN)),
            error: error.cloned(),
            headers,
        }
    }
}

impl Content {
    fn of(response: Option<&journal_entry::Response>, mime_type: String) -> Self {
        let (size, text) = response.map_or((0, None), |it| (it.body_bytes, it.text.clone()));
        let kept = text.as_ref().map_or(0, String::len);
        let comment = match (kept, size) {
            (kept, size) if kept == size => "",
            (0, _) => "withheld: it may contain a secret",
            _ => "truncated",
        };
        Self { size, mime_type, text, comment }
    }
}

impl Default for Timings {
    fn default() -> Self {
        let none = -1.0;
        let (send, wait, receive) = (0.0, 0.0, 0.0);
        Self { blocked: none, dns: none, connect: none, send, wait, receive, ssl: none }
    }
}

/// The parameters of a URL.
fn parameters(url: &str) -> Vec<Header> {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.map(|(name, value)| Header { name: name.to_owned(), value: value.to_owned() }).collect()
}

/// Exact up to seven weeks; nothing in the lab takes longer.
fn milliseconds(microseconds: u64) -> f64 {
    let whole = u32::try_from(microseconds / 1_000).unwrap_or(u32::MAX);
    let rest = u32::try_from(microseconds % 1_000).unwrap_or_default();
    f64::from(whole) + f64::from(rest) / 1_000.0
}

/// What the specification writes in place of a number that is not known.
const UNKNOWN: i64 = -1;
