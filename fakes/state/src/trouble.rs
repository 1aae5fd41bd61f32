//! Trouble of the real machine on which the lab runs. It must never look like trouble of the simulated one.

use std::io;

use crate::os::SCARCE;

/// Whether an error means that the real machine lacks a resource that the lab needs: space, a writable folder, file
/// descriptors, ports, memory.
pub fn is_resource_shortage(error: &io::Error) -> bool {
    use io::ErrorKind::{
        AddrInUse, AddrNotAvailable, OutOfMemory, QuotaExceeded, ReadOnlyFilesystem, StorageFull,
        WriteZero,
    };
    let kinds = [
        AddrInUse,
        AddrNotAvailable,
        OutOfMemory,
        QuotaExceeded,
        ReadOnlyFilesystem,
        StorageFull,
        WriteZero,
    ];
    kinds.contains(&error.kind()) || error.raw_os_error().is_some_and(|code| SCARCE.contains(&code))
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};

    use super::{SCARCE, is_resource_shortage};

    #[test]
    fn what_the_real_machine_lacks_is_told_from_what_is_simulated() {
        for code in SCARCE {
            assert!(is_resource_shortage(&Error::from_raw_os_error(code)), "{code}");
        }
        for kind in [ErrorKind::StorageFull, ErrorKind::ReadOnlyFilesystem] {
            assert!(is_resource_shortage(&kind.into()), "{kind}");
        }
        for kind in [ErrorKind::NotFound, ErrorKind::PermissionDenied, ErrorKind::ConnectionReset] {
            assert!(!is_resource_shortage(&kind.into()), "{kind}");
        }
    }
}
