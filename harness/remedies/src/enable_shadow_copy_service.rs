//! Remedy `enable-shadow-copy-service`.

use crate::administrator;
use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::world::StartType;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> =
    ActionSpec::<dyn Remedy>::new::<EnableShadowCopyService>(
        "enable-shadow-copy-service",
        "sets the Volume Shadow Copy service to manual start and starts it",
        "{}",
    );

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct EnableShadowCopyService {}

#[async_trait]
impl Remedy for EnableShadowCopyService {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        live.apply(
            &edit::machine_field(&world).services().at("VSS").start().set(StartType::Manual),
        )?;
        administrator::start_service(live, "VSS")
    }
}
