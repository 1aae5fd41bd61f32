use marslab_live::{Fidelity, start_time};
use marslab_scenario::corpus;

use super::{DAYS, SECONDS_PER_HOUR, start};
use crate::play::{Casting, Options};

const SECONDS_PER_DAY: u64 = 86_400;

#[test]
fn in_memory_the_seed_draws_the_day_and_the_second() {
    let from = start_time(Fidelity::Memory);
    for seed in 1..20 {
        let options = Options { fidelity: Fidelity::Memory, seed, ..Options::default() };
        let plain = Options { casting: Casting::Plain, ..options.clone() };
        assert_eq!(start(&plain, &[]), from);
        let cast = options.cast();
        let passed = start(&options, &[]).duration_since(from).as_secs();
        let passed = u64::try_from(passed).unwrap();
        assert_eq!(passed / SECONDS_PER_DAY, cast.number("the day") % DAYS);
        assert_eq!(passed % SECONDS_PER_DAY, cast.number("the second") % SECONDS_PER_HOUR);
    }
}

#[test]
fn on_sockets_what_passes_in_settings_ends_now() {
    let options = Options { fidelity: Fidelity::Loopback, ..Options::default() };
    let days = |play: &marslab_scenario::scenario::Play| {
        play.given.iter().map(|it| i64::from(it.it.done_before().days_ago)).sum::<i64>()
    };
    let passes = corpus::plays().find(|play| days(play) > 0).unwrap();
    let before = start_time(Fidelity::Loopback).duration_since(start(&options, &passes.given));
    assert_eq!(before.as_hours() / 24, days(passes));
    let now = start_time(Fidelity::Loopback).duration_since(start(&options, &[]));
    assert_eq!(now.as_hours(), 0);
}
