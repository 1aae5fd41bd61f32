//! Remedy `enable-subscription`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::administrator;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<EnableSubscription>(
    "enable-subscription",
    "enables the subscription again",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct EnableSubscription {}

#[async_trait]
impl Remedy for EnableSubscription {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        administrator::enable_subscription(live)
    }
}
