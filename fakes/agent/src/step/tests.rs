use std::collections::BTreeSet;

use super::Step;

#[test]
fn every_step_has_a_name_and_a_line_of_its_own() {
    let mut names = BTreeSet::new();
    for step in Step::ALL {
        assert!(names.insert(step.as_str()), "{step}");
        assert_eq!(Step::named(step.as_str()), Some(*step));
        assert!(step.documentation().ends_with('.'), "{step}");
        assert!(!step.operations().is_empty(), "{step}");
        let variant: String = step.as_str().split('-').map(capitalised).collect();
        assert_eq!(format!("{step:?}"), variant);
    }
    assert_eq!(Step::named("decide"), None);
}

fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_ascii_uppercase() + rest
}
