use std::sync::Arc;

use crate::report::html::tests::page;
use crate::report::tests::events::{confirmed, healthy, mismatch, run_started, started, told};
use crate::report::trace::tests::calls;
use crate::report::{CALLS_LISTED_MAX, PLAYS_LISTED_MAX};
use marslab_engine::event::{BeatRecord, Event};
use marslab_engine::trace::Trace;
use marslab_engine::verdict::Verdict;
use marslab_model::host::{Account, Answer, Call};
use marslab_model::{Name, WinPath};

const ROW: &str = "<td>computer-name</td>";

/// The events of a play in which the subject asked this.
fn asked(index: usize, trace: Trace, ended: Event) -> [Event; 3] {
    let beat = BeatRecord { trace: Some(Arc::new(trace)), ..healthy() };
    [started(index, &format!("play-{index}")), Event::BeatPlayed { index, beat }, ended]
}

#[test]
fn calls_are_listed_in_their_beat() {
    let page = page(told());
    for part in [
        "2 calls of the subject",
        "<p>computer-name 1, read-file 1</p>",
        "<td>computer-name</td><td></td><td>&quot;SRV&quot;</td><td>1970-01-01 00:00:00</td>",
        "<td>read-file</td><td>as SYSTEM, path C:\\a</td><td>refused: not-found</td>",
    ] {
        assert!(page.contains(part), "no {part:?} in {page}");
    }
}

#[test]
fn strangers_say_no_more_than_fits() {
    let long = format!("<b>\u{1b}{}", "x".repeat(10_000));
    let mut trace = calls();
    let first = &mut trace.calls[0];
    first.call = Call::ReadFile { who: Account::System, path: WinPath::new(&long) };
    first.answer = Answer::ComputerName(Name::new(&long));
    let calls = trace.calls.iter().cycle().take(400).cloned().collect();
    let trace = Trace { calls, count: 30_000, has_folder: true, ..trace };
    let page = page([vec![run_started(1)], asked(0, trace, confirmed(0)).to_vec()].concat());
    assert!(!page.contains("<b>") && !page.contains('\u{1b}') && !page.contains(&"x".repeat(200)));
    assert!(page.contains("&lt;b&gt;") && page.contains("the folder of drive C:"), "{page}");
    assert_eq!(page.matches("1970-01-01 00:00:00").count(), CALLS_LISTED_MAX);
    assert!(page.contains("And 29800 more; <code>--trace FILE</code> writes all."), "{page}");
}

/// What is not as expected comes first.
#[test]
fn a_page_of_many_plays_lists_the_calls_of_some() {
    let page = |plays: usize, is_odd: fn(usize) -> bool| {
        let mut events = vec![run_started(plays)];
        for index in 0..plays {
            let ended = match is_odd(index) {
                true => Event::PlayEnded { index, verdict: Verdict::Mismatch(mismatch()) },
                false => confirmed(index),
            };
            events.extend(asked(index, calls(), ended));
        }
        page(events)
    };
    let many = PLAYS_LISTED_MAX + 1;
    assert_eq!(page(PLAYS_LISTED_MAX, |_| false).matches(ROW).count(), PLAYS_LISTED_MAX);
    assert_eq!(page(many, |_| true).matches(ROW).count(), PLAYS_LISTED_MAX);
    let one = page(many, |index| index == 7);
    assert_eq!(one.matches(ROW).count(), 1);
    let counted = "<p>computer-name 1, read-file 1</p><p class=\"hint\">Not listed; ";
    assert_eq!(one.matches(counted).count(), many - 1);
}
