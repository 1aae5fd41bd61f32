//! Remedy `reset-hosts-file`.

use crate::administrator;
use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::WinPath;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<ResetHostsFile>(
    "reset-hosts-file",
    "resets the hosts file of Windows, so that it has no entry",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ResetHostsFile {}

#[async_trait]
impl Remedy for ResetHostsFile {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let path = WinPath::new(edit::HOSTS_FILE);
        let world = live.snapshot()?;
        let machine = edit::machine(&world)?;
        // The default file has comments only, and the lab's machines begin without it.
        administrator::make(live, &[machine.field().files().at(path).removed()])
    }
}
