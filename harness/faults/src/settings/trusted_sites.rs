//! Setting `trusted-sites`: the sites in the articles are trusted sites of the SYSTEM account.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::edit::required_sites;
use marslab_actions::edit::zones::{self, Policy, Zone};
use marslab_actions::error::NotApplicable;
use marslab_actions::setting::Setting;
use marslab_model::{Change, Target, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<TrustedSites>(
    "trusted-sites",
    "the required sites are trusted sites of the SYSTEM account",
    r#"{ other-downloads = "disable" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TrustedSites {
    /// The file download policy of the internet zone, which applies to all other sites.
    #[serde(default)]
    other_downloads: Policy,
    /// Required sites that are missing: hosts and wildcards.
    #[serde(default)]
    without: Vec<Target>,
}

impl Setting for TrustedSites {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let required = required_sites();
        if let Some(stray) = self.without.iter().find(|site| !required.contains(site)) {
            return Err(NotApplicable::unsuitable(stray, "is not a required site"));
        }
        if !self.without.is_empty() && self.other_downloads == Policy::Disable {
            let reason = "the healthy world could not download files from the sites in `without`";
            return Err(NotApplicable::Parameters(reason));
        }
        let listed = required.iter().filter(|site| !self.without.contains(site));
        let mut changes = zones::trust(machine, listed);
        changes.extend(zones::file_download(machine, Zone::Internet, self.other_downloads));
        Ok(changes)
    }
}
