//! Fault `certificate-for-another-name`: a server's certificate is for another name.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::tls_server;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::DnsName;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> =
    ActionSpec::<dyn Fault>::new::<CertificateForAnotherName>(
        "certificate-for-another-name",
        "a cloud server's certificate is for another name",
        r#"{ host = "login.windows.net", name = "www.contoso.example" }"#,
    );

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CertificateForAnotherName {
    /// The server's host name.
    host: DnsName,
    /// The name that it is for.
    name: DnsName,
}

impl Fault for CertificateForAnotherName {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let server = tls_server::field(world, &self.host)?;
        Ok(vec![server.certificate().name().set(Some(self.name.as_host().clone()))])
    }
}
