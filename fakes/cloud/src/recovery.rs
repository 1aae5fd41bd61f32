//! Recovery points over iSCSI.
//!
//! That recovery goes over iSCSI and port 3260 is documented (mars-facts E8, 4.6). The protocol here is the lab's own,
//! not iSCSI: one line, `LOGIN {target}`, answered `OK` or `REFUSED`; or `READ {target}`, answered `OK {bytes}` and so many
//! bytes, which stand for all that is in the recovery point.

use marslab_base::azure;
use marslab_model::{Connection, HostName, Name};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};

use super::Cloud;

/// The target under which a recovery point is attached. It is signed, so it cannot be guessed.
pub(super) fn target(cloud: &Cloud, vault: &Name, point: &Name) -> String {
    let name = format!("{PREFIX}{vault}:{point}").to_lowercase();
    let seal = cloud.tokens.seal(&name);
    format!("{name}:{seal}")
}

/// Answers one line at the portal `host`.
pub(super) async fn serve(cloud: &Cloud, host: &HostName, connection: Connection) {
    let mut stream = BufReader::new(connection.stream);
    let mut line = Vec::new();
    let read = (&mut stream).take(LINE_BYTES_MAX).read_until(b'\n', &mut line).await;
    let line = String::from_utf8_lossy(&line);
    let (verb, target) = line.trim_end().split_once(' ').unwrap_or_default();
    let is_known = read.is_ok() && is_known(cloud, host, target);
    let what = if verb == "READ" { "iSCSI read" } else { "iSCSI login" };
    let (shown, answer) = match verb {
        "LOGIN" if is_known => ("OK", b"OK".to_vec()),
        "READ" if is_known => ("OK", volume()),
        _ => ("REFUSED", b"REFUSED".to_vec()),
    };
    cloud.running.record(host.as_str(), what, shown);
    // The client may be gone; then there is no one to answer.
    if stream.get_mut().write_all(&answer).await.is_ok() {
        drop(stream.get_mut().shutdown().await);
    }
}

fn is_known(cloud: &Cloud, host: &HostName, target: &str) -> bool {
    let found = target.rsplit_once(':').and_then(|(name, seal)| {
        let (vault, point) = name.strip_prefix(PREFIX)?.split_once(':')?;
        let (vault, point) = (Name::new(vault), Name::new(point));
        cloud.tokens.is_sealed(name, seal).then_some((vault, point))
    });
    found.is_some_and(|(vault, point)| {
        cloud.running.look(|world| {
            let vault = world.cloud().vaults().at(&vault);
            vault.is_some_and(|vault| {
                let location = vault.clone().location().get();
                azure::recovery_host(location) == *host
                    && vault.recovery_points().at(&point).is_some()
            })
        })
    })
}

/// What is read of a volume.
fn volume() -> Vec<u8> {
    let mut answer = format!("OK {VOLUME_BYTES}\n").into_bytes();
    answer.resize(answer.len() + VOLUME_BYTES, 0);
    answer
}

/// The same for every recovery point, so that where a connection is cut can be said in bytes: a thousandth is 16 bytes.
const VOLUME_BYTES: usize = 16_000;

const PREFIX: &str = "iqn.2019-05.example.marslab:";

/// Far above any name of a target (RFC 7143 allows 223 bytes).
const LINE_BYTES_MAX: u64 = 1_024;
