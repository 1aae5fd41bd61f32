//! The limits of the product: the numbers at which something begins to fail, or to be advised against.

pub use marslab_agent::Limits as AgentLimits;
pub use marslab_base::Limits as WorldLimits;

/// Every limit that the fakes enforce; the [`Default`] has the product's. A play with others shows whether a scenario
/// stands so near to a limit that its place matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Those of Windows and of the cloud.
    pub world: WorldLimits,
    /// Those of the agent.
    pub agent: AgentLimits,
}
