//! Remedy `install-updates`.

use std::collections::BTreeSet;

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::world::Update;
use marslab_model::{Change, Name};
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
        let os = edit::machine_field(&world).os();
        let offered = edit::machine(&world)?.os.missing_updates.clone();
        // Most that are offered close security gaps †.
        let update = Update { security: true, installed: world.now };
        let installed = offered.into_iter().map(Name::new);
        let mut changes: Vec<Change> = installed
            .map(|name| os.clone().installed_updates().at(name).set(update.clone()))
            .collect();
        changes.push(os.missing_updates().set(BTreeSet::<String>::new()));
        live.apply_all(&changes)?;
        Ok(())
    }
}
