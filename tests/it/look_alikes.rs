//! The page of look-alikes, held to what is seen in the worlds of the scenarios; and the groups of causes, held to it.

use std::collections::BTreeSet;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::LazyLock;
use std::thread::available_parallelism;

use marslab::catalogue::{Catalogue, CauseId};
use marslab::corpus;
use marslab::look_alikes::{Comparison, Observation};
use marslab::recast::Recast;
use marslab::reference;
use marslab::scenario::Play;
use marslab_model::world::Cast;

/// Everything that is seen in the worlds of the corpus; looked at once.
static SEEN: LazyLock<Comparison<'static>> = LazyLock::new(|| {
    let jobs = available_parallelism().unwrap_or(NonZeroUsize::MIN);
    Comparison::of_corpus(jobs).unwrap()
});

type Causes<'a> = BTreeSet<&'a str>;

#[test]
fn the_checked_in_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios/LOOK-ALIKES.md");
    let checked_in = fs::read_to_string(path).unwrap_or_default();
    let now = reference::look_alikes(&SEEN);
    let mut lines = now.lines().zip(checked_in.lines().chain(std::iter::repeat("")));
    let differs = lines.find(|(now, then)| now != then);
    assert!(
        checked_in == now,
        "scenarios/LOOK-ALIKES.md is out of date, first at {differs:#?}; write it anew: `cargo run -- look-alikes > \
         scenarios/LOOK-ALIKES.md`"
    );
}

/// Otherwise a core would have to know what cannot be seen: which of the two worlds is broken, or how.
#[test]
fn where_the_same_is_seen_the_same_is_expected() {
    for class in SEEN.classes() {
        let expected: BTreeSet<_> =
            class.iter().map(|observation| observation.expected()).collect();
        let names: Vec<_> = class.iter().map(|observation| &observation.play.name).collect();
        assert!(expected.len() == 1, "{names:?} look alike, and expect {expected:#?}");
    }
}

#[test]
fn each_row_of_look_alikes_is_proven_and_none_is_missing() {
    assert_eq!(rows(), proven(&SEEN).into_iter().map(|(_, causes)| causes).collect());
}

/// What looks alike does so whatever things are called, and of others a sample does not.
#[test]
fn the_same_looks_alike_in_drawn_worlds() {
    let recast = Recast::new(Cast::drawn(1));
    let alike: BTreeSet<&str> = classes(&SEEN).into_iter().flatten().collect();
    let plays = corpus::singles().flat_map(|scenario| &scenario.plays).enumerate();
    let drawn = |(at, play): &(usize, &Play)| at % 4 == 0 || alike.contains(play.name.as_str());
    let plays = plays.filter(drawn).map(|(_, play)| recast.play(play).unwrap());
    let plays: Vec<Play> = plays.collect();
    let plays: Vec<&Play> = plays.iter().collect();
    let jobs = available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let seen = Comparison::of(&plays, jobs).unwrap();
    let proven: BTreeSet<_> = proven(&seen).into_iter().map(|(_, causes)| causes).collect();
    assert_eq!(rows(), proven);
    assert_eq!(classes(&seen), classes(&SEEN));
}

fn rows() -> BTreeSet<Causes<'static>> {
    let rows = Catalogue::known().look_alikes.values();
    rows.map(|row| row.causes.iter().map(CauseId::as_str).collect()).collect()
}

/// The names of the plays of each class.
fn classes<'a>(seen: &'a Comparison<'_>) -> BTreeSet<Vec<&'a str>> {
    let names = |class: &Vec<&'a Observation<'_>>| {
        class.iter().map(|observation| observation.play.name.as_str()).collect()
    };
    seen.classes().iter().map(names).collect()
}

/// The proof is one of the scenario's own worlds, not only one of another scenario with the same causes.
#[test]
fn a_scenario_with_a_group_has_a_world_that_proves_it() {
    let proven = proven(&SEEN);
    let mut groups = 0;
    for scenario in corpus::singles() {
        for causes in scenario.plays.iter().flat_map(groups_of) {
            let is_own = |play: &&str| scenario.plays.iter().any(|own| own.name == *play);
            let proof = proven.iter().find(|(play, of)| *of == causes && is_own(play));
            assert!(proof.is_some(), "{}: nothing proves {causes:?}", scenario.name);
            groups += 1;
        }
    }
    assert!(groups > 0, "no scenario has a group");
}

/// Every fault can be seen, with a look at everything: no core needs to guess. Where a connection breaks only after a while,
/// the log of what was tried shows it, which is no part of a world here.
#[test]
fn every_fault_shows() {
    let is_in_the_log = |name: &str| name.starts_with("restore-connection-cut");
    let seen = SEEN.observations.iter().filter(|it| !it.expected().is_empty());
    for observation in seen.filter(|it| !is_in_the_log(it.play.name.as_str())) {
        assert!(
            !observation.aspects().is_empty(),
            "nothing shows what is wrong in {}",
            observation.play.name
        );
    }
}

/// The plays that look like another which was broken in another way, and the causes that share a group there.
fn proven<'a>(seen: &'a Comparison<'_>) -> Vec<(&'a str, Causes<'a>)> {
    let alike = seen.alike();
    let observations = alike.iter().flatten().copied();
    observations
        .flat_map(|observation: &'a Observation<'_>| {
            let groups = groups_of(observation.play).into_iter();
            groups.map(|causes| (observation.play.name.as_str(), causes))
        })
        .collect()
}

/// The causes of each group that has several.
fn groups_of(play: &Play) -> Vec<Causes<'_>> {
    let later = play.cures.iter().filter_map(|cure| cure.then.as_ref());
    let expects = [&play.expect].into_iter().chain(later);
    let groups = expects.flat_map(|it| it.findings.iter().chain(&it.may).chain(&it.advice));
    let several = groups.filter(|group| group.any.len() > 1);
    several.map(|group| group.any.iter().map(CauseId::as_str).collect()).collect()
}
