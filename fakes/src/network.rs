//! The simulated network: names, firewall, and the way to the lab's own servers.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `names` | what a name resolves to |
//! | `way` | which way a connection goes, read from the world |
//! | `plan` | both, decided at once, to be followed later |
//! | `loopback` | the listeners on sockets of the real machine, where they are asked for |
//!
//! Nothing here reaches outside: an address leads to a proxy or a server of the running world, or nowhere.

mod loopback;
mod names;
mod plan;
mod way;

use std::collections::BTreeMap;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use jiff::Timestamp;
use marslab_model::net::{CONNECT_SECONDS, TlsLayer};
use marslab_model::world::Origin;
use marslab_model::{Address, Connection, DialError, Host, HostName, Name};
use marslab_wire::tls::Identity;
use tokio::io::duplex;
use tokio::task::JoinSet;

use crate::cloud::{Cloud, Keys};
use crate::exchange::Exchange;
use crate::mishap::{Counted, Side};
use crate::running::Running;
use crate::{portal, proxy};
use loopback::Loopback;
pub(crate) use names::resolve;
pub(crate) use plan::Plan;
pub use way::Spot;
use way::{Attempt, Way};

/// Of what the simulated network is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fidelity {
    /// In-process streams; of TLS only the check of the chain.
    Memory,
    /// In-process streams with real TLS records.
    MemoryFullTls,
    /// Sockets on 127.0.0.1 with real TLS records.
    Loopback,
}

/// The network of one running world, and the servers in it. Dropping it ends them all.
pub struct FakeNetwork {
    running: Arc<Running>,
    cloud: Arc<Cloud>,
    medium: Medium,
    servers: Mutex<JoinSet<()>>,
    /// What each proxy remembers.
    proxies: Mutex<BTreeMap<Name, Arc<proxy::Memory>>>,
    /// How many connections each rule of the firewall has counted.
    counted: Mutex<BTreeMap<Name, Counted>>,
    me: Weak<Self>,
}

enum Medium {
    Memory(TlsLayer),
    Loopback(Loopback),
}

impl FakeNetwork {
    /// Sets up the network of `running`. On [`Fidelity::Loopback`] this opens a socket for every proxy and server that
    /// there is; those that are added later get theirs when they are first dialled.
    pub async fn new(running: Arc<Running>, fidelity: Fidelity) -> io::Result<Arc<Self>> {
        let (medium, keys) = match fidelity {
            Fidelity::Memory => (Medium::Memory(TlsLayer::ChainOnly), Keys::Seeded),
            Fidelity::MemoryFullTls => (Medium::Memory(TlsLayer::Records), Keys::Seeded),
            Fidelity::Loopback => (Medium::Loopback(Loopback::default()), Keys::Fresh),
        };
        let network = Arc::new_cyclic(|me| Self {
            cloud: Arc::new(Cloud::new(Arc::clone(&running), keys)),
            running,
            medium,
            servers: Mutex::default(),
            proxies: Mutex::default(),
            counted: Mutex::default(),
            me: me.clone(),
        });
        network.open().await?;
        Ok(network)
    }

