//! The agent's limits: numbers of the product that decide whether something works.
//!
//! The core has its own copy, from the same sources. † marks a number that no public source gives.

use serde::{Deserialize, Serialize};

/// The agent's limits. [`Default`] has the product's own numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// How long a signed assertion is valid, in seconds: ten minutes †, as the product's sign-in library makes them
    /// (mars-facts 4.5).
    pub assertion_seconds: i64,
    /// By how many seconds the certificate of a credentials file is backdated (mars-facts 3.5: ten minutes). To a machine
    /// whose clock is further behind it is not valid yet.
    pub backdated_seconds: i64,
    /// The size of a backup's metadata in the scratch folder, in percent of the selected data: the lower end of the 5 to
    /// 10 % that the articles ask for (mars-facts E5, E6).
    pub scratch_percent: u64,
    /// Above so many selected files the metadata is larger: a million, by what Microsoft's support in Japan advises.
    pub many_files: u64,
    /// The size of a backup's metadata in percent of the data where the files are so many: that support's 20 %. That the share
    /// grows at once, and not little by little, is the lab's own †.
    pub many_files_percent: u64,
    /// The size of what is on its way from a recovery volume, in percent of it: the lower end of the 5 to 10 % that Microsoft's
    /// support in Japan advises.
    pub restore_percent: u64,
    /// The first build of 2.0 that signs in at the directory; earlier ones ask the retired access control service
    /// (mars-facts 5.1, 3.2).
    pub directory_build: u32,
    /// The first build of 2.0 † that keeps checksums: the build at which the articles draw a line for credentials (mars-facts
    /// E1, 1.9). From there on it has messages of its own for the scratch folder, by the product's table of messages.
    pub scratch_errors_build: u32,
    /// The first build of 2.0 that reads the element `PrivateEndpointStateForBackup` of a credentials file (mars-facts E1,
    /// 3.2).
    pub endpoint_state_build: u32,
    /// The first build of 2.0 † that skips files with unsupported attributes and goes on; earlier ones end the job (mars-facts
    /// 5.11: only newer articles have the warning, and none has a version).
    pub skips_build: u32,
    /// The first build of 2.0 † that asks no connectivity probe in the public cloud: the article of 2025 has all URLs on HTTPS
    /// and port 443, and `www.msftncsi.com`, which those of 2019 require, for the US government only (mars-facts 5.10).
    pub https_only_build: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            assertion_seconds: 600,
            backdated_seconds: 600,
            scratch_percent: 5,
            many_files: 1_000_000,
            many_files_percent: 20,
            restore_percent: 5,
            directory_build: 9083,
            scratch_errors_build: 9249,
            endpoint_state_build: 9249,
            skips_build: 9249,
            https_only_build: 9249,
        }
    }
}
