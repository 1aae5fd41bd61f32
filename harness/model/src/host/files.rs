//! What Windows tells of files and volumes.

use std::collections::BTreeSet;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::WinPath;
use crate::world::{BitLocker, FileAttribute, VolumeKind};

/// What is known of a file or folder without reading it (`WIN32_FIND_DATAW`, `FILE_STANDARD_INFO`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FileInfo {
    /// Its path, in the case in which it was made.
    pub path: WinPath,
    /// Whether it is a folder.
    pub folder: bool,
    /// Its size in bytes; 0 for a folder.
    pub size: u64,
    /// When it was last written (machine time); none for a folder.
    pub modified: Option<Timestamp>,
    /// Its attributes. That a file has several hard links is among them (`nNumberOfLinks`).
    pub attributes: BTreeSet<FileAttribute>,
}

impl FileInfo {
    /// A folder.
    pub const fn folder(path: WinPath) -> Self {
        Self { path, folder: true, size: 0, modified: None, attributes: BTreeSet::new() }
    }
}

/// A volume.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct VolumeInfo {
    /// Its size in bytes (`GetDiskFreeSpaceExW`).
    pub size: u64,
    /// Its free bytes (`GetDiskFreeSpaceExW`).
    pub free: u64,
    /// What it is (`GetDriveTypeW`).
    pub kind: VolumeKind,
    /// Its file system, such as `NTFS` (`GetVolumeInformationW`).
    pub file_system: String,
    /// Its BitLocker state (`Win32_EncryptableVolume`: `GetProtectionStatus`, `GetLockStatus`).
    pub bitlocker: BitLocker,
    /// The most bytes that its shadow copies may take (`Win32_ShadowStorage.MaxSpace`); none if Windows decides
    /// by itself.
    pub shadow_storage: Option<u64>,
}

/// The most bytes that a file may have to be read whole.
pub const FILE_BYTES_MAX: u64 = 4 << 20;
