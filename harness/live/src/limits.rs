//! The limits of the product: the numbers at which something begins to fail, or to be advised against.

use serde::{Deserialize, Serialize};

pub use marslab_agent::Limits as AgentLimits;
pub use marslab_base::Limits as WorldLimits;

/// Every limit that the fakes enforce. [`Default`] is the product. A play with other
/// limits shows whether a scenario depends on where exactly a limit is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Those of Windows and of the cloud.
    pub world: WorldLimits,
    /// Those of the agent.
    pub agent: AgentLimits,
}
