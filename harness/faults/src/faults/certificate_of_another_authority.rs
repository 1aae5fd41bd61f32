//! Fault `certificate-of-another-authority`: a server's certificate is from an authority that nobody trusts.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::tls_server;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::DnsName;
use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> =
    ActionSpec::<dyn Fault>::new::<CertificateOfAnotherAuthority>(
        "certificate-of-another-authority",
        "a cloud server's certificate chains to another root",
        r#"{ host = "login.windows.net", authority = "Contoso Root CA" }"#,
    );

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CertificateOfAnotherAuthority {
    /// The server's host name.
    host: DnsName,
    /// The name of the root certification authority. Machines do not trust it, unless it is one of the known ones.
    authority: Name,
    /// The root of the chain that the server still sends. Default: the right one.
    sent_chain: Option<Name>,
}

impl Fault for CertificateOfAnotherAuthority {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let server = tls_server::field(world, &self.host)?;
        if self.authority.as_str().is_empty() {
            return Err(NotApplicable::Parameters("the authority needs a name"));
        }
        let root = server.clone().root().set(self.authority.clone());
        let chain = || server.certificate().chain_root().set(self.sent_chain.clone());
        Ok(match &self.sent_chain {
            None => vec![root],
            Some(_) => vec![root, chain()],
        })
    }
}
