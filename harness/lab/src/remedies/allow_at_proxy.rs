//! Remedy `allow-at-proxy`.

use async_trait::async_trait;
use marslab_model::Field;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Remedy, RemedyError};
use crate::edit;
use crate::kind::Kind;
use crate::live::Live;

pub(super) const KIND: Kind<dyn Remedy> = Kind::<dyn Remedy>::new::<AllowAtProxy>(
    "allow-at-proxy",
    "lets the proxy pass the URLs and address ranges that the article lists",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AllowAtProxy {}

#[async_trait]
impl Remedy for AllowAtProxy {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let name = edit::proxy(&world, None)?;
        let proxy = world.network.proxies.get(&name);
        let mut refuses = proxy.map_or_else(Vec::new, |proxy| proxy.refuses.clone());
        refuses.retain(|target| !super::is_required(target));
        live.apply(&Field::world().network().proxies().at(name).refuses().set(refuses))?;
        Ok(())
    }
}
