//! Bodies of any length go through: the proxy passes them on while they come, and holds next to nothing of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use marslab_model::Connection;
use marslab_model::net::Stream;
use marslab_model::world::Origin;
use marslab_network::{FakeNetwork, Fidelity, Listener, Serve, ServeFuture};
use marslab_pki::{Keys, Pki};
use marslab_proxy::Proxies;
use marslab_wire::http::Request;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::Notify;
use tokio::time::timeout;

use super::{FIDELITIES, PROXY, Site, Talk, proxy, with};
use crate::cloud::storing::{ACCOUNT, shared};
use crate::site::running;

/// A world with a proxy, all of whose servers do the same.
struct World {
    network: Arc<FakeNetwork>,
}

type Server = Box<dyn Fn(Box<dyn Stream>) -> ServeFuture + Send + Sync>;

struct Servers(Proxies, Server);

impl Serve for Servers {
    fn serve(&self, listener: Listener, connection: Connection) -> ServeFuture {
        match listener {
            Listener::Proxy(name) => Box::pin(self.0.serve(name, connection)),
            _ => (self.1)(connection.stream),
        }
    }
}

impl World {
    fn new<F: Future<Output = ()> + Send + 'static>(
        serve: impl Fn(Box<dyn Stream>) -> F + Send + Sync + 'static,
    ) -> Self {
        let running = running(with(&proxy(&[], &[])));
        let pki = Arc::new(Pki::new(Keys::Seeded, running.seed(), running.stamp()));
        let network = FakeNetwork::new(Arc::clone(&running), Fidelity::Memory, |network| {
            let proxies = Proxies::new(running, network.clone(), pki);
            Arc::new(Servers(proxies, Box::new(move |stream| Box::pin(serve(stream)))))
        });
        Self { network }
    }

    async fn client(&self) -> Box<dyn Stream> {
        self.network.dial(Origin::Machines, &PROXY.parse().unwrap()).await.unwrap().stream
    }
}

/// Reads a head.
async fn head(stream: &mut (impl Stream + ?Sized)) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && matches!(stream.read(&mut byte).await, Ok(1)) {
        head.push(byte[0]);
    }
    String::from_utf8(head).unwrap()
}

fn upload(framing: &str) -> String {
    format!("PUT http://www.msftncsi.com/x HTTP/1.1\r\nHost: x\r\n{framing}\r\n\r\n")
}

const FRAMINGS: [(&str, &str, &str); 2] =
    [("Content-Length: 1073741824", "", ""), ("Transfer-Encoding: chunked", "10000\r\n", "\r\n")];

/// 64 KiB as they are sent within a body.
fn piece((_, before, after): (&str, &str, &str)) -> Vec<u8> {
    [before.as_bytes(), &vec![b'x'; 64 << 10], after.as_bytes()].concat()
}

#[tokio::test(start_paused = true)]
async fn a_server_that_does_not_read_stops_the_client() {
    for framing in FRAMINGS {
        let world = World::new(|mut stream| async move {
            head(&mut stream).await;
            std::future::pending::<()>().await;
        });
        let mut client = world.client().await;
        client.write_all(upload(framing.0).as_bytes()).await.unwrap();
        let mut pieces = 0;
        while timeout(PATIENCE, client.write_all(&piece(framing))).await.is_ok() {
            pieces += 1;
            assert!(pieces < 16, "{framing:?}: more than a megabyte is held");
        }
    }
}

/// Says pieces as long as they are taken.
async fn flood(mut stream: Box<dyn Stream>, framing: (&str, &str, &str), said: &AtomicUsize) {
    while stream.write_all(&piece(framing)).await.is_ok() {
        said.fetch_add(1, Ordering::Relaxed);
    }
}

