//! The limits of the product: what the agent, Windows and the cloud hold to.

/// Every limit that the fakes enforce; the [`Default`] has the product's. A play with others shows whether a scenario
/// stands near enough to a limit for its place to matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Those of Windows and of the cloud.
    pub world: marslab_fakes::Limits,
    /// Those of the agent.
    pub agent: marslab_agent::Limits,
}
