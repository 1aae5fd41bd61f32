use marslab_model::Connection;
use marslab_model::net::{Host, TlsLayer};
use marslab_model::world::TlsVersion;
use proptest::prelude::*;
use rcgen::ExtendedKeyUsagePurpose;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{CertificateProblem, Identity, TlsConfig, TlsError, accept, connect};
use crate::testing::{AUTHORITY, Authority, LAYERS, Leaf, MODERN, NOW, pair, play};

const NAME: &str = "a.example";

/// How a handshake ended for the client and for the server.
type Ends = (Result<(), TlsError>, Result<(), TlsError>);

/// Shakes hands, and where that works sends a word each way.
async fn shake(layer: TlsLayer, name: &str, config: &TlsConfig, identity: &Identity) -> Ends {
    let (near, far) = pair(layer);
    let name = Host::new(name);
    let client = async {
        let mut connection = connect(near, &name, config).await?;
        assert_eq!(connection.tls, layer);
        talk(&mut connection, b"ping", b"pong").await;
        Ok(())
    };
    let server = async {
        let mut connection = accept(far, identity).await?;
        assert_eq!(connection.tls, layer);
        talk(&mut connection, b"pong", b"ping").await;
        Ok(())
    };
    tokio::join!(client, server)
}

async fn talk(connection: &mut Connection, say: &[u8; 4], hear: &[u8; 4]) {
    connection.stream.write_all(say).await.unwrap();
    connection.stream.flush().await.unwrap();
    let mut heard = [0; 4];
    connection.stream.read_exact(&mut heard).await.unwrap();
    assert_eq!(&heard, hear);
}

#[track_caller]
fn check(name: &str, config: &TlsConfig, identity: &Identity, expected: Ends) {
    for layer in LAYERS {
        let ends = play(shake(layer, name, config, identity));
        assert_eq!(ends, expected, "on {layer:?}, for `{name}`");
    }
}

fn bad(reason: CertificateProblem) -> TlsError {
    TlsError::BadCertificate { reason }
}

#[test]
fn a_good_chain_is_accepted() {
    let config = AUTHORITY.client_config(NOW, &MODERN);
    check(NAME, &config, &AUTHORITY.issue(&Leaf::named(NAME)), (Ok(()), Ok(())));
    check("A.Example", &config, &AUTHORITY.issue(&Leaf::named(NAME)), (Ok(()), Ok(())));
    check("b.c.example", &config, &AUTHORITY.issue(&Leaf::named("*.c.example")), (Ok(()), Ok(())));
    check("10.0.0.5", &config, &AUTHORITY.issue(&Leaf::named("10.0.0.5")), (Ok(()), Ok(())));
    check("::1", &config, &AUTHORITY.issue(&Leaf::named("::1")), (Ok(()), Ok(())));
}

#[test]
fn a_bad_chain_says_why() {
    let good = AUTHORITY.issue(&Leaf::named(NAME));
    let at = |now| AUTHORITY.client_config(now, &MODERN);
    let other = Authority::new("Other Root").client_config(NOW, &MODERN);
    let namesake = Authority::new("Test Root").client_config(NOW, &MODERN);
    let nobody = TlsConfig { roots: Vec::new(), ..at(NOW) };
    let garbage = TlsConfig { roots: vec![b"not a certificate".to_vec()], ..at(NOW) };
    let untrusted = (Err(TlsError::UntrustedRoot), Err(TlsError::UntrustedRoot));
    check(NAME, &other, &good, untrusted);
    let forged = bad(CertificateProblem::Signature);
    check(NAME, &namesake, &good, (Err(forged), Err(forged)));
    check(NAME, &nobody, &good, untrusted);
    check(NAME, &garbage, &good, untrusted);
    check(
        NAME,
        &at("2025-06-01T00:00:00Z"),
        &good,
        (Err(TlsError::Expired), Err(TlsError::Expired)),
    );
    let early = (Err(TlsError::NotYetValid), Err(TlsError::Expired));
    check(NAME, &at("2023-12-31T23:59:59Z"), &good, early);
    check(NAME, &at("1903-01-01T00:00:00Z"), &good, early);
    let wrong = (Err(TlsError::WrongName), Err(bad(CertificateProblem::Refused)));
    check("b.example", &at(NOW), &good, wrong);
    check("10.0.0.5", &at(NOW), &good, wrong);
    let leaf = Leaf { purpose: ExtendedKeyUsagePurpose::ClientAuth, ..Leaf::named(NAME) };
    let purpose = bad(CertificateProblem::Purpose);
    check(NAME, &at(NOW), &AUTHORITY.issue(&leaf), (Err(purpose), Err(purpose)));
}

