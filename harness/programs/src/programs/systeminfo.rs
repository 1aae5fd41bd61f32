//! `systeminfo`: the lines of which the host port knows something.

use async_trait::async_trait;
use marslab_model::world::Platform;
use marslab_shell::Printed;
use marslab_shell::wording::Texts;

use crate::program::{Call, Program};

pub(super) struct Systeminfo;

#[async_trait]
impl Program for Systeminfo {
    fn name(&self) -> &'static str {
        "systeminfo"
    }

    fn about(&self) -> &'static str {
        "what the machine is"
    }

    fn usage(&self) -> &'static [&'static str] {
        &[""]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        if let Some(word) = call.arg(0) {
            return Printed::failed(
                1,
                format!(
                    "ERROR: Invalid argument/option - '{word}'.\nType \"SYSTEMINFO /?\" for usage.\n"
                ),
            );
        }
        let host = call.host();
        let (Ok(os), Ok(platform)) = (host.os(), host.platform()) else {
            return Printed::failed(1, "ERROR: The RPC server is unavailable.\n");
        };
        let full = host.full_name();
        let domain = full.as_str().split_once('.').map_or("WORKGROUP", |(_, domain)| domain);
        let model = match platform {
            Platform::AzureVm => "Virtual Machine",
            Platform::OnPremises => "N/A",
        };
        let (locale, zone) = (call.text(&LOCALE), host.zone().id);
        let (name, version) = (host.computer_name(), format!("10.0.{0} N/A Build {0}", os.build));
        let role = if domain == "WORKGROUP" { "Standalone Server" } else { "Member Server" };
        let lines = [
            ("Host Name", name.as_str()),
            ("OS Name", &os.caption),
            ("OS Version", &version),
            ("OS Manufacturer", "Microsoft Corporation"),
            ("OS Configuration", role),
            ("System Model", model),
            ("Windows Directory", r"C:\Windows"),
            ("System Directory", r"C:\Windows\system32"),
            ("System Locale", locale),
            ("Time Zone", &zone),
            ("Domain", domain),
        ];
        let line = |label: &str, value: &str| format!("{label:<27}{value}\n");
        let lines = lines.iter().map(|(label, value)| line(&format!("{label}:"), value));
        let updates = host.installed_updates();
        let count = match updates.len() {
            0 => "N/A".to_owned(),
            count => format!("{count} Hotfix(s) Installed."),
        };
        let updates =
            (1..).zip(updates.keys()).map(|(number, id)| line("", &format!("[{number:02}]: {id}")));
        let updates = line("Hotfix(s):", &count) + &updates.collect::<String>();
        Printed::ok(format!("\n{}{updates}", lines.collect::<String>()))
    }
}

const LOCALE: Texts = Texts {
    en: "en-us;English (United States)",
    ja: "ja;Japanese",
    ko: "ko;Korean",
    zh: "zh-tw;Chinese (Taiwan)",
};
