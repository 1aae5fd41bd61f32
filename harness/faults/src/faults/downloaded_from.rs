//! Fault `downloaded-from`: the administrator downloads the credentials file of another vault.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;
use marslab_base::azure::{self, AzureCloud};
use marslab_model::world::{File, Vault};
use marslab_model::{Change, Name, World};
use marslab_wire::pkcs12::{self, Bundle, Salts};
use schemars::JsonSchema;
use serde::Deserialize;

use super::downloaded_elsewhere::{certificate, issue};
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::{self, credentials};
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::Whole;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<DownloadedFrom>(
    "downloaded-from",
    "the administrator later downloaded the credentials file of another vault",
    r#"{ vault = "vault-west", minutes-later = 5 }"#,
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct DownloadedFrom {
    /// The vault.
    vault: Name,
    /// How many minutes later, up to a day. One more minute passes afterwards.
    minutes_later: Whole<u32, 1, 1440>,
}

impl Fault for DownloadedFrom {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let vault = world.cloud.vaults.get(&self.vault);
        let vault = vault.ok_or_else(|| NotApplicable::missing("vault", &self.vault))?;
        let machine = edit::machine(world)?;
        let (path, file) = credentials::newest(machine.get())?;
        let key = credentials::key(&machine)?;
        let later = SignedDuration::from_mins(self.minutes_later.get().into());
        let (at, modified) = (world.now.saturating_add(later), file.modified.saturating_add(later));
        let (at, modified) = (at.unwrap_or(world.now), modified.unwrap_or(file.modified));
        let der = certificate(at, &key)?;
        let bundle = Bundle { certificate: der.clone(), key };
        // The time of the download makes the salts new, and the same in every run with one seed.
        let salts = Salts::from_seed(u64::try_from(at.as_second()).unwrap_or_default());
        let packed = pkcs12::write(&bundle, self.vault.as_str(), "", &salts)?;
        let text = String::from_utf8_lossy(file.content.bytes()).into_owned();
        let text = filled_in(text, (&self.vault, vault), &STANDARD.encode(packed));
        let size = u64::try_from(text.len()).unwrap_or(u64::MAX);
        let name = format!("{}_{}.VaultCredentials", self.vault, at.strftime("%a %b %d %Y"));
        let there = path.parent().unwrap_or_else(|| path.clone()).join(&name);
        let file = File { content: text.as_str().into(), size, modified, ..file.clone() };
        let mut changes = vec![
            // What is downloaded next is newer by a minute.
            Change::Elapse { seconds: (self.minutes_later.get() + 1) * 60 },
            machine.field().files().at(there).set(file),
        ];
        changes.extend(issue(world, (&self.vault, vault), der, at)?);
        Ok(changes)
    }
}

/// A credentials file with the values of another vault filled in (mars-facts 3.2).
fn filled_in(text: String, (name, vault): (&Name, &Vault), management_cert: &str) -> String {
    let (location, id) = (&vault.location, vault.resource_id.to_string());
    let host = azure::backup_host(location);
    let elements = [
        ("ResourceName", name.as_str().to_owned()),
        ("ResourceGroup", vault.resource_group.clone()),
        ("ResourceId", id.clone()),
        ("Location", location.clone()),
        ("AadAuthority", format!("https://{}", AzureCloud::of_region(location).login)),
        ("AadAudience", format!("https://RecoveryServiceVault/{location}/{name}/{id}")),
        ("ServicePrincipalClientId", vault.client_id.to_string()),
        ("IdMgmtRestEndpoint", format!("https://{host}/restapi/")),
        ("ManagementCert", management_cert.to_owned()),
    ];
    elements.into_iter().fold(text, |text, (element, value)| replaced(&text, element, &value))
}

/// The text with an element's content replaced; unchanged if it has no such element.
fn replaced(text: &str, element: &str, value: &str) -> String {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    let parts = text.split_once(&open).and_then(|(before, rest)| {
        let (_old, after) = rest.split_once(&close)?;
        Some((before, after))
    });
    match parts {
        Some((before, after)) => [before, &open, value, &close, after].concat(),
        None => text.to_owned(),
    }
}
