//! Setting `agent-version`: another version of the agent is installed.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::setting::Setting;
use marslab_model::{Change, Field, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<AgentVersion>(
    "agent-version",
    "the installed version of the agent, which is also the latest",
    r#"{ version = "2.0.9250.0" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AgentVersion {
    /// The version.
    version: String,
}

impl Setting for AgentVersion {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let agent = Name::new(AGENT);
        if !edit::machine(world)?.software.contains_key(&agent) {
            return Err(NotApplicable::State("no agent is installed"));
        }
        Ok(vec![
            edit::machine_field(world).software().at(agent).version().set(self.version.as_str()),
            Field::world().cloud().latest_agent().set(self.version.as_str()),
        ])
    }
}

/// The agent in the list of installed programs (mars-facts 5.1).
const AGENT: &str = "Microsoft Azure Recovery Services Agent";
