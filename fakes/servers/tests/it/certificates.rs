//! What the certificate of a server is like, as a client meets it, and what its authority publishes.

use jiff::SignedDuration;
use marslab_model::world::{Endpoint, ServerCertificate};
use marslab_model::{HostName, Name, World};
use marslab_wire::http::{HttpError, Request};
use marslab_wire::tls::TlsError;
use marslab_wire::x509;

use crate::site::{FIDELITIES, NOW, Site};

const HOST: &str = "login.windows.net";
const URL: &str = "https://login.windows.net/";
const LIST: &str = "http://www.microsoft.com/pkiops/crl/Microsoft%20IT%20TLS%20CA%205.crl";
const ISSUER: &str = "http://www.microsoft.com/pkiops/certs/Microsoft%20IT%20TLS%20CA%205.crt";

fn server(world: &mut World) -> &mut Endpoint {
    world.cloud.endpoints.get_mut(&HostName::new(HOST)).unwrap()
}

/// What a client is told of a server that is changed so.
async fn seen(site: &Site) -> Option<TlsError> {
    match site.get(URL).await {
        Ok(_) => None,
        Err(HttpError::Tls(error)) => Some(error),
        Err(other) => panic!("{other}"),
    }
}

fn untrusted(name: &str) -> TlsError {
    let issuer = match name.rsplit_once("CN=") {
        Some(_) => name.to_owned(),
        None => format!("O=marslab\\, no real authority, CN={name}"),
    };
    TlsError::UntrustedRoot { issuer, issuer_at: None }
}

#[tokio::test]
async fn each_certificate_has_its_error() {
    let days = |days: i64| {
        Some(NOW.parse::<jiff::Timestamp>().unwrap() + SignedDuration::from_hours(24 * days))
    };
    let good = ServerCertificate::good;
    let of = |root: &'static str| move |it: &mut Endpoint| it.root = Name::new(root);
    let with = |certificate: ServerCertificate| {
        move |it: &mut Endpoint| it.certificate = certificate.clone()
    };
    type Change = Box<dyn Fn(&mut Endpoint)>;
    let table: [(Change, Option<TlsError>); 9] = [
        (Box::new(with(good())), None),
        (
            Box::new(with(ServerCertificate { not_after: days(-1), ..good() })),
            Some(TlsError::Expired),
        ),
        (Box::new(with(ServerCertificate { not_after: days(1), ..good() })), None),
        (
            Box::new(with(ServerCertificate { not_before: days(1), ..good() })),
            Some(TlsError::NotYetValid),
        ),
        (
            Box::new(with(ServerCertificate { name: Some("a.example".into()), ..good() })),
            Some(TlsError::WrongName),
        ),
        (Box::new(with(ServerCertificate { bound: false, ..good() })), Some(TlsError::Closed)),
        // No client of the lab asks for what is revoked, as .NET does not by itself
        // (`ServicePointManager.CheckCertificateRevocationList`).
        (Box::new(with(ServerCertificate { revoked_at: days(-1), ..good() })), None),
        (Box::new(of("Contoso Root CA")), Some(untrusted("Contoso Root CA"))),
        (Box::new(of("")), Some(untrusted("CN=login.windows.net"))),
    ];
    for fidelity in FIDELITIES {
        for (at, (change, expected)) in table.iter().enumerate() {
            let site = Site::new(fidelity, |world| change(server(world)));
            assert_eq!(seen(&site).await, *expected, "{fidelity:?}, row {at}");
        }
    }
}

#[tokio::test]
async fn what_a_chain_lacks_is_downloaded_if_it_can_be() {
    let authority = HostName::new("www.microsoft.com");
    for fidelity in FIDELITIES {
        let incomplete = |world: &mut World| server(world).certificate.issuer_sent = false;
        let site = Site::new(fidelity, incomplete);
        assert_eq!(seen(&site).await, None, "{fidelity:?}");
        assert!(
            site.said().iter().any(|line| line.starts_with("www.microsoft.com | GET /pkiops/"))
        );
        let site = Site::new(fidelity, |world| {
            incomplete(world);
            world.network.names.remove(&authority);
        });
        let issuer = "O=marslab\\, no real authority, CN=Microsoft IT TLS CA 5".to_owned();
        let expected = TlsError::UntrustedRoot { issuer, issuer_at: Some(ISSUER.to_owned()) };
        assert_eq!(seen(&site).await, Some(expected), "{fidelity:?}");
    }
}

#[tokio::test]
async fn what_an_authority_publishes_follows_the_world() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, |_| {});
        let issuer = site.get(ISSUER).await.unwrap();
        assert_eq!(issuer.header("content-type"), Some("application/pkix-cert"));
        let read = x509::read(&issuer.body).unwrap();
        assert!(read.subject.ends_with("CN=Microsoft IT TLS CA 5"), "{}", read.subject);
        let empty = site.get(LIST).await.unwrap();
        assert_eq!(empty.header("content-type"), Some("application/pkix-crl"));
        let since = marslab_model::Field::world().cloud().endpoints().at(HOST).certificate();
        site.running.apply(&since.revoked_at().set(Some(site.now()))).unwrap();
        let revoked = site.get(LIST).await.unwrap();
        assert!(revoked.body.len() > empty.body.len(), "{fidelity:?}");
        for path in ["/", "/pkiops/crl/Nobody.crl"] {
            let answer = site.get(&format!("http://www.microsoft.com{path}")).await.unwrap();
            assert_eq!(answer.status, 404, "{path}");
        }
        let posted = Request { method: http::Method::POST, ..Request::get(LIST.parse().unwrap()) };
        assert_eq!(site.client().send(&posted).await.unwrap().status, 404);
    }
}
