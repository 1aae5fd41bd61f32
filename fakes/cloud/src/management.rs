//! The resource manager: subscriptions, resource groups, vaults and what is below them (mars-facts 4.1 to 4.4).
//!
//! | module | what lives there |
//! | --- | --- |
//! | `head`, `errors`, `versions` | what every answer has; refusals; versions of the interface |
//! | `access`, `roles` | who may do what |
//! | `filter`, `list`, `etag`, `operations` | how lists are asked for, and conditions; operations that go on |
//! | `subscriptions`, `groups`, `providers`, `regions`, `tags`, `storage_accounts` | what is beside vaults |
//! | `vault_id`, `inside` | which vault is meant; what there is below it |
//! | `vaults`, `certificates`, `configs`, `usages`, `containers`, `items`, `jobs`, `policies` | a vault and its parts |

mod access;
mod certificates;
mod configs;
mod containers;
mod errors;
mod etag;
mod filter;
mod groups;
mod head;
mod inside;
mod items;
mod jobs;
mod list;
mod operations;
mod policies;
mod providers;
mod regions;
mod roles;
mod storage_accounts;
mod subscriptions;
mod tags;
mod usages;
mod vault_id;
mod vaults;
mod versions;

use marslab_model::Name;

use super::reply::Reply;
use super::request::CloudRequest;
use access::Caller;
pub(super) use access::is_audience;
use vault_id::{NAMESPACE, VaultId};
use versions::{AUTHORIZATION, RECOVERY_SERVICES, RESOURCES, STORAGE};

pub(super) fn answer(request: &CloudRequest<'_>) -> Reply {
    head::complete(request, reply(request).unwrap_or_else(|refusal| refusal))
}

/// The same head for the cloud's own trouble.
pub(super) fn trouble(request: &CloudRequest<'_>) -> Reply {
    head::complete(request, Reply::internal())
}

fn reply(request: &CloudRequest<'_>) -> Result<Reply, Reply> {
    let segments = request.segments();
    let first = segments.first().copied().unwrap_or_default();
    if !["subscriptions", "tenants", "providers"].iter().any(|known| is(first, known)) {
        return Err(errors::no_subscription_in_path());
    }
    versions::asked(request)?;
    let caller = Caller::of(request)?;
    if let ["subscriptions", id, rest @ ..] = with_lower(&segments).as_slice() {
        return of_subscription(request, &caller, id, rest);
    }
    let reads = || if request.is_read() { Ok(()) } else { Err(errors::not_allowed(request)) };
    match segments.as_slice() {
        [_] if is(first, "subscriptions") => {
            reads()?;
            RESOURCES.check(request)?;
            subscriptions::list(request, &caller)
        }
        [_] if is(first, "tenants") => {
            reads()?;
            RESOURCES.check(request)?;
            subscriptions::tenants(request, &caller)
        }
        [_, namespace, what] if is(namespace, NAMESPACE) && is(what, "operations") => {
            reads()?;
            RECOVERY_SERVICES.check_type(request, "operations", "global", "")?;
            providers::operations(request)
        }
        [_] | [_, _] if is(first, "providers") => {
            reads()?;
            RESOURCES.check(request)?;
            providers::show(request, &caller, None, segments.get(1).copied())
        }
        _ => Err(errors::no_subscription_in_path()),
    }
}

/// What belongs to one subscription.
fn of_subscription(
    request: &CloudRequest<'_>,
    caller: &Caller,
    id: &str,
    rest: &[&str],
) -> Result<Reply, Reply> {
    if let [.., a, b, c] = rest
        && is(a, "providers")
        && is(b, "Microsoft.Authorization")
        && is(c, "permissions")
    {
        AUTHORIZATION.check_type(request, "permissions", "global", "")?;
        return subscriptions::permissions(request, caller, id);
    }
    let (group, rest) = match rest {
        [groups, group, rest @ ..] if is(groups, "resourceGroups") => (Some(*group), rest),
        _ => (None, rest),
    };
    let lower = with_lower(rest);
    if let (["providers", namespace, kind, rest @ ..], true) = (lower.as_slice(), rest.len() > 2) {
        return of_provider(request, caller, (id, group), (namespace, kind, rest));
    }
    RESOURCES.check(request)?;
    let is_group = lower.is_empty() && group.is_some();
    if !(is_group || request.is_read()) {
        return Err(errors::not_allowed(request));
    }
    match (group, lower.as_slice()) {
        (None, []) => subscriptions::show(request, caller, id),
        (Some(group), []) => groups::one(request, caller, (id, group)),
        (_, ["resources"]) => groups::resources(request, caller, id, group),
        (None, [what]) if is(what, "resourceGroups") => groups::list(request, caller, id),
        (None, [what]) if is(what, "locations") => subscriptions::locations(request, caller, id),
        (None, ["providers", namespace @ ..]) => {
            providers::show(request, caller, Some(id), namespace.first().copied())
        }
        (_, [kind, ..]) => Err(errors::no_type(request, "Microsoft.Resources", kind)),
    }
}

/// What a provider has in a subscription, or in one of its groups.
fn of_provider(
    request: &CloudRequest<'_>,
    caller: &Caller,
    (id, group): (&str, Option<&str>),
    (namespace, kind, rest): (&str, &str, &[&str]),
) -> Result<Reply, Reply> {
    if is(namespace, "Microsoft.Storage") && is(kind, "storageAccounts") {
        STORAGE.check_type(request, kind, id, "")?;
        return match (group, rest) {
            (Some(group), [_, ..]) => storage_accounts::one(request, caller, (id, group, rest)),
            _ => storage_accounts::list(request, caller, id),
        };
    }
    if !is(namespace, NAMESPACE) {
        return Err(errors::no_type(request, namespace, kind));
    }
    let known = request.running().look(|world| regions::of(&world, request.host)).join(", ");
    RECOVERY_SERVICES.check_type(request, kind, id, &known)?;
    match (group, rest) {
        (_, []) if is(kind, "vaults") && request.is_read() => {
            vaults::all(request, caller, id, group)
        }
        (_, []) if is(kind, "vaults") => Err(errors::not_allowed(request)),
        (Some(group), [name, below @ ..]) if is(kind, "vaults") => {
            let (subscription, group) = (Name::new(id), group.to_owned());
            let vault = VaultId { subscription, group, name: Name::new(name) };
            match below {
                [] if request.method() == http::Method::PUT => vaults::put(request, caller, &vault),
                [kind, id] if operations::is_one(kind) => {
                    operations::answer(request, &vault, (kind, id))
                }
                _ => inside::answer(request, caller, &vault, below),
            }
        }
        (Some(group), [_, what]) if is(kind, "locations") && is(what, "checkNameAvailability") => {
            vaults::check_name(request, caller, (id, group))
        }
        _ => Err(errors::no_type(request, namespace, kind)),
    }
}

/// The parts of a path, the first of them in lower case where it is a word of the resource manager's.
fn with_lower<'a>(segments: &[&'a str]) -> Vec<&'a str> {
    let mut segments = segments.to_vec();
    if let Some(first) = segments.first_mut() {
        for word in ["subscriptions", "providers", "resources"] {
            if is(first, word) {
                *first = word;
            }
        }
    }
    segments
}

fn is(segment: &str, expected: &str) -> bool {
    segment.eq_ignore_ascii_case(expected)
}
