//! Plays, read again for a world in which other values play the roles.

use std::sync::{Arc, Mutex, PoisonError};

use marslab_model::world::Cast;
use thiserror::Error;

use crate::catalogue::Catalogue;
use crate::compound::{Clash, compose};
use crate::corpus;
use crate::play::{Play, Scenario, Source, SourceFile};
use crate::scenario::{Library, Problems, parse_file};

/// Why a play cannot be read for another world.
#[derive(Debug, Error)]
#[non_exhaustive]
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

/// Reads plays for the world of one cast.
#[derive(Debug)]
pub struct Recast {
    cast: Arc<Cast>,
}

impl Recast {
    /// Reads for the world of this cast.
    pub fn new(cast: Cast) -> Self {
        Self { cast: Arc::new(cast) }
    }

    /// The play as it is in that world.
    pub fn play(&self, play: &Play) -> Result<Play, RecastError> {
        if play.cast == self.cast { Ok(play.clone()) } else { self.of(&play.name, &play.source) }
    }

    fn of(&self, name: &str, source: &Source) -> Result<Play, RecastError> {
        match source {
            Source::File(file) => {
                let scenario = self.file(file)?;
                let found = scenario.plays.iter().find(|play| play.name == name);
                found.cloned().ok_or_else(|| RecastError::Missing(name.to_owned()))
            }
            Source::Parts(parts) => {
                let parts = parts.iter().map(|(name, source)| self.of(name, source));
                let parts = parts.collect::<Result<Vec<Play>, _>>()?;
                Ok(compose(&parts.iter().collect::<Vec<_>>())?)
            }
        }
    }

    /// The scenario of a file. A run has one cast, and plays each file's plays one by one, so what was read last is kept.
    fn file(&self, file: &Arc<SourceFile>) -> Result<Arc<Scenario>, RecastError> {
        static LAST: Mutex<Option<Read>> = Mutex::new(None);
        let last = || LAST.lock().unwrap_or_else(PoisonError::into_inner);
        let known = last().as_ref().filter(|it| it.cast == self.cast).and_then(|it| it.of(file));
        if let Some(known) = known {
            return Ok(known);
        }
        // Not held meanwhile: compounds take long to read.
        let read = Arc::new(self.parse(file)?);
        let mut last = last();
        let all = last.take().filter(|it| it.cast == self.cast && it.scenarios.len() < KEPT_MAX);
        let mut all =
            all.unwrap_or_else(|| Read { cast: Arc::clone(&self.cast), scenarios: Vec::new() });
        all.scenarios.push((Arc::clone(file), Arc::clone(&read)));
        *last = Some(all);
        Ok(read)
    }

    fn parse(&self, file: &Arc<SourceFile>) -> Result<Scenario, RecastError> {
        let catalogue = Catalogue::known();
        let bad = |problems| RecastError::File(Box::new(problems));
        if !corpus::names_parts(&file.text) {
            let library = Library::without_plays(catalogue, Arc::clone(&self.cast));
            return parse_file(file, &library).map_err(bad);
        }
        let singles = corpus::singles().filter_map(|it| match &it.plays.first()?.source {
            Source::File(file) => Some(self.file(file)),
            Source::Parts(_) => None,
        });
        let singles = singles.collect::<Result<Vec<_>, _>>()?;
        let plays = singles.iter().flat_map(|scenario| &scenario.plays).collect();
        let library = Library { catalogue, plays, cast: Arc::clone(&self.cast) };
        parse_file(file, &library).map_err(bad)
    }
}

/// The scenarios of files in the world of one cast.
struct Read {
    cast: Arc<Cast>,
    scenarios: Vec<(Arc<SourceFile>, Arc<Scenario>)>,
}

impl Read {
    fn of(&self, file: &Arc<SourceFile>) -> Option<Arc<Scenario>> {
        let found = self.scenarios.iter().find(|(known, _)| Arc::ptr_eq(known, file));
        found.map(|(_, scenario)| Arc::clone(scenario))
    }
}

/// More files than the corpus has.
const KEPT_MAX: usize = 1000;

#[cfg(test)]
mod tests;
