//! What the core knows of the product: paths, keys and hosts. Its numbers stand in [`Limits`](crate::Limits).
//!
//! Written from the articles (`zh`, `ja`, `ko` below: the section's name follows) and from the fact base
//! (`mars-facts` and a number). The lab's worlds are written from the same sources, apart from this. What no public
//! source shows is marked †: there the core follows what the lab says that its agent leaves behind (fakes/README.md).

pub(crate) mod areas;
pub(crate) mod clouds;
mod messages;

pub(crate) use messages::{MESSAGE_CODES, MESSAGE_FRAGMENTS, Topic};

/// zh, ko, invalid-vault-credentials-provided: the IP addresses.
pub(crate) const RANGES: [&str; 2] = ["20.190.128.0/18", "40.126.0.0/18"];
/// What the connectivity probe answers (mars-facts 5.8).
pub(crate) const PROBE_BODY: &str = "Microsoft NCSI";
/// Where Windows keeps its connectivity probe (mars-facts 5.8).
pub(crate) const NCSI_KEY: &str =
    r"HKLM\SYSTEM\CurrentControlSet\Services\NlaSvc\Parameters\Internet";
/// The values of the probe's host, path and text, and what they usually are (mars-facts 5.8).
pub(crate) const NCSI_PROBE: [(&str, &str); 3] = [
    ("ActiveWebProbeHost", "www.msftncsi.com"),
    ("ActiveWebProbePath", "ncsi.txt"),
    ("ActiveWebProbeContent", PROBE_BODY),
];
/// The page with the latest version (zh, troubleshoot-restore-issues, step 2).
pub(crate) const VERSION_PAGE: &str = "https://go.microsoft.com/fwlink/?linkid=229525";
/// † What stands before the version on that page.
pub(crate) const VERSION_LABEL: &str = "latest:";
/// † What stands before the oldest version that the service supports.
pub(crate) const OLDEST_LABEL: &str = "oldest:";

/// The roots to which the certificates of Azure's services chain (mars-facts 5.8).
pub(crate) const SERVICE_ROOTS: [&str; 6] = [
    "Baltimore CyberTrust Root",
    "D-TRUST Root Class 3 CA 2 2009",
    "DigiCert Global Root CA",
    "DigiCert Global Root G2",
    "Microsoft ECC Root Certificate Authority 2017",
    "Microsoft RSA Root Certificate Authority 2017",
];

/// Where Windows looks for a name before it asks a DNS server ("TCP/IP and NBT configuration parameters for Windows").
pub(crate) const HOSTS_FILE: &str = r"C:\Windows\System32\drivers\etc\hosts";

/// Between the name of a private endpoint and the domain of its service (azure-docs, issue 91072).
pub(crate) const PRIVATE_LINK: &str = ".privatelink.";
/// † Where the vault's service has the machines that are registered with it.
pub(crate) const MACHINES_PATH: &str = "/restapi/machines/";
/// † The code with which a vault's service answers where the vault is open to its private endpoint only (`publicNetworkAccess`).
pub(crate) const PUBLIC_ACCESS_DISABLED: &str = "PublicNetworkAccessDisabled";

/// The usage that counts a vault's machines (mars-facts 4.2).
pub(crate) const MACHINES_USAGE: &str = "MABContainersCount";
/// What a user must be allowed to see a vault (mars-facts 4.2).
pub(crate) const READ_ACTION: &str = "Microsoft.RecoveryServices/Vaults/read";
/// What a user must be allowed to get the credentials file (mars-facts 4.1; the action of that PUT).
pub(crate) const DOWNLOAD_ACTION: &str = "Microsoft.RecoveryServices/Vaults/certificates/write";
/// What a user must be allowed to register the server (mars-facts 4.3; the action of that resource).
pub(crate) const REGISTER_ACTION: &str =
    "Microsoft.RecoveryServices/Vaults/registeredIdentities/write";

/// The agent in the list of programs (mars-facts 5.1).
pub(crate) const AGENT_PROGRAM: &str = "Microsoft Azure Recovery Services Agent";
/// The agent's service (mars-facts 5.1).
pub(crate) const AGENT_SERVICE: &str = "obengine";
/// Where the agent is installed unless it says otherwise (mars-facts 5.1).
pub(crate) const INSTALL: &str = r"C:\Program Files\Microsoft Azure Recovery Services Agent";
/// mars-facts 5.2.
pub(crate) const SETUP_KEY: &str = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Setup";
/// mars-facts 5.2.
pub(crate) const CONFIG_KEY: &str = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config";
/// mars-facts 5.2; † the agent's own proxy stands here.
pub(crate) const PROVIDER_KEY: &str =
    r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config\CloudBackupProvider";

