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

/// Each cmdlet of Windows and of the agent stands in the README, and nothing else does.
#[test]
fn the_readme_has_every_cmdlet() {
    let page = include_str!("../../../README.md");
    let (_, table) = page.split_once("## PowerShell").unwrap();
    let listed: BTreeSet<&str> = table
        .split('`')
        .skip(1)
        .step_by(2)
        .flat_map(|code| code.split([' ', ',']))
        .filter(|word| word.contains('-') && !word.starts_with('-') && find(word).is_some())
        .collect();
    let missing: Vec<_> = names().filter(|name| !listed.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
