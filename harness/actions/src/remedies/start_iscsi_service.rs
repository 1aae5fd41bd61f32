//! Remedy `start-iscsi-service`.

use async_trait::async_trait;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::administrator;
use crate::error::RemedyError;
use crate::remedy::Remedy;
use marslab_live::Live;

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
