//! Helpers of this crate's tests: certificates, and a network whose servers are closures.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, LazyLock, Mutex};

use async_trait::async_trait;
use bytes::Bytes;
use jiff::Timestamp;
use marslab_model::net::TlsLayer;
use marslab_model::world::TlsVersion;
use marslab_model::{Address, Connection, DialError};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa,
    Issuer, KeyPair, NameConstraints, date_time_ymd,
};
use tokio::io::AsyncReadExt;

use crate::dial::Dial;
use crate::serve::{Answer, Handler};
use crate::tls::{Identity, TlsConfig};

/// Both layers, for the tests that run on either.
pub(crate) const LAYERS: [TlsLayer; 2] = [TlsLayer::Records, TlsLayer::ChainOnly];

pub(crate) const MODERN: [TlsVersion; 2] = [TlsVersion::V1_2, TlsVersion::V1_3];

/// Within the certificates' validity, 2024 to 2025.
pub(crate) const NOW: &str = "2024-06-01T00:00:00Z";

/// Runs a future to its end. The clock is virtual, so that a future that hangs fails at once.
#[track_caller]
pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_time().start_paused(true).build().unwrap();
    let hour = std::time::Duration::from_secs(3600);
    runtime.block_on(async { tokio::time::timeout(hour, future).await }).expect("the future ends")
}

/// The two ends of a stream, with room for data that is written before it is read.
pub(crate) fn pair(tls: TlsLayer) -> (Connection, Connection) {
    let (left, right) = tokio::io::duplex(64 << 10);
    (Connection { stream: Box::new(left), tls }, Connection { stream: Box::new(right), tls })
}

/// Everything until the peer closes.
pub(crate) async fn read_all(stream: &mut (impl tokio::io::AsyncRead + Unpin)) -> String {
    let mut bytes = Vec::new();
    // Tests look at whatever arrived before a failure.
    drop(stream.read_to_end(&mut bytes).await);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A certification authority.
pub(crate) struct Authority {
    pub(crate) root: Vec<u8>,
    issuer: Issuer<'static, KeyPair>,
}

/// The fields in which leaf certificates differ.
pub(crate) struct Leaf {
    pub(crate) name: &'static str,
    pub(crate) purpose: ExtendedKeyUsagePurpose,
}

impl Leaf {
    pub(crate) fn named(name: &'static str) -> Self {
        Self { name, purpose: ExtendedKeyUsagePurpose::ServerAuth }
    }
}

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let params = Self::params(name);
        let root = params.self_signed(&key).unwrap().der().to_vec();
        Self { root, issuer: Issuer::new(params, key) }
    }

    fn params(name: &str) -> CertificateParams {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2040, 1, 1);
        params
    }

    /// An intermediate authority for names below `within` only, and its certificate.
    pub(crate) fn intermediate(&self, within: &str) -> (Self, Vec<u8>) {
        let key = KeyPair::generate().unwrap();
        let mut params = Self::params("Test Intermediate");
        params.name_constraints = Some(NameConstraints {
            permitted_subtrees: vec![GeneralSubtree::DnsName(within.to_owned())],
            excluded_subtrees: Vec::new(),
        });
        let der = params.signed_by(&key, &self.issuer).unwrap().der().to_vec();
        (Self { root: self.root.clone(), issuer: Issuer::new(params, key) }, der)
    }

    /// A server that accepts TLS 1.2 and 1.3.
    pub(crate) fn issue(&self, leaf: &Leaf) -> Identity {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![leaf.name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(2024, 1, 1);
        params.not_after = date_time_ymd(2025, 1, 1);
        params.extended_key_usages = vec![leaf.purpose.clone()];
        let der = params.signed_by(&key, &self.issuer).unwrap().der().to_vec();
        Identity::new(vec![der], key.serialize_der(), TlsVersion::V1_2, TlsVersion::V1_3)
    }

    pub(crate) fn client_config(&self, now: &str, versions: &[TlsVersion]) -> TlsConfig {
        let now: Timestamp = now.parse().unwrap();
        TlsConfig { roots: vec![self.root.as_slice().into()], now, versions: versions.to_vec() }
    }
}

/// The authority for tests that need only one.
pub(crate) static AUTHORITY: LazyLock<Authority> = LazyLock::new(|| Authority::new("Test Root"));

/// Serves the connections to an address.
type Server = Box<dyn Fn(Connection) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

/// A network.
pub(crate) struct Net {
    pub(crate) tls: TlsLayer,
    servers: BTreeMap<Address, Result<Server, DialError>>,
    dialed: Mutex<Vec<String>>,
}

impl Net {
    pub(crate) fn new(tls: TlsLayer) -> Self {
        Self { tls, servers: BTreeMap::new(), dialed: Mutex::default() }
    }

    pub(crate) fn with_server<F>(
        mut self,
        address: &str,
        server: impl Fn(Connection) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let server: Server = Box::new(move |connection| Box::pin(server(connection)));
        self.servers.insert(address.parse().unwrap(), Ok(server));
        self
    }

    pub(crate) fn with_error(mut self, address: &str, error: DialError) -> Self {
        self.servers.insert(address.parse().unwrap(), Err(error));
        self
    }

    /// The addresses that were dialed, in order.
    pub(crate) fn dialed(&self) -> Vec<String> {
        self.dialed.lock().unwrap().clone()
    }
}

#[async_trait]
impl Dial for Net {
    async fn dial(&self, to: &Address) -> Result<Connection, DialError> {
        self.dialed.lock().unwrap().push(to.to_string());
        let server = match self.servers.get(to) {
            Some(Ok(server)) => server,
            Some(Err(error)) => return Err(*error),
            None => return Err(DialError::NoSuchHost),
        };
        let (near, far) = pair(self.tls);
        tokio::spawn(server(far));
        Ok(near)
    }
}

/// A handler made of a closure, and the requests that it got.
pub(crate) struct Answers<F> {
    answer: F,
    pub(crate) requests: Mutex<Vec<http::Request<Bytes>>>,
}

impl<F> Answers<F> {
    pub(crate) fn new(answer: F) -> Arc<Self> {
        Arc::new(Self { answer, requests: Mutex::default() })
    }

    /// The requests so far: method, target, and the value of one header.
    pub(crate) fn lines(&self, header: &str) -> Vec<String> {
        let line = |request: &http::Request<Bytes>| {
            let value = request.headers().get(header).map_or("-", |value| value.to_str().unwrap());
            format!("{} {} {value}", request.method(), request.uri())
        };
        self.requests.lock().unwrap().iter().map(line).collect()
    }
}

#[async_trait]
impl<F: Fn(&http::Request<Bytes>) -> Answer + Send + Sync> Handler for Answers<F> {
    async fn answer(&self, request: http::Request<Bytes>) -> Answer {
        let answer = (self.answer)(&request);
        self.requests.lock().unwrap().push(request);
        answer
    }
}

/// A response with a status, headers and a body.
pub(crate) fn response(status: u16, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut builder = http::Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    Answer::Respond(builder.body(Bytes::from(body.to_owned())).unwrap())
}
