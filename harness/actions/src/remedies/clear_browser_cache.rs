//! Remedy `clear-browser-cache`.

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::administrator;
use crate::edit;
use crate::error::RemedyError;
use crate::remedy::Remedy;
use marslab_live::Live;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<ClearBrowserCache>(
    "clear-browser-cache",
    "clears the browser's cache and cookies",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ClearBrowserCache {}

#[async_trait]
impl Remedy for ClearBrowserCache {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        administrator::make(live, &edit::empty_browser(&live.snapshot()?)?)
    }
}
