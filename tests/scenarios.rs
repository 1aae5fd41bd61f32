//! Every play of the corpus on sockets, in Korean and with a seed of its own, and the first play of each scenario with TLS in
//! memory, with the reference core; each is a test case of its own. What needs no TLS is played by `tests/it`, in the three
//! other languages.

use libtest_mimic::{Arguments, Failed, Trial};
use marslab::corpus;
use marslab::live::Fidelity;
use marslab::play::Options;
use marslab::runner::play_alone;
use marslab::scenario::Play;
use marslab::verdict::Verdict;
use marslab_model::world::Language;
use marslab_tests::reference;

fn main() {
    let in_memory = corpus::plays().filter(|play| play.name == play.scenario());
    let full_tls = Options { fidelity: Fidelity::MemoryFullTls, ..Options::default() };
    let sockets = Options {
        fidelity: Fidelity::Loopback,
        language: Language::Korean,
        seed: 1,
        ..Options::default()
    };
    let in_memory = in_memory.map(|play| trial(full_tls.clone(), play));
    let on_sockets = corpus::plays().map(|play| trial(sockets.clone(), play));
    libtest_mimic::run(&Arguments::from_args(), in_memory.chain(on_sockets).collect()).exit();
}

fn trial(options: Options, play: &'static Play) -> Trial {
    let name = format!("{:?}::{}", options.fidelity, play.name);
    Trial::test(name, move || match play_alone(play, &reference(), &options, |_note| {}) {
        Ok(Verdict::Confirmed) => Ok(()),
        Ok(other) => Err(Failed::from(other.to_string())),
        Err(error) => Err(Failed::from(error.to_string())),
    })
}
