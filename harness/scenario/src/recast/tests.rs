use marslab_model::world::Cast;

use super::Recast;
use crate::compound::compose;
use crate::corpus;

#[test]
fn the_corpus_can_be_read_for_any_world() {
    for seed in [0, 1, 2] {
        let recast = Recast::new(Cast::drawn(seed));
        for play in corpus::plays() {
            let drawn = recast.play(play).unwrap_or_else(|error| panic!("{}: {error}", play.name));
            assert_eq!(drawn.name, play.name);
            assert_eq!(drawn.kind(), play.kind());
            assert_eq!(drawn.faults.len(), play.faults.len());
        }
    }
}

#[test]
fn values_are_those_of_the_world() {
    let of = |name: &str| corpus::plays().find(|play| play.name == name).unwrap();
    let cast = Cast::drawn(7);
    let about = |name| {
        let play = Recast::new(cast.clone()).play(of(name)).unwrap();
        play.expect.findings[0].about.clone().unwrap()
    };
    assert_eq!(about("proxy-port-wrong"), cast.proxy_wrong_port.to_string());
    assert_eq!(about("vault-machine-limit"), cast.vault.to_string());
}

#[test]
fn a_composed_play_is_composed_again() {
    let of = |name: &str| corpus::plays().find(|play| play.name == name).unwrap();
    let parts = [of("proxy-authentication-required"), of("passphrase-kek-missing")];
    let both = compose(&parts).unwrap();
    let drawn = Recast::new(Cast::drawn(7)).play(&both).unwrap();
    assert_eq!(drawn.name, both.name);
    assert_ne!(format!("{:?}", drawn.given), format!("{:?}", both.given));
}
