//! Fault `server-tls-versions`: which TLS versions a server accepts.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::tls_server;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::DnsName;
use marslab_model::world::TlsVersion;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<ServerTlsVersions>(
    "server-tls-versions",
    "a cloud server accepts only some TLS versions",
    r#"{ host = "login.windows.net", oldest = "1.3", newest = "1.3" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ServerTlsVersions {
    /// The server's host name.
    host: DnsName,
    /// The oldest.
    oldest: TlsVersion,
    /// The newest; not older than the oldest.
    newest: TlsVersion,
}

impl Fault for ServerTlsVersions {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let server = tls_server::field(world, &self.host)?;
        if self.newest < self.oldest {
            return Err(NotApplicable::Parameters("`newest` is older than `oldest`"));
        }
        Ok(vec![server.clone().tls_min().set(self.oldest), server.tls_max().set(self.newest)])
    }
}
