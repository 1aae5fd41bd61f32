//! Refusals of the resource manager that concern no one type of resource.
//!
//! Sources: mars-facts 4.4; `ResourceGroupNotFound` azure-cli issue 20316; `MethodNotAllowed` azure-powershell issue 9709;
//! `InvalidResourceType`, `MissingSubscription`, `PreconditionFailed`, `LocationRequired` and `InvalidResourceLocation` from memory.

use http::StatusCode;

use crate::reply::Reply;
use crate::request::CloudRequest;

/// Nothing that a path could be about.
pub(super) fn no_subscription_in_path() -> Reply {
    let message =
        "The request did not have a subscription or a valid tenant level resource provider.";
    Reply::error(StatusCode::NOT_FOUND, "MissingSubscription", message)
}

pub(super) fn no_subscription(id: &str) -> Reply {
    let message = format!("The subscription '{id}' could not be found.");
    Reply::error(StatusCode::NOT_FOUND, "SubscriptionNotFound", &message)
}

pub(super) fn no_group(name: &str) -> Reply {
    let message = format!("Resource group '{name}' could not be found.");
    Reply::error(StatusCode::NOT_FOUND, "ResourceGroupNotFound", &message)
}

/// `kind` is the type with its namespace.
pub(super) fn no_resource(kind: &str, name: &str, group: &str) -> Reply {
    let message = format!(
        "The Resource '{kind}/{name}' under resource group '{group}' was not found. For more details please go to \
         https://aka.ms/ARMResourceNotFoundFix"
    );
    Reply::error(StatusCode::NOT_FOUND, "ResourceNotFound", &message)
}

pub(super) fn no_type(request: &CloudRequest<'_>, namespace: &str, kind: &str) -> Reply {
    let version = request.query("api-version").unwrap_or_default();
    let message = format!(
        "The resource type '{kind}' could not be found in the namespace '{namespace}' for api version '{version}'."
    );
    Reply::error(StatusCode::NOT_FOUND, "InvalidResourceType", &message)
}

pub(super) fn not_allowed(request: &CloudRequest<'_>) -> Reply {
    let message = format!(
        "The HTTP method '{}' is not supported on the resource 'https://{}{}'.",
        request.method(),
        request.host,
        request.path_and_query()
    );
    Reply::error(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed", &message)
}

pub(super) fn precondition_failed() -> Reply {
    let message = "The condition specified using HTTP conditional header(s) is not met.";
    Reply::error(StatusCode::PRECONDITION_FAILED, "PreconditionFailed", message)
}

pub(super) fn bad(code: &str, message: &str) -> Reply {
    Reply::error(StatusCode::BAD_REQUEST, code, message)
}
