//! Remedy `retry-later`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_actions::value_types::Whole;
use marslab_live::Live;
use marslab_model::Change;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<RetryLater>(
    "retry-later",
    "waits some minutes before the next attempt",
    "{ minutes = 30 }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RetryLater {
    /// The minutes, up to a week.
    minutes: Whole<u32, 1, 10_080>,
}

#[async_trait]
impl Remedy for RetryLater {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        live.apply(&Change::Elapse { seconds: self.minutes.get() * 60 })?;
        Ok(())
    }
}
