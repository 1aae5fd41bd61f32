//! Recovery points over iSCSI.
//!
//! That recovery goes over iSCSI and port 3260 is documented (mars-facts E8, 4.6). The protocol here is the lab's own,
//! not iSCSI: one line, `LOGIN {target}`, answered `OK` or `REFUSED`.

use marslab_base::region;
use marslab_model::{Connection, HostName, Name};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};

use super::Cloud;

/// The target under which a recovery point is attached. It is signed, so it cannot be guessed.
pub(super) fn target(cloud: &Cloud, vault: &Name, point: &Name) -> String {
    let name = format!("{PREFIX}{vault}:{point}").to_lowercase();
    let seal = cloud.tokens.seal(&name);
    format!("{name}:{seal}")
}

/// Answers one login at the portal `host`.
pub(super) async fn serve(cloud: &Cloud, host: &HostName, connection: Connection) {
    let mut stream = BufReader::new(connection.stream);
    let mut line = Vec::new();
    let read = (&mut stream).take(LINE_BYTES_MAX).read_until(b'\n', &mut line).await;
    let line = String::from_utf8_lossy(&line);
    let target = line.trim_end().strip_prefix("LOGIN ");
    let is_known = read.is_ok() && target.is_some_and(|target| is_known(cloud, host, target));
    let answer = if is_known { "OK" } else { "REFUSED" };
    cloud.running.record(host.as_str(), "iSCSI login", answer);
    // The client may be gone; then there is no one to answer.
    if stream.get_mut().write_all(answer.as_bytes()).await.is_ok() {
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
                region::recovery_host(location).as_ref() == Some(host)
                    && vault.recovery_points().at(&point).is_some()
            })
        })
    })
}

const PREFIX: &str = "iqn.2019-05.example.marslab:";

/// Far above any name of a target (RFC 7143 allows 223 bytes).
const LINE_BYTES_MAX: u64 = 1_024;
