//! Remedy `update-agent`.

use async_trait::async_trait;

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<UpdateAgent>(
    "update-agent",
    "installs the latest release of the agent",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct UpdateAgent {}

#[async_trait]
impl Remedy for UpdateAgent {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let latest = live.snapshot()?.cloud.latest_agent;
        let software = edit::machine_field(&world).software();
        live.apply(&software.at(AGENT).version().set(latest))?;
        Ok(())
    }
}

/// The agent in the list of installed programs (mars-facts 5.1).
const AGENT: &str = "Microsoft Azure Recovery Services Agent";
