//! An example of each call. The answers to them are not written here: the calls are really made.

use serde_json::{Value, json};

/// The arguments of the example of a call; `None` if the call has no example.
pub(super) fn arguments(call: &str) -> Option<Value> {
    Some(match call {
        "read-file" | "denied-accounts" | "file-users" => {
            json!({ "path": r"C:\Windows\Temp\setup.log" })
        }
        "file-info" => json!({ "path": r"C:\Windows\Temp\setup.log", "as": "SYSTEM" }),
        "list-folder" => json!({ "path": AGENT_FOLDER }),
        "count-files" => json!({ "path": r"C:\Windows\Temp", "extension": "tmp" }),
        "registry-value" => json!({ "key": SETUP, "name": "InstallPath" }),
        "registry-values" => json!({ "key": SETUP }),
        "registry-subkeys" => json!({ "key": r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup" }),
        "service" | "interrogate-service" => json!({ "name": "obengine" }),
        "task" => json!({ "name": r"\Microsoft\OnlineBackup\Microsoft-OnlineBackup" }),
        "software-of" => json!({ "name": "SRV02" }),
        "account" => json!({ "name": r"CORP\admin" }),
        // One who is signed in nowhere: a session cookie is a secret.
        "portal-session" => json!({ "name": r"CORP\backup" }),
        "events" => json!({ "name": "System" }),
        "cached-answer" => json!({ "name": r"CORP\admin", "url": "https://portal.azure.com/" }),
        "dial" | "server-tls-versions" => json!({ "to": "login.windows.net:443" }),
        "resolve" | "query-dns" => json!({ "name": "login.windows.net" }),
        "volumes"
        | "computer-name"
        | "full-name"
        | "language"
        | "os"
        | "platform"
        | "devices"
        | "software"
        | "users"
        | "antivirus"
        | "environment"
        | "environment-at-boot"
        | "now"
        | "zone"
        | "certificates"
        | "trusted-roots"
        | "mounts"
        | "drive-c" => json!({}),
        _ => return None,
    })
}

const AGENT_FOLDER: &str = r"C:\Program Files\Microsoft Azure Recovery Services Agent";

const SETUP: &str = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Setup";
