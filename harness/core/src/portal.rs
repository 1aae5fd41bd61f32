//! What the resource manager answers to the user who is signed in to the portal (mars-facts 4.2 to 4.4).
//!
//! Everything is asked by GET. A question that the service does not know the answer to is left unchecked.

use std::collections::{BTreeMap, BTreeSet};

use marslab_model::{Name, Unchecked};
use marslab_wire::http::{Request, Route};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::config::Vault;
use crate::facts::areas;
use crate::facts::{DOWNLOAD_ACTION, MACHINES_USAGE, READ_ACTION, REGISTER_ACTION};
use crate::web::Web;
use crate::wildcard;

/// What the resource manager answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Portal {
    /// How many machines each vault holds.
    pub(crate) machines: BTreeMap<String, u64>,
    /// The names of the machines in the vault, where they were asked for.
    pub(crate) containers: Option<BTreeSet<Name>>,
    /// The region of each vault.
    pub(crate) regions: BTreeMap<String, String>,
    /// The vaults that do not allow access from public networks, where they were asked for their machines.
    pub(crate) closed: BTreeSet<String>,
    /// The state of each subscription.
    pub(crate) subscriptions: BTreeMap<String, String>,
    /// Actions that the user may not do, the most telling first.
    pub(crate) denied: Vec<String>,
    /// URLs to which the user's browser keeps a refusal although the service does not refuse any more.
    pub(crate) stale: Vec<String>,
    /// Whether the service does not know the session that the user's browser keeps.
    pub(crate) is_session_lost: bool,
    /// What could not be asked.
    pub(crate) unchecked: Vec<Unchecked>,
}

/// The user whose browser the portal is open in.
pub(crate) struct Session<'a> {
    /// As whom, from where.
    pub(crate) web: Web<'a>,
    /// By which way.
    pub(crate) route: Option<Route>,
    /// The resource manager.
    pub(crate) management: &'static str,
    /// The user.
    pub(crate) user: Name,
    /// The portal's token.
    pub(crate) token: String,
}

impl Session<'_> {
    /// Asks about a vault, or about all that the user sees where none is known.
    pub(crate) async fn ask(&self, vault: Option<&Vault>) -> Portal {
        let mut portal = Portal::default();
        let vaults = match vault {
            Some(vault) => vec![vault.clone()],
            None => self.vaults(&mut portal).await,
        };
        for vault in &vaults {
            self.ask_vault(vault, &mut portal).await;
            self.ask_subscription(vault, &mut portal).await;
            self.ask_permissions(vault, &mut portal).await;
            self.ask_usages(vault, &mut portal).await;
        }
        portal
    }

    /// Asks which machines a vault holds (mars-facts 4.3), or all that the user sees where none is known.
    pub(crate) async fn ask_containers(&self, vault: Option<&Vault>) -> Portal {
        let mut portal = Portal::default();
        let vaults = match vault {
            Some(vault) => vec![vault.clone()],
            None => self.vaults(&mut portal).await,
        };
        for vault in &vaults {
            let path = format!(
                "{}/backupProtectionContainers?$filter=backupManagementType%20eq%20'MAB'&api-version=2016-12-01",
                vault.path()
            );
            let list = self.read::<List<Container>>(&path, "the vault's machines", &mut portal);
            let Some(List { value }) = list.await else { continue };
            let names = value.iter().filter_map(|container| container.name.split_once(';'));
            let names = names.map(|(_, machine)| Name::new(machine));
            portal.containers.get_or_insert_default().extend(names);
            self.ask_access(vault, &mut portal).await;
        }
        portal
    }

    /// Asks from where a vault may be used.
    async fn ask_access(&self, vault: &Vault, portal: &mut Portal) {
        let path = format!("{}?api-version={API}", vault.path());
        let shown = self.read::<ShownVault>(&path, "the vault", portal).await;
        let access = shown.and_then(|shown| shown.properties.public_network_access);
        if access.is_some_and(|access| access == "Disabled") {
            portal.closed.insert(vault.name.clone());
        }
    }

    async fn vaults(&self, portal: &mut Portal) -> Vec<Vault> {
        let path = "/subscriptions?api-version=2016-06-01";
        let subscriptions =
            self.list::<SubscriptionAnswer>(path, "the subscriptions", portal).await;
        if subscriptions.is_empty() && portal.unchecked.is_empty() {
            // Who has no role anywhere is shown nothing, and no error.
            portal.denied.push(READ_ACTION.to_owned());
        }
        let mut found = Vec::new();
        for SubscriptionAnswer { id, .. } in subscriptions.into_iter().take(SUBSCRIPTIONS_MAX) {
            let path = format!(
                "/subscriptions/{id}/providers/Microsoft.RecoveryServices/vaults?api-version={API}"
            );
            let vaults = self.list::<VaultAnswer>(&path, "the vaults", portal).await;
            found.extend(vaults.into_iter().filter_map(|vault| vault.reference()));
        }
        found.truncate(VAULTS_MAX);
        found
    }

    /// What the portal itself asks first, and what a browser may therefore have kept.
    pub(crate) async fn ask_vault(&self, vault: &Vault, portal: &mut Portal) {
        let path = format!("{}?api-version={API}", vault.path());
        if let Some(Shown { location }) = self.read(&path, "the vault", portal).await {
            portal.regions.insert(vault.name.clone(), location);
        }
    }

    async fn ask_subscription(&self, vault: &Vault, portal: &mut Portal) {
        if portal.subscriptions.contains_key(&vault.subscription) {
            return;
        }
        let path = format!("/subscriptions/{}?api-version=2016-06-01", vault.subscription);
        if let Some(answer) =
            self.read::<SubscriptionAnswer>(&path, "the subscription", portal).await
        {
            portal.subscriptions.insert(vault.subscription.clone(), answer.state);
        }
    }

    async fn ask_permissions(&self, vault: &Vault, portal: &mut Portal) {
        let path = format!(
            "{}/providers/Microsoft.Authorization/permissions?api-version=2015-07-01",
            vault.path()
        );
        let what = "the user's permissions";
        let Some(List { value }) = self.read::<List<Permission>>(&path, what, portal).await else {
            return;
        };
        let is_denied = |action: &&str| !value.iter().any(|permission| permission.allows(action));
        let denied = [DOWNLOAD_ACTION, REGISTER_ACTION].into_iter().filter(is_denied);
        portal.denied.splice(0..0, denied.map(str::to_owned));
    }

    async fn ask_usages(&self, vault: &Vault, portal: &mut Portal) {
        let path = format!("{}/usages?api-version={API}", vault.path());
        for usage in self.list::<Usage>(&path, "the vault's usages", portal).await {
            if usage.name.value == MACHINES_USAGE {
                portal.machines.insert(vault.name.clone(), usage.current_value);
            }
        }
    }

    async fn list<T: DeserializeOwned>(
        &self,
        path: &str,
        what: &str,
        portal: &mut Portal,
    ) -> Vec<T> {
        self.read::<List<T>>(path, what, portal).await.map_or_else(Vec::new, |list| list.value)
    }

    async fn read<T: DeserializeOwned>(
        &self,
        path: &str,
        what: &str,
        portal: &mut Portal,
    ) -> Option<T> {
        let because = match self.get::<T>(path, portal).await {
            Ok(answer) => return Some(answer),
            Err(because) => format!("{what}: {because}"),
        };
        portal.unchecked.push(Unchecked { what: areas::VAULT.to_owned(), because });
        None
    }

    async fn get<T: DeserializeOwned>(&self, path: &str, portal: &mut Portal) -> Result<T, String> {
        let url = format!("{}{path}", self.management);
        let request = url.parse().map_err(|error| format!("{error}"))?;
        let bearer = format!("Bearer {}", self.token);
        let request = Request::get(request).with_header("Authorization", &bearer);
        let answer = self.web.send(&request, self.route.clone()).await;
        let answer = answer.map_err(|error| error.to_string())?;
        if let (401 | 403, Ok(refusal)) = (answer.status, answer.json::<Refusal>()) {
            portal.is_session_lost |= refusal.error.code == UNKNOWN_TOKEN;
            portal.denied.extend(refusal.action());
        }
        if !answer.is_success() {
            return Err(format!("the resource manager answered {}", answer.status));
        }
        let kept = self.web.host.cached_answer(&self.user, &url).ok().flatten();
        portal.stale.extend(kept.filter(|kept| kept.status != 200).map(|_| url));
        answer.json().map_err(|error| error.to_string())
    }
}

