//! Fault `certificate-unbound`: a server has no certificate bound to its port.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::tls_server;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::DnsName;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<CertificateUnbound>(
    "certificate-unbound",
    "a cloud server has no certificate bound to its port, and resets each handshake",
    r#"{ host = "login.windows.net" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CertificateUnbound {
    /// The server's host name.
    host: DnsName,
}

impl Fault for CertificateUnbound {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let server = tls_server::field(world, &self.host)?;
        Ok(vec![server.certificate().bound().set(false)])
    }
}
