//! [`NewPackError`].

use std::path::PathBuf;

use thiserror::Error;

/// Why a new pack could not be begun.
#[derive(Debug, Error)]
pub(crate) enum NewPackError {
    /// It has no folder, or several.
    #[error("`new` begins a pack in a folder")]
    NoFolder,
    /// It would take the place of a file.
    #[error("`{}` exists; nothing was written", .0.display())]
    Exists(PathBuf),
}

impl NewPackError {
    /// What to do about it.
    pub(crate) const fn hint(&self) -> &'static str {
        match self {
            Self::NoFolder => "name one, such as `--pack acme`",
            Self::Exists(_) => "name a new folder",
        }
    }
}
