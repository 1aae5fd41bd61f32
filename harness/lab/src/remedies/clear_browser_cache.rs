//! Remedy `clear-browser-cache`.

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Remedy, RemedyError};
use crate::edit;
use crate::kind::Kind;
use crate::live::Live;

pub(super) const KIND: Kind<dyn Remedy> = Kind::<dyn Remedy>::new::<ClearBrowserCache>(
    "clear-browser-cache",
    "clears the cache and the cookies of the browser",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ClearBrowserCache {}

#[async_trait]
impl Remedy for ClearBrowserCache {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        super::make(live, &edit::empty_browser(&live.snapshot()?)?)
    }
}
