//! [`Library`]: what a scenario file can refer to.

use std::sync::Arc;

use marslab_model::world::Cast;

use crate::catalogue::Catalogue;
use crate::play::Play;

/// What a scenario file can refer to by name.
#[derive(Clone, Debug)]
pub struct Library<'a> {
    /// Failures, causes, messages, remedies.
    pub catalogue: &'a Catalogue,
    /// The plays that a compound can be made of.
    pub plays: Vec<&'a Play>,
    /// What plays the roles that a file names.
    pub cast: Arc<Cast>,
}

impl<'a> Library<'a> {
    /// One that has no plays: enough for every file that is not a compound.
    pub const fn without_plays(catalogue: &'a Catalogue, cast: Arc<Cast>) -> Self {
        Self { catalogue, plays: Vec::new(), cast }
    }
}
