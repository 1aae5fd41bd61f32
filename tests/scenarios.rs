//! Every play of the corpus on sockets, and the first play of each scenario with TLS in memory, with the reference core; each
//! is a test case of its own. What needs no TLS is played by `tests/it`, in four languages.

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
    let in_memory = corpus::plays().filter(|play| play.name == play.scenario());
    let in_memory = in_memory.map(|play| trial(Fidelity::MemoryFullTls, play));
    let on_sockets = corpus::plays().map(|play| trial(Fidelity::Loopback, play));
    libtest_mimic::run(&Arguments::from_args(), in_memory.chain(on_sockets).collect()).exit();
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
