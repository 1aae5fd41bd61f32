//! Remedy `enable-file-download`.

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::administrator;
use crate::edit::zones::{Policy, Zone};
use crate::edit::{self, zones};
use crate::error::RemedyError;
use crate::remedy::Remedy;
use marslab_live::Live;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<EnableFileDownload>(
    "enable-file-download",
    "enables file downloads in the internet zone of the SYSTEM account",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct EnableFileDownload {}

#[async_trait]
impl Remedy for EnableFileDownload {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let machine = edit::machine(&world)?;
        administrator::make(live, &zones::file_download(machine, Zone::Internet, Policy::Enable))
    }
}
