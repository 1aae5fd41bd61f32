//! Every server of a running World, on its network.
//!
//! Absent: what the servers do. This only lets each have the connections that are for it.

use std::sync::Arc;

use marslab_cloud::Cloud;
use marslab_model::Connection;
use marslab_network::{FakeNetwork, Fidelity, Listener, Serve, ServeFuture};
use marslab_pki::{Keys, Pki};
use marslab_proxy::{Portals, Proxies};
use marslab_state::Running;

/// The servers of one running world, and the network that they are on. Dropping the network ends them all.
pub struct Servers {
    network: Arc<FakeNetwork>,
    pki: Arc<Pki>,
}

impl Servers {
    /// Starts the servers of `running`. On [`Fidelity::Loopback`] each has a socket of its own once it is dialled.
    pub fn start(running: Arc<Running>, fidelity: Fidelity) -> Self {
        let keys = match fidelity {
            Fidelity::Memory | Fidelity::MemoryFullTls => Keys::Seeded,
            Fidelity::Loopback => Keys::Fresh,
        };
        let pki = Arc::new(Pki::new(keys, running.seed(), running.stamp()));
        let network = FakeNetwork::new(Arc::clone(&running), fidelity, |network| {
            let (dialled, pki) = (network.clone(), || Arc::clone(&pki));
            Arc::new(ByListener {
                proxies: Proxies::new(Arc::clone(&running), dialled, pki()),
                portals: Portals::new(Arc::clone(&running), pki()),
                cloud: Arc::new(Cloud::new(running, pki())),
            })
        });
        Self { network, pki }
    }

    /// The network.
    pub fn network(&self) -> &Arc<FakeNetwork> {
        &self.network
    }

    /// The certificate authorities of this run.
    pub fn pki(&self) -> &Arc<Pki> {
        &self.pki
    }
}

/// Each server by where it listens.
struct ByListener {
    proxies: Proxies,
    portals: Portals,
    cloud: Arc<Cloud>,
}

impl Serve for ByListener {
    fn serve(&self, listener: Listener, connection: Connection) -> ServeFuture {
        match listener {
            Listener::Proxy(name) => Box::pin(self.proxies.serve(name, connection)),
            Listener::Portal { at, port } => Box::pin(self.portals.serve(at, port, connection)),
            Listener::Server { host, port } => {
                Box::pin(Arc::clone(&self.cloud).serve(host, port, connection))
            }
        }
    }
}
