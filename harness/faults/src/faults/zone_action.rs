//! Fault `zone-action`: the file download policy of a security zone.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::edit::zones::{self, Policy, Zone};
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<ZoneAction>(
    "zone-action",
    "whether a security zone of the SYSTEM account allows file downloads",
    r#"{ zone = "internet", file-download = "disable" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ZoneAction {
    /// The zone.
    zone: Zone,
    /// The policy for file downloads.
    file_download: Policy,
}

impl Fault for ZoneAction {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        Ok(zones::file_download(machine, self.zone, self.file_download))
    }
}
