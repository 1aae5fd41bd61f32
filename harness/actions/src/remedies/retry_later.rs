//! Remedy `retry-later`.

use async_trait::async_trait;
use marslab_model::Change;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::error::{NotApplicable, RemedyError};
use crate::remedy::Remedy;
use marslab_live::Live;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<RetryLater>(
    "retry-later",
    "waits some minutes before the next attempt",
    "{ minutes = 30 }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RetryLater {
    /// The minutes, up to a week.
    #[schemars(range(min = 1, max = 10_080))]
    minutes: u32,
}

#[async_trait]
impl Remedy for RetryLater {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        if !(1..=MINUTES_MAX).contains(&self.minutes) {
            return Err(NotApplicable::out_of_range("minutes", 1..=MINUTES_MAX).into());
        }
        live.apply(&Change::Elapse { seconds: self.minutes * 60 })?;
        Ok(())
    }
}

/// A week.
const MINUTES_MAX: u32 = 7 * 24 * 60;
