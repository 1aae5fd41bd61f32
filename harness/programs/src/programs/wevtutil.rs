//! `wevtutil`: event logs. Of a record the lab keeps time, number, source and text; of queries only those for numbers of events are
//! understood. The layout of `/f:text`, the lines of a log that is missing and the exit codes are those of outputs that people have
//! published (Windows 10, 11, Server 2016, 2019).

use async_trait::async_trait;
use marslab_model::Name;
use marslab_model::host::EventRecord;
use marslab_shell::Printed;
use marslab_shell::dates;
use marslab_shell::event_logs::is_of_windows;

use crate::page::Page;

use crate::program::{Call, Program};

pub(super) struct Wevtutil;

#[async_trait]
impl Program for Wevtutil {
    fn name(&self) -> &'static str {
        "wevtutil"
    }

    fn about(&self) -> &'static str {
        "event logs"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["el", "qe LOG [/c:COUNT] [/rd:true] [/f:text|xml] [/q:*[System[(EventID=ID)]]]"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let verb = call.arg(0).unwrap_or_default().to_ascii_lowercase();
        match verb.as_str() {
            "el" | "enum-logs" => {
                let names = call.host().event_logs();
                Printed::ok(names.iter().map(|name| format!("{name}\n")).collect::<String>())
            }
            "qe" | "query-events" => query(call),
            _ => Printed::failed(INVALID, "Invalid command.\nThe parameter is incorrect.\n"),
        }
    }
}

/// What a query asks for.
#[derive(Default)]
struct Options {
    count: Option<usize>,
    newest_first: bool,
    as_text: bool,
    ids: Vec<u32>,
}

impl Options {
    fn read(words: &[String]) -> Option<Self> {
        let mut options = Self::default();
        for word in words {
            let (name, value) = word.strip_prefix('/')?.split_once(':')?;
            match name.to_ascii_lowercase().as_str() {
                "c" | "count" => options.count = Some(value.parse().ok()?),
                "rd" | "reversedirection" => {
                    options.newest_first = value.eq_ignore_ascii_case("true");
                }
                "f" | "format" => options.as_text = value.eq_ignore_ascii_case("text"),
                "q" | "query" => options.ids = ids(value)?,
                _ => return None,
            }
        }
        Some(options)
    }
}

/// The numbers in `*[System[(EventID=1 or EventID=2)]]`; none for `*`.
fn ids(query: &str) -> Option<Vec<u32>> {
    if query == "*" {
        return Some(Vec::new());
    }
    let mut parts = query.split("EventID");
    parts.next()?;
    let number = |part: &str| {
        let digits: String =
            part.trim_start_matches([' ', '=']).chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    let ids: Option<Vec<u32>> = parts.map(number).collect();
    ids.filter(|ids| !ids.is_empty())
}

fn query(call: &Call<'_>) -> Printed {
    let Some(log) = call.arg(1).map(Name::new) else {
        let text = "Required argument(s) is/are not specified.\nThe parameter is incorrect.\n";
        return Printed::failed(INVALID, text);
    };
    let Some(options) = Options::read(call.args.get(2..).unwrap_or_default()) else {
        return Printed::failed(INVALID, "Invalid option or query.\nThe parameter is incorrect.\n");
    };
    let is_there = call.host().event_logs().contains(&log);
    if !is_there && is_of_windows(log.as_str()) {
        return Printed::failed(
            MISSING,
            format!("wevtutil: the log {log} is not part of the lab.\n"),
        );
    }
    if !is_there {
        let missing = "The specified channel could not be found.\n";
        let text = format!("{missing}\nFailed to open event query.\n{missing}");
        return Printed::failed(MISSING, text);
    }
    let mut records = match call.host().events(&log) {
        Ok(records) => records,
        Err(error) => return call.refused(&error),
    };
    records.retain(|record| options.ids.is_empty() || options.ids.contains(&record.id));
    if options.newest_first {
        records.reverse();
    }
    records.truncate(options.count.unwrap_or(usize::MAX));
    let computer = call.host().full_name();
    let mut page = Page::default();
    for (index, record) in records.iter().enumerate() {
        if options.as_text {
            let place = Place { log: &log, computer: &computer, index };
            text(call, &mut page, record, &place);
        } else {
            page.line(xml(record, &log, &computer));
        }
    }
    Printed::ok(page.text())
}

struct Place<'a> {
    log: &'a Name,
    computer: &'a Name,
    index: usize,
}

fn text(call: &Call<'_>, page: &mut Page, record: &EventRecord, place: &Place<'_>) {
    let at = dates::local(call.host(), record.at).strftime("%Y-%m-%dT%H:%M:%S.000").to_string();
    page.line(format!("Event[{}]:", place.index)).line(format!("  Log Name: {}", place.log));
    page.line(format!("  Source: {}", record.source)).line(format!("  Date: {at}"));
    page.line(format!("  Event ID: {}", record.id)).line("  Task: N/A").line("  Level: N/A");
    page.line("  Opcode: N/A").line("  Keyword: N/A").line("  User: N/A").line("  User Name: N/A");
    page.line(format!("  Computer: {}", place.computer)).line("  Description: ");
    page.line(&record.message).blank();
}

fn xml(record: &EventRecord, log: &Name, computer: &Name) -> String {
    let (source, id, message) = (escaped(&record.source), record.id, escaped(&record.message));
    format!(
        "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='{source}'/>\
         <EventID>{id}</EventID><TimeCreated SystemTime='{}'/><Channel>{log}</Channel><Computer>{computer}</Computer>\
         </System><EventData><Data>{message}</Data></EventData></Event>",
        record.at
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\'', "&apos;")
}

/// `ERROR_INVALID_PARAMETER`.
const INVALID: u32 = 87;
/// `ERROR_EVT_CHANNEL_NOT_FOUND`.
const MISSING: u32 = 15_007;
