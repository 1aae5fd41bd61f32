//! Who may do what with a vault, and whether its subscription lets anybody.

use std::collections::BTreeSet;
use std::fmt;

use http::StatusCode;
use marslab_model::world::{Subscription, SubscriptionState};
use marslab_model::{Name, Tracked};

use super::{AUDIENCES, is, is_audience};
use crate::reply::Reply;
use crate::request::CloudRequest;
use crate::token::{Claims, Subject};

/// The vault that a path names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope<'a> {
    pub(super) subscription: &'a str,
    pub(super) group: &'a str,
    pub(super) vault: &'a str,
}

impl<'a> Scope<'a> {
    /// Reads a vault's path, and returns what follows it.
    pub(super) fn of<'b>(segments: &'b [&'a str]) -> Option<(Self, &'b [&'a str])> {
        let [a, subscription, b, group, c, d, e, vault, rest @ ..] = segments else { return None };
        let is_vault = is(a, "subscriptions")
            && is(b, "resourceGroups")
            && is(c, "providers")
            && is(d, "Microsoft.RecoveryServices")
            && is(e, "vaults");
        is_vault.then_some((Self { subscription, group, vault }, rest))
    }
}

/// As Azure writes it.
impl fmt::Display for Scope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { subscription, group, vault } = self;
        write!(
            f,
            "/Subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.RecoveryServices/vaults/{vault}"
        )
    }
}

/// Something that is done with a vault.
#[derive(Clone, Copy, Debug)]
pub(super) struct Action {
    name: &'static str,
    /// The roles beside [`EVERYTHING`] that include it.
    roles: &'static [&'static str],
    writes: bool,
}

impl Action {
    pub(super) const READ: Self = Self::reading("Microsoft.RecoveryServices/Vaults/read");
    pub(super) const READ_USAGES: Self =
        Self::reading("Microsoft.RecoveryServices/Vaults/usages/read");
    pub(super) const READ_CONTAINERS: Self =
        Self::reading("Microsoft.RecoveryServices/Vaults/backupProtectionContainers/read");
    pub(super) const WRITE_CERTIFICATE: Self = Self {
        name: "Microsoft.RecoveryServices/Vaults/certificates/write",
        roles: &["Backup Operator"],
        writes: true,
    };
    pub(super) const REGISTER: Self = Self {
        name: "Microsoft.RecoveryServices/Vaults/registeredIdentities/write",
        roles: &["Backup Operator"],
        writes: true,
    };
    /// To unregister takes more than to register (mars-facts E2).
    pub(super) const UNREGISTER: Self = Self {
        name: "Microsoft.RecoveryServices/Vaults/registeredIdentities/delete",
        roles: &[],
        writes: true,
    };

    const fn reading(name: &'static str) -> Self {
        Self { name, roles: &["Backup Operator", "Backup Reader", "Reader"], writes: false }
    }

    fn is_in(self, roles: &BTreeSet<String>) -> bool {
        let mut including = EVERYTHING.iter().chain(self.roles);
        including.any(|role| roles.contains(*role))
    }
}

/// Checks token, subscription, permission and vault, in this order. What is refused and how: mars-facts 4.4.
pub(super) fn check(
    request: &CloudRequest<'_>,
    scope: &Scope<'_>,
    action: Action,
) -> Result<(), Reply> {
    let claims = request.bearer()?;
    request.running().look(|world| {
        let subscription = world.clone().cloud().subscriptions().at(&Name::new(scope.subscription));
        let subscription = subscription.ok_or_else(|| no_subscription(scope.subscription))?;
        check_tenant(&claims, subscription.clone().tenant().get())?;
        check_role(&claims, &subscription, scope, action)?;
        if action.writes && *subscription.state().get() != SubscriptionState::Enabled {
            return Err(read_only(scope));
        }
        let vault =
            world.cloud().vaults().at(&Name::new(scope.vault)).ok_or_else(|| no_vault(scope))?;
        let is_here = *vault.clone().subscription().get() == Name::new(scope.subscription)
            && is(scope.group, vault.resource_group().get());
        if is_here { Ok(()) } else { Err(no_vault(scope)) }
    })
}

fn check_audience(claims: &Claims) -> Result<(), Reply> {
    if is_audience(&claims.aud) {
        return Ok(());
    }
    let allowed = AUDIENCES.map(|audience| format!("'{audience}'")).join(",");
    let message = format!(
        "The access token has been obtained for wrong audience or resource '{}'. It should exactly match with one of \
         the allowed audiences {allowed}.",
        claims.aud
    );
    Err(unauthorized("InvalidAuthenticationTokenAudience", &message))
}

