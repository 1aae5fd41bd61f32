//! Refusals of a storage account, with status and text of the reference (common, blob service error codes).

use http::StatusCode;
use http::header::{CONTENT_RANGE, HeaderName, WWW_AUTHENTICATE};
use marslab_base::azure::AzureCloud;

use super::access;
use crate::reply::Reply;
use crate::request::CloudRequest;

macro_rules! refusals {
    ($($name:ident $status:literal $text:literal;)*) => {
        /// Why a request is refused; the name is the code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Refusal {
            $($name,)*
            /// Of so many bytes, those that are asked for are none.
            InvalidRange(usize),
        }

        impl Refusal {
            pub(super) const fn told(self) -> (&'static str, u16, &'static str) {
                match self {
                    $(Self::$name => (stringify!($name), $status, $text),)*
                    Self::InvalidRange(_) => {
                        ("InvalidRange", 416, "The range specified is invalid for the current size of the resource.")
                    }
                }
            }
        }
    };
}

refusals! {
    AccountIsDisabled 403 "The specified account is disabled.";
    AuthenticationFailed 403 "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.";
    AuthorizationPermissionMismatch 403 "This request is not authorized to perform this operation using this permission.";
    BlobAlreadyExists 409 "The specified blob already exists.";
    BlobNotFound 404 "The specified blob does not exist.";
    BlockCountExceedsLimit 409 "The uncommitted block count cannot exceed the maximum limit of 100,000 blocks.";
    ConditionNotMet 412 "The condition specified using HTTP conditional header(s) is not met.";
    ContainerAlreadyExists 409 "The specified container already exists.";
    ContainerNotFound 404 "The specified container does not exist.";
    InvalidAuthenticationInfo 401 "Server failed to authenticate the request. Please refer to the information in the www-authenticate header.";
    InvalidBlobOrBlock 400 "The specified blob or block content is invalid.";
    InvalidBlockList 400 "The specified block list is invalid.";
    InvalidHeaderValue 400 "The value for one of the HTTP headers is not in the correct format.";
    InvalidQueryParameterValue 400 "Value for one of the query parameters specified in the request URI is invalid.";
    InvalidResourceName 400 "The specified resource name contains invalid characters.";
    InvalidXmlDocument 400 "XML specified is not syntactically valid.";
    LeaseAlreadyPresent 409 "There is already a lease present.";
    LeaseIdMismatchWithBlobOperation 412 "The lease ID specified did not match the lease ID for the blob.";
    LeaseIdMismatchWithContainerOperation 412 "The lease ID specified did not match the lease ID for the container.";
    LeaseIdMismatchWithLeaseOperation 409 "The lease ID specified did not match the lease ID for the blob/container.";
    LeaseIdMissing 412 "There is currently a lease on the blob and no lease ID was specified in the request.";
    LeaseIsBreakingAndCannotBeAcquired 409 "The lease ID matched, but the lease is currently in breaking state and cannot be acquired until it is broken.";
    LeaseIsBreakingAndCannotBeChanged 409 "The lease ID matched, but the lease is currently in breaking state and cannot be changed.";
    LeaseIsBrokenAndCannotBeRenewed 409 "The lease ID matched, but the lease has been broken explicitly and cannot be renewed.";
    LeaseNotPresentWithBlobOperation 412 "There is currently no lease on the blob.";
    LeaseNotPresentWithContainerOperation 412 "There is currently no lease on the container.";
    LeaseNotPresentWithLeaseOperation 409 "There is currently no lease on the blob.";
    MissingRequiredHeader 400 "An HTTP header that's mandatory for this request is not specified.";
    NoAuthenticationInformation 401 "Server failed to authenticate the request. Please refer to the information in the www-authenticate header.";
    RequestBodyTooLarge 413 "The request body is too large and exceeds the maximum permissible limit.";
    ResourceNotFound 404 "The specified resource does not exist.";
    ServerBusy 503 "The server is busy.";
    UnsupportedHttpVerb 405 "The resource doesn't support specified Http Verb.";
}

impl Refusal {
    pub(super) fn reply(self, request: &CloudRequest<'_>) -> Reply {
        let (code, status, text) = self.told();
        let at = request.running().stamp().strftime("%Y-%m-%dT%H:%M:%S.0000000Z");
        let body = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>{text}\nRequestId:{}\nTime:{at}\
             </Message></Error>",
            request.id
        );
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let reply = Reply::new(status, "application/xml", body).with(X_MS_ERROR_CODE, code).shown();
        match self {
            Self::InvalidRange(length) => reply.with(CONTENT_RANGE, format!("bytes */{length}")),
            Self::InvalidAuthenticationInfo | Self::NoAuthenticationInformation => {
                reply.with(WWW_AUTHENTICATE, challenge(request))
            }
            _ => reply,
        }
    }
}

/// Where tokens are issued (azure-storage-blob reads it).
fn challenge(request: &CloudRequest<'_>) -> String {
    let tenant = access::tenant(request).map_or_else(|| "common".to_owned(), |it| it.to_string());
    let login = AzureCloud::of_storage(request.host).sign_in;
    format!(
        "Bearer authorization_uri=https://{login}/{tenant}/oauth2/authorize resource_id={}",
        access::AUDIENCE
    )
}

const X_MS_ERROR_CODE: HeaderName = HeaderName::from_static("x-ms-error-code");
