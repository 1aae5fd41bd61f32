//! What the tests of this crate share: a machine on which the agent is installed, and what the administrator means to do.

use std::future::Future;
use std::sync::LazyLock;

use marslab_model::host::{Cmdlet, Due};
use marslab_model::world::ServiceState;
use marslab_model::{Name, Operation, Outcome, Symptom, WinPath};
use marslab_scenarios::catalogue::{MESSAGES, SHOWN};
use marslab_testing::machine::{service, volume};
use marslab_testing::{TestHost, TestMachine};

use crate::places::{CONFIG_KEY, PRODUCT, PROVIDER_KEY};
use crate::product::Additions;
use crate::{
    EVENT_LOGS, Edition, Ended, Intent, Limits, PortalCloud, Product, StepObserver, operate,
};

pub(crate) const INSTALL: &str = r"C:\Program Files\Microsoft Azure Recovery Services Agent";
pub(crate) const SCRATCH: &str =
    r"C:\Program Files\Microsoft Azure Recovery Services Agent\Scratch";
pub(crate) const NOW: &str = "2019-05-21T10:00:00.206Z";

/// A machine whose agent is installed; no server can be reached from it.
pub(crate) fn installed() -> TestHost {
    let mut machine = TestMachine::bare(NOW.parse().unwrap());
    machine.services.insert(engine(), service());
    machine.software.insert(Name::new(PRODUCT), "2.0.9169.0".to_owned());
    machine.volumes.extend(["C:", "D:"].map(|letter| (Name::new(letter), volume(1000, 500))));
    machine.set_value(CONFIG_KEY, "ScratchLocation", SCRATCH);
    machine.set_value(PROVIDER_KEY, "ScratchLocation", SCRATCH);
    machine.set_value(CONFIG_KEY, "BackupItems", r"D:\Data");
    TestHost::new(machine).with_file(r"D:\Data\a.mdf", b"", 400)
}

/// The same, registered with a vault; the key of its certificate is invalid.
pub(crate) fn registered() -> TestHost {
    installed().with(|machine| {
        for (name, value) in [
            ("MachineId", "1a2b3c"),
            ("ResourceId", "17"),
            ("ServiceResourceName", "vault-east"),
            ("SubscriptionId", "sub"),
            ("ResourceGroupName", "rg"),
            ("AadAuthority", "https://login.windows.net"),
            ("AadTenantId", "tenant"),
            ("AadAudience", "https://RecoveryServiceVault/japaneast/vault-east/17"),
            ("ServicePrincipalClientId", "client"),
            ("IdMgmtRestEndpoint", "https://example.invalid/restapi/"),
            ("CertThumbprint", "00112233445566778899AABBCCDDEEFF00112233"),
        ] {
            machine.set_value(CONFIG_KEY, name, value);
        }
    })
}

/// The same, with a schedule on which these commands run.
pub(crate) fn scheduled(ran: Vec<Cmdlet>) -> TestHost {
    registered().with(|machine| machine.due = Some(Due { waited: 12 * 60 * 60, ran }))
}

/// The same with the engine's service stopped.
pub(crate) fn stopped(host: TestHost) -> TestHost {
    host.with(|machine| {
        machine.services.get_mut(&engine()).unwrap().state = ServiceState::Stopped;
    })
}

/// The engine's service.
pub(crate) fn engine() -> Name {
    Name::new("obengine")
}

/// The text of a file.
pub(crate) fn text_of(host: &TestHost, path: &str) -> Option<String> {
    let file = host.machine().files.get(&WinPath::new(path)).cloned()?;
    Some(String::from_utf8(file.content.to_vec()).unwrap())
}

/// The numbers of the agent's events, which are all in its own logs, and the same in each.
pub(crate) fn events(host: &TestHost) -> Vec<u32> {
    let machine = host.machine();
    let logs = || machine.events.iter();
    assert!(logs().all(|(log, _)| EVENT_LOGS.iter().any(|own| *log == Name::new(own))));
    let of = |log: &str| -> Vec<u32> {
        let records = logs().filter(|(name, _)| **name == Name::new(log));
        records.flat_map(|(_, records)| records.iter().map(|record| record.id)).collect()
    };
    let [ids, same] = EVENT_LOGS.map(of);
    assert_eq!(ids, same);
    ids
}

pub(crate) fn intent() -> Intent {
    Intent {
        user: Name::new(r"CORP\admin"),
        tenant: Name::new("tenant"),
        cloud: PortalCloud {
            sign_in: "login.microsoftonline.com",
            management: "management.azure.com",
        },
        subscription: Name::new("sub"),
        resource_group: "rg".to_owned(),
        vault: Name::new("vault-east"),
        passphrase: "correct horse battery".to_owned(),
        credentials: None,
        restore_of: None,
    }
}

/// The product as the catalogue has it.
pub(crate) static PRODUCT_DATA: LazyLock<Product> = LazyLock::new(|| {
    let add = |product: Product, text| product.with(additions(text)).unwrap();
    [MESSAGES, SHOWN].into_iter().fold(Product::default(), add)
});

/// What a file adds to a product.
#[track_caller]
pub(crate) fn additions(text: &str) -> Additions {
    toml::from_str(text).unwrap()
}

/// Carries out an operation with a product.
pub(crate) fn operated(
    operation: Operation,
    host: &TestHost,
    product: &Product,
    observer: StepObserver<'_>,
) -> Ended {
    let edition = Edition { limits: &Limits::default(), product };
    play(operate(operation, host, &intent(), edition, observer))
}

/// What the console shows of an operation that fails.
#[track_caller]
pub(crate) fn symptom(operation: Operation, host: &TestHost) -> Symptom {
    match operated(operation, host, &PRODUCT_DATA, &|_| {}).outcome {
        Outcome::Failed(symptom) => symptom,
        Outcome::Succeeded => panic!("{operation} succeeds"),
    }
}

/// Runs something that waits for nothing outside of it.
#[track_caller]
pub(crate) fn play<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}
