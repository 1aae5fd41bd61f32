use jiff::{SignedDuration, Timestamp};
use marslab_model::Name;
use marslab_model::host::Answer;

use super::is_otherwise;

/// A clock that tells `at` seconds.
fn clock(at: i64) -> Answer {
    Answer::Now(Timestamp::from_second(at).unwrap())
}

#[test]
fn a_clock_that_has_gone_on_says_nothing_else() {
    let waited = (SignedDuration::from_secs(60), SignedDuration::from_secs(5));
    assert!(!is_otherwise((&clock(1_060), &clock(1_005)), waited));
    assert!(is_otherwise((&clock(1_060), &clock(1_060)), waited));
    assert!(is_otherwise((&clock(1_005), &clock(1_060)), waited));
    let [one, other] = ["SRV01", "SRV02"].map(|name| Answer::ComputerName(Name::new(name)));
    assert!(is_otherwise((&one, &other), waited));
    assert!(!is_otherwise((&one, &one), waited));
}
