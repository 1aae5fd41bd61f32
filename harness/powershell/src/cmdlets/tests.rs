use std::collections::BTreeSet;

use super::{all, find, names, verbs};

#[test]
fn names_and_aliases_are_unique() {
    let mut seen = BTreeSet::new();
    for spec in all().map(|it| it.spec()) {
        for name in spec.aliases.iter().chain([&spec.name]) {
            assert!(seen.insert(name.to_lowercase()), "{name}");
        }
        assert!(find(&spec.name.to_uppercase()).is_some());
        assert!(!spec.class.is_empty(), "{}", spec.name);
    }
}

#[test]
fn names_begin_with_a_verb() {
    for name in names() {
        let verb = name.split('-').next().unwrap();
        let is_format = verb == "Format" || verb == "ForEach";
        assert!(is_format || verbs().contains(&verb), "{name}");
    }
}
