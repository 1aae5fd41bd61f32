//! A network whose servers and proxies answer over real HTTP.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::{Arc, LazyLock, Mutex};

use async_trait::async_trait;
use bytes::Bytes;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use marslab_model::host::{Account, Network};
use marslab_model::net::{Host, Target, TlsLayer, ViaProxy};
use marslab_model::world::TlsVersion;
use marslab_model::{Address, Connection, Content, DialError, HostName};
use marslab_wire::serve::{Answer, Handler, serve};
use marslab_wire::tls::{Identity, accept};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};

use super::NOW;

/// The servers and their addresses.
pub(crate) const SERVERS: [(&str, &str); 7] = [
    ("www.msftncsi.com", "203.0.113.10"),
    ("go.microsoft.com", "203.0.113.20"),
    ("pod01-manag1.jpe.backup.windowsazure.com", "198.51.100.10"),
    ("pod01-rec2.jpe.backup.windowsazure.com", "198.51.100.11"),
    ("login.microsoftonline.com", "40.126.1.10"),
    ("login.windows.net", "20.190.129.10"),
    ("management.azure.com", "203.0.113.30"),
];

/// What answers a request.
type Answering = Arc<dyn Fn(&http::Request<Bytes>) -> http::Response<Bytes> + Send + Sync>;

/// A network.
#[derive(Clone)]
pub(crate) struct Net {
    /// What the firewall does to the machine's connections; the first rule that matches counts.
    pub(crate) firewall: Vec<(Target, DialError)>,
    /// The proxies, and what each answers instead of letting pass.
    pub(crate) proxies: BTreeMap<String, Vec<(Target, u16)>>,
    /// Where something listens that closes every connection: beside a proxy, at another port of its host.
    pub(crate) mute: Vec<String>,
    /// The names to which the DNS server gives no address.
    pub(crate) unknown: Vec<String>,
    /// Answers of single hosts that differ from the usual.
    pub(crate) answers: BTreeMap<String, Answering>,
    /// What the servers' clocks say.
    pub(crate) server_now: Timestamp,
    /// The oldest TLS version that the servers accept.
    pub(crate) tls_min: TlsVersion,
    /// The newest.
    pub(crate) tls_max: TlsVersion,
    /// Whether the servers' certificates are issued by an untrusted authority.
    pub(crate) inspected: bool,
    /// Where connections went, in order.
    pub(crate) dialled: Arc<Mutex<Vec<String>>>,
}

/// A response of a status and a body.
pub(crate) fn answer(status: u16, body: &str) -> http::Response<Bytes> {
    http::Response::builder().status(status).body(Bytes::from(body.to_owned())).unwrap()
}

impl Net {
    /// Everything answers, and nothing is in the way.
    pub(crate) fn healthy() -> Self {
        Self {
            firewall: Vec::new(),
            proxies: BTreeMap::new(),
            mute: Vec::new(),
            unknown: Vec::new(),
            answers: BTreeMap::new(),
            server_now: NOW.parse().unwrap(),
            tls_min: TlsVersion::V1_0,
            tls_max: TlsVersion::V1_2,
            inspected: false,
            dialled: Arc::default(),
        }
    }

    /// The same with a rule of the firewall.
    pub(crate) fn block(mut self, target: &str, error: DialError) -> Self {
        self.firewall.push((target.parse().unwrap(), error));
        self
    }

    /// The same with a proxy that answers with a status instead of connecting to the targets.
    pub(crate) fn proxy(mut self, address: &str, refuses: &[(&str, u16)]) -> Self {
        let refuses = refuses.iter().map(|(target, status)| (target.parse().unwrap(), *status));
        self.proxies.insert(address.to_owned(), refuses.collect());
        self
    }

    /// The same with other answers of a host.
    pub(crate) fn answering(
        mut self,
        host: &str,
        answer: impl Fn(&http::Request<Bytes>) -> http::Response<Bytes> + Send + Sync + 'static,
    ) -> Self {
        self.answers.insert(host.to_owned(), Arc::new(answer));
        self
    }

    /// Where connections went, in order.
    pub(crate) fn dialled(&self) -> Vec<String> {
        self.dialled.lock().unwrap().clone()
    }

