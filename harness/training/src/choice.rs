//! Which scenario is played.

use marslab_scenario::catalogue::Catalogue;
use marslab_scenario::corpus;
use marslab_scenario::scenario::Play;
use thiserror::Error;

use crate::difficulty;

/// What is asked for, where no scenario is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Only of the section of the articles whose id is this, or has this in it.
    pub section: Option<String>,
    /// Only of this level.
    pub difficulty: Option<u8>,
}

/// Why there is nothing to play.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ChoiceError {
    /// The articles have no such section.
    #[error("unknown section `{0}`")]
    UnknownSection(String),
    /// Several sections have this in their ids.
    #[error("`{word}` is part of the names of several sections: {}", .ids.join(", "))]
    SeveralSections {
        /// What was asked for.
        word: String,
        /// The sections.
        ids: Vec<&'static str>,
    },
    /// No scenario is of that section and that level.
    #[error("no scenario of this section has this difficulty")]
    Nothing,
    /// The scenario has nothing to repair.
    #[error("nothing to repair in `{0}`")]
    NothingToRepair(String),
}

impl Choice {
    /// One of the plays that fit, drawn by a seed.
    pub fn draw(&self, seed: u64) -> Result<&'static Play, ChoiceError> {
        let section = self.section.as_deref().map(section_named).transpose()?;
        let plays: Vec<&Play> = corpus::plays().filter(|play| self.fits(play, section)).collect();
        let count = u64::try_from(plays.len()).unwrap_or_default();
        let index = mixed(seed).checked_rem(count).ok_or(ChoiceError::Nothing)?;
        let index = usize::try_from(index).unwrap_or_default();
        plays.get(index).copied().ok_or(ChoiceError::Nothing)
    }

    fn fits(&self, play: &Play, section: Option<&str>) -> bool {
        let fails = play.fails() || !play.parts.is_empty();
        fails
            && is_repairable(play)
            && section.is_none_or(|id| section_of(play) == Some(id))
            && self.difficulty.is_none_or(|level| difficulty::of(&play.name) == Some(level))
    }
}

/// The section with this id, or the one whose id has this in it.
fn section_named(word: &str) -> Result<&'static str, ChoiceError> {
    let ids = || Catalogue::known().sections.keys().map(|id| id.as_str());
    let exact = ids().find(|id| *id == word);
    let ids: Vec<&str> = ids().filter(|id| !word.is_empty() && id.contains(word)).collect();
    match (exact, ids.as_slice()) {
        (Some(id), _) => Ok(id),
        (None, [id]) => Ok(*id),
        (None, []) => Err(ChoiceError::UnknownSection(word.to_owned())),
        (None, _) => Err(ChoiceError::SeveralSections { word: word.to_owned(), ids }),
    }
}

/// Whether there is something to repair.
pub fn is_repairable(play: &Play) -> bool {
    !play.cures.is_empty()
}

/// The section of the articles that documents a play.
pub fn section_of(play: &Play) -> Option<&'static str> {
    let row = Catalogue::known().failure(play.failure.as_ref()?.as_str())?;
    Some(row.section.as_str())
}

/// Seeds that follow each other draw unlike plays (SplitMix64).
const fn mixed(seed: u64) -> u64 {
    let z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
