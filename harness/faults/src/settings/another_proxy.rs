//! Setting `another-proxy`: the network has an unused proxy.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::error::NotApplicable;
use marslab_actions::setting::Setting;
use marslab_actions::value_types::{HostAndPort, ProxyProduct, ScriptAnswer};
use marslab_model::world::Proxy;
use marslab_model::{Change, Field, Name, Target, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<AnotherProxy>(
    "another-proxy",
    "the network has an additional proxy, which nothing is configured to use",
    r#"{ address = "10.0.0.9:3128" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AnotherProxy {
    /// The proxy's address.
    address: HostAndPort,
    /// The product: `squid-5`, `squid-6`, `tinyproxy-1.11`, `isa`, `cloud-gateway`, `data-guard`, `asks-with-401` or
    /// `asks-without-challenge`.
    #[serde(default)]
    product: ProxyProduct,
    /// The destinations that it refuses: hosts, wildcards such as `*.windows.net`, addresses, CIDR ranges, or `*`.
    #[serde(default)]
    refuses: Vec<Target>,
    /// The result of the configuration script (PAC) that it serves at `/proxy.pac`. Default: no script.
    script: Option<ScriptAnswer>,
}

impl Setting for AnotherProxy {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let name = Name::new(self.address.as_address().to_string());
        if world.network.proxies.contains_key(&name) {
            return Err(NotApplicable::exists("network", "proxy", &name));
        }
        let proxy = Proxy {
            refuses: self.refuses.clone(),
            script: self.script.as_ref().map(ScriptAnswer::script).unwrap_or_default(),
            ..Proxy::open(self.product.as_str())
        };
        Ok(vec![Field::world().network().proxies().at(name).set(proxy)])
    }
}