#[test]
fn an_intermediate_vouches_only_for_its_names() {
    let config = AUTHORITY.client_config(NOW, &MODERN);
    let (authority, intermediate) = AUTHORITY.intermediate("c.example");
    let with_chain = |name: &'static str| {
        let mut identity = authority.issue(&Leaf::named(name));
        identity.chain.push(intermediate.clone());
        identity
    };
    check("x.c.example", &config, &with_chain("x.c.example"), (Ok(()), Ok(())));
    let outside = (Err(bad(CertificateProblem::Rule)), Err(bad(CertificateProblem::Refused)));
    check(NAME, &config, &with_chain(NAME), outside);
    let incomplete = authority.issue(&Leaf::named("x.c.example"));
    let untrusted = (Err(TlsError::UntrustedRoot), Err(TlsError::UntrustedRoot));
    check("x.c.example", &config, &incomplete, untrusted);
}

#[test]
fn versions_meet_or_not() {
    use TlsVersion::{V1_0, V1_1, V1_2, V1_3};
    const NONE: Ends = (Err(TlsError::NoCommonVersion), Err(TlsError::NoCommonVersion));
    const FINE: Ends = (Ok(()), Ok(()));
    let good = AUTHORITY.issue(&Leaf::named(NAME));
    let table: &[(&[TlsVersion], TlsVersion, TlsVersion, Ends)] = &[
        (&[V1_2], V1_2, V1_3, FINE),
        (&[V1_3], V1_2, V1_3, FINE),
        (&[V1_0, V1_1, V1_2], V1_2, V1_2, FINE),
        (&[V1_3, V1_2], V1_0, V1_2, FINE),
        (&[V1_2], V1_3, V1_3, NONE),
        (&[V1_3], V1_2, V1_2, NONE),
        (&[V1_0], V1_2, V1_3, NONE),
        (&[V1_1, V1_0], V1_2, V1_2, NONE),
        (&[V1_1], V1_3, V1_3, NONE),
        (&[V1_2, V1_3], V1_0, V1_1, NONE),
        (&[V1_0], V1_0, V1_3, FINE),
        (&[V1_0], V1_0, V1_0, FINE),
        (&[V1_0, V1_1], V1_0, V1_0, FINE),
        (&[V1_1, V1_0], V1_1, V1_2, FINE),
        (&[V1_1], V1_0, V1_0, NONE),
        (&[V1_0], V1_1, V1_3, NONE),
        (&[V1_0, V1_1], V1_2, V1_2, NONE),
        // Who has a newer version does not fall back.
        (&[V1_0, V1_2], V1_0, V1_1, NONE),
        (&[V1_2], V1_3, V1_2, NONE),
        (&[], V1_2, V1_3, (Err(TlsError::NothingOffered), Err(TlsError::Closed))),
    ];
    for (offered, min, max, expected) in table {
        let config = AUTHORITY.client_config(NOW, offered);
        let mut identity = good.clone();
        (identity.min, identity.max) = (*min, *max);
        check(NAME, &config, &identity, *expected);
    }
}

