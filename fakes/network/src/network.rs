//! [`FakeNetwork`]: opens connections, and lets servers have them.

use std::collections::BTreeMap;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use marslab_model::net::{CONNECT_SECONDS, TlsLayer};
use marslab_model::world::Origin;
use marslab_model::{Address, Connection, DialError, Host, HostName};
use marslab_state::impairment::{Counting, Side, impair_connection};
use marslab_state::pace::Waits;
use marslab_state::{Exchange, Running};
use tokio::io::duplex;
use tokio::task::JoinSet;

use crate::loopback::Loopback;
use crate::plan::Plan;
use crate::resolver::resolve;
use crate::route::{Attempt, Listener, Route};

/// What the simulated network is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fidelity {
    /// In-process streams; of TLS only the check of the chain.
    Memory,
    /// In-process streams with real TLS records.
    MemoryFullTls,
    /// Sockets on 127.0.0.1 with real TLS records.
    Loopback,
}

/// What is done for one connection, until either side closes it.
pub type ServeFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The servers of a network.
pub trait Serve: Send + Sync {
    /// Serves a client that has reached `listener`.
    fn serve(&self, listener: Listener, connection: Connection) -> ServeFuture;
}

/// The network of one running world, and the connections in it. Dropping it ends them all.
pub struct FakeNetwork {
    running: Arc<Running>,
    servers: Arc<dyn Serve>,
    medium: Medium,
    /// The listeners and open connections.
    tasks: Mutex<JoinSet<()>>,
    me: Weak<Self>,
}

enum Medium {
    Memory(TlsLayer),
    Loopback(Loopback),
}

impl FakeNetwork {
    /// Sets up the network of `running`, with servers that may dial through it. On [`Fidelity::Loopback`] a proxy or server
    /// gets its socket when it is first dialled, or by [`FakeNetwork::open`].
    pub fn new(
        running: Arc<Running>,
        fidelity: Fidelity,
        servers: impl FnOnce(&Weak<Self>) -> Arc<dyn Serve>,
    ) -> Arc<Self> {
        let medium = match fidelity {
            Fidelity::Memory => Medium::Memory(TlsLayer::ChainOnly),
            Fidelity::MemoryFullTls => Medium::Memory(TlsLayer::Records),
            Fidelity::Loopback => Medium::Loopback(Loopback::default()),
        };
        Arc::new_cyclic(|me| Self {
            running,
            servers: servers(me),
            medium,
            tasks: Mutex::default(),
            me: me.clone(),
        })
    }

    /// The addresses of a name, as a machine learns them. Waits where the resolver answers nothing.
    pub async fn resolve(&self, host: &HostName) -> Result<Vec<IpAddr>, DialError> {
        let resolved = self.running.look(|world| resolve(&world, Origin::Machines, host));
        self.pass(resolved.seconds).await;
        if resolved.ips.is_empty() { Err(DialError::NoSuchHost) } else { Ok(resolved.ips) }
    }

    /// Opens a connection, trying the addresses of a name in their order. Waits where nothing answers.
    pub async fn dial(&self, from: Origin, to: &Address) -> Result<Connection, DialError> {
        let plan = self.running.look(|world| Plan::new(&world, from, to));
        self.follow(plan).await
    }

    /// Opens the connection that a plan has decided on.
    pub async fn follow(&self, plan: Plan) -> Result<Connection, DialError> {
        let Plan { from, to, resolved, tries } = plan;
        let began = self.running.stamp();
        self.pass(resolved.seconds).await;
        // A name without an address is to the caller as one that does not exist (WSANO_DATA), and one of which the
        // resolver says nothing, too.
        let mut outcome = Err(DialError::NoSuchHost);
        if resolved.ips.is_empty() {
            let host = to.host.to_string();
            let failed = Exchange::failed(began, "RESOLVE", &host);
            let why = DialError::NoSuchHost.to_string();
            self.running.record_exchange(&host, "resolve", &why, failed);
        }
        let name = match &to.host {
            Host::Name(name) => Some(name),
            Host::Ip(_) => None,
        };
        for (ip, route) in tries {
            outcome = self.attempt(&Attempt { from, name, ip, port: to.port }, &to, route).await;
            if outcome.is_ok() {
                break;
            }
        }
        outcome
    }

    /// The address on 127.0.0.1 at which each proxy and server listens now; empty without sockets.
    pub fn listeners(&self) -> BTreeMap<Listener, SocketAddr> {
        match &self.medium {
            Medium::Memory(_) => BTreeMap::new(),
            Medium::Loopback(loopback) => loopback.addresses(),
        }
    }

