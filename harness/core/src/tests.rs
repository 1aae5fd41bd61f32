use marslab_model::world::{Language, TlsVersion};
use marslab_model::{Complaint, Diagnosis, DialError, Level, Name, Operation, Subject};

use crate::ReferenceCore;
use crate::facts::{CONFIG_KEY, DOTNET_KEY, DOTNET_SETTINGS, SCHANNEL_PROTOCOLS};
use crate::testing::{
    ADMIN, CREDENTIALS, ISSUED, Machine, Net, answer, credentials_xml, temp_folder, told,
};

const SYSTEM: &str = r"HKU\S-1-5-18\Software\Microsoft\Windows\CurrentVersion\Internet Settings";

async fn diagnose(operation: Operation, machine: Machine) -> Diagnosis {
    let complaint = Complaint {
        version: Complaint::VERSION,
        machine: Name::new("SRV01"),
        operation,
        message: "(ID: 34513) (ID: 100050) (407) 0x1FC07".to_owned(),
        language: Language::English,
    };
    ReferenceCore.diagnose(&complaint, &machine.host()).await.unwrap()
}

/// What was found, as `cause about`.
async fn found(operation: Operation, machine: Machine) -> Vec<String> {
    let diagnosis = diagnose(operation, machine).await;
    let told = told(&diagnosis.findings);
    told.into_iter().map(|(cause, about, ..)| format!("{cause} {}", about.unwrap_or("-"))).collect()
}

fn signed_in(machine: Machine) -> Machine {
    machine.with(|machine| {
        machine.sessions.insert(Name::new(ADMIN), "token".to_owned());
    })
}

fn on(machine: Machine, net: Net) -> Machine {
    machine.with(|machine| machine.net = net)
}

const AGENT: [Operation; 6] = [
    Operation::Register,
    Operation::SetPassphrase,
    Operation::Activate,
    Operation::Backup,
    Operation::ScheduledBackup,
    Operation::Restore,
];

#[tokio::test]
async fn a_healthy_machine_has_no_finding_whatever_was_tried() {
    let none = Vec::<String>::new();
    for operation in Operation::ALL {
        assert_eq!(found(operation, Machine::healthy()).await, none, "{operation}");
        assert_eq!(found(operation, signed_in(Machine::healthy())).await, none, "{operation}");
    }
    assert_eq!(found(Operation::Register, Machine::unregistered()).await, none);
}

#[tokio::test]
async fn a_blocked_url_has_no_followers() {
    for operation in AGENT {
        for machine in [Machine::healthy(), Machine::unregistered()] {
            let net = Net::healthy().block("*.windows.net", DialError::TimedOut);
            let found = found(operation, on(machine, net)).await;
            assert_eq!(found, ["url-blocked *.windows.net"], "{operation}");
        }
    }
}

#[tokio::test]
async fn a_lost_network_has_no_followers() {
    for operation in AGENT {
        let net = Net::healthy().block("*", DialError::Unreachable);
        let diagnosis = diagnose(operation, signed_in(on(Machine::healthy(), net))).await;
        let expected = ("no-internet", None, Level::Cause, Some("restore-internet-access"));
        assert_eq!(told(&diagnosis.findings), [expected], "{operation}");
        assert!(!diagnosis.unchecked.is_empty());
    }
}

#[tokio::test]
async fn a_proxy_that_asks_has_no_followers() {
    let net =
        Net::healthy().proxy("10.0.0.5:8080", &[("*", 407)]).block("*.com", DialError::TimedOut);
    let machine = on(Machine::unregistered(), net).value(SYSTEM, "ProxyEnable", 1);
    let machine = machine.value(SYSTEM, "ProxyServer", "10.0.0.5:8080");
    for operation in AGENT {
        let found = found(operation, machine.clone()).await;
        assert_eq!(found, ["proxy-authentication-required 10.0.0.5:8080"], "{operation}");
    }
}

#[tokio::test]
async fn a_clock_that_is_wrong_makes_no_file_old() {
    let machine = Machine::unregistered().later(24 * 30).with(|machine| {
        machine.now += jiff::SignedDuration::from_mins(7);
    });
    assert_eq!(found(Operation::Register, machine).await, ["clock-skewed -"]);
}

