//! Fault `certificate-not-yet-valid`: a server's certificate is used too early.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::tls_server;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::{DnsName, Whole};
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<CertificateNotYetValid>(
    "certificate-not-yet-valid",
    "a cloud server's certificate is not valid yet",
    r#"{ host = "login.windows.net", days = 3 }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CertificateNotYetValid {
    /// The server's host name.
    host: DnsName,
    /// In how many days it will be.
    days: Whole<u32, 1, 3650>,
}

impl Fault for CertificateNotYetValid {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let server = tls_server::field(world, &self.host)?;
        let from = tls_server::in_days(world, i64::from(self.days.get()));
        Ok(vec![server.certificate().not_before().set(from)])
    }
}
