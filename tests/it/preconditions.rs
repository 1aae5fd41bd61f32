//! A precondition of a step, as a customer's own product issue has one, is really checked: it fails by what the call finds.

use std::sync::Arc;

use marslab::live::Step;
use marslab::live::product::{self, Additions};
use marslab::play::Options;
use marslab::scenario::Play;
use marslab::verdict::{MismatchKind, Verdict};
use marslab_tests::{mismatch, plain_memory, play, reference, verdict};

/// Options whose product needs a registry value in a step of a backup.
fn needing(name: &str) -> Options {
    let text = format!(
        r#"
        [[message]]
        id = "acme/no-verifier"
        source = "this test"
        text.en = "Acme cannot go on."

        [[precondition]]
        operations = ["backup"]
        step = "start-engine"
        call = {{ registry-value = {{ key = 'HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config', name = "{name}" }} }}
        needs = "present"
        message = "acme/no-verifier"
        source = "this test"
        "#
    );
    let more: Additions = toml::from_str(&text).unwrap();
    let product = product::embedded().with(more).unwrap();
    Options { product: Arc::new(product), ..plain_memory() }
}

/// The value is removed by the play's fault.
fn expecting_the_message() -> Play {
    let mut play = play("passphrase-never-set");
    play.expect.error = Some("acme/no-verifier".to_owned());
    play.expect.stops_at = Some(Step::StartEngine);
    play
}

/// Were the call not recorded among the reads, the play would be inconclusive.
#[test]
fn a_fault_that_a_precondition_meets_has_fired() {
    let seen = verdict(&expecting_the_message(), &reference(), &needing("KeyVerifier"));
    assert_eq!(seen, Verdict::Confirmed, "{seen}");
}

#[test]
fn a_precondition_that_holds_changes_nothing() {
    let seen = verdict(&play("passphrase-never-set"), &reference(), &needing("MachineId"));
    assert_eq!(seen, Verdict::Confirmed, "{seen}");
}

#[test]
fn a_precondition_that_no_world_meets_is_told_from_the_fault() {
    let seen = verdict(&expecting_the_message(), &reference(), &needing("Acme"));
    assert_eq!(mismatch(&seen), Some(MismatchKind::NotHealthy), "{seen}");
}
