//! Grounds: what a subject asked tells a broken world from the same without its faults, and nothing else does.

use async_trait::async_trait;
use marslab::corpus;
use marslab::live::Live;
use marslab::play::{Options, install_all, prepare};
use marslab::recast::Recast;
use marslab::subject_runner::SubjectRunner;
use marslab::trace::TracedLive;
use marslab::verdict::{MismatchKind, Verdict};
use marslab_core::ReferenceCore;
use marslab_model::subject::SubjectError;
use marslab_model::{Complaint, Diagnosis, Subject as _};
use marslab_tests::{memory, mismatch, verdict};

/// Knows all that the reference core finds, and asks nothing for it.
struct Clairvoyant;

#[async_trait]
impl SubjectRunner for Clairvoyant {
    fn name(&self) -> String {
        "clairvoyant".to_owned()
    }

    async fn diagnose(
        &self,
        complaint: &Complaint,
        live: &TracedLive<'_>,
    ) -> Result<Diagnosis, SubjectError> {
        // Past the trace.
        ReferenceCore.diagnose(complaint, live.live().host()).await
    }
}

#[test]
fn what_is_right_without_a_look_is_guessed_in_every_play() {
    for play in corpus::plays().step_by(3) {
        let seen = verdict(play, &Clairvoyant, &memory());
        assert_eq!(mismatch(&seen), Some(MismatchKind::Guessed), "{}: {seen}", play.name);
    }
}

/// If the same world gave other answers, everything would have grounds.
#[test]
fn one_world_answers_the_same_calls_in_the_same_way() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let options = memory();
    for play in corpus::plays().step_by(5) {
        runtime.block_on(answers_are_the_same(play, &options));
    }
}

async fn answers_are_the_same(play: &marslab::scenario::Play, options: &Options) {
    let play = Recast::new(options.cast()).play(play).unwrap();
    let how = marslab::live::StartOptions::new(options.fidelity, options.seed);
    let healthy = prepare(&play, options, options.fidelity).await.ok().unwrap();
    let live = Live::start(healthy.world, &how).unwrap();
    install_all(&play, &live).ok().unwrap();
    let outcome = live.operate(play.operation).await;
    let shown = live.hold().unwrap();
    let live = Live::resume(shown.clone(), &how).unwrap();
    let traced = TracedLive::new(&live);
    let complaint = Complaint {
        version: Complaint::VERSION,
        machine: shown.machine.clone(),
        operation: play.operation,
        message: format!("{outcome:?}"),
        language: options.language,
    };
    ReferenceCore.diagnose(&complaint, &traced.host()).await.unwrap();
    let asked = traced.end();
    assert!(asked.count > 0, "{}", play.name);

    let again = Live::resume(shown, &how).unwrap();
    for traced in asked.calls {
        // A clock goes on while connections are waited for, which are not made again.
        if traced.call.named().0 != "now" {
            let answer = traced.call.make(again.host()).await;
            assert_eq!(answer, traced.answer, "{}: {}", play.name, traced.call);
        }
    }
}

/// Where only the log shows what is wrong, it would show it in a healthy world, too, if that could have the same past.
#[test]
fn a_past_that_is_evidence_is_no_past_of_a_healthy_world() {
    let play = marslab_tests::play("registered-again-with-the-first-passphrase");
    for seed in [271_828, 1, 2, 3] {
        let seen = verdict(&play, &marslab_tests::reference(), &Options { seed, ..memory() });
        assert_eq!(seen, Verdict::Confirmed, "seed {seed}");
    }
}
