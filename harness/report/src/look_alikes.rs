//! Which causes can be told apart through the host port, and which cannot: the worlds of the corpus, compared.
//!
//! A [`Observation`] is what a [census](marslab_census) sees of the broken world of a play, before and after the operation was
//! tried. Two plays with the same operation and the same observation are *alike*: a core that gets the complaint and may look at
//! everything answers the same in both. Where their scenarios name different causes, these share a row in
//! `scenarios/catalogue/look-alikes.toml`, the one source of the groups that scenarios may use; tests of the whole hold
//! the row to the observations. `scenarios/LOOK-ALIKES.md` is [written](crate::reference::look_alikes) from a [`Comparison`].

mod compare;
mod observation;
mod worlds;

pub use compare::{Comparison, ComplaintKey, Confusion, Witness};
pub use observation::{Observation, Shown};
pub use worlds::WorldsError;

#[cfg(test)]
mod tests;
