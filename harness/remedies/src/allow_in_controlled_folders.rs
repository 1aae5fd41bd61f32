//! Remedy `allow-in-controlled-folders`.

use crate::administrator;
use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::{self, controlled_folders};
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::WinPath;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> =
    ActionSpec::<dyn Remedy>::new::<AllowInControlledFolders>(
        "allow-in-controlled-folders",
        "allows the agent's engine to change protected folders, and restarts its service",
        "{}",
    );

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AllowInControlledFolders {}

#[async_trait]
impl Remedy for AllowInControlledFolders {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let machine = edit::machine(&world)?;
        administrator::make(live, &controlled_folders::allow(machine, &[WinPath::new(ENGINE)]))?;
        administrator::restart_service(live, "obengine")
    }
}

/// The engine's program (mars-facts 5.1).
const ENGINE: &str = r"C:\Program Files\Microsoft Azure Recovery Services Agent\bin\cbengine.exe";
