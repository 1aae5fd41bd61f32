//! Fault `server-interrupted`: a cloud server has an internal error for a while.

use jiff::SignedDuration;
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::{DnsName, Whole};
use marslab_model::{Change, Field, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<ServerInterrupted>(
    "server-interrupted",
    "a cloud server answers every request with an internal error (500) for some minutes",
    r#"{ host = "pod01-manag1.jpe.backup.windowsazure.com", minutes = 20 }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ServerInterrupted {
    /// The server's host name.
    host: DnsName,
    /// For how many minutes; an outage of more than a week does not pass by itself.
    minutes: Whole<u32, 1, 10_000>,
}

impl Fault for ServerInterrupted {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let host = self.host.as_host();
        if !world.cloud.endpoints.contains_key(host) {
            return Err(NotApplicable::missing("server", host));
        }
        let until =
            world.now.saturating_add(SignedDuration::from_mins(i64::from(self.minutes.get())));
        let endpoint = Field::world().cloud().endpoints().at(host.clone());
        Ok(vec![endpoint.service_issue_until().set(until.ok())])
    }
}
