//! The packs that were read: they belong to the catalogue and the corpus.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use marslab_live::product::{self, Product};

use crate::catalogue::{Catalogue, PackTable, Sources};
use crate::play::SourceFile;

/// A folder of scenario files and tables. Its name begins all names and ids in it: `acme/…`.
#[derive(Debug)]
pub struct Pack {
    /// Its name: that of its folder.
    pub name: String,
    /// Its folder, as it was named.
    pub folder: PathBuf,
    /// Its scenario files.
    pub files: Vec<Arc<SourceFile>>,
}

/// The packs that were read.
pub fn loaded() -> &'static [Pack] {
    &all().packs
}

/// What the agent shows and needs: what this build has, and what packs add.
pub fn product() -> &'static Arc<Product> {
    &all().product
}

/// Their tables.
pub(crate) fn tables() -> &'static [PackTable] {
    &all().tables
}

/// Makes these the packs of the program, unless it has some, or has asked for them.
pub(crate) fn set(packs: Packs) -> Result<(), InUse> {
    LOADED.set(packs).map_err(|_packs| InUse)
}

/// The program has its packs.
pub(crate) struct InUse;

fn all() -> &'static Packs {
    LOADED.get_or_init(Packs::default)
}

static LOADED: OnceLock<Packs> = OnceLock::new();

/// Packs, and what is in their tables.
#[derive(Debug)]
pub(crate) struct Packs {
    pub(crate) packs: Vec<Pack>,
    pub(crate) tables: Vec<PackTable>,
    pub(crate) product: Arc<Product>,
}

impl Default for Packs {
    fn default() -> Self {
        let (packs, tables) = (Vec::new(), Vec::new());
        Self { packs, tables, product: Arc::clone(product::embedded()) }
    }
}

impl Catalogue {
    /// The catalogue of this program: what is embedded, and what packs add.
    #[expect(
        clippy::expect_used,
        reason = "a test parses what is embedded, and packs are read before they count"
    )]
    pub fn known() -> &'static Self {
        static KNOWN: OnceLock<Catalogue> = OnceLock::new();
        KNOWN.get_or_init(|| {
            let sources = Sources { packs: tables(), ..Sources::EMBEDDED };
            Self::parse(&sources).expect("the catalogue has no mistakes")
        })
    }
}
