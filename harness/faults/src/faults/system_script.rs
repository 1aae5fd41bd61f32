//! Fault `system-script`: Windows uses a configuration script for the SYSTEM account.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::HostAndPort;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

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
