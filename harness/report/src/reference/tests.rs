use std::fs;
use std::path::Path;

use super::markdown;
use super::page::{prose, sentence};
use marslab_faults::faults::FAULTS;
use marslab_faults::settings::SETTINGS;
use marslab_remedies::REMEDIES;
use marslab_scenario::catalogue::Catalogue;
use marslab_scenario::corpus::{corpus, plays};

#[test]
fn the_checked_in_reference_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/REFERENCE.md");
    let checked_in = fs::read_to_string(path).unwrap_or_default();
    let now = markdown();
    let mut lines = now.lines().zip(checked_in.lines().chain(std::iter::repeat("")));
    let differs = lines.find(|(now, then)| now != then);
    assert!(
        checked_in == now,
        "scenarios/REFERENCE.md is out of date, first at {differs:?}; write it anew: `cargo run -- reference > \
         scenarios/REFERENCE.md`"
    );
}

#[test]
fn it_is_the_same_every_time() {
    assert!(markdown() == markdown());
}

#[test]
fn everything_is_in_it() {
    let text = markdown();
    let catalogue = Catalogue::known();
    let has = |kind: &str, id: &str| {
        assert!(text.contains(&format!("<a id=\"{kind}-{id}\"></a>")), "{kind} {id}");
    };
    catalogue.failures.keys().for_each(|id| has("failure", id.as_str()));
    catalogue.sections.keys().for_each(|id| has("section", id.as_str()));
    catalogue.messages.keys().for_each(|id| has("message", id.as_str()));
    catalogue.causes.keys().for_each(|id| has("cause", id.as_str()));
    catalogue.remedies.keys().for_each(|id| has("remedy", id.as_str()));
    FAULTS.iter().for_each(|kind| has("fault", kind.name));
    SETTINGS.iter().for_each(|kind| has("setting", kind.name));
    REMEDIES.iter().for_each(|kind| has("remedy", kind.name));
    for scenario in corpus().iter().filter(|it| it.plays.iter().any(|it| it.failure.is_some())) {
        assert!(text.contains(&format!("`{}`", scenario.name)), "{}", scenario.name);
    }
    for error in plays().filter_map(|play| play.expect.error.as_deref()) {
        assert!(catalogue.message(error).is_some(), "the error {error} is not in the messages");
    }
}

#[test]
fn every_link_leads_somewhere() {
    let text = markdown();
    let targets = text.split("](#").skip(1).filter_map(|rest| rest.split(')').next());
    for target in targets {
        assert!(text.contains(&format!("<a id=\"{target}\"></a>")), "nothing is at #{target}");
    }
}

#[test]
fn texts() {
    assert_eq!(prose("*.a_b <c> `*.a_b <c>`"), r"\*.a\_b &lt;c> `*.a_b <c>`");
    assert_eq!(sentence("äh"), "Äh.");
    assert_eq!(sentence("Why?"), "Why?");
    assert_eq!(sentence(""), ".");
}
