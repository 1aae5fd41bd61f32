//! Fault `trusted-root-removed`: the machine does not trust a root certification authority.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<TrustedRootRemoved>(
    "trusted-root-removed",
    "a root certificate is missing from the machine's trusted roots",
    r#"{ authority = "Baltimore CyberTrust Root" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TrustedRootRemoved {
    /// The name of the root certification authority.
    authority: Name,
}

impl Fault for TrustedRootRemoved {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let mut roots = machine.trusted_roots.clone();
        if !roots.remove(&self.authority) {
            let lacks = NotApplicable::lacks;
            return Err(lacks(machine.name(), "trusted root", &self.authority));
        }
        Ok(vec![machine.field().trusted_roots().set(roots)])
    }
}
