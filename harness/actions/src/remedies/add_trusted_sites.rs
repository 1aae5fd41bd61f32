//! Remedy `add-trusted-sites`.

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::administrator;
use crate::edit::{self, zones};
use crate::error::RemedyError;
use crate::remedy::Remedy;
use marslab_live::Live;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<AddTrustedSites>(
    "add-trusted-sites",
    "adds the required sites to the trusted sites of the SYSTEM account",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AddTrustedSites {}

#[async_trait]
impl Remedy for AddTrustedSites {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let machine = edit::machine(&world)?;
        administrator::make(live, &zones::trust(machine, &edit::required_sites()))
    }
}
