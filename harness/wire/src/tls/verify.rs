//! Verification of a server's certificate chain.

use std::convert::Infallible;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::Timestamp;
use marslab_model::Content;
use marslab_model::net::Host;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

use super::error::{Issuer, TlsError};
use super::setup::PROVIDER;
use super::signatures::REMEMBERING;
use crate::memo::Memo;
use crate::x509;

/// The name as certificates have it. No certificate is for a name that is impossible in DNS.
pub(super) fn server_name(host: &Host) -> Result<ServerName<'static>, TlsError> {
    match host {
        Host::Ip(ip) => Ok(ServerName::from(*ip)),
        Host::Name(name) => {
            ServerName::try_from(name.as_str().to_owned()).map_err(|_error| TlsError::WrongName)
        }
    }
}

/// The time at which certificates are checked. Anything before 1970 becomes 1970.
pub(super) fn unix_time(now: Timestamp) -> UnixTime {
    let seconds = u64::try_from(now.as_second()).unwrap_or(0);
    UnixTime::since_unix_epoch(Duration::from_secs(seconds))
}

/// The verifier for these roots.
///
/// Reading the roots takes longer than a handshake, and the same few sets are used over and over.
pub(super) fn verifier(roots: &[Content]) -> Arc<dyn ServerCertVerifier> {
    // A world has at most four machines with one store each, before and after a remedy, and tests run in parallel.
    static VERIFIERS: Memo<Arc<dyn ServerCertVerifier>> = Memo::bounded(32);
    let of: Vec<&[u8]> = roots.iter().map(Content::bytes).collect();
    let Ok(verifier) = VERIFIERS.get(&of, || Ok::<_, Infallible>(build(roots)));
    verifier
}

fn build(roots: &[Content]) -> Arc<dyn ServerCertVerifier> {
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(roots.iter().map(|root| CertificateDer::from(root.bytes())));
    let provider = Arc::clone(&REMEMBERING);
    match WebPkiServerVerifier::builder_with_provider(Arc::new(store), provider).build() {
        Ok(verifier) => verifier,
        Err(_) => Arc::new(NoRoots),
    }
}

/// Who issued the last certificate of a chain: the root in one that is complete.
pub(super) fn issuer(leaf: &CertificateDer<'_>, intermediates: &[CertificateDer<'_>]) -> Issuer {
    let last = intermediates.last().unwrap_or(leaf);
    let name = x509::read(last).map(|certificate| certificate.issuer).unwrap_or_default();
    Issuer { name, at: x509::issuer_address(last) }
}

/// A verifier for one handshake, which notes who issued a chain that it refuses.
#[derive(Debug)]
pub(super) struct Noting {
    verifier: Arc<dyn ServerCertVerifier>,
    /// Certificates of authorities that the server may not have sent.
    known: Vec<CertificateDer<'static>>,
    refused: OnceLock<Issuer>,
}

impl Noting {
    /// The verifier for these roots, to which these authorities are known besides.
    pub(super) fn new(roots: &[Content], known: &[Content]) -> Self {
        let known = known.iter().map(|der| CertificateDer::from(der.bytes().to_vec())).collect();
        Self { verifier: verifier(roots), known, refused: OnceLock::new() }
    }

    /// Who issued the chain that it refused; nobody if it refused none.
    pub(super) fn issuer(&self) -> Issuer {
        self.refused.get().cloned().unwrap_or_default()
    }
}

impl ServerCertVerifier for Noting {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let all: Vec<_> = intermediates.iter().chain(&self.known).cloned().collect();
        let verified = self.verifier.verify_server_cert(leaf, &all, name, ocsp, now);
        if verified.is_err() {
            self.refused.get_or_init(|| issuer(leaf, intermediates));
        }
        verified
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier.verify_tls12_signature(message, leaf, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier.verify_tls13_signature(message, leaf, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}

/// Trusts no authority. webpki refuses to build a verifier without roots.
#[derive(Debug)]
struct NoRoots;

impl ServerCertVerifier for NoRoots {
    fn verify_server_cert(
        &self,
        _leaf: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Err(CertificateError::UnknownIssuer.into())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _leaf: &CertificateDer<'_>,
        _signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(CertificateError::UnknownIssuer.into())
    }

    fn verify_tls13_signature(
        &self,
        _message: &[u8],
        _leaf: &CertificateDer<'_>,
        _signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(CertificateError::UnknownIssuer.into())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        PROVIDER.signature_verification_algorithms.supported_schemes()
    }
}
