//! Remedy `contact-support`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::Field;
use marslab_model::world::ServerCertificate;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<ContactSupport>(
    "contact-support",
    "asks Microsoft, who † then puts the certificates of its servers right",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ContactSupport {}

#[async_trait]
impl Remedy for ContactSupport {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        for (host, server) in &world.cloud.endpoints {
            let (field, good) =
                (Field::world().cloud().endpoints().at(host.clone()), ServerCertificate::good());
            let root = marslab_base::endpoint(server.role).root;
            if (&server.root, &server.certificate) != (&root, &good) {
                live.apply_all(&[field.clone().root().set(root), field.certificate().set(good)])?;
            }
        }
        Ok(())
    }
}
