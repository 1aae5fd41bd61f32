//! Versions of TLS.

use marslab_model::world::TlsVersion;

/// The versions that rustls implements, newest first.
pub(super) const CURRENT: [TlsVersion; 2] = [TlsVersion::V1_3, TlsVersion::V1_2];

/// The older versions, newest first.
pub(super) const OUTDATED: [TlsVersion; 2] = [TlsVersion::V1_1, TlsVersion::V1_0];

/// The number of a version on the wire (RFC 8446, 4.2.1).
pub(super) fn code(version: TlsVersion) -> u16 {
    match version {
        TlsVersion::V1_0 => 0x0301,
        TlsVersion::V1_1 => 0x0302,
        TlsVersion::V1_2 => 0x0303,
        TlsVersion::V1_3 => 0x0304,
    }
}

/// The version with this number.
pub(super) fn from_code(number: u16) -> Option<TlsVersion> {
    CURRENT.into_iter().chain(OUTDATED).find(|version| code(*version) == number)
}
