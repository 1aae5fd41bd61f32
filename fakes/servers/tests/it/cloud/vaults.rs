use std::collections::BTreeSet;

use marslab_model::tracked::Field;
use marslab_model::world::{Registration, SubscriptionState};
use marslab_model::{Name, World};
use marslab_wire::http::Request;
use marslab_wire::x509;
use serde_json::{Value, json};

use super::{bearer, certificate, credentials, management, put_certificate, refusal, user_token};
use crate::site::{FIDELITIES, Site};
use marslab_base as base;

fn registration(number: usize) -> Registration {
    Registration {
        machine_id: format!("id{number}"),
        certificate: format!("{number:040X}"),
        key_verifier: String::new(),
        activated: true,
    }
}

fn with_machines(count: usize) -> impl FnOnce(&mut World) {
    move |world| {
        let vault = world.cloud.vaults.get_mut(&Name::new(base::VAULT)).unwrap();
        let machine =
            |number| (Name::new(format!("m{number}.contoso.example")), registration(number));
        vault.machines = (0..count).map(machine).collect();
    }
}

fn roles(roles: &[&str]) -> impl FnOnce(&mut World) {
    let roles: BTreeSet<String> = roles.iter().map(|role| (*role).to_owned()).collect();
    move |world| {
        let subscription =
            world.cloud.subscriptions.get_mut(&Name::new(base::SUBSCRIPTION)).unwrap();
        subscription.roles = [(Name::new(base::ADMIN_UPN), roles)].into();
    }
}

/// Uploads a certificate, looks at the vault, and unregisters a machine.
async fn all(site: &Site) -> [(u16, Value); 3] {
    let token = user_token(site).await;
    let der = certificate("Windows Azure Tools", 0, site.now());
    let put = put_certificate(site, &token, &der).await;
    let get = site.ask(bearer(Request::get(management("?")), &token)).await;
    let delete = Request::delete(management("/registeredIdentities/m0.contoso.example?"));
    let delete = site.ask(bearer(delete, &token)).await;
    [put, get, delete]
}

#[tokio::test]
async fn what_each_role_may_do() {
    let denied = (403, "AuthorizationFailed");
    for (role, expected) in [
        ("Owner", [(200, ""), (200, ""), (204, "")]),
        ("Contributor", [(200, ""), (200, ""), (204, "")]),
        ("Backup Contributor", [(200, ""), (200, ""), (204, "")]),
        ("Backup Operator", [(200, ""), (200, ""), denied]),
        ("Backup Reader", [denied, (200, ""), denied]),
        ("Reader", [denied, (200, ""), denied]),
        ("Printer Operator", [denied, denied, denied]),
    ] {
        let site = Site::new(FIDELITIES[0], roles(&[role]));
        let answers = all(&site).await;
        assert_eq!(answers.each_ref().map(refusal), expected, "{role}");
    }
    let site = Site::new(FIDELITIES[0], roles(&["Reader"]));
    let [put, ..] = all(&site).await;
    assert_eq!(
        put.1["error"]["message"],
        "The client 'admin@contoso.example' with object id '0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9' does not have authorization to perform action 'Microsoft.RecoveryServices/Vaults/certificates/write' over scope '/subscriptions/c0ffee00-1b2d-4e3f-9a8b-7c6d5e4f3a21/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/vault-east' or the scope is invalid. If access was recently granted, please refresh your credentials."
    );
}

#[tokio::test]
async fn a_certificate_takes_the_right_to_register_too() {
    let [read, put, register] =
        ["*/read", "vaults/CERTIFICATES/write", "registeredIdentities/write"];
    let with = |pattern: &str| match pattern {
        "*/read" => pattern.to_owned(),
        short => format!("Microsoft.RecoveryServices/*{short}"),
    };
    for (allows, missing) in [
        (vec![read, put, register], None),
        (vec![read, put], Some("registeredIdentities/write")),
        (vec![read, register], Some("certificates/write")),
    ] {
        let allows: BTreeSet<String> = allows.into_iter().map(with).collect();
        let change = |world: &mut World| {
            roles(&["Custom"])(world);
            let id = Name::new(base::SUBSCRIPTION);
            let subscription = world.cloud.subscriptions.get_mut(&id).unwrap();
            subscription.custom_roles = [(Name::new("Custom"), allows)].into();
        };
        let site = Site::new(FIDELITIES[0], change);
        let [(status, body), (shown, _), _] = all(&site).await;
        assert_eq!((status, shown), (if missing.is_some() { 403 } else { 200 }, 200), "{body}");
        let message = body.pointer("/error/message").and_then(Value::as_str).unwrap_or_default();
        assert!(missing.is_none_or(|action| message.contains(action)), "{message}");
    }
}