#[tokio::test(start_paused = true)]
async fn a_client_that_does_not_read_stops_the_server() {
    for framing in FRAMINGS {
        let sent = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&sent);
        let world = World::new(move |mut stream| {
            let count = Arc::clone(&count);
            async move {
                head(&mut stream).await;
                let answer = format!("HTTP/1.1 200 OK\r\n{}\r\n\r\n", framing.0);
                stream.write_all(answer.as_bytes()).await.unwrap();
                flood(stream, framing, &count).await;
            }
        });
        let mut client = world.client().await;
        client.write_all(b"GET http://www.msftncsi.com/x HTTP/1.1\r\n\r\n").await.unwrap();
        let answer = head(&mut client).await;
        assert!(answer.contains(framing.0), "{answer}");
        // The clock is virtual: it moves on once nobody has anything left to do.
        let more = timeout(PATIENCE, std::future::pending::<()>()).await;
        assert!(more.is_err());
        let sent = sent.load(Ordering::Relaxed);
        assert!((1..16).contains(&sent), "{framing:?}: {sent} pieces");
    }
}

/// Reads 128 KiB of a body, and tells when there is some.
async fn hear(stream: &mut Box<dyn Stream>, hears: &Notify) {
    let (mut body, mut some) = (0, vec![0; 8 << 10]);
    while body < 128 << 10 {
        let read = stream.read(&mut some).await.unwrap();
        body += some[..read].iter().filter(|byte| **byte == b'x').count();
        hears.notify_one();
    }
}

