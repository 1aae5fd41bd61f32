//! Fault `certificate-for-another-name`: a server's certificate is for another name.

use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit::tls_server;
use crate::error::NotApplicable;
use crate::fault::Fault;
use crate::value_types::DnsName;

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
