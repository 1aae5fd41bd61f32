//! Remedy `enable-newer-tls`.

use crate::administrator;
use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::{self, secure_channel};
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::world::TlsVersion;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<EnableNewerTls>(
    "enable-newer-tls",
    "enables TLS 1.2 for clients and lets .NET use the TLS versions of Windows",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct EnableNewerTls {}

#[async_trait]
impl Remedy for EnableNewerTls {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let machine = edit::machine(&world)?;
        administrator::make(live, &secure_channel::follow_windows(machine))?;
        administrator::make(live, &secure_channel::enable(machine, TlsVersion::V1_2))
    }
}
