//! Remedy `set-execution-policy`.

use async_trait::async_trait;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::administrator;
use crate::edit::{self, ExecutionPolicy};
use crate::error::RemedyError;
use crate::remedy::Remedy;
use marslab_live::Live;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<SetExecutionPolicy>(
    "set-execution-policy",
    "sets the PowerShell execution policy of LocalMachine to RemoteSigned or Unrestricted",
    r#"{ policy = "RemoteSigned" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SetExecutionPolicy {
    /// The policy to set.
    #[serde(default)]
    policy: ExecutionPolicy,
}

#[async_trait]
impl Remedy for SetExecutionPolicy {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let machine = edit::machine(&world)?;
        let values = [("ExecutionPolicy", self.policy.name().into())];
        administrator::make(live, &edit::registry(machine, edit::SHELL.into(), values))
    }
}
