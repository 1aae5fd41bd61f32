//! The healthy worlds that plays share: what is done in them is done once a process.
//!
//! Many plays begin with the same world: a server that was registered, was given a passphrase and has backed up. On `memory`
//! that world follows from the options, the settings and the operation alone. It is kept, bounded, and forgotten all at
//! once; with memos [switched off](memo::switch_off), it is made anew.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use marslab_live::product::Product;
use marslab_live::{Fidelity, Live, Snapshot, memo};
use marslab_model::Operation;
use marslab_scenario::scenario::Play;

use super::setup::make_healthy;
use super::{Attempt, Options, Performance, Stop};

/// A healthy world before its operation and, once somebody tried it, after.
pub(super) struct Healthy {
    /// Before.
    pub(super) before: Snapshot,
    tried: OnceLock<Tried>,
    /// Held so that no other product gets its address, by which the world is kept.
    _product: Arc<Product>,
}

impl Healthy {
    async fn make(play: &Play, options: &Options, fidelity: Fidelity) -> Result<Arc<Self>, Stop> {
        let before = make_healthy(&play.given, play.operation, options, fidelity).await?;
        let _product = Arc::clone(&options.product);
        Ok(Arc::new(Self { before, tried: OnceLock::new(), _product }))
    }
}

/// The operation in a healthy world.
#[derive(Clone)]
pub(super) struct Tried {
    pub(super) attempt: Attempt,
    /// The world after it.
    pub(super) after: Snapshot,
}

/// The healthy world in which everything that comes before the operation has been done. What is done leaves the same at each
/// fidelity.
pub async fn prepare(play: &Play, options: &Options, fidelity: Fidelity) -> Result<Snapshot, Stop> {
    Ok(healthy(play, options, fidelity).await?.before.clone())
}

/// The same without settings, anew.
pub(crate) async fn prepare_for(operation: Operation, options: &Options) -> Result<Snapshot, Stop> {
    make_healthy(&[], operation, options, options.fidelity).await
}

async fn healthy(play: &Play, options: &Options, fidelity: Fidelity) -> Result<Arc<Healthy>, Stop> {
    let Some(made_of) = made_of(play, options, fidelity) else {
        return Healthy::make(play, options, fidelity).await;
    };
    let known = || KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let found = known().get(&made_of).cloned();
    if let Some(healthy) = found {
        return Ok(healthy);
    }
    let healthy = Healthy::make(play, options, fidelity).await?;
    let mut kept = known();
    if kept.len() >= KEPT_MAX {
        kept.clear();
    }
    kept.insert(made_of, Arc::clone(&healthy));
    Ok(healthy)
}

/// All that decides about a healthy world; nothing where it begins at the real time.
fn made_of(play: &Play, options: &Options, fidelity: Fidelity) -> Option<String> {
    let Options { seed, language, limits, product, casting, .. } = options;
    let is_timeless = options.fidelity != Fidelity::Loopback;
    (memo::is_on() && is_timeless).then(|| {
        let product = Arc::as_ptr(product);
        let given: Vec<_> = play.given.iter().map(|given| (given.name, &given.it)).collect();
        format!(
            "{seed} {fidelity:?} {language:?} {limits:?} {product:?} {casting:?} {} {given:?}",
            play.operation
        )
    })
}

impl Performance<'_> {
    /// The healthy world, and the operation tried there.
    pub(super) async fn try_healthy(&mut self) -> Result<(Snapshot, Tried), Stop> {
        let healthy = healthy(self.play, self.options, self.options.fidelity).await?;
        let before = healthy.before.clone();
        if let Some(tried) = healthy.tried.get() {
            return Ok((before, tried.clone()));
        }
        let live = Live::resume(before.clone(), &self.start(HEALTHY))?;
        let attempt = self.attempt(&live).await?;
        let tried = Tried { attempt, after: live.hold()? };
        drop(live);
        Ok((before, healthy.tried.get_or_init(|| tried).clone()))
    }
}

static KEPT: Mutex<BTreeMap<String, Arc<Healthy>>> = Mutex::new(BTreeMap::new());

/// A corpus begins with some hundred healthy worlds.
const KEPT_MAX: usize = 128;

/// The number of the healthy world in which the operation is tried.
const HEALTHY: u32 = 6;
