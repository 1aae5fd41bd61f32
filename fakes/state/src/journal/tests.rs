use http::Request;
use jiff::Timestamp;

use super::{BYTES_MAX, ENTRIES_MAX, Journal, JournalEntry};
use crate::exchange::{Exchange, Text};

fn entry(answer: usize, exchange: Option<Exchange>) -> JournalEntry {
    JournalEntry {
        at: Timestamp::UNIX_EPOCH,
        to: "to".to_owned(),
        what: "what".to_owned(),
        answer: answer.to_string(),
        exchange: exchange.map(Box::new),
    }
}

#[test]
fn a_part_of_the_entries() {
    let journal = Journal::default();
    (0..5).for_each(|index| journal.record(entry(index, None)));
    let part = |seen, at_most| {
        let (first, list) = journal.after(seen, at_most);
        (first, list.into_iter().map(|entry| entry.answer).collect::<Vec<_>>().join(" "))
    };
    assert_eq!(part(0, usize::MAX), (0, "0 1 2 3 4".to_owned()));
    assert_eq!(part(0, 2), (0, "0 1".to_owned()));
    assert_eq!(part(2, 2), (2, "2 3".to_owned()));
    assert_eq!(part(9, 2), (5, String::new()));
}

#[test]
fn a_full_journal_forgets_its_oldest_entries() {
    let journal = Journal::default();
    (0..ENTRIES_MAX + 3).for_each(|index| journal.record(entry(index, None)));
    let (first, list) = journal.after(0, usize::MAX);
    assert_eq!((first, list.len()), (3, ENTRIES_MAX));

    let heavy = Exchange::of(Timestamp::UNIX_EPOCH, "http", "host:80", &Request::new(()), 0);
    let page = format!("HTTP/1.1 407 No\r\n\r\n{}", "x".repeat(4_000));
    let heavy = heavy.answered_with(page.as_bytes(), Text::Shown);
    (0..ENTRIES_MAX).for_each(|index| journal.record(entry(index, Some(heavy.clone()))));
    let kept: usize = journal.take().iter().map(JournalEntry::weight).sum();
    assert!((BYTES_MAX - 10_000..=BYTES_MAX).contains(&kept), "{kept}");
    // What was taken weighs nothing any more.
    journal.record(entry(0, Some(heavy)));
    assert_eq!(journal.take().len(), 1);
}
