//! Fault `certificate-revoked`: the authority of a server has revoked its certificate.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::tls_server;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::{DnsName, Whole};
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<CertificateRevoked>(
    "certificate-revoked",
    "a cloud server's certificate was revoked by its authority",
    r#"{ host = "login.windows.net", days = 3 }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CertificateRevoked {
    /// The server's host name.
    host: DnsName,
    /// How many days ago.
    days: Whole<u32, 0, 3650>,
}

impl Fault for CertificateRevoked {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let server = tls_server::field(world, &self.host)?;
        let since = tls_server::in_days(world, -i64::from(self.days.get()));
        Ok(vec![server.certificate().revoked_at().set(since)])
    }
}
