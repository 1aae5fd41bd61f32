//! Scores: what a core does not know costs it the areas of that, and no others.

use std::collections::BTreeSet;

use marslab::corpus;
use marslab::report::Summary;
use marslab::report::scores::{Score, Scores};
use marslab::scenario::Play;
use marslab::subject_runner::{RustSubject, SubjectRunner};
use marslab_core::Altered;
use marslab_tests::{memory, reference};

use crate::runs::{cores, played_by};

#[test]
fn a_missing_rule_costs_only_its_own_area() {
    let proxy =
        Altered(|said| said.findings.retain(|it| it.cause != "proxy-authentication-required"));
    only_these_suffer("proxy-authentication-required", proxy, &["required-hosts"]);
    let key = Altered(|said| said.findings.retain(|it| it.cause != "kek-missing"));
    only_these_suffer("kek-missing", key, &["machine"]);
}

#[track_caller]
fn only_these_suffer(cause: &str, without: Altered, areas: &[&str]) {
    // All plays that have it, and some of every kind.
    let has_it = |play: &&Play| {
        play.expect.findings.iter().flat_map(|group| &group.any).any(|it| it.as_str() == cause)
    };
    let mut plays: Vec<&Play> = corpus::plays().filter(has_it).collect();
    plays.extend(corpus::plays().step_by(11).filter(|play| !has_it(play)));
    let whole = scores(&plays, &reference());
    let lacking = scores(&plays, &RustSubject::new("lacking", without));
    // Not the counts: a compound ends with the first answer that is wrong, and what is in the way of what is not asked then.
    let f1 = |score: &Score| [score.cause.f1, score.about.f1, score.both.f1];
    let suffers = |(area, score): (&String, &Score)| {
        (whole.areas.get(area).map(f1) != Some(f1(score))).then(|| area.clone())
    };
    let suffer: BTreeSet<String> = lacking.areas.iter().filter_map(suffers).collect();
    assert_eq!(suffer, areas.iter().map(ToString::to_string).collect(), "without {cause}");
    for area in areas {
        let of = |scores: &Scores| scores.areas.get(*area).map(|score| score.both);
        let (before, after) = (of(&whole).unwrap(), of(&lacking).unwrap());
        assert_eq!(before.f1, Some(1.0));
        assert!(after.missed > 0 && after.wrong == 0 && after.f1 < before.f1, "{after:?}");
    }
}

fn scores(plays: &[&Play], subject: &dyn SubjectRunner) -> Scores {
    Scores::of(&played_by(subject, plays, &memory(), cores(), Summary::default()))
}
