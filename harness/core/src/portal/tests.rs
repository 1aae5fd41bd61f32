use std::collections::BTreeMap;

use marslab_model::Name;
use marslab_model::host::{Account, CachedAnswer};

use super::{Portal, Session};
use crate::config::Vault;
use crate::facts::{DOWNLOAD_ACTION, REGISTER_ACTION};
use crate::testing::{ADMIN, Machine, Net, answer};
use crate::web::Web;

const MANAGEMENT: &str = "https://management.azure.com";
const SUBSCRIPTION: &str = "c0ffee00-1b2d-4e3f-9a8b-7c6d5e4f3a21";

fn vault(name: &str) -> Vault {
    Vault {
        subscription: SUBSCRIPTION.to_owned(),
        group: "rg-backup".to_owned(),
        name: name.to_owned(),
    }
}

fn path(vault: &str) -> String {
    format!(
        "/Subscriptions/{SUBSCRIPTION}/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/{vault}"
    )
}

fn usages(machines: u64) -> String {
    format!(
        r#"{{"value": [{{"unit": "Count", "currentValue": {machines}, "limit": -1, "name": {{"value": "MABContainersCount", "localizedValue": "x"}}}},
           {{"unit": "Count", "currentValue": 1, "limit": -1, "name": {{"value": "RecoveryServicesProviderAuthType"}}}}]}}"#
    )
}

/// A resource manager that knows these paths, and the machine that asks it.
fn machine(pages: &[(String, u16, String)]) -> Machine {
    let pages: BTreeMap<String, (u16, String)> =
        pages.iter().map(|(path, status, body)| (path.clone(), (*status, body.clone()))).collect();
    let net = Net::healthy().answering("management.azure.com", move |request| {
        if request.headers().get("authorization").unwrap() != "Bearer token" {
            return answer(401, "{}");
        }
        match pages.get(request.uri().path()) {
            Some((status, body)) => answer(*status, body),
            None => answer(404, "Not Found"),
        }
    });
    Machine::healthy().with(|machine| machine.net = net)
}

async fn ask(machine: Machine, token: &str, about: Option<&Vault>) -> Portal {
    let host = machine.host();
    let user = Name::new(ADMIN);
    let web = Web::new(&host, Account::User(user.clone()));
    Session { web, route: None, management: MANAGEMENT, user, token: token.to_owned() }
        .ask(about)
        .await
}

#[tokio::test]
async fn a_known_vault_is_asked_about_alone() {
    let pages = [
        (path("vault-east"), 200, "{}".to_owned()),
        (format!("{}/usages", path("vault-east")), 200, usages(50)),
        (format!("/subscriptions/{SUBSCRIPTION}"), 200, subscription("Enabled")),
        (permissions("vault-east"), 200, role(&["*"], &[])),
    ];
    let portal = ask(machine(&pages), "token", Some(&vault("vault-east"))).await;
    assert_eq!(portal.machines, [("vault-east".to_owned(), 50)].into());
    assert_eq!(portal.subscriptions, [(SUBSCRIPTION.to_owned(), "Enabled".to_owned())].into());
    assert_eq!((portal.denied, portal.unchecked), (Vec::new(), Vec::new()));
}

