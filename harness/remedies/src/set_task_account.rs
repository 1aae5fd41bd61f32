//! Remedy `set-task-account`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::Name;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<SetTaskAccount>(
    "set-task-account",
    "makes the task Microsoft-OnlineBackup run as SYSTEM or as the given account",
    r"{ account = 'CORP\admin' }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SetTaskAccount {
    /// The account. Default: SYSTEM.
    account: Option<Name>,
}

#[async_trait]
impl Remedy for SetTaskAccount {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let account = self.account.clone().unwrap_or_else(|| Name::new("SYSTEM"));
        live.apply(
            &edit::machine_field(&world).tasks().at(edit::BACKUP_TASK).account().set(account),
        )?;
        Ok(())
    }
}
