//! Remedy `install-updates`.

use std::collections::BTreeSet;

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<InstallUpdates>(
    "install-updates",
    "installs all updates from Windows Update",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct InstallUpdates {}

#[async_trait]
impl Remedy for InstallUpdates {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let missing = edit::machine_field(&world).os().missing_updates();
        live.apply(&missing.set(BTreeSet::<String>::new()))?;
        Ok(())
    }
}
