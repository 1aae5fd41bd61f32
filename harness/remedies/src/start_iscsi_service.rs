//! Remedy `start-iscsi-service`.

use async_trait::async_trait;

use crate::administrator;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<StartIscsiService>(
    "start-iscsi-service",
    "starts the Microsoft iSCSI Initiator service",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct StartIscsiService {}

#[async_trait]
impl Remedy for StartIscsiService {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        administrator::start_service(live, "MSiSCSI")
    }
}
