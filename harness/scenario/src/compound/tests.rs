use super::{Clash, Part, allowed_findings, clash_with, compose};
use crate::corpus;
use crate::play_kind::PlayKind;
use crate::scenario::{Group, PastChoice, Play};

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
    let cases: [(&[&str], Clash); 7] = [
        (&[], Clash::TooFew),
        (&[kek], Clash::TooFew),
        (&[kek; 8], Clash::Twice(kek.to_owned())),
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
    let plays = [one, other].map(play);
    assert_eq!(clash_with(plays[0], &plays), clash);
}

/// Plays that can be broken at once, each with this.
fn pairs(is: fn(&Play) -> bool) -> impl Iterator<Item = ([&'static Play; 2], Play)> {
    let all: Vec<&Play> = corpus::plays().filter(|it| it.parts.is_empty() && is(it)).collect();
    let pairs = all
        .clone()
        .into_iter()
        .flat_map(move |one| all.clone().into_iter().map(move |other| [one, other]));
    pairs.filter_map(|pair| Some((pair, compose(&pair).ok()?)))
}

#[test]
fn the_order_of_the_parts_is_not_that_of_the_backgrounds() {
    let names = |of: &Play| of.given.iter().map(|it| it.name).collect::<Vec<_>>();
    let of_two = pairs(|it| it.given.len() == 1).filter(|(_, both)| both.given.len() == 2);
    let mut count = 0;
    for ([one, other], both) in of_two.take(20) {
        assert_eq!(names(&both), names(&compose(&[other, one]).unwrap()), "{}", both.name);
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn what_a_part_asks_of_the_past_all_ask() {
    let asks = corpus::plays().find(|it| it.parts.is_empty() && it.past != PastChoice::default());
    let asks = asks.unwrap();
    let plain = |it: &&Play| it.parts.is_empty() && it.past == PastChoice::default();
    let mut both = corpus::plays().filter(plain).filter_map(|it| compose(&[it, asks]).ok());
    assert_eq!(both.next().unwrap().past, asks.past);
}

#[test]
fn advice_is_allowed_of_parts_that_are_no_failures() {
    let of = |cause: &str| vec![Group { any: vec![cause.into()], about: None }];
    let failure = "connect-blocked-url/windows.net";
    let mut both = composed(&["hosts-entry-with-its-own-address", failure]).unwrap();
    both.parts[0].expect.may = of("clock-skewed");
    both.parts[0].expect.advice = of("no-internet");
    both.parts[1].expect.may = Vec::new();
    both.parts[1].expect.advice = of("kek-missing");
    assert_eq!(allowed_findings(&both), [of("clock-skewed"), of("no-internet")].concat());
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
