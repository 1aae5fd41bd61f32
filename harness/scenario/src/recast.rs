//! Plays, read again for a world in which other values play the roles.

use std::sync::Arc;

use marslab_model::world::Cast;
use thiserror::Error;

use crate::catalogue::Catalogue;
use crate::compound::{Clash, compose};
use crate::corpus;
use crate::play::{Play, Scenario, Source, SourceFile};
use crate::scenario::{Library, Problems, parse};

/// Why a play cannot be read for another world.
#[derive(Debug, Error)]
pub enum RecastError {
    /// With these values, the file has mistakes: one that it gives itself may be a drawn one.
    #[error("{0}")]
    File(Box<Problems>),
    /// With these values, the parts cannot be combined.
    #[error(transparent)]
    Clash(#[from] Clash),
    /// The file no longer has the play.
    #[error("the file has no play `{0}`")]
    Missing(String),
}

/// Reads plays for the world of one cast, each file once.
pub struct Recast {
    cast: Arc<Cast>,
    read: Vec<(Arc<SourceFile>, Scenario)>,
}

impl Recast {
    /// Reads for the world of this cast.
    pub fn new(cast: Cast) -> Self {
        Self { cast: Arc::new(cast), read: Vec::new() }
    }

    /// The play as it is in that world.
    pub fn play(&mut self, play: &Play) -> Result<Play, RecastError> {
        if play.cast == self.cast { Ok(play.clone()) } else { self.of(&play.name, &play.source) }
    }

    fn of(&mut self, name: &str, source: &Source) -> Result<Play, RecastError> {
        match source {
            Source::File(file) => {
                let found = self.file(file)?.plays.iter().find(|play| play.name == name);
                found.cloned().ok_or_else(|| RecastError::Missing(name.to_owned()))
            }
            Source::Parts(parts) => {
                let parts = parts.iter().map(|(name, source)| self.of(name, source));
                let parts = parts.collect::<Result<Vec<Play>, _>>()?;
                Ok(compose(&parts.iter().collect::<Vec<_>>())?)
            }
        }
    }

    fn file(&mut self, file: &Arc<SourceFile>) -> Result<&Scenario, RecastError> {
        let known = self.read.iter().position(|(known, _)| Arc::ptr_eq(known, file));
        let index = match known {
            Some(index) => index,
            None => {
                let scenario = self.parse(file)?;
                self.read.push((Arc::clone(file), scenario));
                self.read.len().saturating_sub(1)
            }
        };
        let found = self.read.get(index).map(|(_, scenario)| scenario);
        found.ok_or_else(|| RecastError::Missing(file.name.clone()))
    }

    fn parse(&self, file: &SourceFile) -> Result<Scenario, RecastError> {
        let SourceFile { name, text } = file;
        let catalogue = Catalogue::embedded();
        let bad = |problems| RecastError::File(Box::new(problems));
        if !corpus::names_parts(text) {
            let library = Library::without_plays(catalogue, Arc::clone(&self.cast));
            return parse(name, text, &library).map_err(bad);
        }
        let singles = corpus::singles_in(&self.cast);
        let plays = singles.iter().flat_map(|scenario| &scenario.plays).collect();
        let library = Library { catalogue, plays, cast: Arc::clone(&self.cast) };
        parse(name, text, &library).map_err(bad)
    }
}

#[cfg(test)]
mod tests;
