//! Fault `user-role`: the administrator may do less than they should.

use std::collections::BTreeSet;

use marslab_model::{Change, Field, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::error::NotApplicable;
use crate::fault::Fault;
use crate::value_types::NonEmptyVec;
use marslab_base::{ADMIN_UPN, SUBSCRIPTION};

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<UserRole>(
    "user-role",
    "the one role of the administrator in the vault's subscription",
    r#"{ role = "Backup Reader" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct UserRole {
    /// The role: one of Azure's own, or the name of a custom role.
    role: String,
    /// The actions that the custom role allows, such as `Microsoft.RecoveryServices/Vaults/read`; `*` stands for
    /// anything.
    allows: Option<NonEmptyVec<String>>,
}

impl Fault for UserRole {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let id = Name::new(SUBSCRIPTION);
        if !world.cloud.subscriptions.contains_key(&id) {
            return Err(NotApplicable(format!("there is no subscription `{id}`")));
        }
        let is_built_in = BUILT_IN.contains(&self.role.as_str());
        let subscription = Field::world().cloud().subscriptions().at(id);
        let mut changes = Vec::new();
        match &self.allows {
            Some(_) if is_built_in => {
                return Err(NotApplicable(format!("`{}` is a role of Azure's own", self.role)));
            }
            None if !is_built_in => {
                return Err(NotApplicable(format!("`{}` needs `allows`", self.role)));
            }
            None => {}
            Some(actions) => {
                let actions: BTreeSet<String> = actions.as_slice().iter().cloned().collect();
                let custom = subscription.clone().custom_roles();
                changes.push(custom.at(self.role.as_str()).set(actions));
            }
        }
        let roles = BTreeSet::from([self.role.clone()]);
        changes.push(subscription.roles().at(ADMIN_UPN).set(roles));
        Ok(changes)
    }
}

/// The roles that the articles' page on roles describes, and the general ones.
const BUILT_IN: [&str; 6] =
    ["Owner", "Contributor", "Reader", "Backup Contributor", "Backup Operator", "Backup Reader"];