    /// Whether its connections are sockets, on which time is that of the real machine.
    pub fn has_sockets(&self) -> bool {
        matches!(self.medium, Medium::Loopback(_))
    }

    /// The world that it is the network of.
    pub(crate) fn running(&self) -> &Running {
        &self.running
    }

    /// Lets every proxy and server listen that there is now, for programs that learn where they listen.
    pub async fn open(&self) -> io::Result<()> {
        let Medium::Loopback(loopback) = &self.medium else { return Ok(()) };
        let listeners = self.running.untracked(Listener::all);
        for listener in listeners {
            loopback.address(self, listener).await?;
        }
        Ok(())
    }

    async fn attempt(
        &self,
        attempt: &Attempt<'_>,
        to: &Address,
        route: Result<Route, DialError>,
    ) -> Result<Connection, DialError> {
        let began = self.running.stamp();
        self.forget_rules();
        let outcome = match route {
            Ok(route) => self.go(route).await,
            Err(error) => Err(error),
        };
        if let Err(DialError::TimedOut) = outcome {
            self.pass(CONNECT_SECONDS).await;
        }
        let (host, what) = (to.host.to_string(), attempt.to_string());
        match &outcome {
            Ok(_) => self.running.record(&host, &what, "connected"),
            Err(error) => {
                let failed = Exchange::failed(began, "DIAL", &to.to_string());
                self.running.record_exchange(&host, &what, &error.to_string(), failed);
            }
        }
        outcome
    }

    /// Lets time pass for who waits here. Where there is nothing to wait for, other tasks get no turn.
    async fn pass(&self, seconds: i64) {
        if seconds > 0 {
            self.running.pass(Waits::of_task(), seconds).await;
        }
    }

    /// Drops the counters of rules that no longer exist.
    fn forget_rules(&self) {
        self.running.untracked(|world| {
            let rules = &world.network.firewall;
            self.running.counters().forget_rules(|rule| rules.contains_key(rule));
        });
    }

    /// Connects along a route. Each rule of the firewall counts the connections that it impairs.
    async fn go(&self, route: Route) -> Result<Connection, DialError> {
        let connection = self.connect(route.listener).await?;
        let Some((rule, impairment)) = route.impairment else { return Ok(connection) };
        let (who, set) = (Counting::Rule(rule), [impairment]);
        Ok(impair_connection(&self.running, who, &set, Side::Client, connection))
    }

    async fn connect(&self, listener: Listener) -> Result<Connection, DialError> {
        match (&self.medium, Waits::of_task()) {
            (Medium::Memory(tls), _) => self.connect_in_process(listener, *tls),
            // At a socket the server could not tell whose the connection is, and would wait.
            (Medium::Loopback(_), Waits::Jump) => {
                self.connect_in_process(listener, TlsLayer::Records)
            }
            (Medium::Loopback(loopback), Waits::Take) => loopback.connect(self, listener).await,
        }
    }

    fn connect_in_process(
        &self,
        listener: Listener,
        tls: TlsLayer,
    ) -> Result<Connection, DialError> {
        let (near, far) = duplex(STREAM_BYTES);
        self.serve(listener, Connection { stream: Box::new(far), tls })?;
        Ok(Connection { stream: Box::new(near), tls })
    }

    /// Lets the server at `listener` have a connection.
    pub(crate) fn serve(
        &self,
        listener: Listener,
        connection: Connection,
    ) -> Result<(), DialError> {
        self.spawn(Waits::of_task().during(self.servers.serve(listener, connection)))
    }

    /// A weak reference to the network.
    pub(crate) fn weak(&self) -> Weak<Self> {
        self.me.clone()
    }

    /// Runs a server for as long as the network is there.
    pub(crate) fn spawn(
        &self,
        server: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), DialError> {
        let mut servers = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        while servers.try_join_next().is_some() {}
        if servers.len() >= SERVERS_MAX {
            let why = format!("refused: {SERVERS_MAX} connections are open");
            self.running.record("the network", "a connection", &why);
            return Err(DialError::Refused);
        }
        servers.spawn(server);
        Ok(())
    }
}

/// As much as one side of an in-process stream may be ahead of the other.
const STREAM_BYTES: usize = 64 << 10;

/// The most listeners and open connections of one network: a play has some ten of each at a time, and a program that floods the
/// network is refused, as the journal says. On sockets most machines have fewer files than that, and further clients wait.
const SERVERS_MAX: usize = 16_384;
