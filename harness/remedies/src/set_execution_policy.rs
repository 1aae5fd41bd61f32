//! Remedy `set-execution-policy`.

use async_trait::async_trait;

use crate::administrator;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::{self, ExecutionPolicy};
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use schemars::JsonSchema;
use serde::Deserialize;

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
