//! The worlds of plays: healthy, with the faults, and after the operation was tried.

use std::collections::BTreeSet;

use jiff::Timestamp;
use marslab_model::world::{FileAttribute, Machine};
use marslab_model::{Operation, WinPath, World};
use thiserror::Error;

use marslab_engine::play::{Casting, Options, PlayError, Stop, install, prepare};
use marslab_engine::verdict::Mismatch;
use marslab_live::{DEFAULT_SEED, Fidelity, Live, LiveError};
use marslab_scenario::scenario::Play;

/// The worlds of one play.
pub(super) struct Worlds<'a> {
    /// The play.
    pub(super) play: &'a Play,
    /// Before anything is broken.
    pub(super) healthy: World,
    /// With the faults, before anything was tried.
    pub(super) broken: World,
    /// After the operation was tried once, as the customer did.
    pub(super) tried: World,
}

/// Why the worlds of a play could not be made.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum WorldsError {
    /// The lab could not do its part.
    #[error("`{play}`: {error}")]
    Play {
        /// The play.
        play: String,
        /// Why.
        error: PlayError,
    },
    /// What comes before the play did not succeed.
    #[error("`{play}`: expected {}, seen {}", mismatch.expected, mismatch.seen)]
    NotHealthy {
        /// The play.
        play: String,
        /// What was seen instead.
        mismatch: Mismatch,
    },
    /// No runtime could be made.
    #[error("cannot start a runtime: {0}")]
    Runtime(std::io::Error),
}

impl WorldsError {
    pub(super) fn new(play: &Play, stop: Stop) -> Self {
        let play = play.name.clone();
        match stop {
            Stop::Error(error) => Self::Play { play, error },
            Stop::Mismatch(mismatch) => Self::NotHealthy { play, mismatch },
        }
    }
}

impl<'a> Worlds<'a> {
    /// Plays as far as the first failure, in memory.
    pub(super) async fn make(play: &'a Play) -> Result<Self, WorldsError> {
        Self::try_make(play).await.map_err(|stop| WorldsError::new(play, stop))
    }

    async fn try_make(play: &'a Play) -> Result<Self, Stop> {
        let healthy = healthy(play).await?;
        let live = start(healthy.clone()).await?;
        install(&play.faults, &live)?;
        let broken = live.snapshot()?;
        live.operate(play.operation).await;
        Ok(Self { play, healthy, broken, tried: live.snapshot()? })
    }

    /// Whether two plays obviously differ: in the operation, or in something that the machine lists plainly. Plays that
    /// obviously differ cannot look alike, so the census is not needed.
    pub(super) fn differs_at_a_glance(&self, other: &Self) -> bool {
        let here = |worlds: &Self| worlds.tried.machines.get(&worlds.tried.cast.machine).cloned();
        let (Some(one), Some(two)) = (here(self), here(other)) else { return true };
        self.operation() != other.operation()
            || one.registry != two.registry
            || !outsides(&one).eq(outsides(&two))
            || one.services != two.services
            || one.tasks != two.tasks
            || one.devices != two.devices
            || one.software != two.software
            || one.volumes != two.volumes
    }

    /// What the customer says was tried.
    pub(super) fn operation(&self) -> Operation {
        self.play.reported_operation.unwrap_or(self.play.operation)
    }
}

/// What is listed of files; not all of them can be read.
fn outsides(
    machine: &Machine,
) -> impl Iterator<Item = (&WinPath, u64, Timestamp, &BTreeSet<FileAttribute>)> {
    let files = machine.files.iter();
    files.map(|(path, file)| (path, file.size, file.modified, &file.attributes))
}

/// The healthy world with which a play begins.
async fn healthy(play: &Play) -> Result<World, Stop> {
    let (casting, seed) = match play.cast.seed {
        Some(seed) => (Casting::Drawn, seed),
        None => (Casting::Plain, DEFAULT_SEED),
    };
    let options = Options { fidelity: Fidelity::Memory, casting, seed, ..Options::default() };
    Ok(prepare(play, &options, Fidelity::Memory).await?.world)
}

/// Sets a world going, as the broken world of a play is.
pub(super) async fn start(world: World) -> Result<Live, LiveError> {
    let seed = world.cast.seed.unwrap_or(DEFAULT_SEED);
    let options = Options { seed, ..Options::default() };
    Live::start(world, &options.start_options(Fidelity::Memory).with_instance(1))
}
