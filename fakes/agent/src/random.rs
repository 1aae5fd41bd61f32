//! Random bytes and GUIDs from the machine.

use marslab_model::HostControl;
use uuid::{Builder, Uuid};

/// Random bytes.
pub(crate) fn random<const N: usize>(host: &dyn HostControl) -> [u8; N] {
    let mut bytes = [0; N];
    host.random(&mut bytes);
    bytes
}

/// A random GUID (RFC 9562, version 4).
pub(crate) fn guid(host: &dyn HostControl) -> Uuid {
    Builder::from_random_bytes(random(host)).into_uuid()
}
