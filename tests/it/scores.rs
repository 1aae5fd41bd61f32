//! Scores: what a core does not know costs it the areas of that, and no others.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use async_trait::async_trait;
use marslab::corpus;
use marslab::report::Summary;
use marslab::report::scores::{Score, Scores};
use marslab::runner::{RunConfig, run};
use marslab::scenario::Play;
use marslab::subject_runner::{RustSubject, SubjectRunner};
use marslab_core::ReferenceCore;
use marslab_model::host::HostRead;
use marslab_model::subject::SubjectError;
use marslab_model::{Complaint, Diagnosis, Subject};
use marslab_tests::{memory, reference};

use crate::runs::cores;

/// The reference core without one rule.
struct Without(&'static str);

#[async_trait]
impl Subject for Without {
    async fn diagnose(
        &self,
        told: &Complaint,
        host: &dyn HostRead,
    ) -> Result<Diagnosis, SubjectError> {
        let mut said = ReferenceCore.diagnose(told, host).await?;
        said.findings.retain(|finding| finding.cause != self.0);
        Ok(said)
    }
}

#[test]
fn a_missing_rule_costs_only_its_own_area() {
    only_these_suffer("proxy-authentication-required", &["required-hosts"]);
    only_these_suffer("kek-missing", &["machine"]);
}

#[track_caller]
fn only_these_suffer(cause: &'static str, areas: &[&str]) {
    // All plays that have it, and some of every kind.
    let has_it = |play: &&Play| {
        play.expect.findings.iter().flat_map(|group| &group.any).any(|it| it.as_str() == cause)
    };
    let mut plays: Vec<&Play> = corpus::plays().filter(has_it).collect();
    plays.extend(corpus::plays().step_by(5).filter(|play| !has_it(play)));
    let whole = scores(&plays, &reference());
    let lacking = scores(&plays, &RustSubject::new("lacking", Without(cause)));
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
    let mut summary = Summary::default();
    let config = RunConfig { jobs: cores(), repeats: NonZeroU32::MIN, fail_fast: false };
    run(plays, subject, &memory(), config, &mut |event| summary.add(event));
    Scores::of(&summary)
}