#[tokio::test]
async fn a_disabled_subscription_can_only_be_read() {
    for fidelity in FIDELITIES {
        for state in [SubscriptionState::Disabled, SubscriptionState::Expired] {
            let site = Site::new(fidelity, |_| {});
            let field = Field::world().cloud().subscriptions().at(base::SUBSCRIPTION).state();
            site.running.apply(&field.set(state)).unwrap();
            let answers = all(&site).await;
            let read_only = (409, "ReadOnlyDisabledSubscription");
            assert_eq!(
                answers.each_ref().map(refusal),
                [read_only, (200, ""), read_only],
                "{fidelity:?}"
            );
        }
    }
}

#[tokio::test]
async fn what_is_not_there() {
    let site = Site::new(FIDELITIES[0], |world| {
        let subscription =
            world.cloud.subscriptions.get(&Name::new(base::SUBSCRIPTION)).unwrap().clone();
        let mut foreign = subscription.clone();
        foreign.tenant = Name::new("another-tenant");
        world.cloud.subscriptions.insert("foreign".into(), foreign);
        world.cloud.subscriptions.insert("empty".into(), subscription);
    });
    let token = user_token(&site).await;
    let get = |subscription: &str, group: &str, vault: &str, token: &str| {
        let url = format!(
            "https://management.azure.com/subscriptions/{subscription}/RESOURCEGROUPS/{group}/providers/microsoft.recoveryservices/vaults/{vault}?api-version=2016-06-01"
        );
        site.ask(bearer(Request::get(url.parse().unwrap()), token))
    };
    let (own, group, vault) = (base::SUBSCRIPTION, base::RESOURCE_GROUP, base::VAULT);
    for (subscription, group, vault, expected) in [
        (own, group, vault, (200, "")),
        (own, "RG-BACKUP", "VAULT-EAST", (200, "")),
        ("nowhere", group, vault, (404, "SubscriptionNotFound")),
        (own, group, "nowhere", (404, "ResourceNotFound")),
        (own, "nowhere", vault, (404, "ResourceGroupNotFound")),
        ("empty", group, vault, (404, "ResourceNotFound")),
        ("foreign", group, vault, (401, "InvalidAuthenticationTokenTenant")),
    ] {
        let answer = get(subscription, group, vault, &token).await;
        assert_eq!(refusal(&answer), expected, "{subscription} {group} {vault}");
    }
    assert_eq!(refusal(&get(own, group, vault, "x").await), (401, "InvalidAuthenticationToken"));
    let client = credentials(&site, 0).await;
    let foreign = get(own, group, vault, &client.token(&site).await).await;
    assert_eq!(refusal(&foreign), (401, "InvalidAuthenticationTokenAudience"));
    let anonymous = site.ask(Request::get(management("?"))).await;
    assert_eq!(refusal(&anonymous), (401, "AuthenticationFailed"));
    let bare = "https://management.azure.com/subscriptions/x/resourceGroups/y/providers/Microsoft.RecoveryServices/vaults/z";
    let unversioned = site.ask(Request::get(bare.parse().unwrap())).await;
    assert_eq!(refusal(&unversioned), (400, "MissingApiVersionParameter"));
}

#[tokio::test]
async fn a_vault_holds_fifty_machines() {
    for fidelity in FIDELITIES {
        for (count, expected) in [(49, (200, "")), (50, (403, "VaultMachineLimitReached"))] {
            let site = Site::new(fidelity, with_machines(count));
            let token = user_token(&site).await;
            let der = certificate("Windows Azure Tools", 0, site.now());
            let answer = put_certificate(&site, &token, &der).await;
            assert_eq!(refusal(&answer), expected, "{fidelity:?} {count}");
            let (_, usages) = site.ask(bearer(Request::get(management("/usages?")), &token)).await;
            let usage = usages["value"].as_array().unwrap().iter();
            let mut usage = usage.filter(|usage| usage["name"]["value"] == "MABContainersCount");
            assert_eq!(usage.next().unwrap()["currentValue"], json!(count));
            let (_, containers) = site
                .ask(bearer(Request::get(management("/backupProtectionContainers?")), &token))
                .await;
            assert_eq!(containers["value"].as_array().unwrap().len(), count);
            assert_eq!(containers["value"][0]["name"], "Windows;m0.contoso.example");
        }
    }
}