/// The extension of vault credentials files (mars-facts 3.4); Windows compares it without case.
pub(crate) const CREDENTIALS_EXTENSION: &str = "VaultCredentials";
/// The root of a vault credentials file for backup (mars-facts 3.2).
pub(crate) const CREDENTIALS_ROOT: &str = "RSBackupVaultAADCreds";
/// The element that files of newer portals have (mars-facts 3.2).
pub(crate) const ENDPOINT_STATE: &str = "PrivateEndpointStateForBackup";
/// The password of the PKCS#12 inside (mars-facts 3.5).
pub(crate) const CREDENTIALS_PASSWORD: &str = "";
/// Where Windows keeps a user's choice of folders (`User Shell Folders`).
pub(crate) const SHELL_FOLDERS_KEY: &str =
    r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders";
/// The known folder `Downloads`.
pub(crate) const DOWNLOADS_ID: &str = "{374DE290-123F-4565-9164-39C4925E467B}";

/// The key file in the scratch folder (zh, ja, ko, the-activation-did-not-complete-successfully).
pub(crate) const KEK: &str = "OnlineBackup.KEK";
/// † The space that the agent keeps for the metadata of a backup.
pub(crate) const METADATA: &str = "metadata.vhd";
/// The engine's settings (mars-facts 5.3).
pub(crate) const SETTINGS: &str = "CBSettings.xml";
/// † What newer agents keep of the last backup.
pub(crate) const CHECKSUMS: &str = "checksums.dat";
/// What the agent keeps in the scratch folder: the key, its settings, and † two more.
pub(crate) const SCRATCH_FILES: [&str; 4] = [KEK, SETTINGS, METADATA, CHECKSUMS];
/// † How a key file begins.
pub(crate) const KEK_HEAD: &str = "kek 1";
/// † The registry's mark of a mount that was begun and has not ended.
pub(crate) const MOUNT_MARK: &str = "MountInProgress";
/// † What divides several items of the selection.
pub(crate) const ITEM_SEPARATOR: char = ';';

/// zh, ja, ko, invalid-vault-credentials-provided.
pub(crate) const TEMP_FOLDER: &str = r"C:\Windows\Temp";
/// Where each .NET Framework has its compiler `csc.exe`.
pub(crate) const DOTNET_FOLDERS: [&str; 2] =
    [r"C:\Windows\Microsoft.NET\Framework", r"C:\Windows\Microsoft.NET\Framework64"];

/// Where Microsoft Defender Antivirus writes what it has found and done.
pub(crate) const DEFENDER_LOG: &str = "Microsoft-Windows-Windows Defender/Operational";

/// Where Defender keeps its controlled folder access: by policy, and as it is set on the machine ("Customize controlled folder
/// access", Microsoft).
pub(crate) const CONTROLLED_FOLDERS: [&str; 2] = [
    r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\Controlled Folder Access",
    r"HKLM\SOFTWARE\Microsoft\Windows Defender\Windows Defender Exploit Guard\Controlled Folder Access",
];

/// mars-facts 5.8.
pub(crate) const DOTNET_KEY: &str = r"HKLM\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full";
/// mars-facts 5.8: the least `Release` of each version, newest first.
pub(crate) const DOTNET_RELEASES: [(u32, &str); 9] = [
    (528_040, "4.8"),
    (461_808, "4.7.2"),
    (461_308, "4.7.1"),
    (460_798, "4.7"),
    (394_802, "4.6.2"),
    (394_254, "4.6.1"),
    (393_295, "4.6"),
    (379_893, "4.5.2"),
    (378_675, "4.5.1"),
];
/// mars-facts 5.8; the engine is a 64-bit program.
pub(crate) const DOTNET_SETTINGS: &str = r"HKLM\SOFTWARE\Microsoft\.NETFramework\v4.0.30319";
/// mars-facts 5.8; the version stands between these two.
pub(crate) const SCHANNEL_PROTOCOLS: &str =
    r"HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols";

/// mars-facts 5.8; below the hive of an account.
pub(crate) const INTERNET_SETTINGS: &str =
    r"Software\Microsoft\Windows\CurrentVersion\Internet Settings";
/// The hive of SYSTEM (mars-facts 5.8).
pub(crate) const SYSTEM_HIVE: &str = r"HKU\S-1-5-18";
/// The hive of the account that asks.
pub(crate) const OWN_HIVE: &str = "HKCU";
/// mars-facts 5.8.
pub(crate) const WINHTTP_KEY: &str =
    r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings\Connections";
/// The URL action of a file download in a zone, and its value where it is disabled.
pub(crate) const DOWNLOAD_POLICY: (&str, u32) = ("1803", 3);
/// The zone of the internet.
pub(crate) const INTERNET_ZONE: u32 = 3;
/// zh, ja, ko, backups-dont-run-according-to-the-schedule; the folder from mars-facts 5.7.
pub(crate) const BACKUP_TASK: &str = r"\Microsoft\OnlineBackup\Microsoft-OnlineBackup";
/// Windows Server Backup's task (mars-facts 5.7).
pub(crate) const SERVER_BACKUP_TASK: &str =
    r"\Microsoft\Windows\Backup\Microsoft-Windows-WindowsBackup";
