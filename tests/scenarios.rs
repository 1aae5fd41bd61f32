//! Every play of the corpus on every fidelity, with the reference core, each as a test case of its own.

use libtest_mimic::{Arguments, Failed, Trial};
use marslab::corpus;
use marslab::live::Fidelity;
use marslab::play::Options;
use marslab::runner::play_alone;
use marslab::scenario::Play;
use marslab::subject_runner::RustSubject;
use marslab::verdict::Verdict;
use marslab_core::ReferenceCore;

fn main() {
    let trials = [Fidelity::Memory, Fidelity::MemoryFullTls, Fidelity::Loopback]
        .into_iter()
        .flat_map(|fidelity| corpus::plays().map(move |play| trial(fidelity, play)));
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}

fn trial(fidelity: Fidelity, play: &'static Play) -> Trial {
    let name = format!("{fidelity:?}::{}", play.name);
    Trial::test(name, move || {
        let options = Options { fidelity, ..Options::default() };
        let subject = RustSubject::new("reference", ReferenceCore);
        match play_alone(play, &subject, &options, |_note| {}) {
            Ok(Verdict::Confirmed) => Ok(()),
            Ok(other) => Err(Failed::from(other.to_string())),
            Err(error) => Err(Failed::from(error.to_string())),
        }
    })
}