#[tokio::test]
async fn a_newer_file_elsewhere_shows_at_the_login_service() {
    let refusal = r#"{"error_description": "AADSTS700027: Client assertion contains an invalid signature. [Reason - The key was not found.]"}"#;
    let net = || Net::healthy().answering("login.windows.net", move |_| answer(401, refusal));
    let seen = found(Operation::Register, on(Machine::unregistered(), net())).await;
    assert_eq!(seen, [format!("credentials-superseded {CREDENTIALS}")]);
    // A registered server signs in with its own certificate.
    let seen = found(Operation::Register, on(Machine::healthy(), net())).await;
    assert_eq!(seen, Vec::<String>::new());
}

#[tokio::test]
async fn an_old_framework_is_refused_by_new_servers() {
    let old = Machine::healthy().value(DOTNET_KEY, "Release", 394_254);
    assert_eq!(found(Operation::Backup, old.clone()).await, Vec::<String>::new());
    let old = on(old, Net { tls_min: TlsVersion::V1_2, ..Net::healthy() });
    assert_eq!(found(Operation::Backup, old.clone()).await, ["dotnet-outdated 4.6.1"]);
    let told = old.value(DOTNET_SETTINGS, "SchUseStrongCrypto", 1);
    assert_eq!(found(Operation::Backup, told).await, Vec::<String>::new());
}

#[tokio::test]
async fn an_agent_without_tls_1_0_and_1_2_is_refused() {
    let off = |machine: Machine, version: &str| {
        machine.value(&format!(r"{SCHANNEL_PROTOCOLS}\TLS {version}\Client"), "Enabled", 0)
    };
    let one = off(Machine::healthy(), "1.0");
    assert_eq!(found(Operation::Backup, one.clone()).await, Vec::<String>::new());
    let two = off(one, "1.2");
    assert_eq!(found(Operation::Backup, two.clone()).await, Vec::<String>::new());
    let two = on(two, Net { tls_min: TlsVersion::V1_2, ..Net::healthy() });
    assert_eq!(found(Operation::Backup, two).await, ["tls-1.0-disabled -"]);
}

/// What is found for a backup where all servers take these versions alone.
async fn found_where(
    machine: Machine,
    (tls_min, tls_max): (TlsVersion, TlsVersion),
) -> Vec<String> {
    found(Operation::Backup, on(machine, Net { tls_min, tls_max, ..Net::healthy() })).await
}

