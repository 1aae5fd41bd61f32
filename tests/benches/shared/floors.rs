//! What a play cannot be faster than: each floor is what the lab uses, alone.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use marslab::live::{DEFAULT_SEED, rsa_key};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use ring::rand::SystemRandom;
use ring::signature::RSA_PKCS1_SHA256;
use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::pki_types::{ServerName, UnixTime};

/// Requests a second of hyper, client and server, over an in-process stream: small ones with small answers.
pub(crate) fn requests_a_second() -> f64 {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let (near, far) = tokio::io::duplex(64 << 10);
        let answer = service_fn(|_request| async {
            Ok::<_, Infallible>(Response::new(Full::new(Bytes::from_static(b"Microsoft NCSI"))))
        });
        let server = hyper::server::conn::http1::Builder::new();
        tokio::spawn(server.serve_connection(TokioIo::new(far), answer));
        let client = hyper::client::conn::http1::handshake(TokioIo::new(near)).await;
        let (mut client, connection) = client.expect("a connection");
        tokio::spawn(connection);
        let start = Instant::now();
        for _ in 0..REQUESTS {
            let request = Request::get("/ncsi.txt").header("host", "www.msftncsi.com");
            let request = request.body(Full::<Bytes>::default()).expect("a request");
            let response = client.send_request(request).await.expect("an answer");
            response.into_body().collect().await.expect("a body");
        }
        f64::from(REQUESTS) / start.elapsed().as_secs_f64()
    })
}

/// One RSA-2048 signature with ring.
pub(crate) fn signature() -> Duration {
    let key = rsa_key(DEFAULT_SEED).expect("a key");
    let key = ring::rsa::KeyPair::from_pkcs8(&key).expect("a key");
    let mut signature = vec![0; key.public().modulus_len()];
    each(SIGNATURES, || {
        let random = SystemRandom::new();
        key.sign(&RSA_PKCS1_SHA256, &random, b"header.claims", &mut signature)
            .expect("a signature");
    })
}

/// One chain, a root and a certificate, verified with webpki.
pub(crate) fn verified_chain() -> Duration {
    let key = || KeyPair::generate_for(&rcgen::PKCS_ED25519).expect("a key");
    let mut root = CertificateParams::default();
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root_key = key();
    let root_certificate = root.self_signed(&root_key).expect("a root");
    let issuer = Issuer::new(root, root_key);
    let leaf = CertificateParams::new([HOST.to_owned()]).expect("a name");
    let leaf = leaf.signed_by(&key(), &issuer).expect("a certificate");
    let mut roots = RootCertStore::empty();
    roots.add(root_certificate.der().clone()).expect("a root");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider);
    let verifier = verifier.build().expect("a verifier");
    let name = ServerName::try_from(HOST).expect("a name");
    let now = UnixTime::now();
    each(CHAINS, || {
        use rustls::client::danger::ServerCertVerifier as _;
        verifier.verify_server_cert(leaf.der(), &[], &name, &[], now).expect("a good chain");
    })
}

fn each(times: u32, mut work: impl FnMut()) -> Duration {
    let start = Instant::now();
    (0..times).for_each(|_| work());
    start.elapsed() / times
}

const HOST: &str = "www.contoso.example";

const REQUESTS: u32 = 50_000;

const SIGNATURES: u32 = 200;

const CHAINS: u32 = 2_000;
