//! Fault `certificate-self-signed`: a server has signed its certificate itself.

use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit::tls_server;
use crate::error::NotApplicable;
use crate::fault::Fault;
use crate::value_types::DnsName;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<CertificateSelfSigned>(
    "certificate-self-signed",
    "a cloud server's certificate is signed by nobody but itself",
    r#"{ host = "login.windows.net" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CertificateSelfSigned {
    /// The server's host name.
    host: DnsName,
}

impl Fault for CertificateSelfSigned {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let server = tls_server::field(world, &self.host)?;
        Ok(vec![server.root().set(Name::new(""))])
    }
}
