//! A registered server on which nothing is wrong, until a test changes a field.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use jiff::{SignedDuration, Timestamp};
use marslab_model::host::{CertificateInfo, RegistryValue, TimeZoneInfo};
use marslab_model::{KeyPath, Name, WinPath};
use marslab_testing::machine::{service, volume};
use marslab_testing::{TestFile, TestHost, TestMachine};

use super::net::trusted_root;
use super::parts::{accounts, initiator, task};
use super::{ISSUED, NOW, Net, bundle, credentials_xml};
use crate::facts::{
    AGENT_PROGRAM, AGENT_SERVICE, BACKUP_TASK, CONFIG_KEY, DOTNET_KEY, INSTALL, ISCSI_SERVICE,
    POWERSHELL_KEYS, PROVIDER_KEY, SCHEDULER_SERVICE, SETUP_KEY, SHADOW_COPY_SERVICE, TEMP_FOLDER,
};

/// The administrator.
pub(crate) const ADMIN: &str = r"CORP\admin";

/// The administrator's hive.
pub(crate) const ADMIN_HIVE: &str = r"HKU\S-1-5-21-1104";

/// Where temporary files lie.
pub(crate) fn temp_folder() -> WinPath {
    WinPath::new(TEMP_FOLDER)
}

/// The scratch folder.
pub(crate) const SCRATCH: &str =
    r"C:\Program Files\Microsoft Azure Recovery Services Agent\Scratch";

/// The credentials file.
pub(crate) const CREDENTIALS: &str =
    r"C:\Users\admin\Downloads\vault-east_Mon Jun 03 2019.VaultCredentials";

/// The machine, and the network that it is on.
#[derive(Clone)]
pub(crate) struct Machine {
    machine: TestMachine,
    pub(crate) net: Net,
}

impl Deref for Machine {
    type Target = TestMachine;

    fn deref(&self) -> &TestMachine {
        &self.machine
    }
}

impl DerefMut for Machine {
    fn deref_mut(&mut self) -> &mut TestMachine {
        &mut self.machine
    }
}

impl Machine {
    /// Registered, activated, backed up; the credentials file is still there.
    pub(crate) fn healthy() -> Self {
        let now: Timestamp = NOW.parse().unwrap();
        let module =
            format!(r"C:\Windows\system32\WindowsPowerShell\v1.0\Modules\;{INSTALL}\bin\Modules");
        let environment = BTreeMap::from([(Name::new("PSModulePath"), module)]);
        let mut machine = TestMachine::bare(now);
        let gib = |size: u64, free: u64| volume(size << 30, free << 30);
        machine.volumes = [("C:", gib(100, 30)), ("D:", gib(500, 300))].map(named).into();
        machine.services = [AGENT_SERVICE, ISCSI_SERVICE, SCHEDULER_SERVICE, SHADOW_COPY_SERVICE]
            .map(|it| named((it, service())))
            .into();
        machine.tasks = [named((BACKUP_TASK, task()))].into();
        machine.devices = [named((r"ROOT\ISCSIPRT\0000", initiator()))].into();
        machine.software = [named((AGENT_PROGRAM, "2.0.9169.0".to_owned()))].into();
        machine.counts = [(temp_folder(), 12)].into();
        machine.accounts = accounts();
        machine.users = [Name::new(ADMIN)].into();
        machine.environment_at_boot = environment.clone();
        machine.environment = environment;
        machine.os.caption = "Microsoft Windows Server 2016 Standard".to_owned();
        machine.os.build = 14_393;
        machine.zone =
            TimeZoneInfo { id: "Tokyo Standard Time".to_owned(), utc_offset_minutes: 540 };
        machine.trusted_roots = vec![trusted_root()];
        let machine = Self { machine, net: Net::healthy() };
        machine.installed().registered()
    }

    /// Not registered yet.
    pub(crate) fn unregistered() -> Self {
        let mut machine = Self::healthy();
        let more = ["MachineId", "ServiceResourceName", "Activated", "KeyVerifier", "AadAudience"];
        for name in more.into_iter().chain(IDENTITY.map(|(name, _)| name)) {
            machine = machine.without_value(CONFIG_KEY, name);
        }
        machine.files.retain(|path, _| !path.is_within(&WinPath::new(SCRATCH)));
        machine
    }

    /// The machine behind the host port.
    pub(crate) fn host(self) -> TestHost {
        TestHost::new(self.machine).on(self.net)
    }

