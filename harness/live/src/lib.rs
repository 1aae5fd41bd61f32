//! A World set going: its machines, network and cloud run, and an administrator works in it.
//!
//! Absent: faults, scenarios, subjects, verdicts.

mod fidelity;
mod limits;
mod live;
mod options;
mod probe;
pub mod product;
mod stepped;
mod tally;
mod traces;
mod watch;

pub use fidelity::{Fidelity, UnknownFidelity};
pub use limits::{AgentLimits, Limits, WorldLimits};
pub use live::{Live, LiveError, Snapshot, before, begin_rsa_key, rsa_key, start_time};
pub use options::{DEFAULT_SEED, StartOptions};
pub use stepped::SteppedOutcome;
pub use tally::{Tally, tally};
pub use traces::Traces;
pub use watch::Watch;

pub use marslab_agent::{Ended, Intent, Kind, Product, Step, StepObserver};
pub use marslab_dns::DnsServer;
pub use marslab_state::Pace;
pub use marslab_wire::memo;
