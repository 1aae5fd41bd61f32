//! Fault `certificate-self-signed`: a server has signed its certificate itself.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::tls_server;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::DnsName;
use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

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
