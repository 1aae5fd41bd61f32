//! Setting `certificate-valid`: how long a server's certificate is still valid.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::tls_server;
use marslab_actions::error::NotApplicable;
use marslab_actions::setting::Setting;
use marslab_actions::value_types::{DnsName, Whole};
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<CertificateValid>(
    "certificate-valid",
    "how long a cloud server's certificate is still valid",
    r#"{ host = "login.windows.net", days = 1 }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CertificateValid {
    /// The server's host name.
    host: DnsName,
    /// The days.
    days: Whole<u32, 1, 3650>,
}

impl Setting for CertificateValid {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let server = tls_server::field(world, &self.host)?;
        let until = tls_server::in_days(world, self.days.get().into());
        Ok(vec![server.certificate().not_after().set(until)])
    }
}
