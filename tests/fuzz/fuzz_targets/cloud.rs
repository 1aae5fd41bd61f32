//! Whatever a client that has signed in may ask the resource manager or a storage account: it is answered, and nobody panics.
//! The first byte says whom; a storage account is asked with what its own service would be allowed.
#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use marslab_base::{ADMIN_UPN, Limits, TENANT, healthy};
use marslab_cloud::Cloud;
use marslab_model::Connection;
use marslab_model::net::TlsLayer;
use marslab_pki::{Keys, Pki};
use marslab_state::disk::Disk;
use marslab_state::impairment::Counts;
use marslab_state::{Pace, Running, Start};
use marslab_wire::x509::make_rsa_key;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::runtime::Runtime;

/// No port of HTTPS, so that nothing is encrypted.
const PORT: u16 = 80;

/// More than an answer takes.
const TURNS: usize = 100;

const HOSTS: [&str; 2] = ["management.azure.com", "podjpe01stor7c1d.blob.core.windows.net"];

/// What tokens are signed with; making it is slow.
static KEY: LazyLock<Arc<[u8]>> = LazyLock::new(|| make_rsa_key(1).expect("a key").into());

/// Every world has the same authorities, since they follow from its seed, and takes the same token.
static PKI: LazyLock<Arc<Pki>> = LazyLock::new(|| {
    let running = running();
    Arc::new(Pki::new(Keys::Seeded, running.seed(), running.stamp()))
});
static TOKEN: LazyLock<String> = LazyLock::new(|| runtime().block_on(token(&cloud())));

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime")
}

fn running() -> Arc<Running> {
    let start = Start {
        disk: Disk::Memory,
        seed: 7,
        instance: 0,
        rsa_key: Arc::clone(&KEY),
        pace: Pace::Still,
        limits: Limits::default(),
        counts: Counts::new(),
    };
    Running::new(healthy("2019-05-21T03:00:00Z".parse().unwrap()), start)
}

fn cloud() -> Arc<Cloud> {
    Arc::new(Cloud::new(running(), Arc::clone(&PKI)))
}

async fn ask(cloud: &Arc<Cloud>, host: &str, said: &[u8]) -> Vec<u8> {
    let (near, far) = tokio::io::duplex(1 << 16);
    let far = Connection { stream: Box::new(far), tls: TlsLayer::Records };
    let (mut read, mut write) = tokio::io::split(near);
    let asking = async {
        write.write_all(said).await.ok();
        // Hyper drops what it has not answered to a client that has closed. What waits for more is ended all the same.
        for _turn in 0..TURNS {
            tokio::task::yield_now().await;
        }
        write.shutdown().await.ok();
    };
    let mut heard = Vec::new();
    let hearing = async { read.read_to_end(&mut heard).await.ok() };
    tokio::join!(Arc::clone(cloud).serve(host.into(), PORT, far), asking, hearing);
    heard
}

async fn token(cloud: &Arc<Cloud>) -> String {
    let form = format!("grant_type=sso&username={ADMIN_UPN}&resource=https://management.azure.com/");
    let said = format!(
        "POST /{TENANT}/oauth2/token HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{form}",
        form.len()
    );
    let heard = ask(cloud, "login.microsoftonline.com", said.as_bytes()).await;
    let heard = String::from_utf8_lossy(&heard).into_owned();
    let (_, rest) = heard.split_once("\"access_token\":\"").expect("a token");
    rest.split('"').next().expect("its end").to_owned()
}

fuzz_target!(|input: (u8, u8, String, String, Vec<u8>)| {
    let (host, method, target, header, body) = input;
    let token = &*TOKEN;
    runtime().block_on(async {
        let cloud = cloud();
        let method = ["GET", "PUT", "POST", "PATCH", "DELETE", "HEAD"][usize::from(method) % 6];
        let host = HOSTS[usize::from(host) % HOSTS.len()];
        let target: String = target.chars().filter(char::is_ascii_graphic).take(4_000).collect();
        let header: String = header.chars().filter(|it| *it == ' ' || it.is_ascii_graphic()).take(4_000).collect();
        let mut said = format!(
            "{method} /{target} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n{header}\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        )
        .into_bytes();
        said.extend(&body);
        ask(&cloud, host, &said).await;
    });
});
