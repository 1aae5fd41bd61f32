//! Fault `computer-renamed`: Windows has a new computer name.

use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::error::NotApplicable;
use crate::fault::Fault;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<ComputerRenamed>(
    "computer-renamed",
    "the computer was renamed, but its registration was not updated",
    r#"{ to = "SRV07" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ComputerRenamed {
    /// The new computer name: at most 15 letters, digits and hyphens.
    to: String,
}

impl Fault for ComputerRenamed {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if self.to.is_empty() || self.to.len() > NAME_BYTES_MAX || !self.to.chars().all(is_plain) {
            return Err(NotApplicable::BadComputerName { parameter: "to", max: NAME_BYTES_MAX });
        }
        edit::machine(world)?;
        Ok(vec![edit::machine_field(world).computer_name().set(self.to.as_str())])
    }
}

/// The longest name that NetBIOS takes.
const NAME_BYTES_MAX: usize = 15;