#[tokio::test]
async fn unregistering_makes_room() {
    let site = Site::new(FIDELITIES[0], with_machines(50));
    let token = user_token(&site).await;
    let der = certificate("Windows Azure Tools", 0, site.now());
    assert_eq!(put_certificate(&site, &token, &der).await.0, 403);
    for _ in 0..2 {
        let delete = Request::delete(management("/registeredIdentities/M0.contoso.example?"));
        assert_eq!(site.ask(bearer(delete, &token)).await.0, 204);
    }
    assert_eq!(put_certificate(&site, &token, &der).await.0, 200);
}

#[tokio::test]
async fn only_the_latest_certificate_registers() {
    for fidelity in FIDELITIES {
        let machines = |world: &mut World| {
            with_machines(1)(world);
            let tenant = world.cloud.tenants.get_mut(&Name::new(base::TENANT)).unwrap();
            let client = Name::new("e7a1b2c3-d4e5-4f60-8192-a3b4c5d6e7f8");
            let certificates =
                ["0".repeat(40), "1".repeat(40)].map(|name| (name.into(), b"der".to_vec().into()));
            let application = marslab_model::world::Application {
                certificates: certificates.into(),
                secrets: [].into(),
            };
            tenant.applications.insert(client, application);
        };
        let site = Site::new(fidelity, machines);
        let first = credentials(&site, 0).await;
        first.token(&site).await;
        let second = credentials(&site, 1).await;
        second.token(&site).await;
        let (status, answer) = first.assert(&site, &first.claims(site.now())).await;
        assert_eq!(
            (status, answer["error_codes"][0].as_u64()),
            (401, Some(700_027)),
            "{fidelity:?}"
        );

        let world = site.running.snapshot().unwrap();
        let vault = &world.cloud.vaults[&Name::new(base::VAULT)];
        let latest = x509::thumbprint(&second.der);
        assert_eq!((&vault.latest_certificate, vault.issued_at), (&latest, Some(site.now())));
        let tenant = &world.cloud.tenants[&Name::new(base::TENANT)];
        let held = &tenant.applications[&vault.client_id].certificates;
        // Beside it that of the machine stays.
        let mut expected = ["0".repeat(40), latest];
        expected.sort();
        assert_eq!(held.keys().map(Name::as_str).collect::<Vec<_>>(), expected, "{fidelity:?}");
    }
}

#[tokio::test]
async fn the_answer_has_what_a_credentials_file_needs() {
    let site = Site::new(FIDELITIES[0], |_| {});
    let der = certificate("Windows Azure Tools", 0, site.now());
    let token = user_token(&site).await;
    let (_, answer) = put_certificate(&site, &token, &der).await;
    let properties = &answer["properties"];
    for (name, expected) in [
        ("authType", json!("AzureActiveDirectory")),
        ("resourceId", json!(8_726_350_008_099_341_699_i64)),
        ("aadAuthority", json!("https://login.windows.net")),
        ("aadTenantId", json!(base::TENANT)),
        ("servicePrincipalClientId", json!("e7a1b2c3-d4e5-4f60-8192-a3b4c5d6e7f8")),
        (
            "azureManagementEndpointAudience",
            json!("https://pod01-manag1.jpe.backup.windowsazure.com/restapi/"),
        ),
        ("subject", json!("CN=Windows Azure Tools")),
        ("issuer", json!("CN=Windows Azure Tools")),
        ("thumbprint", json!(x509::thumbprint(&der))),
        ("validFrom", json!("2019-05-21T02:50:00Z")),
        ("validTo", json!("2019-05-23T03:00:00Z")),
    ] {
        assert_eq!(properties[name], expected, "{name}");
    }
    assert_eq!(answer["type"], "Microsoft.RecoveryServices/vaults/certificates");
}
