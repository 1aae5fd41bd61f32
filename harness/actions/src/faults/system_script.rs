//! Fault `system-script`: Windows uses a configuration script for the SYSTEM account.

use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::error::NotApplicable;
use crate::fault::Fault;
use crate::value_types::HostAndPort;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<SystemScript>(
    "system-script",
    "the configuration script (PAC) in the LAN settings of the SYSTEM account",
    r#"{ server = "10.0.0.5:8080" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SystemScript {
    /// The server of the script, at `/proxy.pac`; nothing needs to listen there.
    server: HostAndPort,
}

impl Fault for SystemScript {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        Ok(edit::proxy::configuration_script(machine, edit::SYSTEM_SID, self.server.as_address()))
    }
}