    fn open(&self, to: &Address) -> Result<Connection, DialError> {
        self.dialled.lock().unwrap().push(to.to_string());
        let (name, ip) = self.resolved(to)?;
        let rule = self.firewall.iter().find(|(target, _)| target.matches(name.as_ref(), Some(ip)));
        match rule {
            Some((_, error)) => Err(*error),
            None => self.connect(to, ip),
        }
    }

    fn resolved(&self, to: &Address) -> Result<(Option<HostName>, IpAddr), DialError> {
        match &to.host {
            Host::Name(name) => Ok((Some(name.clone()), self.address_of(name)?)),
            Host::Ip(ip) => Ok((None, *ip)),
        }
    }

    fn address_of(&self, name: &HostName) -> Result<IpAddr, DialError> {
        let is_known = !self.unknown.iter().any(|unknown| *unknown == name.as_str());
        let server = SERVERS.iter().find(|(server, _)| HostName::new(*server) == *name);
        let server = server.filter(|_| is_known);
        server.map(|(_, ip)| ip.parse().unwrap()).ok_or(DialError::NoSuchHost)
    }

    fn connect(&self, to: &Address, ip: IpAddr) -> Result<Connection, DialError> {
        let at = format!("{ip}:{}", to.port);
        let server = SERVERS.iter().find(|(_, address)| *address == ip.to_string());
        let is_proxys = self.proxies.keys().any(|proxy| proxy.starts_with(&format!("{ip}:")));
        let (near, far) = tokio::io::duplex(64 << 10);
        let [near, far] =
            [near, far].map(|end| Connection { stream: Box::new(end), tls: TlsLayer::ChainOnly });
        if self.mute.contains(&at) {
            return Ok(near);
        }
        let own = self.clone();
        match (self.proxies.get(&at), server, to.port) {
            (Some(refuses), _, _) => {
                let handler = Forward { net: own, refuses: refuses.clone() };
                tokio::spawn(serve(far, Arc::new(handler)));
            }
            (None, Some((name, _)), 80 | 443) => {
                tokio::spawn(own.serve(name, to.port, far));
            }
            // What is said to the iSCSI initiator is none of the core's business.
            (None, Some(_), 3260) => {}
            (None, Some(_), _) => return Err(DialError::Refused),
            (None, None, _) if is_proxys => return Err(DialError::Refused),
            (None, None, _) => return Err(DialError::TimedOut),
        }
        Ok(near)
    }

    async fn serve(self, name: &'static str, port: u16, mut connection: Connection) {
        if port == 443 {
            let authority = if self.inspected { &STRANGER } else { &AUTHORITY };
            let mut identity = authority.issue(name);
            (identity.min, identity.max) = (self.tls_min, self.tls_max);
            let Ok(accepted) = accept(connection, &identity).await else { return };
            connection = accepted;
        }
        serve(connection, Arc::new(Server { net: self, name })).await;
    }

