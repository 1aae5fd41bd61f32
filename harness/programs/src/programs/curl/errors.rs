//! curl's numbers and texts for what failed, with the errors of Windows' TLS (SSPI).

use marslab_model::{Address, DialError};
use marslab_wire::http::{HttpError, Url};
use marslab_wire::tls::{CertificateProblem, TlsError};

/// The exit code, and the text behind it.
pub(super) fn of(error: &HttpError, url: &Url) -> (u32, String) {
    match error {
        HttpError::Dial { to, error } => dial(*error, to, (6, "Could not resolve host")),
        HttpError::ProxyDial { proxy, error } => {
            dial(*error, proxy, (5, "Could not resolve proxy"))
        }
        HttpError::ProxyRefused { status, .. } => {
            (56, format!("CONNECT tunnel failed, response {status}"))
        }
        HttpError::Tls(error) => tls(error),
        HttpError::Closed => (52, "Empty reply from server".to_owned()),
        HttpError::Malformed { .. } => {
            (1, format!("Received HTTP/0.9 when not allowed from {url}"))
        }
        HttpError::TooLarge { .. } => (63, "Maximum file size exceeded".to_owned()),
    }
}

/// How dialling failed; `unresolved` is what an unknown name is.
fn dial(error: DialError, to: &Address, unresolved: (u32, &str)) -> (u32, String) {
    let (host, port) = (&to.host, to.port);
    match error {
        DialError::NoSuchHost => (unresolved.0, format!("{}: {host}", unresolved.1)),
        DialError::TimedOut => {
            (28, format!("Failed to connect to {host} port {port} after 21000 ms: Timed out"))
        }
        DialError::Refused => {
            (7, format!("Failed to connect to {host} port {port}: Connection refused"))
        }
        DialError::Unreachable => {
            (7, format!("Failed to connect to {host} port {port}: No route to host"))
        }
        DialError::Reset => (56, "Recv failure: Connection was reset".to_owned()),
    }
}

/// What Schannel says. Only a chain or a name that is not trusted has a number of its own (60); the rest are failed handshakes.
fn tls(error: &TlsError) -> (u32, String) {
    let failed = |name: &str, number: &str, text: &str| {
        (35, format!("schannel: next InitializeSecurityContext failed: {name} ({number}) - {text}"))
    };
    match error {
        TlsError::UntrustedRoot { .. } => (
            60,
            "schannel: SEC_E_UNTRUSTED_ROOT (0x80090325) - The certificate chain was issued by an authority that is not trusted."
                .to_owned(),
        ),
        TlsError::WrongName => (
            60,
            "schannel: SNI or certificate check failed: SEC_E_WRONG_PRINCIPAL (0x80090322) - The target principal name is incorrect."
                .to_owned(),
        ),
        TlsError::Expired | TlsError::NotYetValid => {
            failed("SEC_E_CERT_EXPIRED", "0x80090328", "The received certificate has expired.")
        }
        TlsError::BadCertificate { reason: CertificateProblem::Revoked } => {
            failed("CRYPT_E_REVOKED", "0x80092010", "The certificate is revoked.")
        }
        TlsError::BadCertificate { .. } => failed(
            "SEC_E_CERT_UNKNOWN",
            "0x80090327",
            "An unknown error occurred while processing the certificate.",
        ),
        TlsError::NoCommonVersion => failed(
            "SEC_E_ILLEGAL_MESSAGE",
            "0x80090326",
            "This error usually occurs when a fatal SSL/TLS alert is received (e.g. handshake failed).",
        ),
        TlsError::NothingOffered => failed(
            "SEC_E_ALGORITHM_MISMATCH",
            "0x80090331",
            "The client and server cannot communicate, because they do not possess a common algorithm.",
        ),
        TlsError::Closed => (35, "Recv failure: Connection was reset".to_owned()),
        TlsError::Malformed => {
            failed("SEC_E_INVALID_TOKEN", "0x80090308", "The token supplied to the function is invalid")
        }
    }
}