    fn installed(self) -> Self {
        let module = format!(r"{INSTALL}\bin\Modules\MSOnlineBackup");
        let manifest =
            "@{\r\n    ModuleVersion = '2.0'\r\n    RootModule = 'MSOnlineBackup.dll'\r\n}\r\n";
        self.value(SETUP_KEY, "InstallPath", INSTALL)
            .value(CONFIG_KEY, "ScratchLocation", SCRATCH)
            .value(CONFIG_KEY, "BackupItems", r"D:\Data")
            .value(PROVIDER_KEY, "ScratchLocation", SCRATCH)
            .value(DOTNET_KEY, "Release", 461_814)
            .value(POWERSHELL_KEYS[0], "PowerShellVersion", "5.1.14393.2848")
            .value(POWERSHELL_KEYS[1], "PowerShellVersion", "2.0")
            .file(&format!(r"{INSTALL}\bin\cbengine.exe"), "MZ")
            .file(&format!(r"{module}\MSOnlineBackup.psd1"), manifest)
            .file(&format!(r"{module}\MSOnlineBackup.dll"), "MZ module")
            .file(r"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe", "MZ")
            .file(r"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\csc.exe", "MZ")
            .sized(r"D:\Data\customers.mdf", 120 << 30)
            .sized(r"D:\Data\2019\orders.mdf", 80 << 30)
    }

    fn registered(self) -> Self {
        let audience = "https://RecoveryServiceVault/japaneast/vault-east/8726350008099341699";
        let endpoint = "https://pod01-manag1.jpe.backup.windowsazure.com/restapi/";
        let machine = self
            .value(CONFIG_KEY, "MachineId", "6a0f8c1e")
            .value(CONFIG_KEY, "ServiceResourceName", "vault-east")
            .value(CONFIG_KEY, "SubscriptionId", "c0ffee00-1b2d-4e3f-9a8b-7c6d5e4f3a21")
            .value(CONFIG_KEY, "ResourceGroupName", "rg-backup")
            .value(CONFIG_KEY, "AadAudience", audience)
            .value(CONFIG_KEY, "IdMgmtRestEndpoint", endpoint)
            .value(CONFIG_KEY, "Activated", 1)
            .value(CONFIG_KEY, "KeyVerifier", "c0de")
            .file(&format!(r"{SCRATCH}\OnlineBackup.KEK"), "kek 1\nverifier c0de\nsalt 00\n")
            .file(&format!(r"{SCRATCH}\CBSettings.xml"), "<CBSettings/>")
            .sized(&format!(r"{SCRATCH}\metadata.vhd"), 10 << 30);
        let mut machine = IDENTITY
            .into_iter()
            .fold(machine, |it, (name, value)| it.value(CONFIG_KEY, name, value));
        machine.certificates.push(CertificateInfo {
            thumbprint: Name::new("C0FFEE"),
            subject: "CN=CB_SRV01._637765104348599629".to_owned(),
            der: bundle().certificate.clone().into(),
        });
        machine.dated_file(CREDENTIALS, &credentials_xml("vault-east"), ISSUED)
    }

    /// The same with one value of the registry.
    pub(crate) fn value(mut self, key: &str, name: &str, value: impl Into<RegistryValue>) -> Self {
        self.set_value(key, name, value);
        self
    }

    /// The same without one value of the registry.
    pub(crate) fn without_value(mut self, key: &str, name: &str) -> Self {
        self.registry.remove(&(KeyPath::new(key), Name::new(name)));
        self
    }

    /// The same with a file.
    pub(crate) fn file(self, path: &str, content: &str) -> Self {
        self.dated_file(path, content, "2019-05-01T00:00:00Z")
    }

    /// The same with a file of that age.
    pub(crate) fn dated_file(mut self, path: &str, content: &str, modified: &str) -> Self {
        let file = TestFile::new(content, modified.parse().unwrap());
        self.put_file(path, file);
        self
    }

    /// The same with a file of that size.
    pub(crate) fn sized(self, path: &str, size: u64) -> Self {
        let mut machine = self.file(path, "");
        machine.files.get_mut(&WinPath::new(path)).unwrap().size = size;
        machine
    }

    /// The same without a file.
    pub(crate) fn without_file(mut self, path: &str) -> Self {
        self.files.remove(&WinPath::new(path)).unwrap();
        self
    }

    /// The same with a change.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    /// The same, later.
    pub(crate) fn later(mut self, hours: i64) -> Self {
        self.now += SignedDuration::from_hours(hours);
        self
    }
}

/// As whom the machine signs in.
const IDENTITY: [(&str, &str); 5] = [
    ("ResourceId", "8726350008099341699"),
    ("AadAuthority", "https://login.windows.net"),
    ("AadTenantId", "5a2e7c1d-9f43-4b06-8a57-c3d0e1f29b64"),
    ("ServicePrincipalClientId", "e7a1b2c3-d4e5-4f60-8192-a3b4c5d6e7f8"),
    ("CertThumbprint", "C0FFEE"),
];

fn named<T>((name, value): (&str, T)) -> (Name, T) {
    (Name::new(name), value)
}
