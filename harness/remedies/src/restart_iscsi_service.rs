//! Remedy `restart-iscsi-service`.

use crate::administrator;
use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<RestartIscsiService>(
    "restart-iscsi-service",
    "stops and starts the Microsoft iSCSI Initiator service",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RestartIscsiService {}

#[async_trait]
impl Remedy for RestartIscsiService {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        administrator::restart_service(live, "MSiSCSI")
    }
}
