//! Fault `certificate-chain-incomplete`: a server sends its certificate alone.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::tls_server;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::DnsName;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

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
