//! Fault `certificate-expired`: a server's certificate was not renewed.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::tls_server;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::{DnsName, Whole};
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<CertificateExpired>(
    "certificate-expired",
    "a cloud server's certificate has expired",
    r#"{ host = "login.windows.net", days = 3 }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CertificateExpired {
    /// The server's host name.
    host: DnsName,
    /// How many days ago.
    days: Whole<u32, 1, 3650>,
}

impl Fault for CertificateExpired {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let server = tls_server::field(world, &self.host)?;
        let until = tls_server::in_days(world, -i64::from(self.days.get()));
        Ok(vec![server.certificate().not_after().set(until)])
    }
}
