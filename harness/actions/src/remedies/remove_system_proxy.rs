//! Remedy `remove-system-proxy`.

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::administrator;
use crate::edit;
use crate::error::RemedyError;
use crate::remedy::Remedy;
use marslab_live::Live;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<RemoveSystemProxy>(
    "remove-system-proxy",
    "removes the proxy from the LAN settings of the SYSTEM account",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RemoveSystemProxy {}

#[async_trait]
impl Remedy for RemoveSystemProxy {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let machine = edit::machine(&world)?;
        administrator::make(live, &edit::proxy::no_lan_proxy(machine, edit::SYSTEM_SID))
    }
}
