//! A host whose every call a test has to expect.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use async_trait::async_trait;
use jiff::Timestamp;
use marslab_model::host::{
    Account, AccountInfo, AntivirusStatus, CachedAnswer, CertificateInfo, DeviceInfo, EventRecord,
    FileError, FileInfo, Files, Network, OsInfo, ReadError, Registry, RegistryValue, ServiceError,
    ServiceInfo, System, TaskInfo, TimeZoneInfo, VolumeInfo,
};
use marslab_model::net::ViaProxy;
use marslab_model::world::{Language, Platform, TlsVersion};
use marslab_model::{
    Address, Connection, Content, DialError, HostName, KeyPath, Name, WinPath, with_host_read,
};

/// Makes the mock of the port's declaration.
macro_rules! mock_host {
    (
        sync { $(
            $(#[$trait_meta:meta])*
            trait $trait:ident { $(
                $(#[$meta:meta])*
                $variant:ident = fn $method:ident $([$who:ident])?
                    ($($arg:ident: &$type:ident),*) -> $out:ty;
            )* }
        )* }
        async {
            $(#[$net_meta:meta])*
            trait $net:ident { $(
                $(#[$far_meta:meta])*
                $far_variant:ident = fn $far_method:ident $([$far_who:ident])?
                    ($($far_arg:ident: &$far_type:ident),*) -> $far_out:ty;
            )* }
        }
    ) => {
        mockall::mock! {
            /// A host whose every call a test has to expect (see `mockall`).
            pub Host {}

            $(
                impl $trait for Host { $(
                    fn $method(&self $(, $who: &Account)? $(, $arg: &$type)*) -> $out;
                )* }
            )*

            #[async_trait]
            impl $net for Host {
                $(
                    async fn $far_method(&self $(, $far_who: &Account)? $(, $far_arg: &$far_type)*)
                        -> $far_out;
                )*
                async fn dial(&self, who: &Account, to: &Address) -> Result<Connection, DialError>;
            }
        }
    };
}

with_host_read!(mock_host);

#[cfg(test)]
mod tests;
