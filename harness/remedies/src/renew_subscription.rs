//! Remedy `renew-subscription`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::administrator;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<RenewSubscription>(
    "renew-subscription",
    "renews the subscription",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RenewSubscription {}

#[async_trait]
impl Remedy for RenewSubscription {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        administrator::enable_subscription(live)
    }
}
