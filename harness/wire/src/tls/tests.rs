use marslab_model::Connection;
use marslab_model::net::{Host, TlsLayer};
use marslab_model::world::TlsVersion;
use proptest::prelude::*;
use rcgen::ExtendedKeyUsagePurpose;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{CertificateProblem, Identity, TlsConfig, TlsError, accept, connect};
use crate::testing::{AUTHORITY, Authority, LAYERS, Leaf, MODERN, NOW, pair, run};

const NAME: &str = "a.example";

/// The outcome of a handshake for the client and for the server.
type Outcomes = (Result<(), TlsError>, Result<(), TlsError>);

/// Performs a handshake and, if it succeeds, sends a word each way.
async fn handshake(
    layer: TlsLayer,
    name: &str,
    config: &TlsConfig,
    identity: &Identity,
) -> Outcomes {
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

async fn talk(connection: &mut Connection, send: &[u8; 4], expect: &[u8; 4]) {
    connection.stream.write_all(send).await.unwrap();
    connection.stream.flush().await.unwrap();
    let mut received = [0; 4];
    connection.stream.read_exact(&mut received).await.unwrap();
    assert_eq!(&received, expect);
}

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "it is made for the call")]
fn check(name: &str, config: &TlsConfig, identity: &Identity, expected: Outcomes) {
    for layer in LAYERS {
        let ends = run(handshake(layer, name, config, identity));
        assert_eq!(ends, expected, "on {layer:?}, for `{name}`");
    }
}