    /// The addresses of a name, as a machine learns them. Waits in world time where the resolver answers nothing.
    #[expect(
        clippy::unused_async,
        reason = "a resolver that asks a server would have to wait for it"
    )]
    pub async fn resolve(&self, host: &HostName) -> Result<Vec<IpAddr>, DialError> {
        let resolved = self.running.look(|world| resolve(&world, Origin::Machines, host));
        self.running.wait(resolved.seconds);
        if resolved.ips.is_empty() { Err(DialError::NoSuchHost) } else { Ok(resolved.ips) }
    }

    /// Opens a connection, trying the addresses of a name in their order. Waits in world time where nothing answers.
    pub async fn dial(&self, from: Origin, to: &Address) -> Result<Connection, DialError> {
        let plan = self.running.look(|world| Plan::new(&world, from, to));
        self.follow(plan).await
    }

    /// Opens a connection as it was decided.
    pub(crate) async fn follow(&self, plan: Plan) -> Result<Connection, DialError> {
        let Plan { from, to, resolved, tries } = plan;
        let began = self.running.stamp();
        self.running.wait(resolved.seconds);
        // A name without an address is to the caller as one that does not exist (WSANO_DATA), and one of which the
        // resolver says nothing, too.
        let mut outcome = Err(DialError::NoSuchHost);
        if resolved.ips.is_empty() {
            let host = to.host.to_string();
            let failed = Exchange::failed(began, "RESOLVE", &host);
            let why = DialError::NoSuchHost.to_string();
            self.running.say_exchange(&host, "resolve", &why, failed);
        }
        let name = match &to.host {
            Host::Name(name) => Some(name),
            Host::Ip(_) => None,
        };
        for (ip, way) in tries {
            outcome = self.attempt(&Attempt { from, name, ip, port: to.port }, &to, way).await;
            if outcome.is_ok() {
                break;
            }
        }
        outcome
    }

    /// Where on 127.0.0.1 each proxy and server really listens by now; nothing where there are no sockets.
    pub async fn listeners(&self) -> BTreeMap<Spot, SocketAddr> {
        match &self.medium {
            Medium::Memory(_) => BTreeMap::new(),
            Medium::Loopback(loopback) => loopback.addresses().await,
        }
    }

    /// Lets the proxies and servers that were added since the start listen, too.
    pub async fn open(&self) -> io::Result<()> {
        let Medium::Loopback(loopback) = &self.medium else { return Ok(()) };
        // Not a look: what is opened here is no answer to anybody.
        let spots = self.running.edit(|world| Spot::all(world));
        for spot in spots {
            loopback.address(self, spot).await?;
        }
        Ok(())
    }

    /// The certificate (DER) of the authority that plays the root `name` in this run.
    pub fn root_certificate(&self, name: &Name) -> Option<Vec<u8>> {
        self.cloud.root_certificate(name)
    }

    async fn attempt(
        &self,
        attempt: &Attempt<'_>,
        to: &Address,
        way: Result<Way, DialError>,
    ) -> Result<Connection, DialError> {
        let began = self.running.stamp();
        self.forget_rules();
        let outcome = match way {
            Ok(way) => self.go(way).await,
            Err(error) => Err(error),
        };
        if let Err(DialError::TimedOut) = outcome {
            self.running.wait(CONNECT_SECONDS);
        }
        let (host, what) = (to.host.to_string(), attempt.to_string());
        match &outcome {
            Ok(_) => self.running.say(&host, &what, "connected"),
            Err(error) => {
                let failed = Exchange::failed(began, "DIAL", &to.to_string());
                self.running.say_exchange(&host, &what, &error.to_string(), failed);
            }
        }
        outcome
    }

    /// Forgets what was counted for rules that are there no more. Not a look: it answers nobody.
    fn forget_rules(&self) {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if !counted.is_empty() {
            self.running.edit(|world| {
                let rules = &world.network.firewall;
                counted.retain(|name, _| rules.contains_key(name));
            });
        }
    }

    /// Goes a way. What befalls the connection on it is counted for each rule of the firewall.
    async fn go(&self, way: Way) -> Result<Connection, DialError> {
        let connection = self.connect(way.spot).await?;
        let Some((rule, mishap)) = way.struck else { return Ok(connection) };
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let counted = counted.entry(rule).or_default();
        Ok(counted.next(&[mishap], Side::Client, &self.running, connection))
    }

    async fn connect(&self, spot: Spot) -> Result<Connection, DialError> {
        match &self.medium {
            Medium::Memory(tls) => {
                let (near, far) = duplex(STREAM_BYTES);
                self.serve(spot, Connection { stream: Box::new(far), tls: *tls })?;
                Ok(Connection { stream: Box::new(near), tls: *tls })
            }
            Medium::Loopback(loopback) => loopback.connect(self, spot).await,
        }
    }

    /// Lets the server at `spot` have a connection.
    fn serve(&self, spot: Spot, connection: Connection) -> Result<(), DialError> {
        match spot {
            Spot::Proxy(name) => {
                let memory = self.memory_of(&name);
                let running = Arc::clone(&self.running);
                let seat = proxy::Seat::new(name, running, self.me.clone(), memory);
                self.spawn(seat.serve(connection))
            }
            Spot::Portal { at, port } => {
                let cloud = Arc::clone(&self.cloud);
                let gate = portal::Gate::new(at, port, Arc::clone(&self.running), cloud);
                self.spawn(gate.serve(connection))
            }
            Spot::Server { host, port } => {
                self.spawn(Arc::clone(&self.cloud).serve(host, port, connection))
            }
        }
    }

    /// What the proxy at an address remembers from one connection to another.
    fn memory_of(&self, proxy: &Name) -> Arc<proxy::Memory> {
        let mut proxies = self.proxies.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(proxies.entry(proxy.clone()).or_default())
    }

    /// Who passes for the server `host` by the word of the root `authority`.
    pub(crate) fn identity(&self, host: &HostName, authority: &Name) -> Option<Arc<Identity>> {
        self.cloud.identity_by(host, authority)
    }

    /// The root that the server `host` has its certificate from (DER), if it has one.
    pub(crate) fn public_roots(&self, host: &Host) -> Vec<Vec<u8>> {
        let Host::Name(host) = host else { return Vec::new() };
        let root = self.running.look(|world| {
            let endpoint = world.cloud().endpoints().at(host)?;
            Some(endpoint.root().get().clone())
        });
        root.and_then(|root| self.root_certificate(&root)).into_iter().collect()
    }

    /// True time, as it is written on certificates and messages.
    pub(crate) fn stamp(&self) -> Timestamp {
        self.running.stamp()
    }

    /// Runs a server for as long as the network is there.
    fn spawn(&self, server: impl Future<Output = ()> + Send + 'static) -> Result<(), DialError> {
        let mut servers = self.servers.lock().unwrap_or_else(PoisonError::into_inner);
        while servers.try_join_next().is_some() {}
        if servers.len() >= SERVERS_MAX {
            return Err(DialError::Refused);
        }
        servers.spawn(server);
        Ok(())
    }
}

/// As much as one side of an in-process stream may be ahead of the other.
const STREAM_BYTES: usize = 64 << 10;

/// The most listeners and open connections of one network: a play has some ten of each at a time, and a program that
/// floods the network is refused.
const SERVERS_MAX: usize = 1_000;

#[cfg(test)]
mod tests;
