//! Setting `tls-required`: the cloud refuses older TLS versions.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::NotApplicable;
use marslab_actions::setting::Setting;
use marslab_model::world::TlsVersion;
use marslab_model::{Change, Field, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<TlsRequired>(
    "tls-required",
    "the oldest TLS version that the cloud's servers accept",
    r#"{ oldest = "1.2" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TlsRequired {
    /// The oldest accepted version; at most the newest that the servers support.
    oldest: TlsVersion,
}

impl Setting for TlsRequired {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let too_new = world.cloud.endpoints.iter().find(|(_, server)| server.tls_max < self.oldest);
        if let Some((host, _)) = too_new {
            return Err(NotApplicable::unsuitable(host, "supports only older versions"));
        }
        let endpoints = || Field::world().cloud().endpoints();
        let hosts = world.cloud.endpoints.keys();
        Ok(hosts.map(|host| endpoints().at(host.clone()).tls_min().set(self.oldest)).collect())
    }
}