#[tokio::test(start_paused = true)]
async fn the_server_hears_the_beginning_before_the_client_has_sent_the_end() {
    for framing in FRAMINGS {
        let framing = (framing.0.replace("1073741824", "131072"), framing.1, framing.2);
        let framing = (framing.0.as_str(), framing.1, framing.2);
        let heard = Arc::new(Notify::new());
        let hears = Arc::clone(&heard);
        let world = World::new(move |mut stream| {
            let hears = Arc::clone(&hears);
            async move {
                let head = head(&mut stream).await.to_lowercase();
                let is_chunked = head.contains("transfer-encoding: chunked");
                assert_ne!(is_chunked, head.contains("content-length: 131072"), "{head}");
                hear(&mut stream, &hears).await;
                stream.write_all(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n").await.ok();
                std::future::pending::<()>().await;
            }
        });
        let mut client = world.client().await;
        client.write_all(upload(framing.0).as_bytes()).await.unwrap();
        let (piece, last) = (piece(framing), if framing.1.is_empty() { "" } else { "0\r\n\r\n" });
        client.write_all(&piece).await.unwrap();
        client.write_all(&piece[..16]).await.unwrap();
        timeout(PATIENCE, heard.notified()).await.unwrap();
        client.write_all(&piece[16..]).await.unwrap();
        client.write_all(last.as_bytes()).await.unwrap();
        // The connection is kept, and the next request is read where the body ends.
        for _again in 0..2 {
            assert!(head(&mut client).await.starts_with("HTTP/1.1 201 "), "{framing:?}");
            client.write_all(upload(framing.0).as_bytes()).await.unwrap();
            client.write_all(&[&piece[..], &piece, last.as_bytes()].concat()).await.unwrap();
        }
    }
}

/// How a long body of a server arrives: what it says, what the client hears of its length, and how that ends.
#[tokio::test(start_paused = true)]
async fn framings_of_answers() {
    let long = "x".repeat(200 << 10);
    let chunk = format!("32000\r\n{long}\r\n");
    let told = format!("Content-Length: {}", long.len());
    let chunked = "Transfer-Encoding: chunked";
    for (said, body, version, heard, is_kept) in [
        (told.as_str(), long.clone(), "1.1", told.as_str(), true),
        (chunked, format!("{chunk}0\r\n\r\n"), "1.1", chunked, true),
        (chunked, format!("{chunk}0\r\n\r\n"), "1.0", "", false),
        ("X: y", long.clone(), "1.1", chunked, true),
        // It breaks off.
        (chunked, chunk.clone(), "1.1", chunked, false),
        (told.as_str(), "x".repeat(100 << 10), "1.1", told.as_str(), false),
        // A short one has a length.
        (chunked, "3\r\nxxx\r\n0\r\n\r\n".to_owned(), "1.1", "Content-Length: 3", true),
    ] {
        let bytes = body.matches('x').count();
        let answer = format!("HTTP/1.1 200 OK\r\n{said}\r\n\r\n{body}");
        let world = World::new(move |mut stream| {
            let answer = answer.clone();
            async move {
                head(&mut stream).await;
                stream.write_all(answer.as_bytes()).await.ok();
                stream.shutdown().await.ok();
            }
        });
        let mut client = world.client().await;
        let asked = format!(
            "GET http://www.msftncsi.com/a HTTP/{version}\r\nProxy-Connection: keep-alive\r\n\r\n"
        );
        client.write_all(asked.as_bytes()).await.unwrap();
        let lines = head(&mut client).await;
        assert!(heard.is_empty() || lines.contains(heard), "{said} {version}: {lines}");
        assert_eq!(lines.contains("Content-Length"), heard.starts_with("Content"), "{lines}");
        let mut body = Vec::new();
        let rest = timeout(PATIENCE, client.read_to_end(&mut body)).await;
        let is_kept_open = rest.is_err();
        assert_eq!(is_kept_open, is_kept, "{said} {version}");
        assert_eq!(body.iter().filter(|byte| **byte == b'x').count(), bytes, "{said} {version}");
        let is_whole = heard != chunked || body.ends_with(b"\r\n0\r\n\r\n") == is_kept;
        assert!(is_whole, "{said} {version}: {:?}", &body[body.len() - 9..]);
    }
}

async fn storage_token(site: &Site) -> String {
    let (tenant, user) = (marslab_base::TENANT, marslab_base::ADMIN_UPN);
    let url = format!("https://login.microsoftonline.com/{tenant}/oauth2/token");
    let form = format!("grant_type=sso&username={user}&resource=https://storage.azure.com");
    let form = Request::post(url.parse().unwrap(), "application/x-www-form-urlencoded", form);
    site.ask(form).await.1["access_token"].as_str().unwrap().to_owned()
}

/// Asks for a blob through the proxy, which speaks TLS with the storage account, and says what `body` has.
async fn ask(site: &Site, method: &str, length: u64, body: &[u8]) -> (String, Vec<u8>) {
    let token = storage_token(site).await;
    let mut talk = Talk::new(site).await;
    let text = format!(
        "{method} https://{ACCOUNT}.blob.core.windows.net/box/large HTTP/1.1\r\nHost: x\r\n\
         x-ms-version: 2023-01-03\r\nx-ms-blob-type: BlockBlob\r\nAuthorization: Bearer {token}\r\n\
         Content-Length: {length}\r\n\r\n"
    );
    talk.0.write_all(text.as_bytes()).await.unwrap();
    talk.0.write_all(body).await.unwrap();
    let heard = talk.say("").await;
    (heard.head.join("\n"), heard.body)
}

#[tokio::test]
async fn a_large_blob() {
    for fidelity in [FIDELITIES[0], FIDELITIES[2]] {
        let site = Site::new(fidelity, |world| {
            shared(world);
            with(&proxy(&[], &[]))(world);
        });
        // Four other bytes are kept there already.
        let whole = vec![b'x'; (64 << 20) - 4];
        let (head, _) = ask(&site, "PUT", whole.len() as u64, &whole).await;
        assert!(head.starts_with("HTTP/1.1 201 "), "{fidelity:?}: {head}");
        let (head, body) = ask(&site, "GET", 0, &[]).await;
        assert!(head.starts_with("HTTP/1.1 200 "), "{fidelity:?}: {head}");
        assert!(body == whole, "{fidelity:?}: {} bytes", body.len());
    }
}

/// More than an account of the lab takes is refused by the account, and before all of it was sent.
#[tokio::test]
async fn a_blob_that_is_too_large() {
    for fidelity in [FIDELITIES[0], FIDELITIES[2]] {
        let site = Site::new(fidelity, |world| {
            shared(world);
            with(&proxy(&[], &[]))(world);
        });
        let (head, body) = ask(&site, "PUT", 1 << 40, &vec![b'x'; 96 << 10]).await;
        assert!(head.starts_with("HTTP/1.1 413 "), "{fidelity:?}: {head}");
        let body = String::from_utf8(body).unwrap();
        assert!(body.contains("<Code>RequestBodyTooLarge</Code>"), "{fidelity:?}: {body}");
    }
}

/// In virtual time.
const PATIENCE: Duration = Duration::from_secs(5);
