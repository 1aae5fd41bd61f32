//! Why TLS failed, by what the caller can do about it.

use std::io;

use rustls::{AlertDescription, CertificateError, PeerIncompatible};
use thiserror::Error;

/// Why TLS failed. Both layers give the same error for the same cause.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TlsError {
    /// The client offers no version at all.
    #[error("the client offers no TLS version")]
    NothingOffered,
    /// The server accepts none of the versions that the client offers.
    #[error("client and server have no TLS version in common")]
    NoCommonVersion,
    /// The chain does not end in a trusted root.
    #[error("the certificate does not chain to a trusted root")]
    UntrustedRoot {
        /// Who issued the last certificate of the chain, as it says itself (`CN=…`); empty where it cannot be read. A server
        /// does not learn it.
        issuer: String,
        /// Where that certificate says that its issuer's can be had (RFC 5280, 4.2.2.1); `None` where it does not say.
        issuer_at: Option<String>,
    },
    /// A certificate of the chain has expired. A server gets this error for one that is not valid yet, too.
    #[error("the certificate has expired")]
    Expired,
    /// A certificate of the chain is not valid yet.
    #[error("the certificate is not valid yet")]
    NotYetValid,
    /// The certificate is for another name. A server only learns that its certificate was refused.
    #[error("the certificate is for another name")]
    WrongName,
    /// Something else is wrong with a certificate.
    #[error("the certificate is not usable: {reason}")]
    BadCertificate {
        /// What is wrong.
        reason: CertificateProblem,
    },
    /// The peer closed or reset the connection during the handshake.
    #[error("the connection was closed during the handshake")]
    Closed,
    /// The peer does not speak TLS.
    #[error("the peer does not speak TLS")]
    Malformed,
}

/// What is wrong with a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CertificateProblem {
    /// The server sent none.
    #[error("the server sent none")]
    Missing,
    /// It is not an X.509 certificate.
    #[error("it cannot be read")]
    Encoding,
    /// A signature in the chain is wrong or of an unsupported kind.
    #[error("a signature is invalid")]
    Signature,
    /// It is not for servers.
    #[error("it is not for this purpose")]
    Purpose,
    /// It was revoked.
    #[error("it was revoked")]
    Revoked,
    /// It violates a constraint of its chain, such as the names that the authority may certify.
    #[error("it violates a constraint of its chain")]
    Rule,
    /// The client refused it without giving a reason.
    #[error("the client refused it")]
    Refused,
    /// The server cannot use its own chain and key.
    #[error("the server's own chain or key is unusable")]
    OwnIdentity,
}

/// Who issued the last certificate of a chain.
#[derive(Clone, Debug, Default)]
pub(super) struct Issuer {
    /// The name; empty where the certificate cannot be read.
    pub(super) name: String,
    /// Where the issuer's certificate can be had.
    pub(super) at: Option<String>,
}

impl TlsError {
    /// An untrusted root of which nothing more is known.
    pub(super) const fn untrusted() -> Self {
        Self::UntrustedRoot { issuer: String::new(), issuer_at: None }
    }

    /// The same; of an untrusted root, who it is.
    pub(super) fn issued_by(self, by: impl FnOnce() -> Issuer) -> Self {
        match self {
            Self::UntrustedRoot { .. } => {
                let Issuer { name, at } = by();
                Self::UntrustedRoot { issuer: name, issuer_at: at }
            }
            other => other,
        }
    }

    /// The meaning of a fatal alert from the peer.
    pub(super) fn from_alert(alert: AlertDescription) -> Self {
        match alert {
            AlertDescription::ProtocolVersion => Self::NoCommonVersion,
            AlertDescription::UnknownCA => Self::untrusted(),
            AlertDescription::CertificateExpired => Self::Expired,
            AlertDescription::CertificateRevoked => {
                Self::BadCertificate { reason: CertificateProblem::Revoked }
            }
            AlertDescription::UnsupportedCertificate => {
                Self::BadCertificate { reason: CertificateProblem::Purpose }
            }
            AlertDescription::DecryptError => {
                Self::BadCertificate { reason: CertificateProblem::Signature }
            }
            AlertDescription::BadCertificate
            | AlertDescription::CertificateUnknown
            | AlertDescription::AccessDenied => {
                Self::BadCertificate { reason: CertificateProblem::Refused }
            }
            AlertDescription::CloseNotify | AlertDescription::UserCanceled => Self::Closed,
            _ => Self::Malformed,
        }
    }
}

impl From<&CertificateError> for TlsError {
    fn from(error: &CertificateError) -> Self {
        let reason = match error {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                return Self::Expired;
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                return Self::NotYetValid;
            }
            CertificateError::UnknownIssuer => {
                return Self::untrusted();
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                return Self::WrongName;
            }
            CertificateError::BadEncoding => CertificateProblem::Encoding,
            CertificateError::BadSignature
            | CertificateError::UnsupportedSignatureAlgorithmContext { .. }
            | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
                CertificateProblem::Signature
            }
            CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => {
                CertificateProblem::Purpose
            }
            CertificateError::Revoked => CertificateProblem::Revoked,
            _ => CertificateProblem::Rule,
        };
        Self::BadCertificate { reason }
    }
}

impl From<&rustls::Error> for TlsError {
    fn from(error: &rustls::Error) -> Self {
        match error {
            rustls::Error::InvalidCertificate(error) => error.into(),
            rustls::Error::NoCertificatesPresented => {
                Self::BadCertificate { reason: CertificateProblem::Missing }
            }
            rustls::Error::AlertReceived(alert) => Self::from_alert(*alert),
            rustls::Error::PeerIncompatible(
                PeerIncompatible::ServerDoesNotSupportTls12Or13
                | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig
                | PeerIncompatible::SupportedVersionsExtensionRequired
                | PeerIncompatible::Tls12NotOffered
                | PeerIncompatible::Tls12NotOfferedOrEnabled,
            ) => Self::NoCommonVersion,
            _ => Self::Malformed,
        }
    }
}

impl From<io::Error> for TlsError {
    fn from(error: io::Error) -> Self {
        let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
        inner.map_or(Self::Closed, Self::from)
    }
}
