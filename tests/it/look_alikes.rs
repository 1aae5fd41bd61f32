//! Causes that share a group are those of one and the same world: nothing that looks at it could tell them apart.

use marslab::base;
use marslab::corpus;
use marslab::scenario::Play;
use marslab_model::{Name, World};
use marslab_tests::play;

/// The world of a play in which the faults are in and nothing has been done yet.
fn broken(play: &Play) -> World {
    let mut world = base::healthy("2019-06-17T01:00:00Z".parse().unwrap());
    let given = play.given.iter().map(|given| given.it.changes(&world).unwrap());
    let given: Vec<_> = given.flatten().collect();
    given.iter().for_each(|change| world.apply(change).unwrap());
    for fault in &play.faults {
        let changes = fault.it.changes(&world).unwrap();
        changes.iter().for_each(|change| world.apply(change).unwrap());
    }
    world
}

/// Two plays that come to the same world from different sides.
const PAIRS: [(&str, &str); 3] = [
    ("tls-1.0-disabled", "dotnet-older-than-4.6.2/without-tls-1.0"),
    ("file-download-disabled", "trusted-sites-missing/all"),
    ("connect-file-download-disabled", "connect-trusted-sites-missing/all"),
];

#[test]
fn worlds_that_are_reached_from_two_sides_are_the_same() {
    for (one, other) in PAIRS {
        assert!(broken(&play(one)) == broken(&play(other)), "{one}, {other}");
    }
}

#[test]
fn a_wrong_zone_and_a_clock_that_is_off_by_as_much_are_the_same() {
    let seen = broken(&play("clock-skewed/wrong-zone"));
    let machine = Name::new(base::MACHINE);
    // Nothing on a machine tells where it stands.
    let mut in_taipei = base::healthy(seen.now);
    let clock = &mut in_taipei.machines.get_mut(&machine).unwrap().clock;
    clock.zone = seen.machines[&machine].clock.zone.clone();
    clock.ahead_seconds = i64::from(clock.zone.utc_offset_minutes) * 60;
    assert!(in_taipei != seen);
    in_taipei.machines.get_mut(&machine).unwrap().clock.ahead_seconds += 3_600;
    assert!(in_taipei == seen);
}

#[test]
fn causes_share_a_group_only_there() {
    let known = PAIRS.iter().flat_map(|(one, other)| [*one, *other]).chain(["clock-skewed"]);
    let known: Vec<&str> = known.map(|name| name.split('/').next().unwrap()).collect();
    for play in corpus::plays() {
        let groups = || play.expect.findings.iter().chain(&play.expect.advice);
        let shares = groups().any(|group| group.any.len() > 1);
        let scenario = play.name.split('/').next().unwrap();
        assert!(!shares || known.contains(&scenario), "{}", play.name);
    }
}
