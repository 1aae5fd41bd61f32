//! Remedy `correct-system-proxy`.

use async_trait::async_trait;

use crate::administrator;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::edit::proxy::LanProxy;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_actions::value_types::HostAndPort;
use marslab_live::Live;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<CorrectSystemProxy>(
    "correct-system-proxy",
    "corrects the proxy in the LAN settings of the SYSTEM account",
    r#"{ address = "10.0.0.5:8080" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CorrectSystemProxy {
    /// The proxy's correct address.
    address: HostAndPort,
}

#[async_trait]
impl Remedy for CorrectSystemProxy {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let machine = edit::machine(&world)?;
        let right = LanProxy::at(self.address.as_address());
        administrator::make(live, &edit::proxy::lan_proxy(machine, edit::SYSTEM_SID, &right))
    }
}
