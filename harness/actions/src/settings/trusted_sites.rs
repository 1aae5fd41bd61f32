//! Setting `trusted-sites`: the sites that the articles list are trusted sites of the SYSTEM account.

use marslab_model::{Change, Target, World};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::action_spec::ActionSpec;
use crate::edit;
use crate::edit::required_sites;
use crate::edit::zones::{self, Policy, Zone};
use crate::error::NotApplicable;
use crate::setting::Setting;

pub(super) const SPEC: ActionSpec<dyn Setting> = ActionSpec::<dyn Setting>::new::<TrustedSites>(
    "trusted-sites",
    "the required sites are trusted sites of the SYSTEM account; files may be downloaded from them alone, or from any",
    r#"{ other-downloads = "disable" }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TrustedSites {
    /// What the internet zone, in which every other site is, does about file downloads.
    #[serde(default)]
    other_downloads: Policy,
    /// Required sites that were never added, as they would have been: hosts and wildcards.
    #[serde(default)]
    without: Vec<Target>,
}

impl Setting for TrustedSites {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let required = required_sites();
        if let Some(stray) = self.without.iter().find(|site| !required.contains(site)) {
            return Err(NotApplicable(format!("`{stray}` is no required site")));
        }
        if !self.without.is_empty() && self.other_downloads == Policy::Disable {
            let reason = "nothing could be downloaded from the sites that were never added";
            return Err(NotApplicable(reason.to_owned()));
        }
        let listed = required.iter().filter(|site| !self.without.contains(site));
        let mut changes = zones::trust(machine, listed);
        changes.extend(zones::file_download(machine, Zone::Internet, self.other_downloads));
        Ok(changes)
    }
}
