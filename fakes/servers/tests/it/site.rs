//! What the tests of network, proxy and cloud share: a running world, and a client on a machine in it.

use std::sync::{Arc, LazyLock};

use async_trait::async_trait;
use jiff::Timestamp;
use marslab_model::world::{Origin, TlsVersion};
use marslab_model::{Address, Connection, DialError, Name, World};
use marslab_wire::dial::Dial;
use marslab_wire::http::{Client, Credentials, HttpError, Request, Response, Route, TlsConfig};
use marslab_wire::x509;
use serde_json::Value;

use marslab_base as base;
use marslab_base::Limits;
use marslab_network::{FakeNetwork, Fidelity};
use marslab_servers::Servers;
use marslab_state::disk::Disk;
use marslab_state::impairment::Counts;
use marslab_state::{Pace, Running, Start};

/// Every test of something that is said on the wire is played on each.
pub(crate) const FIDELITIES: [Fidelity; 3] =
    [Fidelity::Memory, Fidelity::MemoryFullTls, Fidelity::Loopback];

/// The time at which the tests' worlds begin.
pub(crate) const NOW: &str = "2019-05-21T03:00:00Z";

/// The keys of the tests; making them is slow.
pub(crate) static KEYS: LazyLock<[Arc<[u8]>; 2]> =
    LazyLock::new(|| [1, 2].map(|seed| x509::make_rsa_key(seed).unwrap().into()));

/// A running world.
pub(crate) struct Site {
    pub(crate) running: Arc<Running>,
    pub(crate) network: Arc<FakeNetwork>,
    servers: Servers,
}

#[async_trait]
impl Dial for Site {
    async fn dial(&self, to: &Address) -> Result<Connection, DialError> {
        self.network.dial(Origin::Machines, to).await
    }
}

impl Site {
    /// The healthy world with some changes.
    pub(crate) fn new(fidelity: Fidelity, change: impl FnOnce(&mut World)) -> Self {
        let running = running(change);
        let servers = Servers::start(Arc::clone(&running), fidelity);
        Self { running, network: Arc::clone(servers.network()), servers }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.running.stamp()
    }

    /// The certificate of the authority that plays a root.
    pub(crate) fn root_certificate(&self, name: &Name) -> Option<Vec<u8>> {
        self.servers.pki().root_certificate(name)
    }

    /// A client that trusts what the machines of the healthy world trust.
    pub(crate) fn client(&self) -> Client<'_> {
        let root = self.root_certificate(&Name::new(base::ROOT)).unwrap();
        let tls = TlsConfig {
            roots: vec![root.into()],
            now: self.now(),
            versions: vec![TlsVersion::V1_2],
        };
        Client { dial: self, proxy: None, tls }
    }

    /// The same client behind a proxy.
    pub(crate) fn client_behind(&self, proxy: &str, login: Option<(&str, &str)>) -> Client<'_> {
        let credentials = login.map(|(user, password)| Credentials {
            user: user.to_owned(),
            password: password.to_owned(),
        });
        let route = Route { address: proxy.parse().unwrap(), credentials };
        Client { proxy: Some(route), ..self.client() }
    }

    pub(crate) async fn get(&self, url: &str) -> Result<Response, HttpError> {
        self.client().send(&Request::get(url.parse().unwrap())).await
    }

    /// Sends a request and returns the status and the JSON of the answer (null where it is none).
    pub(crate) async fn ask(&self, request: Request) -> (u16, Value) {
        let answer = self.client().send(&request).await.unwrap();
        (answer.status, serde_json::from_slice(&answer.body).unwrap_or_default())
    }

    /// What the journal has, `host what answer` a line.
    pub(crate) fn said(&self) -> Vec<String> {
        let said = self.running.journal().take();
        said.into_iter()
            .map(|said| format!("{} | {} | {}", said.to, said.what, said.answer))
            .collect()
    }

    /// How many world seconds have passed.
    pub(crate) fn seconds(&self) -> i64 {
        self.now().as_second() - NOW.parse::<Timestamp>().unwrap().as_second()
    }
}

/// The healthy world with some changes, set going.
pub(crate) fn running(change: impl FnOnce(&mut World)) -> Arc<Running> {
    let mut world = base::healthy(NOW.parse().unwrap());
    change(&mut world);
    let start = Start {
        disk: Disk::Memory,
        seed: 7,
        instance: 0,
        rsa_key: Arc::clone(&KEYS[0]),
        pace: Pace::Still,
        limits: Limits::default(),
        counts: Counts::new(),
    };
    Running::new(world, start)
}
