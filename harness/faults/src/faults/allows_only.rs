//! Fault `allows-only`: a firewall lets nothing pass but what is listed.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::NonEmptyVec;
use marslab_model::world::{Action, Origin, Rule};
use marslab_model::{Change, Field, Name, Target, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<AllowsOnly>(
    "allows-only",
    "a firewall lets machines and proxies reach only the listed hosts",
    r#"{ to = ["*.windows.net", "*.microsoft.com"] }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AllowsOnly {
    /// Hosts, wildcards such as `*.windows.net`, addresses or CIDR ranges.
    to: NonEmptyVec<Target>,
}

impl Fault for AllowsOnly {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let firewall = Field::world().network().firewall();
        // The numbers sort these rules before those of a healthy world, which begin with 50 and more.
        let others = Name::new("12 block others");
        if world.network.firewall.contains_key(&others) {
            return Err(NotApplicable::exists("firewall", "rule", &others));
        }
        let rule = |to, action| Rule { from: Origin::Anyone, to, port: None, action };
        let allowed = self.to.as_slice().iter().map(|to| {
            let name = Name::new(format!("11 allow {to}"));
            firewall.clone().at(name).set(rule(to.clone(), Action::Allow))
        });
        let rest = firewall.clone().at(others).set(rule(Target::Any, Action::Drop));
        Ok(allowed.chain([rest]).collect())
    }
}
