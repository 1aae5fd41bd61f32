use std::sync::Arc;

use marslab_base::{Limits, healthy};
use marslab_pki::{Keys, Pki};
use marslab_state::disk::Disk;
use marslab_state::impairment::Counts;
use marslab_state::{Pace, Running, Start};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{Cloud, ServerConnection};

fn running() -> Arc<Running> {
    running_with(7, &[].into())
}

/// The healthy world with this seed and key.
pub(crate) fn running_with(seed: u64, rsa_key: &Arc<[u8]>) -> Arc<Running> {
    let start = Start {
        disk: Disk::Memory,
        seed,
        instance: 0,
        rsa_key: Arc::clone(rsa_key),
        pace: Pace::Still,
        limits: Limits::default(),
        counts: Counts::new(),
    };
    Running::new(healthy("2019-05-21T03:00:00Z".parse().unwrap()), start)
}

proptest! {
    /// A server that panicked would only close the connection, so it is asked without one.
    #[test]
    fn no_request_makes_a_server_panic(
        host in select(vec![
            "www.msftncsi.com", "go.microsoft.com", "login.microsoftonline.com", "login.windows.net",
            "management.azure.com", "pod01-manag1.jpe.backup.windowsazure.com",
            "podjpe01stor7c1d.blob.core.windows.net", "nowhere.example",
        ]),
        method in select(vec!["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "TRACE"]),
        path in vec(select(vec![
            "restapi", "machines", "key", "jobs", "subscriptions", "c0ffee00-1b2d-4e3f-9a8b-7c6d5e4f3a21",
            "resourceGroups", "rg-backup", "providers", "Microsoft.RecoveryServices", "vaults", "vault-east",
            "certificates", "x", "%", "%ff", "common", "discovery", "instance", "oauth2", "token", "fwlink",
            "v2.0", ".well-known", "openid-configuration", "keys", "userrealm", "a@contoso.example", "devicecode",
        ]), 0..12),
        query in "[ -~&&[^#<>\"{}|`^\\\\ ]]{0,40}",
        token in "[ -~]{0,40}",
        body in vec(any::<u8>(), 0..100),
    ) {
        let running = running();
        let pki = Arc::new(Pki::new(Keys::Seeded, running.seed(), running.stamp()));
        let cloud = Arc::new(Cloud::new(running, pki));
        let request = http::Request::builder()
            .method(method)
            .uri(format!("/{}?api-version=2016-06-01&{query}", path.join("/")))
            .header("Authorization", format!("Bearer {token}"))
            .body(bytes::Bytes::from(body));
        for port in [80, 443] {
            let connection = ServerConnection { cloud: Arc::clone(&cloud), host: host.into(), port };
            let reply = request.as_ref().ok().and_then(|request| connection.reply(request));
            prop_assert!(reply.is_none_or(|reply| reply.status().as_u16() < 500));
        }
    }
}