/// How Windows writes the account SYSTEM.
pub(crate) const SYSTEM_NAMES: [&str; 4] =
    ["SYSTEM", r"NT AUTHORITY\SYSTEM", "LocalSystem", "S-1-5-18"];
/// The local group whose members may run the task.
pub(crate) const ADMINISTRATORS: [&str; 2] = ["Administrators", r"BUILTIN\Administrators"];
/// mars-facts 5.8: version 3 and later have a key of their own.
pub(crate) const POWERSHELL_KEYS: [&str; 2] = [
    r"HKLM\SOFTWARE\Microsoft\PowerShell\3\PowerShellEngine",
    r"HKLM\SOFTWARE\Microsoft\PowerShell\1\PowerShellEngine",
];
/// mars-facts 5.8: where an execution policy is set, below the machine's hive and below an account's.
pub(crate) const SHELL_POLICY: &str =
    r"SOFTWARE\Microsoft\PowerShell\1\ShellIds\Microsoft.PowerShell";
/// mars-facts 5.8: where a group policy sets it.
pub(crate) const GROUP_POLICY: &str = r"SOFTWARE\Policies\Microsoft\Windows\PowerShell";
/// Below the installation: where PowerShell has to look for the module (mars-facts 0.1).
pub(crate) const MODULES: &str = r"bin\Modules";
/// The module (mars-facts 5.6).
pub(crate) const MODULE: &str = "MSOnlineBackup";

/// Where Windows says which edition it is.
pub(crate) const INSTALLATION_TYPE: (&str, &str) =
    (r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion", "InstallationType");
/// The editions on which the agent is not supported: Server Core (mars-facts 5.11), and † what is smaller still.
pub(crate) const UNSUPPORTED_EDITIONS: [&str; 2] = ["Server Core", "Nano Server"];
/// † Where the agent keeps the full name under which it registered the server.
pub(crate) const SERVER_NAME: &str = "ServerName";
/// The first labels of the host of a vault's service, and of that which offers its recovery points over iSCSI (mars-facts 4.6).
pub(crate) const SERVICE_LABEL: &str = "pod01-manag1.";
pub(crate) const RECOVERY_LABEL: &str = "pod01-rec2.";
/// The port of iSCSI, whatever the agent's version: Microsoft's articles on restoring files have it beside 443 (mars-facts 4.6).
pub(crate) const ISCSI_PORT: u16 = 3260;
/// † Where the agent keeps the addresses to which backups are written.
pub(crate) const STORAGE_ENDPOINTS: [&str; 2] = ["BlobEndpoint", "QueueEndpoint"];
/// The Volume Shadow Copy service.
pub(crate) const SHADOW_COPY_SERVICE: &str = "VSS";
/// The filter driver of Azure File Sync, and its file (mars-facts 1.9).
pub(crate) const SYNC_DRIVER: (&str, &str) = ("StorageSync", "StorageSync.sys");
/// † The program that brings the driver.
pub(crate) const SYNC_AGENT: &str = "Azure File Sync Agent";

/// † Where the agent keeps the name of an offline backup's copy computer.
pub(crate) const OFFLINE_COPY_COMPUTER: &str = "OfflineCopyComputer";
/// How the program is called in the list of programs; its months follow.
pub(crate) const AZURE_POWERSHELL: &str = "Microsoft Azure PowerShell";
/// Below the installation: the engine's log (mars-facts 5.4).
pub(crate) const ENGINE_LOG: &str = r"Temp\CBEngineCurr.errlog";
/// What a line of the log has where the vault refuses a passphrase other than that of its backups: the call †, and what .NET says
/// of HTTP's status 409 †.
pub(crate) const KEY_REFUSED: [&str; 2] = ["Exception in SetEncryptionPassphrase", "(409)"];
/// What `Set-OBMachineSetting` prints when the vault has taken a passphrase (mars-facts 5.6); † that the log has it, too.
pub(crate) const KEY_TAKEN: &str = "Server properties updated successfully.";

/// What a line of the log has where the files of a recovery volume were not all copied: the call †, and ERROR_IO_DEVICE as an
/// HRESULT. The portal's address follows the message in parentheses †.
pub(crate) const RECOVERY_BROKEN: [&str; 2] = ["Exception in RecoverFiles", "0x8007045d"];
/// † What the log has where they were.
pub(crate) const RECOVERED: &str = "Recovery succeeded.";

/// The Task Scheduler.
pub(crate) const SCHEDULER_SERVICE: &str = "Schedule";
/// mars-facts 5.8.
pub(crate) const ISCSI_SERVICE: &str = "MSiSCSI";
/// zh, ja, ko, troubleshoot-restore-issues, step 4.
pub(crate) const ISCSI_HARDWARE: &str = r"ROOT\ISCSIPRT";
/// zh, ja, ko, troubleshoot-restore-issues, step 3.
pub(crate) const ISCSI_DEVICE: &str = "Microsoft iSCSI Initiator";

/// The temporary disk of a virtual machine in Azure (mars-facts 5.11).
pub(crate) const TEMPORARY_VOLUME: &str = "D:";
