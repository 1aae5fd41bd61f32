//! Which mutant is on. This is copied beside the code that is mutated (`src/switched/tree.rs`), which asks at each place
//! where a mutant differs.

use std::collections::BTreeSet;
use std::env;
use std::sync::{LazyLock, Mutex, PoisonError};

static ON: LazyLock<Option<u32>> =
    LazyLock::new(|| env::var("MARSLAB_MUTANT").ok().and_then(|number| number.parse().ok()));

/// Those that have been asked about, where somebody wants to know.
static REACHED: LazyLock<Option<Mutex<BTreeSet<u32>>>> =
    LazyLock::new(|| env::var_os("MARSLAB_REACHED").map(|_| Mutex::default()));

/// Whether this mutant is on. `MARSLAB_REACHED` has a line printed when that is asked for the first time.
pub fn on(mutant: u32) -> bool {
    if let Some(reached) = &*REACHED
        && reached.lock().unwrap_or_else(PoisonError::into_inner).insert(mutant)
    {
        println!("reached {mutant}");
    }
    *ON == Some(mutant)
}