#[tokio::test]
async fn servers_without_tls_1_2_are_blamed_and_not_the_machine() {
    use TlsVersion::{V1_0, V1_1, V1_3};
    let hosts = [
        "go.microsoft.com",
        "login.microsoftonline.com",
        "login.windows.net",
        "pod01-manag1.jpe.backup.windowsazure.com",
    ];
    let all = hosts.map(|host| format!("server-without-tls-1.2 {host}"));
    let off = |machine: Machine, version: &str| {
        machine.value(&format!(r"{SCHANNEL_PROTOCOLS}\TLS {version}\Client"), "Enabled", 0)
    };
    assert_eq!(found_where(Machine::healthy(), (V1_3, V1_3)).await, all);
    assert_eq!(found_where(off(Machine::healthy(), "1.2"), (V1_3, V1_3)).await, all);
    let hardened = off(off(Machine::healthy(), "1.0"), "1.1");
    assert_eq!(found_where(hardened, (V1_0, V1_1)).await, all);
    // An agent with an older version takes that.
    for machine in [Machine::healthy(), off(Machine::healthy(), "1.0")] {
        assert_eq!(found_where(machine, (V1_0, V1_1)).await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn an_outdated_agent_is_an_advice() {
    let net = Net::healthy().answering("go.microsoft.com", |_| answer(200, "latest: 2.0.9170.0"));
    let diagnosis = diagnose(Operation::Backup, on(Machine::healthy(), net)).await;
    let expected = ("agent-outdated", Some("2.0.9169.0"), Level::Advice, Some("update-agent"));
    assert_eq!(told(&diagnosis.findings), [expected]);
}

#[tokio::test]
async fn a_full_vault_is_seen_by_the_user_of_the_portal() {
    let net = |count: u64| {
        Net::healthy().answering("management.azure.com", move |request| {
            if !request.uri().path().ends_with("/vaults/vault-east/usages") {
                return answer(404, "Not Found");
            }
            let usage = serde_json::json!({ "currentValue": count, "name": { "value": "MABContainersCount" } });
            answer(200, &serde_json::json!({ "value": [usage] }).to_string())
        })
    };
    let operation = Operation::DownloadCredentials;
    let full = signed_in(on(Machine::healthy(), net(50)));
    assert_eq!(found(operation, full.clone()).await, ["vault-machine-limit vault-east"]);
    // The registration names the vault where no file does.
    let seen = found(operation, full.clone().without_file(CREDENTIALS)).await;
    assert_eq!(seen, ["vault-machine-limit vault-east"]);
    let other = full.dated_file(CREDENTIALS, &credentials_xml("vault-west"), ISSUED);
    assert_eq!(found(operation, other).await, Vec::<String>::new());
    let room = signed_in(on(Machine::healthy(), net(49)));
    assert_eq!(found(operation, room).await, Vec::<String>::new());
}

#[tokio::test]
async fn an_entry_of_before_is_seen_by_the_user_of_the_portal() {
    let list = r#"{"value": [{"name": "Windows;srv01.contoso.example"}]}"#;
    let net = |list: &'static str| {
        Net::healthy().answering("management.azure.com", move |request| {
            let is_list = request.uri().path().ends_with("/backupProtectionContainers");
            answer(if is_list { 200 } else { 404 }, list)
        })
    };
    let seen = found(Operation::Register, signed_in(on(Machine::unregistered(), net(list)))).await;
    assert_eq!(seen, ["machine-still-in-vault SRV01.contoso.example"]);
    let none = r#"{"value": []}"#;
    let seen = found(Operation::Register, signed_in(on(Machine::healthy(), net(none)))).await;
    assert_eq!(seen, ["earlier-agent-installed -"]);
}

#[tokio::test]
async fn a_closed_vault_forbids_what_its_own_machines_ask() {
    let host = "pod01-manag1.jpe.backup.windowsazure.com";
    let net = |status: u16, code: &'static str| {
        Net::healthy().answering(host, move |request| {
            let is_own = request.uri().path() == "/restapi/machines/6a0f8c1e/recoverypoints";
            let body = serde_json::json!({ "error": { "code": code, "message": "no" } });
            if is_own { answer(status, &body.to_string()) } else { answer(404, "Not Found") }
        })
    };
    let closed = || on(Machine::healthy(), net(403, "PublicNetworkAccessDisabled"));
    let seen = found(Operation::Backup, closed()).await;
    assert_eq!(seen, ["public-access-denied vault-east"]);
    // Who only registers asks nothing of it yet.
    assert_eq!(found(Operation::Register, closed()).await, Vec::<String>::new());
    let other = on(Machine::healthy(), net(403, "Other"));
    assert_eq!(found(Operation::Backup, other).await, Vec::<String>::new());
    let blocked = net(403, "PublicNetworkAccessDisabled").block(host, DialError::TimedOut);
    let seen = found(Operation::Backup, on(Machine::healthy(), blocked)).await;
    assert_eq!(seen, ["url-blocked *.WindowsAzure.com"]);
}

#[tokio::test]
async fn a_name_that_does_not_resolve_is_not_blocked_at_a_firewall() {
    let unknown = |host: &str| Net { unknown: vec![host.to_owned()], ..Net::healthy() };
    let seen = found(Operation::Backup, on(Machine::healthy(), unknown("login.windows.net"))).await;
    assert_eq!(seen, ["dns-name-unresolved login.windows.net"]);
    let portal = on(Machine::healthy(), unknown("management.azure.com"));
    let seen = found(Operation::DownloadCredentials, signed_in(portal)).await;
    assert_eq!(seen, ["dns-name-unresolved management.azure.com"]);
}

#[tokio::test]
async fn two_causes_are_two_findings() {
    let net = Net::healthy().block("40.126.0.0/18", DialError::TimedOut);
    let machine = on(Machine::healthy(), net)
        .with(|machine| machine.counts = [(temp_folder(), 66_000)].into());
    let machine = machine.value(CONFIG_KEY, "KeyVerifier", "beef");
    let seen = found(Operation::Activate, machine).await;
    assert_eq!(
        seen,
        ["ip-range-blocked 40.126.0.0/18", "passphrase-corrupt -", "temp-files-exhausted -"]
    );
}
