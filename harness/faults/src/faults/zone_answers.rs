//! Fault `zone-answers`: the DNS server does not resolve the names of one zone.

use std::net::IpAddr;

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::delivery::DeliveryParameters;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::world::{Answering, ForwardedZone, Override};
use marslab_model::{Change, Field, HostName, Target, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<ZoneAnswers>(
    "zone-answers",
    "the DNS server answers queries for the names of one zone wrongly or not at all, such as by a forwarder that is down",
    r#"{ zone = "windows.net", answers = "server-failure" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ZoneAnswers {
    /// The zone, such as `windows.net`: the name itself and all names below it.
    zone: HostName,
    /// How queries for addresses are answered.
    #[serde(default)]
    answers: Answering,
    /// How the answers arrive.
    #[serde(default)]
    delivery: DeliveryParameters,
    /// The addresses that all names get in place of their own. Default: none.
    #[serde(default)]
    with: Vec<IpAddr>,
}

impl ZoneAnswers {
    /// The change by which the DNS server answers for the zone itself.
    fn overridden(&self) -> Option<Change> {
        let overrides = Field::world().network().resolver().overrides();
        let of = Target::Wildcard(self.zone.clone());
        // The number sorts it before every other.
        let at = overrides.at(format!("05 zone {}", self.zone));
        (!self.with.is_empty()).then(|| at.set(Override { of, with: self.with.clone() }))
    }
}

impl Fault for ZoneAnswers {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let Self { zone: name, answers, delivery, with } = self;
        if *answers != Answering::Records && !with.is_empty() {
            let why = "with addresses in place of their own, the names have an answer";
            return Err(NotApplicable::Parameters(why));
        }
        if *answers == Answering::Records && delivery.is_plain() && with.is_empty() {
            return Err(NotApplicable::Parameters("the queries would be answered correctly"));
        }
        if !delivery.is_plain() && !with.is_empty() {
            let why = "no server is asked for names that the DNS server has addresses for";
            return Err(NotApplicable::Parameters(why));
        }
        if let Some(overridden) = self.overridden() {
            return Ok(vec![overridden]);
        }
        let zone = Field::world().network().resolver().zones().at(name.clone());
        let delivery = delivery.delivery();
        Ok(if world.network.resolver.zones.contains_key(name) {
            vec![zone.clone().answers().set(*answers), zone.delivery().set(delivery)]
        } else {
            vec![zone.set(ForwardedZone { delivery, ..ForwardedZone::answering(*answers) })]
        })
    }
}
