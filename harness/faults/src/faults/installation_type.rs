//! Fault `installation-type`: another edition of Windows is installed.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::world::RegValue;
use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<InstallationType>(
    "installation-type",
    "another edition of Windows is installed, such as Server Core",
    r#"{ is = "Server Core" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct InstallationType {
    /// What the registry says.
    is: Edition,
}

#[derive(Debug, Deserialize, JsonSchema)]
enum Edition {
    /// A server with Desktop Experience.
    #[serde(rename = "Server")]
    Server,
    /// A server without it.
    #[serde(rename = "Server Core")]
    ServerCore,
    /// The smallest server.
    #[serde(rename = "Nano Server")]
    NanoServer,
    /// Windows 8.1, 10 or 11.
    #[serde(rename = "Client")]
    Client,
}

impl Fault for InstallationType {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        edit::machine(world)?;
        let value: RegValue = match self.is {
            Edition::Server => "Server",
            Edition::ServerCore => "Server Core",
            Edition::NanoServer => "Nano Server",
            Edition::Client => "Client",
        }
        .into();
        let (key, name) = edit::INSTALLATION_TYPE;
        Ok(vec![edit::machine_field(world).registry().at(key).at(name).set(value)])
    }
}
