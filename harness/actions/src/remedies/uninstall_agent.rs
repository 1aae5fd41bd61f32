//! Remedy `uninstall-agent`.

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::administrator;
use crate::edit::{self, registration};
use crate::error::RemedyError;
use crate::remedy::Remedy;
use marslab_live::Live;

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
