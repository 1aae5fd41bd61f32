//! Remedy `allow-at-firewall`.

use async_trait::async_trait;

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::RemedyError;
use marslab_actions::remedy::Remedy;
use marslab_live::Live;
use marslab_model::world::{Action, Origin, Rule};
use marslab_model::{Field, Target};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Remedy> = ActionSpec::<dyn Remedy>::new::<AllowAtFirewall>(
    "allow-at-firewall",
    "allows the article's URLs and address ranges at the firewall",
    "{}",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AllowAtFirewall {
    /// Additional hosts, wildcards, addresses or CIDR ranges, such as the host that the browser downloads from.
    #[serde(default)]
    also: Vec<Target>,
}

#[async_trait]
impl Remedy for AllowAtFirewall {
    async fn carry_out(&self, live: &Live) -> Result<(), RemedyError> {
        let firewall = Field::world().network().firewall();
        let mut required = edit::required(&live.snapshot()?)?;
        required.extend_from_slice(&self.also);
        for to in required {
            let name = format!("00 allow {to}");
            let rule = Rule { from: Origin::Anyone, to, port: None, action: Action::Allow };
            // The number sorts the rule before every other.
            live.apply(&firewall.clone().at(name).set(rule))?;
        }
        Ok(())
    }
}
