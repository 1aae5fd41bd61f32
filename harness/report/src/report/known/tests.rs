use marslab_engine::event::Event;
use marslab_engine::verdict::Verdict;

use super::Known;
use crate::report::tests::events::{confirmed, mismatch, run_started, started};
use crate::report::{Counts, Summary};

#[test]
fn a_line_is_a_name_and_perhaps_a_comment() {
    let list = Known::parse("# all of them\n\na/b  # ticket 12\n  c\n");
    assert_eq!(list, Known(["a/b", "c"].map(str::to_owned).into()));
    assert_eq!(Known::parse(""), Known::default());
}

#[test]
fn only_what_is_new_counts_and_what_is_fixed_is_named() {
    let mut summary = Summary::default();
    summary.add(run_started(4));
    for (index, name) in ["new", "known", "fixed", "good"].into_iter().enumerate() {
        summary.add(started(index, name));
        let odd = Event::PlayEnded { index, verdict: Verdict::Mismatch(mismatch()) };
        summary.add(if index < 2 { odd } else { confirmed(index) });
    }
    let known = Known::parse("known\nfixed\nnot played");
    let counts = Counts { confirmed: 2, mismatch: 1, ..Counts::default() };
    assert_eq!(known.unexpected(&summary), counts);
    assert_eq!(known.fixed(&summary), ["fixed".to_owned()].into());
    assert_eq!(Known::default().unexpected(&summary), summary.counts());
}
