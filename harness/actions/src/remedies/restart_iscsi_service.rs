//! Remedy `restart-iscsi-service`.

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::administrator;
use crate::error::RemedyError;
use crate::remedy::Remedy;
use marslab_live::Live;

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