fn check_tenant(claims: &Claims, tenant: &Name) -> Result<(), Reply> {
    check_audience(claims)?;
    if Name::new(claims.tid.as_str()) == *tenant {
        return Ok(());
    }
    let message = format!(
        "The access token is from the wrong issuer 'https://sts.windows.net/{}/'. It must match the tenant \
         'https://sts.windows.net/{tenant}/' associated with this subscription.",
        claims.tid
    );
    Err(unauthorized("InvalidAuthenticationTokenTenant", &message))
}

fn check_role(
    claims: &Claims,
    subscription: &Tracked<'_, Subscription>,
    scope: &Scope<'_>,
    action: Action,
) -> Result<(), Reply> {
    let (client, oid) = match &claims.sub {
        Subject::User { upn, oid } => (upn, oid),
        Subject::Application { appid } => (appid, appid),
    };
    let roles = subscription.clone().roles().at(&Name::new(client.as_str()));
    let roles = roles.map(|roles| roles.get());
    let is_custom = |role: &String| custom_allows(subscription, role, action.name);
    if roles.is_some_and(|roles| action.is_in(roles) || roles.iter().any(is_custom)) {
        return Ok(());
    }
    let message = format!(
        "The client '{client}' with object id '{oid}' does not have authorization to perform action '{}' over scope \
         '{scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.",
        action.name
    );
    Err(Reply::error(StatusCode::FORBIDDEN, "AuthorizationFailed", &message))
}

fn custom_allows(subscription: &Tracked<'_, Subscription>, role: &str, action: &str) -> bool {
    let Some(actions) = subscription.clone().custom_roles().at(&Name::new(role)) else {
        return false;
    };
    actions.get().iter().any(|pattern| matches(pattern, action))
}

/// Whether an action is one of a role's pattern; case does not matter.
fn matches(pattern: &str, action: &str) -> bool {
    let (pattern, action) = (pattern.to_ascii_lowercase(), action.to_ascii_lowercase());
    match pattern.split_once('*') {
        None => pattern == action,
        Some((start, end)) => action.strip_prefix(start).is_some_and(|rest| rest.ends_with(end)),
    }
}

fn unauthorized(code: &str, message: &str) -> Reply {
    Reply::error(StatusCode::UNAUTHORIZED, code, message)
}

/// Who asks.
pub(super) struct Caller {
    /// The user principal name, or the application's id.
    pub(super) name: Name,
    /// The tenant that vouches for the caller.
    pub(super) tenant: Name,
}

/// Who asks, by their token.
pub(super) fn caller(request: &CloudRequest<'_>) -> Result<Caller, Reply> {
    let claims = request.bearer()?;
    check_audience(&claims)?;
    let name = match &claims.sub {
        Subject::User { upn, .. } => Name::new(upn.as_str()),
        Subject::Application { appid } => Name::new(appid.as_str()),
    };
    Ok(Caller { name, tenant: Name::new(claims.tid.as_str()) })
}

pub(super) fn no_subscription(id: &str) -> Reply {
    let message = format!("The subscription '{id}' could not be found.");
    Reply::error(StatusCode::NOT_FOUND, "SubscriptionNotFound", &message)
}

fn no_vault(scope: &Scope<'_>) -> Reply {
    let message = format!(
        "The Resource 'Microsoft.RecoveryServices/vaults/{}' under resource group '{}' was not found. For more \
         details please go to https://aka.ms/ARMResourceNotFoundFix",
        scope.vault, scope.group
    );
    Reply::error(StatusCode::NOT_FOUND, "ResourceNotFound", &message)
}

fn read_only(scope: &Scope<'_>) -> Reply {
    let message = format!(
        "The subscription '{}' is disabled and therefore marked as read only. You cannot perform any write actions on \
         this subscription until it is re-enabled.",
        scope.subscription
    );
    Reply::error(StatusCode::CONFLICT, "ReadOnlyDisabledSubscription", &message)
}

/// The roles that include whatever is done here.
const EVERYTHING: [&str; 3] = ["Owner", "Contributor", "Backup Contributor"];

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_stand_for_actions() {
        for (pattern, action, expected) in [
            ("*", "A/b/read", true),
            ("a/B/read", "A/b/read", true),
            ("A/*", "A/b/read", true),
            ("*/read", "A/b/read", true),
            ("A/*/read", "A/b/read", true),
            ("A/*/write", "A/b/read", false),
            ("A/b", "A/b/read", false),
            ("", "A/b/read", false),
        ] {
            assert_eq!(matches(pattern, action), expected, "{pattern}");
        }
    }
}
