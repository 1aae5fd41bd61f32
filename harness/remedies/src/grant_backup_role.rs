//! Remedy `grant-backup-role`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::Field;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<GrantBackupRole>(
    "grant-backup-role",
    "assigns the administrator the Backup Operator role, the lowest that can register servers",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct GrantBackupRole {}

#[async_trait]
impl Remedy for GrantBackupRole {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let subscription = world.cloud.subscriptions.get(&world.cast.subscription.clone());
        let roles = subscription.and_then(|it| it.roles.get(&world.cast.admin_upn.clone()));
        let mut roles = roles.cloned().unwrap_or_default();
        roles.insert("Backup Operator".to_owned());
        let subscription =
            Field::world().cloud().subscriptions().at(world.cast.subscription.clone());
        live.apply(&subscription.roles().at(world.cast.admin_upn.clone()).set(roles))?;
        Ok(())
    }
}
