//! The report for continuous integration: JUnit XML.
//!
//! A play is a test case; those of one section of the articles are a suite, compounds and controls two more. A mismatch is a
//! failure whose type is its kind, an inconclusive play a failure of the type `inconclusive`. A scenario that does not fit its
//! own world is an error of the type `not-playable`, and where the lab itself failed, one of the type `lab-failed`. A case that is beyond the articles of 2019 has the property `beyond`, the
//! article's id; one of a scenario file has the attributes `file` and `line`. The properties of a suite are those of the run:
//! version of marslab, seed, fidelity, subject, whether that was isolated and served, and whether the run was interrupted.
//! Real times, and when the run began, are there where they were measured.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::Duration;

use quick_junit::{NonSuccessKind, Property, Report, TestCase, TestCaseStatus, TestSuite};

use super::changes::Paths;
use super::paint::clean;
use super::prose::ProseStyle;
use super::{Ending, Measured, PlayStory, Summary, explain, section_of};
use marslab_engine::verdict::{Mismatch, Verdict};

/// Writes the document.
pub fn write(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    let mut suites: BTreeMap<&str, TestSuite> = BTreeMap::new();
    for play in summary.plays() {
        let name = section_of(&play.info);
        let suite = suites.entry(name).or_insert_with(|| suite(name, summary));
        suite.add_test_case(case(name, play, summary)?);
    }
    let mut report = Report::new("marslab");
    report.add_test_suites(suites.into_values());
    report.serialize(out).map_err(io::Error::other)
}

fn suite(name: &str, summary: &Summary) -> TestSuite {
    let mut suite = TestSuite::new(name);
    if let Some(Measured { begun, .. }) = summary.measured() {
        suite.extra.insert("timestamp".into(), begun.as_str().into());
    }
    suite.add_property(Property::new("marslab", env!("CARGO_PKG_VERSION")));
    if summary.is_interrupted() {
        suite.add_property(Property::new("interrupted", "true"));
    }
    if let Some(run) = summary.run() {
        suite.add_property(Property::new("seed", run.seed.to_string()));
        suite.add_property(Property::new("fidelity", run.fidelity.name()));
        suite.add_property(Property::new("subject", run.subject.as_str()));
        suite.add_property(Property::new("isolation", run.isolation.name().replace(' ', "-")));
        suite.add_property(Property::new("served", run.is_served.to_string()));
    }
    suite
}

fn case(suite: &str, play: &PlayStory, summary: &Summary) -> io::Result<TestCase> {
    let mut case = TestCase::new(play.info.label(), status(play));
    case.set_classname(format!("marslab.{suite}"));
    if let Some(file) = &play.info.file {
        case.extra.insert("file".into(), file.as_str().into());
        case.extra.insert("line".into(), play.info.line.unwrap_or(1).to_string().into());
    }
    let times = summary.measured().and_then(|measured| measured.plays.get(&play.info.label()));
    if let Some(seconds) = times.and_then(|seconds| Duration::try_from_secs_f64(*seconds).ok()) {
        case.set_time(seconds);
    }
    if play.info.beyond {
        case.add_property(Property::new("beyond", play.info.article.as_str()));
    }
    if play.ending != Ending::Verdict(Verdict::Confirmed) {
        let mut story = Vec::new();
        let style = ProseStyle { paths: Paths::Told, ..ProseStyle::plain() };
        explain::tell(&mut story, play, style, &mut || Ok(()))?;
        case.set_system_out_lossy(story);
    }
    Ok(case)
}

fn status(play: &PlayStory) -> TestCaseStatus {
    match &play.ending {
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
            not_confirmed(NonSuccessKind::Error, play.ending.name(), error, error)
        }
        Ending::Open => {
            let reason = "the play has not finished";
            not_confirmed(NonSuccessKind::Error, "lab-failed", reason, reason)
        }
    }
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
