//! Setting `trusted-sites`: the sites that the articles list are trusted sites of the SYSTEM account.

use marslab_model::{Change, World};
use schemars::JsonSchema;
use serde::Deserialize;

use super::Setting;
use crate::edit;
use crate::edit::zones::{self, Policy, Zone};
use crate::faults::NotApplicable;
use crate::kind::Kind;
use crate::remedies::required_sites;

pub(super) const KIND: Kind<dyn Setting> = Kind::<dyn Setting>::new::<TrustedSites>(
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
}

impl Setting for TrustedSites {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let mut changes = zones::trust(machine, &required_sites());
        changes.extend(zones::file_download(machine, Zone::Internet, self.other_downloads));
        Ok(changes)
    }
}
