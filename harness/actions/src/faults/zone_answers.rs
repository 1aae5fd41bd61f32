//! Fault `zone-answers`: the DNS server does not resolve the names of one zone.

use marslab_model::world::{Answering, ForwardedZone};
use marslab_model::{Change, Field, HostName, Map, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::error::NotApplicable;
use crate::fault::Fault;

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
    answers: Answering,
}

impl Fault for ZoneAnswers {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        if self.answers == Answering::Records {
            return Err(NotApplicable::Parameters("the queries would be answered correctly"));
        }
        let zones = Field::world().network().resolver().zones();
        let zone = zones.at(self.zone.clone());
        Ok(vec![if world.network.resolver.zones.contains_key(&self.zone) {
            zone.answers().set(self.answers)
        } else {
            zone.set(ForwardedZone { answers: self.answers, records: Map::new() })
        }])
    }
}
