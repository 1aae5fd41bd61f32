//! Remedy `unselect-agent-proxy`.

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Remedy, RemedyError};
use crate::edit;
use crate::kind::Kind;
use crate::live::Live;

pub(super) const KIND: Kind<dyn Remedy> = Kind::<dyn Remedy>::new::<UnselectAgentProxy>(
    "unselect-agent-proxy",
    "leaves the proxy option of the registration wizard unselected",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct UnselectAgentProxy {}

#[async_trait]
impl Remedy for UnselectAgentProxy {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        super::make(live, &edit::proxy::no_agent_proxy(edit::machine(&live.snapshot()?)?))
    }
}
