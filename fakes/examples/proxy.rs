//! Holds a proxy on loopback until it is ended, for trials with programs of others.
//!
//! `cargo run -p marslab-fakes --example proxy -- '{"product": "squid-5", "asks": ["ntlm"], "users": {"CORP\\backup": "secret1"}}'`
//!
//! The argument is what differs from an open proxy. The first line that is printed is the address; the journal follows.
//! Through it, `http://www.msftncsi.com/ncsi.txt` and `https://login.windows.net/` are reached.
#![expect(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;
use std::time::Duration;

use marslab_fakes::disk::Disk;
use marslab_fakes::{FakeNetwork, Fidelity, Running, Start, base};
use marslab_model::Name;
use marslab_model::world::Proxy;
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let changes = std::env::args().nth(1).unwrap_or_else(|| "{}".to_owned());
    let mut proxy = serde_json::to_value(Proxy::open("squid-5"))?;
    if let (Value::Object(proxy), Value::Object(changes)) =
        (&mut proxy, serde_json::from_str(&changes)?)
    {
        proxy.extend(changes);
    }
    let proxy: Proxy = serde_json::from_value(proxy)?;
    let name = Name::new("10.0.0.5:8080");
    let mut world = base::healthy("2019-05-21T03:00:00Z".parse()?);
    world.network.proxies.insert(name.clone(), proxy);
    // No machine of the world signs anything here.
    let start = Start { disk: Disk::Memory, seed: 7, take: 0, rsa_key: Vec::new().into() };
    let running = Running::new(world, start)?;
    running.keep_real_time();
    let network = FakeNetwork::new(running.clone(), Fidelity::Loopback).await?;
    let socket = network.proxy_socket(&name).await?.ok_or("no socket")?;
    println!("{socket}");
    loop {
        tokio::time::sleep(Duration::from_millis(100)).await;
        for said in running.journal().take() {
            println!("{} | {} | {}", said.to, said.what, said.answer);
        }
    }
}