#[test]
fn the_chain_counts_in_an_outdated_version_too() {
    let mut identity = AUTHORITY.issue(&Leaf::named(NAME));
    identity.min = TlsVersion::V1_0;
    let old = |authority: &Authority| authority.client_config(NOW, &[TlsVersion::V1_0]);
    check(NAME, &old(&AUTHORITY), &identity, (Ok(()), Ok(())));
    let untrusted = (Err(TlsError::UntrustedRoot), Err(TlsError::UntrustedRoot));
    check(NAME, &old(&Authority::new("Other Root")), &identity, untrusted);
    let wrong = (Err(TlsError::WrongName), Err(bad(CertificateProblem::Refused)));
    check("b.example", &old(&AUTHORITY), &identity, wrong);
}

#[test]
fn a_clone_follows_its_own_fields() {
    let config = AUTHORITY.client_config(NOW, &[TlsVersion::V1_2]);
    let identity = AUTHORITY.issue(&Leaf::named(NAME));
    check(NAME, &config, &identity, (Ok(()), Ok(())));
    let mut newer = identity.clone();
    newer.min = TlsVersion::V1_3;
    let none = (Err(TlsError::NoCommonVersion), Err(TlsError::NoCommonVersion));
    check(NAME, &config, &newer, none);
}

#[test]
fn a_server_needs_its_own_key() {
    let config = AUTHORITY.client_config(NOW, &MODERN);
    let good = AUTHORITY.issue(&Leaf::named(NAME));
    let own = (Err(TlsError::Closed), Err(bad(CertificateProblem::OwnIdentity)));
    let other = AUTHORITY.issue(&Leaf::named(NAME));
    let (min, max) = (good.min, good.max);
    let table = [(good.chain.clone(), other.key), (good.chain, Vec::new()), (Vec::new(), good.key)];
    for (chain, key) in table {
        check(NAME, &config, &Identity::new(chain, key, min, max), own);
    }
}

#[test]
fn a_name_that_dns_cannot_have_matches_nothing() {
    let config = AUTHORITY.client_config(NOW, &MODERN);
    let identity = AUTHORITY.issue(&Leaf::named(NAME));
    check("a b", &config, &identity, (Err(TlsError::WrongName), Err(TlsError::Closed)));
}

#[tokio::test]
async fn an_outdated_client_is_told_the_version() {
    let hello = outdated_hello().await;
    assert_eq!((&hello[..3], &hello[9..11]), (&[22, 3, 1][..], &[3, 2][..]));
    assert_refused(&hello, &AUTHORITY.issue(&Leaf::named(NAME))).await;
}

#[tokio::test]
async fn a_foreign_client_of_an_accepted_old_version_is_told_so_too() {
    let mut hello = outdated_hello().await;
    hello[11..43].fill(7);
    for max in [TlsVersion::V1_3, TlsVersion::V1_1] {
        let mut identity = AUTHORITY.issue(&Leaf::named(NAME));
        (identity.min, identity.max) = (TlsVersion::V1_0, max);
        assert_refused(&hello, &identity).await;
    }
}

#[tokio::test]
async fn a_foreign_server_of_an_old_version_is_left() {
    let (near, mut far) = pair(TlsLayer::Records);
    let config = AUTHORITY.client_config(NOW, &[TlsVersion::V1_1]);
    let name = Host::new(NAME);
    far.stream.write_all(&[22, 3, 1, 0, 4, 2, 0, 0, 0]).await.unwrap();
    let said = async {
        let mut said = Vec::new();
        far.stream.read_to_end(&mut said).await.unwrap();
        said
    };
    let (ended, said) = tokio::join!(connect(near, &name, &config), said);
    assert_eq!(ended.unwrap_err(), TlsError::NoCommonVersion);
    assert_eq!(said[said.len() - 7..], [21, 3, 1, 0, 2, 2, 70]);
}