#[tokio::test]
async fn without_a_known_vault_all_are_asked_about() {
    let listed = |name: &str| format!(r#"{{"id": "{}"}}"#, path(name));
    let vaults = format!(r#"{{"value": [{}, {}]}}"#, listed("vault-east"), listed("vault-west"));
    let list = format!("/subscriptions/{SUBSCRIPTION}/providers/Microsoft.RecoveryServices/vaults");
    let pages = [
        (
            "/subscriptions".to_owned(),
            200,
            format!(r#"{{"value": [{}]}}"#, subscription("Disabled")),
        ),
        (list, 200, vaults),
        (format!("/subscriptions/{SUBSCRIPTION}"), 200, subscription("Disabled")),
        (format!("{}/usages", path("vault-east")), 200, usages(3)),
        (format!("{}/usages", path("vault-west")), 200, usages(50)),
    ];
    let portal = ask(machine(&pages), "token", None).await;
    let expected = [("vault-east".to_owned(), 3), ("vault-west".to_owned(), 50)];
    assert_eq!(portal.machines, expected.into());
    assert_eq!(portal.subscriptions[SUBSCRIPTION], "Disabled");
}

fn subscription(state: &str) -> String {
    format!(
        r#"{{"id": "/subscriptions/{SUBSCRIPTION}", "subscriptionId": "{SUBSCRIPTION}", "state": "{state}"}}"#
    )
}

fn permissions(vault: &str) -> String {
    format!("{}/providers/Microsoft.Authorization/permissions", path(vault))
}

fn role(actions: &[&str], not_actions: &[&str]) -> String {
    serde_json::json!({ "value": [{ "actions": actions, "notActions": not_actions }] }).to_string()
}

#[tokio::test]
async fn permissions_are_compared_with_what_is_needed() {
    let backup_operator = [
        "Microsoft.RecoveryServices/Vaults/certificates/write",
        "Microsoft.RecoveryServices/Vaults/registeredIdentities/write",
    ];
    for (actions, not_actions, denied) in [
        (&["*"][..], &[][..], &[][..]),
        (&["Microsoft.RecoveryServices/*"], &[], &[]),
        (&backup_operator, &[], &[]),
        (&["*/read"], &[], &[DOWNLOAD_ACTION, REGISTER_ACTION]),
        (&["*"], &["Microsoft.RecoveryServices/vaults/certificates/*"], &[DOWNLOAD_ACTION]),
        (&[], &[], &[DOWNLOAD_ACTION, REGISTER_ACTION]),
    ] {
        let pages = [(permissions("vault-east"), 200, role(actions, not_actions))];
        let portal = ask(machine(&pages), "token", Some(&vault("vault-east"))).await;
        assert_eq!(portal.denied, denied, "{actions:?} without {not_actions:?}");
    }
}

#[tokio::test]
async fn a_refusal_names_the_action() {
    let refusal = r#"{"error": {"code": "AuthorizationFailed", "message": "The client 'a' with object id 'b' does not have authorization to perform action 'Microsoft.RecoveryServices/Vaults/usages/read' over scope '/x'."}}"#;
    let pages = [(format!("{}/usages", path("vault-east")), 403, refusal.to_owned())];
    let portal = ask(machine(&pages), "token", Some(&vault("vault-east"))).await;
    assert_eq!(portal.denied, ["Microsoft.RecoveryServices/Vaults/usages/read"]);
    let other = r#"{"error": {"code": "Other", "message": "perform action 'x'"}}"#;
    let pages = [(format!("{}/usages", path("vault-east")), 403, other.to_owned())];
    assert_eq!(
        ask(machine(&pages), "token", Some(&vault("vault-east"))).await.denied,
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn a_user_who_is_shown_no_subscription_may_do_nothing() {
    let pages = [("/subscriptions".to_owned(), 200, r#"{"value": []}"#.to_owned())];
    let portal = ask(machine(&pages), "token", None).await;
    assert_eq!(portal.denied, ["Microsoft.RecoveryServices/Vaults/read"]);
    assert_eq!(ask(machine(&[]), "token", None).await.denied, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_not_answered_is_left_unchecked() {
    let portal = ask(machine(&[]), "token", Some(&vault("vault-east"))).await;
    assert_eq!(portal.unchecked.len(), 4);
    assert!(portal.machines.is_empty());
    let portal = ask(machine(&[]), "stale", None).await;
    assert_eq!(portal.unchecked.len(), 1);
    let pages = [(format!("{}/usages", path("vault-east")), 200, "<html>".to_owned())];
    let portal = ask(machine(&pages), "token", Some(&vault("vault-east"))).await;
    assert!(
        portal.unchecked.iter().any(|unchecked| unchecked.because.contains("the vault's usages"))
    );
}

#[tokio::test]
async fn a_refusal_in_the_cache_that_the_service_does_not_share_is_stale() {
    let (shown, refused) = ((200, "{}"), (403, "{}"));
    for ((now, body), kept, stale) in [(shown, 403, 1), (shown, 200, 0), (refused, 403, 0)] {
        let pages = [(path("vault-east"), now, body.to_owned())];
        let machine = machine(&pages).with(|machine| {
            let url = format!(
                "https://management.azure.com{}?api-version=2016-06-01",
                path("vault-east")
            );
            let body = String::new();
            machine.cached.insert(url, CachedAnswer { status: kept, body });
        });
        let portal = ask(machine, "token", Some(&vault("vault-east"))).await;
        assert_eq!(portal.stale.len(), stale, "{now} now, {kept} kept");
    }
}

#[tokio::test]
async fn a_session_that_the_service_does_not_know_is_lost() {
    let refusal = |code: &str| format!(r#"{{"error": {{"code": "{code}", "message": "no"}}}}"#);
    for (code, is_lost) in
        [("InvalidAuthenticationToken", true), ("ExpiredAuthenticationToken", false)]
    {
        let pages = [(path("vault-east"), 401, refusal(code))];
        let portal = ask(machine(&pages), "token", Some(&vault("vault-east"))).await;
        assert_eq!(portal.is_session_lost, is_lost, "{code}");
    }
}

#[tokio::test]
async fn the_vaults_machines_are_listed_and_from_where_it_may_be_used() {
    let list = r#"{"value": [{"name": "Windows;srv01.contoso.example"}, {"name": "odd"}]}"#;
    for (properties, is_closed) in [
        (r#"{"publicNetworkAccess": "Disabled"}"#, true),
        (r#"{"publicNetworkAccess": "Enabled"}"#, false),
        (r#"{"provisioningState": "Succeeded"}"#, false),
    ] {
        let shown = format!(r#"{{"name": "vault-east", "properties": {properties}}}"#);
        let pages = [
            (format!("{}/backupProtectionContainers", path("vault-east")), 200, list.to_owned()),
            (path("vault-east"), 200, shown),
        ];
        let host = machine(&pages).host();
        let user = Name::new(ADMIN);
        let web = Web::new(&host, Account::User(user.clone()));
        let session =
            Session { web, route: None, management: MANAGEMENT, user, token: "token".to_owned() };
        let portal = session.ask_containers(Some(&vault("vault-east"))).await;
        assert_eq!(portal.containers, Some([Name::new("SRV01.contoso.example")].into()));
        assert_eq!((portal.closed.contains("vault-east"), portal.unchecked), (is_closed, vec![]));
        let portal = session.ask_containers(Some(&vault("vault-west"))).await;
        assert_eq!((portal.containers, portal.unchecked.len()), (None, 1));
    }
}