impl Vault {
    fn path(&self) -> String {
        let Self { subscription, group, name } = self;
        format!(
            "/Subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.RecoveryServices/vaults/{name}"
        )
    }
}

#[derive(Deserialize)]
struct List<T> {
    value: Vec<T>,
}

#[derive(Deserialize)]
struct SubscriptionAnswer {
    #[serde(rename = "subscriptionId")]
    id: String,
    state: String,
}

#[derive(Deserialize)]
struct Shown {
    #[serde(default)]
    location: String,
}

/// A machine: `Windows;host.fqdn` (mars-facts 4.3).
#[derive(Deserialize)]
struct Container {
    name: String,
}

#[derive(Deserialize)]
struct VaultAnswer {
    id: String,
}

#[derive(Deserialize)]
struct ShownVault {
    properties: ShownProperties,
}

/// Vaults from before there were private endpoints say nothing of access.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ShownProperties {
    public_network_access: Option<String>,
}

impl VaultAnswer {
    /// Reads `/subscriptions/{s}/resourceGroups/{rg}/providers/…/vaults/{v}`.
    fn reference(&self) -> Option<Vault> {
        let mut parts = self.id.trim_start_matches('/').split('/');
        let subscription = parts.nth(1)?.to_owned();
        let group = parts.nth(1)?.to_owned();
        Some(Vault { subscription, group, name: parts.next_back()?.to_owned() })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Usage {
    current_value: u64,
    name: UsageName,
}

#[derive(Deserialize)]
struct UsageName {
    value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Permission {
    #[serde(default)]
    actions: Vec<String>,
    #[serde(default)]
    not_actions: Vec<String>,
}

impl Permission {
    fn allows(&self, action: &str) -> bool {
        let holds = |patterns: &[String]| patterns.iter().any(|one| wildcard::matches(one, action));
        holds(&self.actions) && !holds(&self.not_actions)
    }
}

#[derive(Deserialize)]
struct Refusal {
    error: RefusalError,
}

#[derive(Deserialize)]
struct RefusalError {
    code: String,
    message: String,
}

impl Refusal {
    /// The action that the message of `AuthorizationFailed` names (mars-facts 4.4).
    fn action(self) -> Option<String> {
        let RefusalError { code, message } = self.error;
        let (_, rest) =
            message.split_once("perform action '").filter(|_| code == "AuthorizationFailed")?;
        rest.split_once('\'').map(|(action, _)| action.to_owned())
    }
}

/// The token was never issued, or was tampered with; one that is merely old has another code. From memory.
const UNKNOWN_TOKEN: &str = "InvalidAuthenticationToken";

/// The version of the vault's interface (mars-facts 4.1).
const API: &str = "2016-06-01";

/// The most subscriptions whose vaults are listed.
const SUBSCRIPTIONS_MAX: usize = 5;

/// The most vaults that are asked about.
const VAULTS_MAX: usize = 10;

#[cfg(test)]
mod tests;
