use super::{Clash, Part, compose};
use crate::corpus;
use crate::play_kind::PlayKind;
use crate::scenario::Play;

fn play(name: &str) -> &'static Play {
    corpus::plays().find(|play| play.name == name).unwrap()
}

fn composed(names: &[&str]) -> Result<Play, Clash> {
    compose(&names.iter().map(|name| play(name)).collect::<Vec<_>>())
}

#[test]
fn everything_is_broken_that_is_broken_in_a_part() {
    let (one, other) = ("proxy-authentication-required", "passphrase-kek-missing");
    let both = composed(&[one, other]).unwrap();
    assert_eq!(both.name, format!("{one}+{other}"));
    assert_eq!(both.kind(), PlayKind::Compound);
    let names = |play: &Play| play.faults.iter().map(|it| it.name).collect::<Vec<_>>();
    assert_eq!(names(&both), [names(play(one)), names(play(other))].concat());
    let remedies = |play: &Play| play.cures.iter().map(|it| it.remedy.name).collect::<Vec<_>>();
    assert_eq!(remedies(&both), [remedies(play(one)), remedies(play(other))].concat());
    let ranges: Vec<_> =
        both.parts.iter().map(|it| (it.faults.clone(), it.cures.clone())).collect();
    assert_eq!(ranges, [(0..1, 0..1), (1..2, 1..2)]);
    // The one background is the only one.
    assert_eq!(both.given.len(), 1);
}

#[test]
fn a_background_that_both_have_is_made_once() {
    let both =
        composed(&["proxy-authentication-required/ntlm", "proxy-blocks-connection"]).unwrap();
    assert_eq!(both.given.len(), 1);
}

#[test]
fn what_cannot_be_played_as_one() {
    let kek = "passphrase-kek-missing";
    let named = |one: &str, other: &str| (one.to_owned(), other.to_owned());
    let (one, other) = named(kek, "credentials-expired");
    let cases: [(&[&str], Clash); 6] = [
        (&[], Clash::TooFew),
        (&[kek], Clash::TooFew),
        (&[kek; 9], Clash::TooMany),
        (&[kek, kek], Clash::Twice(kek.to_owned())),
        (&[kek, "credentials-expired"], Clash::Operation(one, other)),
        (
            &[kek, "proxy-asks-and-kek-missing"],
            Clash::Nested("proxy-asks-and-kek-missing".to_owned()),
        ),
    ];
    for (names, clash) in cases {
        assert_eq!(composed(names).unwrap_err(), clash, "{names:?}");
    }
}

#[test]
fn backgrounds_that_exclude_each_other() {
    // A proxy that is set for the agent is not one that is set for SYSTEM.
    let (one, other) =
        ("proxy-authentication-required", "proxy-authentication-required/proxy-of-system");
    let clash = composed(&[one, other]).unwrap_err();
    assert_eq!(clash, Clash::Given(one.to_owned(), other.to_owned()));
}

#[test]
fn a_control_joins_a_failure_but_not_another_control() {
    let control = "block-of-a-host-that-nobody-needs";
    let operation = play(control).operation;
    let is =
        |kind, it: &&Play| it.operation == operation && it.kind() == kind && it.given.is_empty();
    let failure = corpus::plays().find(|it| is(PlayKind::Failure, it)).unwrap();
    let both = compose(&[play(control), failure]).unwrap();
    assert_eq!(both.parts.iter().map(Part::fails).collect::<Vec<_>>(), [false, true]);
    let other = corpus::plays().find(|it| is(PlayKind::Control, it) && it.name != control).unwrap();
    assert_eq!(compose(&[play(control), other]).unwrap_err(), Clash::NothingFails);
}