/// The hello of a client that offers TLS 1.1.
async fn outdated_hello() -> Vec<u8> {
    let (near, mut far) = pair(TlsLayer::Records);
    let config = AUTHORITY.client_config(NOW, &[TlsVersion::V1_1]);
    let name = Host::new(NAME);
    // The hello is taken from one connection and given to a server on another.
    let mut hello = vec![0; 5];
    let taken = async {
        far.stream.read_exact(&mut hello).await.unwrap();
        let length = usize::from(u16::from_be_bytes([hello[3], hello[4]]));
        hello.resize(5 + length, 0);
        far.stream.read_exact(&mut hello[5..]).await.unwrap();
        drop(far);
    };
    let (ended, ()) = tokio::join!(connect(near, &name, &config), taken);
    assert_eq!(ended.unwrap_err(), TlsError::Closed);
    hello
}

/// That a server answers a hello by the alert that refuses its version.
async fn assert_refused(hello: &[u8], identity: &Identity) {
    let (mut near, far) = pair(TlsLayer::Records);
    near.stream.write_all(hello).await.unwrap();
    assert_eq!(accept(far, identity).await.unwrap_err(), TlsError::NoCommonVersion);
    let mut alert = Vec::new();
    near.stream.read_to_end(&mut alert).await.unwrap();
    assert_eq!((alert[0], &alert[3..]), (21, &[0, 2, 2, 70][..]), "{alert:?}");
}

/// Plays `bytes` at a client and at a server and returns how they took it.
async fn hear(
    layer: TlsLayer,
    bytes: &[u8],
    versions: &[TlsVersion],
    max: TlsVersion,
) -> [TlsError; 2] {
    let config = AUTHORITY.client_config(NOW, versions);
    let mut identity = AUTHORITY.issue(&Leaf::named(NAME));
    (identity.min, identity.max) = (TlsVersion::V1_0, max);
    let host = Host::new(NAME);
    let client = async {
        let (near, mut far) = pair(layer);
        far.stream.write_all(bytes).await.unwrap();
        far.stream.shutdown().await.unwrap();
        connect(near, &host, &config).await.unwrap_err()
    };
    let server = async {
        let (mut near, far) = pair(layer);
        near.stream.write_all(bytes).await.unwrap();
        near.stream.shutdown().await.unwrap();
        accept(far, &identity).await.unwrap_err()
    };
    tokio::join!(client, server).into()
}

#[test]
fn silence_and_garbage_are_told_apart() {
    use TlsVersion::{V1_0, V1_1, V1_3};
    let table: [(&[u8], TlsError); 3] = [
        (b"", TlsError::Closed),
        (b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", TlsError::Malformed),
        (&[0xff; 600], TlsError::Malformed),
    ];
    for layer in LAYERS {
        for (bytes, expected) in table {
            for (versions, max) in [(&MODERN[..], V1_3), (&[V1_0][..], V1_1)] {
                let ends = play(hear(layer, bytes, versions, max));
                assert_eq!(ends, [expected; 2], "on {layer:?}, {versions:?}, {bytes:?}");
            }
        }
    }
}

#[test]
fn nothing_prints_a_key() {
    let identity = Identity::new(Vec::new(), vec![77; 9], TlsVersion::V1_2, TlsVersion::V1_3);
    let text = format!("{identity:?}");
    assert!(!text.contains("77"), "{text}");
}

/// The lab's marked hellos in TLS 1.0: a client's, as far as a server looks, and a server's.
const MARKED: [&[u8]; 2] = [
    b"\x16\x03\x01\x00\x26\x01\x00\x00\x22\x03\x01the lab goes on in TLS 1.2 here.",
    b"\x16\x03\x01\x00\x26\x02\x00\x00\x22\x03\x01the lab goes on in TLS 1.2 here.",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn garbage_never_shakes_hands(
        head in prop_oneof![
            Just(&b""[..]), Just(&b"\x16\x03\x01\x00"[..]), Just(&b"\x15\x03"[..]), Just(&b"\x00lab\x00\x00\x00"[..]),
            Just(MARKED[0]), Just(MARKED[1]),
        ],
        tail in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let bytes = [head, &tail].concat();
        for layer in LAYERS {
            for versions in [&MODERN[..], &[TlsVersion::V1_0]] {
                // That it ends with an error at all is what is tested.
                play(hear(layer, &bytes, versions, TlsVersion::V1_3));
            }
        }
    }
}
