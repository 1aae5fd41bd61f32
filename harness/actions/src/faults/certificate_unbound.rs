//! Fault `certificate-unbound`: a server has no certificate bound to its port.

use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit::tls_server;
use crate::error::NotApplicable;
use crate::fault::Fault;
use crate::value_types::DnsName;

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
