//! Storage accounts, and what they hold. The names of containers and blobs have case.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::content::Content;
use crate::map::Map;
use crate::names::Name;
use crate::tracked::{leaf, record};

record! {
    /// A storage account.
    pub struct StorageAccount {
        /// The subscription that it belongs to; `None` for one of a service's own, which no customer sees.
        pub subscription: Option<Name>,
        /// Its resource group.
        pub resource_group: String,
        /// Its region.
        pub location: String,
        /// Its access key, in Base64.
        pub key: String,
        /// Its containers of blobs.
        pub containers: Map<String, Container>,
    }

    /// A container of blobs.
    pub struct Container {
        /// When it was last written (true time).
        pub modified: Timestamp,
        /// The number of its state.
        pub etag: u64,
        /// Who has it to themselves.
        pub lease: Lease,
        /// Its blobs.
        pub blobs: Map<String, Blob>,
        /// Blocks that no list has put into a blob yet, by blob and block id.
        pub staged: Map<String, Map<String, Content>>,
    }

    /// A block blob.
    pub struct Blob {
        /// The ids of its blocks in their order; one that was written whole has one block without an id.
        pub committed: Vec<String>,
        /// Its blocks by id.
        pub blocks: Map<String, Content>,
        /// Its `Content-Type`.
        pub content_type: String,
        /// When it was last written (true time).
        pub modified: Timestamp,
        /// The number of its state.
        pub etag: u64,
        /// Who has it to themselves.
        pub lease: Lease,
        /// What its writer noted beside it (`x-ms-meta-…`).
        pub metadata: Map<Name, String>,
    }
}

/// A lease: who may write, as the REST interface calls it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Lease {
    /// Nobody holds one.
    #[default]
    Available,
    /// Its holder knows the id.
    Leased {
        /// The id.
        id: String,
        /// Until when (true time); `None` for one without end.
        until: Option<Timestamp>,
        /// For how many seconds it was taken; `None` for one without end.
        seconds: Option<u32>,
    },
    /// It was broken, and goes on for a while.
    Breaking {
        /// The id.
        id: String,
        /// Until when (true time).
        until: Timestamp,
    },
    /// It was broken.
    Broken,
}

leaf!(Lease);
