use std::collections::BTreeSet;
use std::sync::Arc;

use super::write;
use crate::report::tests::events::{confirmed, run_started, started};
use crate::report::{Keeps, Summary};
use marslab_engine::event::{AskRecord, Event, Expected};
use marslab_engine::trace::{Trace, TracedCall};
use marslab_engine::verdict::Beat;
use marslab_model::Name;
use marslab_model::host::{Account, Answer, Call, FileError};
use snapbox::{IntoData as _, assert_data_eq, str};

/// The calls of an ask.
pub(in crate::report) fn calls() -> Trace {
    let at = jiff::Timestamp::UNIX_EPOCH;
    let call = |call, answer, bytes| TracedCall { call, answer, at, bytes };
    let path = marslab_model::WinPath::new(r"C:\a");
    let calls = vec![
        call(Call::ComputerName {}, Answer::ComputerName(Name::new("SRV")), 12),
        call(
            Call::ReadFile { who: Account::System, path },
            Answer::ReadFile(Err(FileError::NotFound)),
            40,
        ),
    ];
    let methods = [("computer_name", 1), ("read_file", 1)].into();
    Trace { count: 2, bytes: 52, calls, methods, ..Trace::default() }
}

fn asked() -> Event {
    let ask = AskRecord {
        beat: Beat::Diagnosed,
        world: 2,
        seconds: 0,
        expected: Expected::default(),
        said: None,
        out_of_reach: BTreeSet::new(),
        trace: Arc::new(calls()),
    };
    Event::Asked { index: 0, ask }
}

fn summary(keeps: Keeps) -> Summary {
    let mut summary = Summary::keeping(keeps);
    let events =
        [run_started(1), started(0, "a"), asked(), confirmed(0), Event::RunEnded { unplayed: 0 }];
    events.into_iter().for_each(|event| summary.add(event));
    summary
}

fn text(summary: &Summary) -> String {
    let mut out = Vec::new();
    write(&mut out, summary).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_call_is_a_line() {
    let expected = str![[r#"
{"play":"a","beat":"diagnosed","world":2,"ask":0,"call":"computer-name","arguments":{},"answer":{"ok":"SRV"},"bytes":12,"at":"1970-01-01T00:00:00Z"}
{"play":"a","beat":"diagnosed","world":2,"ask":0,"call":"read-file","arguments":{"as":"SYSTEM","path":"C:\\a"},"answer":{"refused":{"code":"not-found","message":"the file does not exist (2)","number":2}},"bytes":40,"at":"1970-01-01T00:00:00Z"}

"#]];
    assert_data_eq!(text(&summary(Keeps { traces: true, ..Keeps::default() })), expected.raw());
}

#[test]
fn counts_are_kept_where_calls_are_not() {
    let summary = summary(Keeps::default());
    assert_eq!(text(&summary), "");
    let trace = &summary.play(0).unwrap().asks[0].trace;
    assert_eq!((trace.count, trace.bytes), (2, 52));
}
