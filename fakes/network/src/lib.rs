//! The simulated network: resolver, firewall, and routes to whatever listens in it.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `network` | [`FakeNetwork`]: opens connections, and lets servers have them |
//! | `resolver` | what a name resolves to |
//! | `route` | which rule decides about a connection, and which listener it reaches |
//! | `plan` | both, decided at once and followed later |
//! | `loopback` | the listeners on sockets of the real machine, where they are asked for |
//!
//! Nothing here reaches outside: an address leads to a proxy or a server of the running world, or nowhere.
//! Absent: what the servers say. They are handed in as one [`Serve`].

mod loopback;
mod network;
mod plan;
mod resolver;
mod route;

pub use network::{FakeNetwork, Fidelity, Serve, ServeFuture};
pub use plan::Plan;
pub use resolver::{
    Basis, Question, Resolved, ResolverAnswer, ask, behind, forwarded_zone, has_names_below,
    resolve,
};
pub use route::Listener;
