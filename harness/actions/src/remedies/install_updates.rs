//! Remedy `install-updates`.

use std::collections::BTreeSet;

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::error::RemedyError;
use crate::remedy::Remedy;
use marslab_live::Live;

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
