//! Fault `blocks`: a firewall blocks hosts.

use std::num::NonZeroU16;

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::NonEmptyVec;
use marslab_model::world::{Action, Origin, Rule};
use marslab_model::{Change, Field, Name, Target, World};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<Blocks>(
    "blocks",
    "a firewall blocks hosts, wildcards or address ranges",
    r#"{ to = ["*.windows.net"], action = "drop" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Blocks {
    /// Hosts, wildcards such as `*.windows.net`, addresses, CIDR ranges, or `*`.
    to: NonEmptyVec<Target>,
    /// What happens to a connection.
    #[serde(default)]
    action: Blocking,
    /// The port. Default: every port.
    port: Option<NonZeroU16>,
    /// Whose connections are blocked.
    #[serde(default)]
    from: Blocked,
}

/// Whose connections a firewall blocks.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Blocked {
    /// Those of machines and proxies.
    #[default]
    Anyone,
    /// Those of machines only, as by a firewall on the machine.
    Machines,
    /// Those of proxies only.
    Proxies,
}

/// What a firewall does with a blocked connection.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Blocking {
    /// Drops it: the client waits until it times out.
    #[default]
    Drop,
    /// Resets it: the client sees a refused connection.
    Reset,
    /// Reports the host as unreachable.
    Unreachable,
}

impl Blocks {
    fn rule_name(&self, to: &Target) -> Name {
        // The number sorts the rule before those of a healthy world, which begin with 50 and more.
        let port = self.port.map(|port| format!(" port {port}")).unwrap_or_default();
        let from = match self.from {
            Blocked::Anyone => "",
            Blocked::Machines => " for machines",
            Blocked::Proxies => " for proxies",
        };
        Name::new(format!("10 block {to}{port}{from}"))
    }

    fn rule(&self, to: &Target) -> Rule {
        let action = match self.action {
            Blocking::Drop => Action::Drop,
            Blocking::Reset => Action::Reset,
            Blocking::Unreachable => Action::Unreachable,
        };
        let from = match self.from {
            Blocked::Anyone => Origin::Anyone,
            Blocked::Machines => Origin::Machines,
            Blocked::Proxies => Origin::Proxies,
        };
        let port = self.port.map(NonZeroU16::get);
        Rule { from, to: to.clone(), port, action }
    }
}

impl Fault for Blocks {
    fn targets(&self) -> &[Target] {
        self.to.as_slice()
    }

    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let mut changes = Vec::new();
        for to in self.to.as_slice() {
            let name = self.rule_name(to);
            if world.network.firewall.contains_key(&name) {
                return Err(NotApplicable::exists("firewall", "rule", &name));
            }
            changes.push(Field::world().network().firewall().at(name).set(self.rule(to)));
        }
        Ok(changes)
    }
}
