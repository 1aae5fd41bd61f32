//! Remedy `uninstall-agent`.

use crate::administrator;
use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::{self, registration};
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<UninstallAgent>(
    "uninstall-agent",
    "uninstalls and reinstalls the agent",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct UninstallAgent {}

#[async_trait]
impl Remedy for UninstallAgent {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        administrator::make(live, &registration::uninstalled(edit::machine(&world)?))
    }
}
