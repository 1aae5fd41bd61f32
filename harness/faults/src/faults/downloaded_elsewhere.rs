//! Fault `downloaded-elsewhere`: someone else downloads a newer credentials file of the vault.

use jiff::{SignedDuration, Timestamp};
use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit::{self, credentials};
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::value_types::Whole;
use marslab_model::world::{Application, Content, Vault};
use marslab_model::{Change, Field, Name, World};
use marslab_wire::x509::{self, SelfSigned, X509Error};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<DownloadedElsewhere>(
    "downloaded-elsewhere",
    "a newer vault credentials file was downloaded on another machine",
    "{ minutes-later = 30 }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct DownloadedElsewhere {
    /// How many minutes later, up to a day.
    minutes_later: Whole<u32, 1, 1440>,
    /// The vault. Default: the administrator's own.
    vault: Option<Name>,
}

impl Fault for DownloadedElsewhere {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let name = self.vault.clone().unwrap_or_else(|| world.cast.vault.clone());
        let vault = world.cloud.vaults.get(&name);
        let vault = vault.ok_or_else(|| NotApplicable::missing("vault", &name))?;
        let later = SignedDuration::from_mins(self.minutes_later.get().into());
        let at = world.now.saturating_add(later).unwrap_or(world.now);
        let key = credentials::key(edit::machine(world)?.get())?;
        let der = certificate(at, &key)?;
        let mut changes = vec![Change::Elapse { seconds: self.minutes_later.get() * 60 }];
        changes.extend(issue(world, (&name, vault), der, at)?);
        Ok(changes)
    }
}

/// A certificate like those that the portal makes: valid from ten minutes ago for 48 hours (mars-facts 3.5).
pub(super) fn certificate(at: Timestamp, key: &[u8]) -> Result<Vec<u8>, X509Error> {
    let shifted = |by: SignedDuration| at.saturating_add(by).unwrap_or(at);
    let spec = SelfSigned {
        subject: "Windows Azure Tools".to_owned(),
        not_before: shifted(SignedDuration::from_mins(-10)),
        not_after: shifted(SignedDuration::from_hours(48)),
        client_auth: true,
    };
    x509::self_signed(&spec, key)
}

/// Makes the certificate the vault's latest. Of the others, only those of machines stay valid.
pub(super) fn issue(
    world: &World,
    (name, vault): (&Name, &Vault),
    der: Vec<u8>,
    at: Timestamp,
) -> Result<Vec<Change>, NotApplicable> {
    let subscription = world.cloud.subscriptions.get(&vault.subscription);
    let tenant = subscription.map(|subscription| subscription.tenant.clone());
    let tenant = tenant.filter(|tenant| world.cloud.tenants.contains_key(tenant));
    let tenant = tenant.ok_or_else(|| NotApplicable::unsuitable(name, "has no tenant"))?;
    let known = world.cloud.tenants.get(&tenant);
    let known = known.and_then(|tenant| tenant.applications.get(&vault.client_id));
    let none = || Application { certificates: [].into(), secrets: [].into() };
    let Application { mut certificates, secrets } = known.cloned().unwrap_or_else(none);
    let is_machines = |thumbprint: &Name| {
        let mut machines = vault.machines.values();
        machines.any(|machine| Name::new(machine.certificate.as_str()) == *thumbprint)
    };
    certificates.retain(|thumbprint, _| is_machines(thumbprint));
    let thumbprint = x509::thumbprint(&der);
    certificates.insert(Name::new(thumbprint.as_str()), Content::from(der));
    let cloud = || Field::world().cloud();
    let applications = cloud().tenants().at(tenant).applications();
    let vault_field = cloud().vaults().at(name.clone());
    Ok(vec![
        applications.at(vault.client_id.clone()).set(Application { certificates, secrets }),
        vault_field.clone().latest_certificate().set(thumbprint),
        vault_field.issued_at().set(at),
    ])
}