    fn usual(&self, name: &str, request: &http::Request<Bytes>) -> http::Response<Bytes> {
        if let Some(answering) = self.answers.get(name) {
            return answering(request);
        }
        match (name, request.uri().path()) {
            ("www.msftncsi.com", "/ncsi.txt") => answer(200, "Microsoft NCSI"),
            ("go.microsoft.com", "/fwlink/") => answer(200, "latest: 2.0.9169.0"),
            ("login.microsoftonline.com", "/common/discovery/instance") => {
                answer(200, r#"{"tenant_discovery_endpoint": "https://login.windows.net/"}"#)
            }
            ("login.windows.net", path) if path.ends_with("/oauth2/token") => {
                if String::from_utf8_lossy(request.body()).ends_with(UNSIGNED) {
                    answer(401, r#"{"error_description": "AADSTS700027: Key was found, but."}"#)
                } else {
                    answer(200, "{}")
                }
            }
            (_, path) if path.starts_with("/restapi/machines/") => answer(401, "{}"),
            _ => answer(404, "Not Found"),
        }
    }
}

#[async_trait]
impl Network for Net {
    async fn resolve(&self, name: &HostName) -> Result<Vec<IpAddr>, DialError> {
        self.address_of(name).map(|ip| vec![ip])
    }

    async fn query_dns(&self, name: &HostName) -> Result<Vec<IpAddr>, DialError> {
        self.resolve(name).await
    }

    async fn server_tls_versions(
        &self,
        _who: &Account,
        to: &Address,
        _proxy: &ViaProxy,
    ) -> Result<BTreeSet<TlsVersion>, DialError> {
        self.open(to)?;
        let versions = [TlsVersion::V1_0, TlsVersion::V1_1, TlsVersion::V1_2];
        let taken = self.tls_min..=self.tls_max;
        Ok(versions.into_iter().filter(|version| taken.contains(version)).collect())
    }

    async fn dial(&self, _who: &Account, to: &Address) -> Result<Connection, DialError> {
        self.open(to)
    }
}

/// How a request for a token ends whose assertion nobody has signed: `unsigned` in base64.
const UNSIGNED: &str = ".dW5zaWduZWQ";

/// The root that the machine trusts, DER.
pub(super) fn trusted_root() -> Content {
    AUTHORITY.root.clone().into()
}

struct Server {
    net: Net,
    name: &'static str,
}

#[async_trait]
impl Handler for Server {
    async fn answer(&self, request: http::Request<Bytes>) -> Answer {
        let mut response = self.net.usual(self.name, &request);
        let date =
            DateTimePrinter::new().timestamp_to_rfc9110_string(&self.net.server_now).unwrap();
        response.headers_mut().insert("date", date.parse().unwrap());
        Answer::Respond(response)
    }
}

struct Forward {
    net: Net,
    refuses: Vec<(Target, u16)>,
}

impl Forward {
    fn refusal(&self, to: &Address) -> Option<u16> {
        let Ok((name, ip)) = self.net.resolved(to) else { return Some(503) };
        let mut rules = self.refuses.iter();
        let rule = rules.find(|(target, _)| target.matches(name.as_ref(), Some(ip)));
        rule.map(|(_, status)| *status)
    }
}

#[async_trait]
impl Handler for Forward {
    async fn answer(&self, request: http::Request<Bytes>) -> Answer {
        let uri = request.uri();
        let port = uri.port_u16().unwrap_or(80);
        let to = Address::new(uri.host().unwrap_or("-"), port);
        match self.refusal(&to) {
            Some(0) => return Answer::Reset,
            Some(status) => return Answer::Respond(answer(status, "no")),
            None => {}
        }
        let (_, ip) = self.net.resolved(&to).unwrap();
        if request.method() == http::Method::CONNECT {
            return Answer::Tunnel(self.net.connect(&to, ip).unwrap());
        }
        let (name, _) = SERVERS.iter().find(|(_, address)| *address == ip.to_string()).unwrap();
        Server { net: self.net.clone(), name }.answer(request).await
    }
}

/// A certificate and its key, DER.
type Issued = (Vec<u8>, Vec<u8>);

struct Authority {
    root: Vec<u8>,
    issuer: Issuer<'static, KeyPair>,
    identities: Mutex<BTreeMap<&'static str, Issued>>,
}

/// The authority that machines trust.
static AUTHORITY: LazyLock<Authority> = LazyLock::new(|| Authority::new("Trusted Root"));

/// One that they do not trust.
static STRANGER: LazyLock<Authority> = LazyLock::new(|| Authority::new("Inspection"));

impl Authority {
    fn new(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = validity(CertificateParams::new(Vec::new()).unwrap());
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root = params.self_signed(&key).unwrap().der().to_vec();
        Self { root, issuer: Issuer::new(params, key), identities: Mutex::default() }
    }

    fn issue(&self, name: &'static str) -> Identity {
        let mut identities = self.identities.lock().unwrap();
        let (der, key) = identities.entry(name).or_insert_with(|| {
            let key = KeyPair::generate().unwrap();
            let params = validity(CertificateParams::new(vec![name.to_owned()]).unwrap());
            let der = params.signed_by(&key, &self.issuer).unwrap().der().to_vec();
            (der, key.serialize_der())
        });
        Identity::new(vec![der.clone()], key.clone(), TlsVersion::V1_2, TlsVersion::V1_2)
    }
}

/// Long enough for clocks that are wrong by years.
fn validity(mut params: CertificateParams) -> CertificateParams {
    params.not_before = date_time_ymd(2000, 1, 1);
    params.not_after = date_time_ymd(2049, 1, 1);
    params
}
