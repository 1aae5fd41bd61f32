//! Remedy `correct-dns-forwarder`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::Field;
use marslab_model::world::{Answering, Delivery};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<CorrectDnsForwarder>(
    "correct-dns-forwarder",
    "points the DNS server's conditional forwarders to servers that answer",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CorrectDnsForwarder {}

#[async_trait]
impl Remedy for CorrectDnsForwarder {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let zones = Field::world().network().resolver().zones();
        for zone in world.network.resolver.zones.keys() {
            let zone = zones.clone().at(zone.clone());
            live.apply_all(&[
                zone.clone().answers().set(Answering::Records),
                zone.delivery().set(Delivery::plain()),
            ])?;
        }
        Ok(())
    }
}
