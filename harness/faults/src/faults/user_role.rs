//! Fault `user-role`: the administrator lacks permissions.

use std::collections::BTreeSet;

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::{Change, Field, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<UserRole>(
    "user-role",
    "the administrator's only role in the vault's subscription",
    r#"{ role = "Backup Reader" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct UserRole {
    /// A built-in role of Azure, or the name of a custom role.
    role: String,
    /// The actions that a custom role allows, such as `Microsoft.RecoveryServices/Vaults/read`; `*` matches any text. With
    /// none, the role was never assigned: the user has no role at all.
    allows: Option<Vec<String>>,
}

impl Fault for UserRole {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let id = world.cast.subscription.clone();
        if !world.cloud.subscriptions.contains_key(&id) {
            return Err(NotApplicable::missing("subscription", &id));
        }
        let is_built_in = BUILT_IN.contains(&self.role.as_str());
        let subscription = Field::world().cloud().subscriptions().at(id);
        let mut changes = Vec::new();
        match &self.allows {
            Some(_) if is_built_in => {
                return Err(NotApplicable::unsuitable(
                    &self.role,
                    "is a built-in role and takes no `allows`",
                ));
            }
            None if !is_built_in => {
                return Err(NotApplicable::unsuitable(
                    &self.role,
                    "is a custom role and needs `allows`",
                ));
            }
            None => {}
            Some(actions) if actions.is_empty() => {
                let none = BTreeSet::new();
                return Ok(vec![subscription.roles().at(world.cast.admin_upn.clone()).set(none)]);
            }
            Some(actions) => {
                let actions: BTreeSet<String> = actions.iter().cloned().collect();
                let custom = subscription.clone().custom_roles();
                changes.push(custom.at(self.role.as_str()).set(actions));
            }
        }
        let roles = BTreeSet::from([self.role.clone()]);
        changes.push(subscription.roles().at(world.cast.admin_upn.clone()).set(roles));
        Ok(changes)
    }
}

/// Azure's general roles, and those for backup.
const BUILT_IN: [&str; 6] =
    ["Owner", "Contributor", "Reader", "Backup Contributor", "Backup Operator", "Backup Reader"];
