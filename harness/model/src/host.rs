//! The host port: what a program on a machine can read ([`HostRead`]) and do ([`HostControl`]).
//!
//! | module | what lives there |
//! | --- | --- |
//! | `read` | the methods of the read-only side, each with the public API of Windows that answers it |
//! | `control` | what changes the machine |
//! | `files`, `registry`, `services`, `system` | what those calls return |
//! | `call_spec` | the calls, described |
//! | `errors`, `account` | how calls fail, and as whom they are made |
//! | `hook` | a host that answers as another does, but for what a hook changes |
//! | `port` | the macro that makes traits, [`Call`], [`Answer`], [`CallSpec`] and [`Hooked`] of one declaration |
//!
//! The port has types of its own: they are what Win32, COM and PowerShell return, and nothing that only the simulation
//! knows. Every call is made *as* an [`Account`] where Windows tells accounts apart. Times are the machine's: what its
//! clock says, right or wrong.

mod account;
mod call_spec;
mod control;
mod errors;
mod files;
mod hook;
mod port;
mod read;
mod registry;
mod services;
mod system;

pub use account::Account;
pub use call_spec::{ArgumentSpec, CallSpec};
pub use control::{
    AttachError, Cmdlet, Due, HostControl, LaunchError, RpcError, SnapshotError, TlsClient,
    UrlPolicy, VirtualDiskError, VolumeError,
};
pub use errors::{FileError, HostError, ListedError, ReadError, ServiceError};
pub use files::{FILE_BYTES_MAX, FileInfo, VolumeInfo};
pub use hook::{Hook, Hooked};
pub use read::{Answer, Call, Files, Network, Registry, System};
pub use registry::RegistryValue;
pub use services::{ServiceInfo, TaskInfo, TriggerInfo};
pub use system::{
    AccountInfo, AntivirusStatus, CachedAnswer, CertificateInfo, DeviceInfo, EventRecord, OsInfo,
    TimeZoneInfo,
};

/// What a diagnostic core may use. It changes nothing.
pub trait HostRead: Files + Registry + System + Network {}

impl<T: Files + Registry + System + Network> HostRead for T {}
