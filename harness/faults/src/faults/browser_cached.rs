//! Fault `browser-cached`: the browser shows an outdated response from its cache.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::Whole;
use marslab_model::world::CachedAnswer;
use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<BrowserCached>(
    "browser-cached",
    "the administrator's browser has cached a response of the vault's page in the portal",
    "{ status = 403 }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct BrowserCached {
    /// The HTTP status of the response; 200 includes the page itself.
    status: Whole<u16, 200, 599>,
    /// The vault. Default: the administrator's own.
    vault: Option<Name>,
}

impl Fault for BrowserCached {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let name = self.vault.clone().unwrap_or_else(|| world.cast.vault.clone());
        let vault = world.cloud.vaults.get(&name);
        let vault = vault.ok_or_else(|| NotApplicable::missing("vault", &name))?;
        // As the portal writes it (mars-facts 4.1).
        let url = format!(
            "https://management.azure.com/Subscriptions/{}/resourceGroups/{}/providers/\
             Microsoft.RecoveryServices/vaults/{name}?api-version=2016-06-01",
            vault.subscription, vault.resource_group
        );
        let body = match self.status.get() {
            200 => format!(
                r#"{{"name":"{name}","location":"{}","properties":{{"credentialsHours":{}}}}}"#,
                vault.location, world.cloud.credentials_hours
            ),
            _ => String::new(),
        };
        let answer = CachedAnswer { status: self.status.get().into(), body };
        let cache = edit::browser(world)?.cache();
        Ok(vec![cache.at(url).set(answer)])
    }
}
