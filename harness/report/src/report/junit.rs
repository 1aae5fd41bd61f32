//! The report for continuous integration: JUnit XML.
//!
//! A play is a test case; those of one section of the articles are a suite, compounds and controls two more. A mismatch is a
//! failure whose type is its kind, an inconclusive play a failure of the type `inconclusive`, and where the lab itself
//! failed, an error of the type `lab-failed`. A case that is beyond the articles of 2019 has the property `beyond`, the
//! article's id. The properties of a suite are those of the run: seed, fidelity, subject, and whether that was isolated and served. There are
//! no times.

use std::collections::BTreeMap;
use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Property, Report, TestCase, TestCaseStatus, TestSuite};

use super::paint::clean;
use super::{Ending, PlayStory, Summary, explain, section_of};
use marslab_engine::verdict::{Mismatch, Verdict};
use marslab_scenario::scenario::Paint;

/// Writes the document.
pub fn write(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    let mut suites: BTreeMap<&str, TestSuite> = BTreeMap::new();
    for play in summary.plays() {
        let name = section_of(&play.info);
        let suite = suites.entry(name).or_insert_with(|| suite(name, summary));
        suite.add_test_case(case(name, play)?);
    }
    let mut report = Report::new("marslab");
    report.add_test_suites(suites.into_values());
    report.serialize(out).map_err(io::Error::other)
}

fn suite(name: &str, summary: &Summary) -> TestSuite {
    let mut suite = TestSuite::new(name);
    if let Some(run) = summary.run() {
        suite.add_property(Property::new("seed", run.seed.to_string()));
        suite.add_property(Property::new("fidelity", run.fidelity.name()));
        suite.add_property(Property::new("subject", run.subject.as_str()));
        suite.add_property(Property::new("isolation", run.isolation.name().replace(' ', "-")));
        suite.add_property(Property::new("served", run.is_served.to_string()));
    }
    suite
}

fn case(suite: &str, play: &PlayStory) -> io::Result<TestCase> {
    let status = match &play.ending {
        Ending::Verdict(Verdict::Confirmed) => TestCaseStatus::success(),
        Ending::Verdict(Verdict::Mismatch(mismatch)) => {
            let message = format!("{}: {}", mismatch.beat, mismatch.kind.name());
            let kind = mismatch.kind.name().replace(' ', "-");
            not_confirmed(NonSuccessKind::Failure, &kind, &message, &details(mismatch))
        }
        Ending::Verdict(Verdict::Inconclusive { reason }) => {
            let reason = reason.to_string();
            not_confirmed(NonSuccessKind::Failure, "inconclusive", &reason, &reason)
        }
        Ending::LabFailed(error) | Ending::NotPlayable(error) => {
            not_confirmed(NonSuccessKind::Error, "lab-failed", error, error)
        }
        Ending::Open => {
            let reason = "the play has not finished";
            not_confirmed(NonSuccessKind::Error, "lab-failed", reason, reason)
        }
    };
    let mut case = TestCase::new(play.info.label(), status);
    case.set_classname(format!("marslab.{suite}"));
    if play.info.beyond {
        case.add_property(Property::new("beyond", play.info.article.as_str()));
    }
    if play.ending != Ending::Verdict(Verdict::Confirmed) {
        let mut story = Vec::new();
        explain::tell(&mut story, play, Paint::Plain)?;
        case.set_system_out_lossy(story);
    }
    Ok(case)
}

fn not_confirmed(kind: NonSuccessKind, name: &str, message: &str, text: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_type(name).set_message(clean(message)).set_description(clean(text));
    status
}

fn details(mismatch: &Mismatch) -> String {
    let mut text = format!("expected: {}\nseen: {}", mismatch.expected, mismatch.seen);
    if let Some(nearest) = &mismatch.nearest {
        text.push_str("\nnearest: ");
        text.push_str(nearest);
    }
    if let Some(stderr) = &mismatch.stderr {
        text.push_str("\nstderr: ");
        text.push_str(stderr);
    }
    text
}
