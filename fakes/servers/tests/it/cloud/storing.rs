//! Storage accounts, on the wire. What takes an account's key is asked by azure-storage-blob (tests/azure).

use marslab_model::world::{Blob, Container, Content, Lease, SubscriptionState};
use marslab_model::{Name, World};
use marslab_wire::http::{Request, Response};

use crate::site::{FIDELITIES, Site};
use marslab_base as base;

pub(crate) const ACCOUNT: &str = "podjpe01stor7c1d";
const ID: &str = "11111111-2222-4333-8444-555555555555";

/// A world in which the account is the subscription's, and the administrator may use what is in it.
pub(crate) fn shared(world: &mut World) {
    let now = world.now;
    let subscription = Name::new(base::SUBSCRIPTION);
    let roles = &mut world.cloud.subscriptions.get_mut(&subscription).unwrap().roles;
    let role = "Storage Blob Data Contributor".to_owned();
    roles.insert(Name::new(base::ADMIN_UPN), [role].into());
    let account = world.cloud.storage_accounts.get_mut(&Name::new(ACCOUNT)).unwrap();
    account.subscription = Some(subscription);
    let blob = Blob {
        committed: vec!["a".to_owned(), "b".to_owned()],
        blocks: ["a", "b"].map(|id| (id.to_owned(), Content::from(format!("{id}{id}")))).into(),
        content_type: "text/plain".to_owned(),
        modified: now,
        etag: 7,
        lease: Lease::Available,
        metadata: [(Name::new("origin"), "tests".to_owned())].into(),
    };
    let (lease, staged) = (Lease::Available, [].into());
    let blobs = [("there".to_owned(), blob)].into();
    let container = Container { modified: now, etag: 7, lease, blobs, staged };
    account.containers = [("box".to_owned(), container)].into();
}

async fn send(site: &Site, request: Request) -> Response {
    site.client().send(&request).await.unwrap()
}

fn code(answer: &Response) -> (u16, &str) {
    (answer.status, answer.header("x-ms-error-code").unwrap_or_default())
}

#[tokio::test]
async fn refusals_are_xml_with_a_code() {
    for fidelity in FIDELITIES {
        let site = Site::new(fidelity, shared);
        let get = |path: &str| {
            Request::get(format!("https://{ACCOUNT}.blob.core.windows.net/{path}").parse().unwrap())
        };
        for (request, expected) in [
            (get(""), (400, "InvalidQueryParameterValue")),
            (get("UPPER/x"), (400, "InvalidResourceName")),
            (get("box/there"), (403, "AuthenticationFailed")),
            (get("box/there?sig=x"), (403, "AuthenticationFailed")),
            (get("box/there?comp=nonsense"), (400, "InvalidQueryParameterValue")),
            (
                get("box/there").with_header("x-ms-version", "2023-01-03"),
                (401, "NoAuthenticationInformation"),
            ),
            (
                get("box/there").with_header("Authorization", "SharedKey x:eA=="),
                (403, "AuthenticationFailed"),
            ),
            (
                get("box/there").with_header("Authorization", "Bearer x"),
                (401, "InvalidAuthenticationInfo"),
            ),
        ] {
            let url = request.url.to_string();
            let request = request.with_header("x-ms-client-request-id", ID);
            let answer = send(&site, request).await;
            assert_eq!(code(&answer), expected, "{fidelity:?} {url}");
            let text = answer.text();
            assert!(text.contains(&format!("<Code>{}</Code>", expected.1)), "{text}");
            assert!(text.contains(answer.header("x-ms-request-id").unwrap()), "{text}");
            assert_eq!(answer.header("x-ms-client-request-id"), Some(ID));
            let is_asked = answer.header("www-authenticate").is_some();
            assert_eq!(is_asked, answer.status == 401);
        }
    }
}

#[tokio::test]
async fn the_account_of_a_disabled_subscription_is_disabled() {
    let site = Site::new(FIDELITIES[0], |world| {
        shared(world);
        let id = Name::new(base::SUBSCRIPTION);
        world.cloud.subscriptions.get_mut(&id).unwrap().state = SubscriptionState::Disabled;
    });
    let of = |account: &str| {
        let url = format!("https://{account}.blob.core.windows.net/box/there").parse().unwrap();
        send(&site, Request::get(url))
    };
    assert_eq!(code(&of(ACCOUNT).await), (403, "AccountIsDisabled"));
    // A service's own account is no subscription's.
    assert_eq!(code(&of("podjpw01stor4e9a").await), (403, "AuthenticationFailed"));
}
