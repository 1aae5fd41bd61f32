//! Cores with a bad habit: each is the reference core but for one thing, and each is caught by a scenario that is named
//! here, in words that say how.

use std::sync::Mutex;

use async_trait::async_trait;
use marslab::catalogue::Catalogue;
use marslab::subject_runner::RustSubject;
use marslab::verdict::Verdict;
use marslab_core::{ReferenceCore, WithoutLanguage};
use marslab_model::host::{Account, Hooked, HostRead};
use marslab_model::subject::SubjectError;
use marslab_model::world::Language;
use marslab_model::{Complaint, Diagnosis, Finding, Level, Name, Subject};
use marslab_tests::{memory, play, verdict};

use crate::distortion::HostDistortion;

/// A habit.
enum Habit {
    /// Knows a message's first documented cause, and looks no further.
    FirstCauseOfTheSection,
    /// Stops at its first finding.
    StopsAtTheFirst,
    /// Says what it said the time before.
    Remembers(Mutex<Option<Diagnosis>>),
    /// Looks in a wrong way.
    Looks(HostDistortion),
    /// Has checked everything, it says.
    NeverUnchecked,
    /// Knows English only.
    EnglishOnly,
    /// Recommends a restart for everything.
    OneRemedy,
    /// Takes five per cent of the volume, not of the backup data, for the space that a backup needs.
    WrongBase,
}

#[async_trait]
impl Subject for Habit {
    async fn diagnose(
        &self,
        told: &Complaint,
        host: &dyn HostRead,
    ) -> Result<Diagnosis, SubjectError> {
        if let Self::Looks(wrongly) = self {
            return ReferenceCore.diagnose(told, &Hooked::new(host, *wrongly)).await;
        }
        if matches!(self, Self::EnglishOnly) && told.language != Language::English {
            return WithoutLanguage(told.language).diagnose(told, host).await;
        }
        let mut said = ReferenceCore.diagnose(told, host).await?;
        match self {
            Self::FirstCauseOfTheSection => said.findings = first_cause(told).into_iter().collect(),
            Self::StopsAtTheFirst => said.findings.truncate(1),
            Self::Remembers(last) => {
                let now = said.clone();
                said = last.lock().unwrap().replace(now).unwrap_or(said);
            }
            Self::NeverUnchecked => said.unchecked.clear(),
            Self::WrongBase => {
                let volumes = host.volumes(&Account::System).unwrap();
                let is_low = volumes.get(&Name::new("C:")).is_some_and(|it| it.free < it.size / 20);
                said.findings.retain(|it| it.cause != "scratch-volume-full");
                said.findings.extend(is_low.then(|| finding("scratch-volume-full", Some("C:"))));
            }
            Self::OneRemedy => {
                let restart = || Some("restart-server".to_owned());
                said.findings.iter_mut().for_each(|it| it.remedy = restart());
            }
            Self::Looks(_) | Self::EnglishOnly => {}
        }
        Ok(said)
    }
}

fn finding(cause: &str, about: Option<&str>) -> Finding {
    let about = about.map(str::to_owned);
    Finding {
        cause: cause.to_owned(),
        about,
        level: Level::Cause,
        evidence: Vec::new(),
        remedy: None,
    }
}

/// The first cause of the first row that is documented with a message.
fn first_cause(told: &Complaint) -> Option<Finding> {
    let catalogue = Catalogue::known();
    let mut rows = catalogue.failures_in_order();
    let row = rows.find(|row| {
        row.errors.iter().any(|id| {
            catalogue
                .message(id.as_str())
                .is_some_and(|it| told.message.contains(it.text.in_language(told.language)))
        })
    });
    row?.causes.first().map(|cause| finding(cause.as_str(), None))
}

/// The scenario that catches a habit, and what the report says.
#[track_caller]
fn is_caught(habit: Habit, scenario: &str, words: &str) {
    is_caught_in(Language::English, habit, scenario, words);
}

#[track_caller]
fn is_caught_in(language: Language, habit: Habit, scenario: &str, words: &str) {
    let options = marslab::play::Options { language, ..memory() };
    let seen = verdict(&play(scenario), &RustSubject::new("habit", habit), &options);
    assert!(matches!(seen, Verdict::Mismatch(_)), "{scenario}: {seen}");
    assert!(seen.to_string().contains(words), "{scenario}: {seen}");
}

#[test]
fn who_names_the_first_cause_of_the_section() {
    is_caught(
        Habit::FirstCauseOfTheSection,
        "credentials-superseded",
        "found `earlier-agent-installed`",
    );
    is_caught(Habit::FirstCauseOfTheSection, "credentials-47-hours-old", "finds nothing");
}

#[test]
fn who_stops_at_the_first_finding() {
    is_caught(Habit::StopsAtTheFirst, "trigger-off-and-policy-restricted", "not found");
    is_caught(Habit::StopsAtTheFirst, "service-stopped-and-clock-skewed", "the subject finds `");
}

#[test]
fn who_ignores_accounts() {
    is_caught(
        Habit::Looks(HostDistortion::OneAccount),
        "proxy-right-for-user-wrong-for-system",
        "the subject finds `",
    );
}

#[test]
fn who_remembers_the_last_run() {
    is_caught(
        Habit::Remembers(Mutex::default()),
        "iscsi-service-stopped",
        "the subject found nothing",
    );
}

#[test]
fn who_trusts_what_is_configured_over_what_runs() {
    is_caught(Habit::Looks(HostDistortion::Configured), "restart-pending", "restart-pending");
}

#[test]
fn who_takes_local_time_for_utc() {
    is_caught(Habit::Looks(HostDistortion::WallClock), "credentials-47-hours-old", "finds nothing");
}

#[test]
fn who_takes_what_is_set_for_switched_on() {
    is_caught(
        Habit::Looks(HostDistortion::Switches),
        "proxy-that-is-switched-off",
        "finds nothing",
    );
}

#[test]
fn who_looks_at_any_volume() {
    is_caught(Habit::Looks(HostDistortion::OneVolume), "data-volume-nearly-full", "finds nothing");
}

#[test]
fn who_never_says_unchecked() {
    is_caught(Habit::NeverUnchecked, "range-blocked-behind-a-wrong-proxy", "silent on unchecked");
}

#[test]
fn who_knows_english_only() {
    is_caught_in(Language::Korean, Habit::EnglishOnly, "told-as-another-operation", "finds `");
}

#[test]
fn who_has_the_threshold_in_the_wrong_base() {
    is_caught(Habit::WrongBase, "scratch-volume-with-just-enough-space", "finds nothing");
    is_caught(Habit::WrongBase, "passphrase-scratch-no-space", "finds nothing");
}

#[test]
fn who_has_one_remedy_for_everything() {
    is_caught(Habit::OneRemedy, "passphrase-kek-missing", "recommended `restart-server`");
    is_caught(Habit::OneRemedy, "scratch-full-and-kek-missing", "a documented remedy for `");
    let advised = "a documented remedy for `agent-outdated`: `update-agent`";
    is_caught(Habit::OneRemedy, "agent-outdated", advised);
}
