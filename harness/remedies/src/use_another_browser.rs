//! Remedy `use-another-browser`.

use crate::administrator;
use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<UseAnotherBrowser>(
    "use-another-browser",
    "continues in a browser that has not been used for the portal before",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct UseAnotherBrowser {}

#[async_trait]
impl Remedy for UseAnotherBrowser {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        // The world knows the browser that the administrator uses, and not those that are left alone.
        administrator::make(live, &edit::empty_browser(&live.snapshot()?)?)
    }
}
