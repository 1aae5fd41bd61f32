//! Remedy `reinstall-with-new-credentials`.

use crate::administrator;
use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::Operation;
use marslab_model::world::{Service, ServiceState, Software, StartType};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> =
    ActionSpec::<dyn Remedy>::new::<ReinstallWithNewCredentials>(
        "reinstall-with-new-credentials",
        "reinstalls the agent and registers it with the newest credentials file",
        "{}",
    );

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ReinstallWithNewCredentials {}

#[async_trait]
impl Remedy for ReinstallWithNewCredentials {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let latest = live.snapshot()?.cloud.latest_agent;
        let machine = edit::machine_field(&world);
        live.apply(&machine.clone().software().at(AGENT).set(Software { version: latest }))?;
        let service = Service {
            display: AGENT.to_owned(),
            state: ServiceState::Running,
            start: StartType::Automatic,
            account: "LocalSystem".to_owned(),
            responding: true,
        };
        live.apply(&machine.services().at("obengine").set(service))?;
        administrator::succeed(live, Operation::Register).await
    }
}

/// The agent in the list of installed programs, and its service's display name (mars-facts 5.1).
const AGENT: &str = "Microsoft Azure Recovery Services Agent";
