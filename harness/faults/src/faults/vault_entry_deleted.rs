//! Fault `vault-entry-deleted`: the server was deleted from its vault in the portal.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::edit::registration;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<VaultEntryDeleted>(
    "vault-entry-deleted",
    "the server was deleted from its vault in the portal; its backups remain",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct VaultEntryDeleted {}

impl Fault for VaultEntryDeleted {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let own = registration::own_name(edit::machine(world)?);
        let changes = registration::deleted_from_vault(world, &own);
        if changes.is_empty() {
            return Err(NotApplicable::unsuitable(&own, "is not registered with a vault"));
        }
        Ok(changes)
    }
}
