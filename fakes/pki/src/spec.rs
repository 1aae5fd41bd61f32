//! What the certificate of a server is to say.

use jiff::Timestamp;
use marslab_model::world::TlsVersion;
use marslab_model::{HostName, Name};

/// What the certificate of a server is to say, and what the server does with it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IdentitySpec {
    /// The name that it is for.
    pub host: HostName,
    /// The root that it chains to; empty: the server has signed it itself.
    pub root: Name,
    /// Who below the root has issued it, and what the server sends besides.
    pub issued_by: IssuedBy,
    /// From when it is valid. `None`: it is renewed in time, or long before its end.
    pub not_before: Option<Timestamp>,
    /// Until when it is valid. `None`: it is renewed in time, or long after its beginning.
    pub not_after: Option<Timestamp>,
    /// The oldest TLS version that the server accepts.
    pub min: TlsVersion,
    /// The newest TLS version that the server accepts.
    pub max: TlsVersion,
}

/// Who has issued a certificate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IssuedBy {
    /// The root itself, as the authority of a proxy does.
    Root,
    /// The authority below the root, whose certificate the server sends, too.
    Intermediate,
    /// The same, but the server sends nothing but its own.
    UnsentIntermediate,
    /// The same, but the server sends the certificate of the authority below this root.
    OtherSent(Name),
}

impl IdentitySpec {
    /// A server that is well set up: TLS 1.0 to 1.3, a certificate for its own name, the whole chain.
    pub fn new(host: HostName, root: Name) -> Self {
        let (min, max) = (TlsVersion::V1_0, TlsVersion::V1_3);
        let issued_by = IssuedBy::Intermediate;
        Self { host, root, issued_by, not_before: None, not_after: None, min, max }
    }

    /// Whether no authority has issued it.
    pub fn is_self_signed(&self) -> bool {
        self.root.as_str().is_empty()
    }
}
