//! Remedy `restore-internet-access`.

use async_trait::async_trait;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::world::{Action, Answering, Delivery, Origin, Resolver, Rule};
use marslab_model::{Field, Target};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<
    RestoreInternetAccess,
>(
    "restore-internet-access",
    "allows outbound traffic (from the proxies if there are any, else from the machines) and restores DNS",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RestoreInternetAccess {}

#[async_trait]
impl Remedy for RestoreInternetAccess {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let world = live.snapshot()?;
        let has_proxies = !world.network.proxies.is_empty();
        let from = if has_proxies { Origin::Proxies } else { Origin::Anyone };
        let rule = Rule { from, to: Target::Any, port: None, action: Action::Allow };
        let mut zones = world.network.resolver.zones.clone();
        for zone in zones.values_mut() {
            (zone.answers, zone.delivery) = (Answering::Records, Delivery::plain());
        }
        let resolver = Resolver { zones, ..Resolver::plain() };
        // The number sorts the rule before every other.
        let network = || Field::world().network();
        live.apply_all(&[
            network().firewall().at("00 allow the internet").set(rule),
            network().resolver().set(resolver),
        ])?;
        Ok(())
    }
}
