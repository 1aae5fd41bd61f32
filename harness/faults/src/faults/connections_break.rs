//! Fault `connections-break`: a firewall breaks or slows connections, counted from when the fault is applied.

use std::num::NonZeroU16;

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::world::{Action, Effect, Impairment, Origin, Rule};
use marslab_model::{Change, Field, Name, Target, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<ConnectionsBreak>(
    "connections-break",
    "a firewall resets, closes, stalls or slows connections, from a given connection and byte on",
    r#"{ to = "www.msftncsi.com", times = 2, what = "reset" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ConnectionsBreak {
    /// A host, a wildcard such as `*.windows.net`, an address, a CIDR range, or `*`.
    to: Target,
    /// The port. Default: every port.
    port: Option<NonZeroU16>,
    /// The first affected connection, counted from 1.
    #[serde(default = "first")]
    from_connection: u64,
    /// How many connections are affected. Default: all that follow.
    times: Option<u64>,
    /// After how many bytes sent to the client.
    #[serde(default)]
    after_bytes: u64,
    /// What happens: `reset`, `close`, `{ stall = 60 }` (seconds) or `{ slow = 100 }` (bytes a second).
    what: Effect,
}

const fn first() -> u64 {
    1
}

impl Fault for ConnectionsBreak {
    fn targets(&self) -> &[Target] {
        std::slice::from_ref(&self.to)
    }

    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        // The number sorts the rule before those of a healthy world, which begin with 50 and more.
        let name = Name::new(format!("10 break {}", self.to));
        if world.network.firewall.contains_key(&name) {
            return Err(NotApplicable::exists("firewall", "rule", &name));
        }
        let Self { from_connection, times, after_bytes, what, .. } = *self;
        let from_request = None;
        let impairment = Impairment { from_connection, from_request, times, after_bytes, what };
        let rule = Rule {
            from: Origin::Anyone,
            to: self.to.clone(),
            port: self.port.map(NonZeroU16::get),
            action: Action::Impair(impairment),
        };
        Ok(vec![Field::world().network().firewall().at(name).set(rule)])
    }
}
