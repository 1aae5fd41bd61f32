//! Who may do what with a storage account.
//!
//! An account's key may do anything, a shared access signature what it names, a token what the data roles of its owner allow
//! (the roles' reference, from memory). The account of a service is no subscription's, so its state is not asked for.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use marslab_model::Name;
use marslab_model::world::SubscriptionState;
use ring::hmac::{HMAC_SHA256, Key};

use super::errors::Refusal;
use super::target::Target;
use super::{sas, shared_key};
use crate::request::CloudRequest;
use crate::token::Subject;

/// What a request needs leave for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Right {
    Read,
    List,
    /// To put a message.
    Add,
    /// To write a blob.
    Write,
    /// To make a container.
    Create,
    Delete,
}

/// What is known of an account; the subscription is `None` for one of a service's own.
struct Account {
    key: Key,
    subscription: Option<Name>,
}

pub(super) fn check(
    request: &CloudRequest<'_>,
    target: &Target,
    right: Right,
) -> Result<(), Refusal> {
    let account = account(request, &target.account).ok_or(Refusal::ResourceNotFound)?;
    if account.subscription.as_ref().is_some_and(|id| !is_enabled(request, id)) {
        return Err(Refusal::AccountIsDisabled);
    }
    let header = request.header("authorization").and_then(|it| it.split_once(' '));
    match header {
        Some((scheme, proof)) if scheme.eq_ignore_ascii_case("SharedKey") => {
            let is_right = shared_key::is_right(request, target, &account.key, proof);
            if is_right { Ok(()) } else { Err(Refusal::AuthenticationFailed) }
        }
        Some((scheme, _)) if scheme.eq_ignore_ascii_case("Bearer") => {
            of_token(request, account.subscription.as_ref(), right)
        }
        Some(_) => Err(Refusal::AuthenticationFailed),
        None if request.query("sig").is_some() => sas::check(request, target, &account.key, right),
        // Newer versions tell what is missing.
        None if request.header("x-ms-version").is_some_and(|version| version >= "2019-12-12") => {
            Err(Refusal::NoAuthenticationInformation)
        }
        None => Err(Refusal::AuthenticationFailed),
    }
}

/// The key with which an account signs.
pub(super) fn key(running: &marslab_state::Running, account: &Name) -> Option<Key> {
    let text = running.look(|world| {
        let account = world.cloud().storage_accounts().at(account)?;
        Some(account.key().get().clone())
    })?;
    Some(Key::new(HMAC_SHA256, &STANDARD.decode(text).unwrap_or_default()))
}

/// The tenant whose users may use the account of a request.
pub(super) fn tenant(request: &CloudRequest<'_>) -> Option<Name> {
    let account = Target::new(request.host, "", "").account;
    let subscription = subscription_of(request, &account)?;
    request.running().look(|world| {
        let subscription = world.cloud().subscriptions().at(&subscription)?;
        Some(subscription.tenant().get().clone())
    })
}

fn account(request: &CloudRequest<'_>, name: &Name) -> Option<Account> {
    let key = key(request.running(), name)?;
    Some(Account { key, subscription: subscription_of(request, name) })
}

fn subscription_of(request: &CloudRequest<'_>, account: &Name) -> Option<Name> {
    request
        .running()
        .look(|world| world.cloud().storage_accounts().at(account)?.subscription().get().clone())
}

fn is_enabled(request: &CloudRequest<'_>, subscription: &Name) -> bool {
    request.running().look(|world| {
        let subscription = world.cloud().subscriptions().at(subscription);
        subscription.is_some_and(|it| *it.state().get() == SubscriptionState::Enabled)
    })
}

fn of_token(
    request: &CloudRequest<'_>,
    subscription: Option<&Name>,
    right: Right,
) -> Result<(), Refusal> {
    let claims = request.bearer().map_err(|_refusal| Refusal::InvalidAuthenticationInfo)?;
    let audience = claims.aud.trim_end_matches('/');
    if audience != AUDIENCE && audience != format!("https://{}", request.host) {
        return Err(Refusal::InvalidAuthenticationInfo);
    }
    let name = match &claims.sub {
        Subject::User { upn, .. } => Name::new(upn.as_str()),
        Subject::Application { appid } => Name::new(appid.as_str()),
    };
    let may = request.running().look(|world| {
        let subscription = world.cloud().subscriptions().at(subscription?)?;
        let is_here = *subscription.clone().tenant().get() == Name::new(claims.tid.as_str());
        let roles = subscription.roles().at(&name)?.get();
        Some(is_here && roles.iter().any(|role| allows(role, right)))
    });
    if may == Some(true) { Ok(()) } else { Err(Refusal::AuthorizationPermissionMismatch) }
}

/// Roles about resources allow nothing of what is in them.
fn allows(role: &str, right: Right) -> bool {
    match role {
        "Storage Blob Data Owner" | "Storage Blob Data Contributor" => right != Right::Add,
        "Storage Blob Data Reader" => matches!(right, Right::Read | Right::List),
        _ => false,
    }
}

/// The resource that tokens for storage are for.
pub(super) const AUDIENCE: &str = "https://storage.azure.com";
