use std::collections::BTreeSet;

use super::{PROGRAMS, names};

#[test]
fn names_are_in_order_and_have_a_usage() {
    let listed: Vec<_> = names().collect();
    let sorted: BTreeSet<_> = names().collect();
    assert_eq!(listed, sorted.into_iter().collect::<Vec<_>>());
    for program in PROGRAMS {
        assert!(!program.usage().is_empty() && !program.about().is_empty(), "{}", program.name());
    }
}
