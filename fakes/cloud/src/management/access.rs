//! Who may do what with a resource, and whether its subscription lets anybody.

use std::collections::BTreeSet;

use http::StatusCode;
use marslab_base::azure::{AzureCloud, CHINA, US_GOVERNMENT};
use marslab_model::world::{Subscription, SubscriptionState};
use marslab_model::{Name, Tracked, World};

use super::{errors, roles};
use crate::reply::Reply;
use crate::request::CloudRequest;
use crate::token::Subject;

/// Who asks.
pub(super) struct Caller {
    /// The user principal name, or the application's id.
    pub(super) name: Name,
    object: String,
    /// The tenant that vouches for the caller.
    pub(super) tenant: Name,
}

impl Caller {
    /// Who asks, by their token, which must be for the resource manager.
    pub(super) fn of(request: &CloudRequest<'_>) -> Result<Self, Reply> {
        let claims = request.bearer()?;
        if !is_audience(&claims.aud) {
            return Err(wrong_audience(&claims.aud));
        }
        let tenant = Name::new(claims.tid.as_str());
        let (name, object) = match claims.sub {
            Subject::User { upn, oid } => (Name::new(upn), oid),
            Subject::Application { appid } => (Name::new(appid.as_str()), appid),
        };
        Ok(Self { name, object, tenant })
    }

    /// The caller's roles in a subscription; `None` for a caller without any, or of another tenant.
    pub(super) fn roles<'w>(
        &self,
        subscription: &Tracked<'w, Subscription>,
    ) -> Option<&'w BTreeSet<String>> {
        let is_here = *subscription.clone().tenant().get() == self.tenant;
        let roles = subscription.clone().roles().at(&self.name)?.get();
        (is_here && !roles.is_empty()).then_some(roles)
    }

    /// Checks subscription and permission, in this order; who only reads may do so in any state of the subscription. What is
    /// refused and how: mars-facts 4.4.
    pub(super) fn check(
        &self,
        world: &Tracked<'_, World>,
        id: &str,
        scope: &str,
        action: &str,
    ) -> Result<(), Reply> {
        let subscription = world.clone().cloud().subscriptions().at(&Name::new(id));
        let subscription = subscription.ok_or_else(|| errors::no_subscription(id))?;
        self.check_tenant(subscription.clone().tenant().get())?;
        let own = subscription.clone().roles().at(&self.name);
        let mut own = own.into_iter().flat_map(|roles| roles.get());
        if !own.any(|role| allows(&subscription, role, action)) {
            return Err(self.denied(scope, action));
        }
        let is_read = action.ends_with("/read");
        if !is_read && *subscription.state().get() != SubscriptionState::Enabled {
            return Err(read_only(id));
        }
        Ok(())
    }

    fn check_tenant(&self, tenant: &Name) -> Result<(), Reply> {
        if self.tenant == *tenant {
            return Ok(());
        }
        let message = format!(
            "The access token is from the wrong issuer 'https://sts.windows.net/{}/'. It must match the tenant \
             'https://sts.windows.net/{tenant}/' associated with this subscription.",
            self.tenant
        );
        let code = "InvalidAuthenticationTokenTenant";
        Err(Reply::error(StatusCode::UNAUTHORIZED, code, &message))
    }

    fn denied(&self, scope: &str, action: &str) -> Reply {
        let message = format!(
            "The client '{}' with object id '{}' does not have authorization to perform action '{action}' over scope \
             '{scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.",
            self.name, self.object
        );
        Reply::error(StatusCode::FORBIDDEN, "AuthorizationFailed", &message)
    }
}

/// Whether a token for this resource is one for the resource manager (mars-facts 4.4), of whichever cloud.
pub(crate) fn is_audience(resource: &str) -> bool {
    let host = resource.trim_end_matches('/').strip_prefix("https://");
    let is_of = |cloud: &AzureCloud| host == Some(cloud.management);
    AUDIENCES.contains(&resource) || [US_GOVERNMENT, CHINA].iter().any(is_of)
}

fn allows(subscription: &Tracked<'_, Subscription>, role: &str, action: &str) -> bool {
    if let Some(custom) = subscription.clone().custom_roles().at(&Name::new(role)) {
        return custom.get().iter().any(|pattern| roles::matches(pattern, action));
    }
    let (actions, but) = roles::of(role);
    let is_in = |patterns: &[&str]| patterns.iter().any(|pattern| roles::matches(pattern, action));
    is_in(actions) && !is_in(but)
}

fn wrong_audience(audience: &str) -> Reply {
    let allowed = AUDIENCES.map(|audience| format!("'{audience}'")).join(",");
    let message = format!(
        "The access token has been obtained for wrong audience or resource '{audience}'. It should exactly match with \
         one of the allowed audiences {allowed}."
    );
    Reply::error(StatusCode::UNAUTHORIZED, "InvalidAuthenticationTokenAudience", &message)
}

fn read_only(id: &str) -> Reply {
    let message = format!(
        "The subscription '{id}' is disabled and therefore marked as read only. You cannot perform any write actions on \
         this subscription until it is re-enabled."
    );
    Reply::error(StatusCode::CONFLICT, "ReadOnlyDisabledSubscription", &message)
}

const AUDIENCES: [&str; 4] = [
    "https://management.core.windows.net/",
    "https://management.core.windows.net",
    "https://management.azure.com/",
    "https://management.azure.com",
];
