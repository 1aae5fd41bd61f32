use jiff::{SignedDuration, Timestamp};
use marslab_model::{HostName, Name};
use marslab_wire::x509;

use super::{IdentitySpec, IssuedBy, Keys, Pki, Published, Revoked};

const BEGUN: &str = "2019-05-21T03:00:00Z";
const ROOT: &str = "Baltimore CyberTrust Root";
const HOST: &str = "login.windows.net";

fn begun() -> Timestamp {
    BEGUN.parse().unwrap()
}

fn pki(keys: Keys) -> Pki {
    Pki::new(keys, 7, begun())
}

fn spec() -> IdentitySpec {
    IdentitySpec::new(HostName::new(HOST), Name::new(ROOT))
}

fn after(days: i64) -> Timestamp {
    begun() + SignedDuration::from_hours(24 * days)
}

/// Subject and issuer of each certificate that a server sends.
fn chain(spec: IdentitySpec) -> Vec<[String; 2]> {
    let identity = pki(Keys::Seeded).identity(spec, begun()).unwrap();
    let read = identity.chain.iter().map(|der| x509::read(der).unwrap());
    let name = |whole: String| whole.rsplit("CN=").next().unwrap().to_owned();
    read.map(|it| [name(it.subject), name(it.issuer)]).collect()
}

#[test]
fn a_server_sends_what_it_is_set_up_to_send() {
    let issuing = "Microsoft IT TLS CA 5";
    let (leaf, above) = ([HOST, issuing], [issuing, ROOT]);
    let other = Name::new("Contoso CA");
    for (spec, expected) in [
        (spec(), vec![leaf, above]),
        (IdentitySpec { issued_by: IssuedBy::UnsentIntermediate, ..spec() }, vec![leaf]),
        (IdentitySpec { issued_by: IssuedBy::Root, ..spec() }, vec![[HOST, ROOT]]),
        (
            IdentitySpec {
                root: Name::new(""),
                issued_by: IssuedBy::OtherSent(Name::new(ROOT)),
                ..spec()
            },
            vec![[HOST, HOST], above],
        ),
        (IdentitySpec { root: Name::new(""), ..spec() }, vec![[HOST, HOST]]),
        (
            IdentitySpec { root: other, ..spec() },
            vec![[HOST, "Contoso CA Issuing CA"], ["Contoso CA Issuing CA", "Contoso CA"]],
        ),
    ] {
        assert_eq!(chain(spec.clone()), expected, "{spec:?}");
    }
}

#[test]
fn validity_is_what_the_server_says_or_else_renewed() {
    let days = |from: i64, until: i64| (after(from), after(until));
    let midnight = |at: Timestamp| at.as_second() - at.as_second().rem_euclid(86_400);
    for (from, until, at, expected) in [
        (None, None, 0, days(-2, 400)),
        (None, None, 364, days(-2, 400)),
        (None, None, 366, days(363, 765)),
        (None, Some(after(-30)), 0, days(-432, -30)),
        (Some(after(30)), None, 0, days(30, 432)),
        (Some(after(-5)), Some(after(5)), 400, days(-5, 5)),
    ] {
        let spec = IdentitySpec { not_before: from, not_after: until, ..spec() };
        let identity = pki(Keys::Fresh).identity(spec, after(at)).unwrap();
        let read = x509::read(&identity.chain[0]).unwrap();
        let seen = (midnight(read.not_before), midnight(read.not_after));
        assert_eq!(seen, (midnight(expected.0), midnight(expected.1)), "{from:?} {until:?} {at}");
    }
}

#[test]
fn one_seed_gives_the_same_bytes() {
    marslab_wire::memo::switch_off();
    for spec in [spec(), IdentitySpec { not_after: Some(after(-3)), ..spec() }] {
        let [one, two] =
            [(); 2].map(|()| pki(Keys::Seeded).identity(spec.clone(), begun()).unwrap());
        assert_eq!((&one.chain, &one.key), (&two.chain, &two.key));
    }
    let lists = [(); 2]
        .map(|()| pki(Keys::Seeded).revocation_list(&Name::new(ROOT), &Revoked::new(), begun()));
    assert_eq!(lists[0], lists[1]);
    marslab_wire::memo::switch_on();
}

#[test]
fn a_list_has_what_is_revoked_by_then_below_its_root() {
    let pki = pki(Keys::Seeded);
    let root = Name::new(ROOT);
    let other = IdentitySpec { root: Name::new("Other"), ..spec() };
    let revoked: Revoked = [(spec(), after(1)), (other, after(0))].into();
    let serial = pki.serial_of(&spec(), 0);
    let contains = |list: &[u8]| list.windows(serial.len()).any(|part| part == serial);
    assert!(contains(&pki.identity(spec(), begun()).unwrap().chain[0]));
    let [before, since] = [0, 1].map(|at| pki.revocation_list(&root, &revoked, after(at)).unwrap());
    assert!(!contains(&before) && contains(&since));
    assert_eq!(pki.revocation_list(&Name::new(""), &revoked, begun()), None);
}

#[test]
fn what_certificates_point_to_is_published() {
    let pki = pki(Keys::Seeded);
    let roots = || [Name::new("Other"), Name::new(ROOT), Name::new("")];
    let sent = pki.identity(spec(), begun()).unwrap().chain.clone();
    let leaf = String::from_utf8_lossy(&sent[0]).into_owned();
    let certificate = "/pkiops/certs/Microsoft%20IT%20TLS%20CA%205.crt";
    let list = "/pkiops/crl/Microsoft%20IT%20TLS%20CA%205.crl";
    for path in [certificate, list] {
        assert!(leaf.contains(&format!("http://www.microsoft.com{path}")), "{path}");
    }
    let published = |path: &str| pki.published(path, roots());
    assert_eq!(published(certificate), Some(Published::Certificate(sent[1].clone())));
    assert_eq!(published(list), Some(Published::RevocationList(Name::new(ROOT))));
    for path in ["/", "/pkiops/crl/", "/pkiops/crl/Nobody.crl", ""] {
        assert_eq!(published(path), None, "{path}");
    }
}
