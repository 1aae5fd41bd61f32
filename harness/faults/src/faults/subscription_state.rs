//! Fault `subscription-state`: the subscription is read-only.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::world::SubscriptionState as State;
use marslab_model::{Change, Field, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<SubscriptionState>(
    "subscription-state",
    "the state of the vault's subscription",
    r#"{ state = "disabled" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SubscriptionState {
    /// The state.
    state: State,
}

impl Fault for SubscriptionState {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let id = world.cast.subscription.clone();
        if !world.cloud.subscriptions.contains_key(&id) {
            return Err(NotApplicable::missing("subscription", &id));
        }
        Ok(vec![Field::world().cloud().subscriptions().at(id).state().set(self.state)])
    }
}