/// The client is told who issued the chain, and the server is not.
fn untrusted(issuer: &str) -> Outcomes {
    let by =
        |issuer: &str| Err(TlsError::UntrustedRoot { issuer: issuer.to_owned(), issuer_at: None });
    (by(issuer), by(""))
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
fn each_problem_of_a_chain_has_its_error() {
    let good = AUTHORITY.issue(&Leaf::named(NAME));
    let at = |now| AUTHORITY.client_config(now, &MODERN);
    let other = Authority::new("Other Root").client_config(NOW, &MODERN);
    let namesake = Authority::new("Test Root").client_config(NOW, &MODERN);
    let nobody = TlsConfig { roots: Vec::new(), ..at(NOW) };
    let garbage = TlsConfig { roots: vec![b"not a certificate".into()], ..at(NOW) };
    check(NAME, &other, &good, untrusted("CN=Test Root"));
    let forged = bad(CertificateProblem::Signature);
    check(NAME, &namesake, &good, (Err(forged.clone()), Err(forged)));
    check(NAME, &nobody, &good, untrusted("CN=Test Root"));
    check(NAME, &garbage, &good, untrusted("CN=Test Root"));
    check(
        NAME,
        &at("2025-06-01T00:00:00Z"),
        &good,
        (Err(TlsError::Expired), Err(TlsError::Expired)),
    );
    let early = (Err(TlsError::NotYetValid), Err(TlsError::Expired));
    check(NAME, &at("2023-12-31T23:59:59Z"), &good, early.clone());
    check(NAME, &at("1903-01-01T00:00:00Z"), &good, early);
    let wrong = (Err(TlsError::WrongName), Err(bad(CertificateProblem::Refused)));
    check("b.example", &at(NOW), &good, wrong.clone());
    check("10.0.0.5", &at(NOW), &good, wrong);
    let leaf = Leaf { purpose: ExtendedKeyUsagePurpose::ClientAuth, ..Leaf::named(NAME) };
    let purpose = bad(CertificateProblem::Purpose);
    check(NAME, &at(NOW), &AUTHORITY.issue(&leaf), (Err(purpose.clone()), Err(purpose)));
}

#[test]
fn name_constraints_of_an_intermediate_are_enforced() {
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
    check("x.c.example", &config, &incomplete, untrusted("CN=Test Intermediate"));
}

#[test]
fn the_version_must_be_offered_and_accepted() {
    use TlsVersion::{V1_0, V1_1, V1_2, V1_3};
    const NONE: Outcomes = (Err(TlsError::NoCommonVersion), Err(TlsError::NoCommonVersion));
    const FINE: Outcomes = (Ok(()), Ok(()));
    let good = AUTHORITY.issue(&Leaf::named(NAME));
    let table: &[(&[TlsVersion], TlsVersion, TlsVersion, Outcomes)] = &[
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
        (&[V1_0, V1_1, V1_2], V1_0, V1_1, FINE),
        (&[V1_0, V1_1, V1_2], V1_0, V1_0, FINE),
        (&[V1_0, V1_1, V1_2, V1_3], V1_1, V1_1, FINE),
        (&[V1_0, V1_1, V1_2], V1_3, V1_3, NONE),
        (&[V1_1, V1_2], V1_0, V1_0, NONE),
        // The server takes TLS 1.1, since the client has not said that it leaves that out.
        (&[V1_0, V1_2], V1_0, V1_1, NONE),
        (&[V1_2], V1_3, V1_2, NONE),
        (&[], V1_2, V1_3, (Err(TlsError::NothingOffered), Err(TlsError::Closed))),
    ];
    for (offered, min, max, expected) in table {
        let config = AUTHORITY.client_config(NOW, offered);
        let mut identity = good.clone();
        (identity.min, identity.max) = (*min, *max);
        check(NAME, &config, &identity, expected.clone());
    }
}

#[test]
fn the_chain_is_checked_in_an_outdated_version_too() {
    let mut identity = AUTHORITY.issue(&Leaf::named(NAME));
    identity.min = TlsVersion::V1_0;
    let old = |authority: &Authority| authority.client_config(NOW, &[TlsVersion::V1_0]);
    check(NAME, &old(&AUTHORITY), &identity, (Ok(()), Ok(())));
    check(NAME, &old(&Authority::new("Other Root")), &identity, untrusted("CN=Test Root"));
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
fn a_server_needs_the_key_of_its_certificate() {
    let config = AUTHORITY.client_config(NOW, &MODERN);
    let good = AUTHORITY.issue(&Leaf::named(NAME));
    let own = (Err(TlsError::Closed), Err(bad(CertificateProblem::OwnIdentity)));
    let other = AUTHORITY.issue(&Leaf::named(NAME));
    let (min, max) = (good.min, good.max);
    let table = [(good.chain.clone(), other.key), (good.chain, Vec::new()), (Vec::new(), good.key)];
    for (chain, key) in table {
        check(NAME, &config, &Identity::new(chain, key, min, max), own.clone());
    }
}

#[test]
fn a_name_that_is_impossible_in_dns_matches_nothing() {
    let config = AUTHORITY.client_config(NOW, &MODERN);
    let identity = AUTHORITY.issue(&Leaf::named(NAME));
    check("a b", &config, &identity, (Err(TlsError::WrongName), Err(TlsError::Closed)));
}

/// The hello of a client that offers TLS 1.1: no session, two cipher suites, no compression, no extensions.
const OUTDATED_HELLO: &[u8] = b"\x16\x03\x01\x00\x2f\x01\x00\x00\x2b\x03\x02\
    ................................\x00\x00\x04\xc0\x13\x00\x2f\x01\x00";

#[tokio::test]
async fn a_foreign_client_without_a_current_version_is_refused_with_an_alert() {
    use TlsVersion::{V1_0, V1_1, V1_2, V1_3};
    for (min, max) in [(V1_2, V1_3), (V1_0, V1_3), (V1_0, V1_1)] {
        let mut identity = AUTHORITY.issue(&Leaf::named(NAME));
        (identity.min, identity.max) = (min, max);
        assert_refused(OUTDATED_HELLO, &identity).await;
    }
}

#[tokio::test]
async fn a_foreign_client_of_a_server_without_a_current_version_is_refused_with_an_alert() {
    let mut current = OUTDATED_HELLO.to_vec();
    current[10] = 3;
    let mut identity = AUTHORITY.issue(&Leaf::named(NAME));
    (identity.min, identity.max) = (TlsVersion::V1_0, TlsVersion::V1_1);
    assert_refused(&current, &identity).await;
}

/// Asserts that the server answers this hello with the alert `protocol_version`.
async fn assert_refused(hello: &[u8], identity: &Identity) {
    let (mut near, far) = pair(TlsLayer::Records);
    near.stream.write_all(hello).await.unwrap();
    near.stream.shutdown().await.unwrap();
    assert_eq!(accept(far, identity).await.unwrap_err(), TlsError::NoCommonVersion);
    let mut alert = Vec::new();
    near.stream.read_to_end(&mut alert).await.unwrap();
    assert_eq!(alert, [21, 3, 1, 0, 2, 2, 70]);
}

/// Sends `bytes` to a client and to a server and returns their errors.
async fn errors_of(
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
fn silence_and_garbage_have_different_errors() {
    use TlsVersion::{V1_0, V1_1, V1_3};
    let table: [(&[u8], TlsError); 3] = [
        (b"", TlsError::Closed),
        (b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", TlsError::Malformed),
        (&[0xff; 600], TlsError::Malformed),
    ];
    for layer in LAYERS {
        for (bytes, expected) in &table {
            for (versions, max) in [(&MODERN[..], V1_3), (&[V1_0][..], V1_1)] {
                let ends = run(errors_of(layer, bytes, versions, max));
                assert_eq!(
                    ends,
                    [expected.clone(), expected.clone()],
                    "on {layer:?}, {versions:?}, {bytes:?}"
                );
            }
        }
    }
}

#[test]
fn the_key_is_not_printed() {
    let identity = Identity::new(Vec::new(), vec![77; 9], TlsVersion::V1_2, TlsVersion::V1_3);
    let text = format!("{identity:?}");
    assert!(!text.contains("77"), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn garbage_never_completes_a_handshake(
        head in prop_oneof![
            Just(&b""[..]), Just(&b"\x16\x03\x01\x00"[..]), Just(&b"\x15\x03"[..]),
            Just(&b"\x00lab\x00\x00\x00"[..]), Just(OUTDATED_HELLO),
        ],
        tail in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let bytes = [head, &tail].concat();
        for layer in LAYERS {
            for versions in [&MODERN[..], &[TlsVersion::V1_0]] {
                // The test is that both end, with whatever error.
                run(errors_of(layer, &bytes, versions, TlsVersion::V1_3));
            }
        }
    }
}
