//! Fault `certificate-chain-incomplete`: a server sends its certificate alone.

use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit::tls_server;
use crate::error::NotApplicable;
use crate::fault::Fault;
use crate::value_types::DnsName;

pub(super) const SPEC: ActionSpec<dyn Fault> =
    ActionSpec::<dyn Fault>::new::<CertificateChainIncomplete>(
        "certificate-chain-incomplete",
        "a cloud server does not send the certificate of the authority that issued its own",
        r#"{ host = "login.windows.net" }"#,
    );

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CertificateChainIncomplete {
    /// The server's host name.
    host: DnsName,
}

impl Fault for CertificateChainIncomplete {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let server = tls_server::field(world, &self.host)?;
        Ok(vec![server.certificate().issuer_sent().set(false)])
    }
}
