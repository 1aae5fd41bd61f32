//! Fault `resolver-answers`: the DNS server does not resolve names.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::delivery::DeliveryParameters;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::world::Answering;
use marslab_model::{Change, Field, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<ResolverAnswers>(
    "resolver-answers",
    "the DNS server answers queries for IPv4 or IPv6 addresses wrongly, slowly or not at all",
    r#"{ aaaa = "name-error" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ResolverAnswers {
    /// How it answers queries for IPv4 addresses.
    #[serde(default)]
    a: Answering,
    /// How it answers queries for IPv6 addresses.
    #[serde(default)]
    aaaa: Answering,
    /// How its answers arrive.
    #[serde(default)]
    delivery: DeliveryParameters,
}

impl Fault for ResolverAnswers {
    fn changes(&self, _world: &World) -> Result<Vec<Change>, NotApplicable> {
        if [self.a, self.aaaa] == [Answering::Records; 2] && self.delivery.is_plain() {
            return Err(NotApplicable::Parameters(
                "both kinds of queries would be answered correctly",
            ));
        }
        let resolver = Field::world().network().resolver();
        Ok(vec![
            resolver.clone().a().set(self.a),
            resolver.clone().aaaa().set(self.aaaa),
            resolver.delivery().set(self.delivery.delivery()),
        ])
    }
}
