//! Remedy `correct-server-tls-versions`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::Field;
use marslab_model::world::TlsVersion;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<
    CorrectServerTlsVersions,
>(
    "correct-server-tls-versions",
    "lets the servers that leave out TLS 1.2, or what stands in front of them, accept what the cloud's servers do",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CorrectServerTlsVersions {}

#[async_trait]
impl Remedy for CorrectServerTlsVersions {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        for (host, server) in &world.cloud.endpoints {
            let usual = marslab_base::endpoint(server.role);
            let field = || Field::world().cloud().endpoints().at(host.clone());
            if server.tls_min > TlsVersion::V1_2 {
                live.apply_all(&[field().tls_min().set(usual.tls_min)])?;
            }
            if server.tls_max < TlsVersion::V1_2 {
                live.apply_all(&[field().tls_max().set(usual.tls_max)])?;
            }
        }
        Ok(())
    }
}
