//! Setting `another-service`: a server that is not a proxy listens in the network.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::NotApplicable;
use marslab_actions::setting::Setting;
use marslab_actions::value_types::{HostAndPort, ProxyProduct};
use marslab_model::world::{Effect, Impairment, Proxy};
use marslab_model::{Change, Field, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<AnotherService>(
    "another-service",
    "a server that does not speak HTTP listens in the network",
    r#"{ address = "10.0.0.5:8081" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AnotherService {
    /// Where it listens.
    address: HostAndPort,
}

impl Setting for AnotherService {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let name = Name::new(self.address.as_address().to_string());
        if world.network.proxies.contains_key(&name) {
            return Err(NotApplicable::exists("network", "proxy", &name));
        }
        // To a client it looks like a proxy that closes every connection at once.
        let ends = Impairment {
            from_connection: 1,
            from_request: None,
            times: None,
            after_bytes: 0,
            what: Effect::Close,
        };
        let listener =
            Proxy { impairments: vec![ends], ..Proxy::open(ProxyProduct::default().as_str()) };
        Ok(vec![Field::world().network().proxies().at(name).set(listener)])
    }
}
