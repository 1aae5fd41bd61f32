//! Programs that only have windows, which the lab cannot open: what the articles tell people to look at there is printed, or
//! where else it is found. That they print anything is the lab's own (†).

use marslab_model::Name;
use marslab_model::host::RegistryValue;
use marslab_model::names::KeyPath;
use marslab_shell::Printed;

use crate::page::Page;
use crate::program::Call;

/// What a program's window would show.
pub(super) fn shown(call: &Call<'_>, program: &str) -> Printed {
    let name = program.to_ascii_lowercase();
    let name = name.strip_suffix(".exe").unwrap_or(&name);
    if ["iexplore", "inetcpl.cpl"].contains(&name) {
        return Printed::ok(lan_settings(call));
    }
    match WINDOWS.iter().find(|(known, _)| *known == name) {
        Some((_, instead)) => Printed::ok(format!(
            "{program} has a window, and the lab opens none. At this prompt: {instead}\n"
        )),
        None => Printed::ok(format!("{program} was started. The lab opens no windows.\n")),
    }
}

/// Whether a name is that of a program with a window.
pub(super) fn is_known(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".exe").unwrap_or(&name);
    ["iexplore", "inetcpl.cpl"].contains(&name) || WINDOWS.iter().any(|(known, _)| *known == name)
}

/// Tools, Internet options, Connections, LAN settings; and how to change them.
fn lan_settings(call: &Call<'_>) -> String {
    let key = KeyPath::new(SETTINGS);
    let values = call.host().registry_values(call.who(), &key).unwrap_or_default();
    let text = |name: &str| match values.get(&Name::new(name)) {
        Some(RegistryValue::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let is_on = matches!(values.get(&Name::new("ProxyEnable")), Some(RegistryValue::Number(on)) if *on != 0);
    let mark = |on: bool| if on { "[x]" } else { "[ ]" };
    let script = text("AutoConfigURL");
    let mut page = Page::default();
    page.line(format!("Internet Explorer, as {}: the lab opens no windows.", call.who()));
    page.line("Tools > Internet options > Connections > LAN settings:").blank();
    page.line(format!("  {} Use automatic configuration script", mark(!script.is_empty())));
    page.line(format!("      Address: {script}"));
    page.line(format!("  {} Use a proxy server for your LAN", mark(is_on)));
    page.line(format!("      Address: {}", text("ProxyServer")));
    page.line(format!("      Exceptions: {}", text("ProxyOverride"))).blank();
    page.line(format!(
        "They are values of \"{SETTINGS}\"; `reg add` and `reg delete` change them."
    ));
    page.text()
}

const SETTINGS: &str = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings";

/// Programs with windows, and what does the same here.
const WINDOWS: [(&str, &str); 16] = [
    ("services.msc", "sc query, net start, net stop"),
    ("taskschd.msc", "schtasks /query, Get-ScheduledTask"),
    ("devmgmt.msc", "pnputil /enum-devices"),
    ("eventvwr", "wevtutil qe, Get-WinEvent"),
    ("eventvwr.msc", "wevtutil qe, Get-WinEvent"),
    ("regedit", "reg query, reg add"),
    ("taskmgr", "tasklist, taskkill, sc query"),
    ("explorer", "dir, copy, del, attrib"),
    ("notepad", "type, echo TEXT > FILE"),
    ("timedate.cpl", "date, time, tzutil, w32tm"),
    ("wf.msc", "netsh advfirewall firewall show rule name=all"),
    ("certlm.msc", "certutil -store root, certutil -store my"),
    ("appwiz.cpl", "wmic product, wmic qfe"),
    ("diskmgmt.msc", "fsutil volume diskfree, Get-Volume"),
    ("compmgmt.msc", "sc, schtasks, pnputil, wevtutil"),
    ("wabadmin.msc", "Get-OBMachineSetting, Start-OBBackup, and the session's operations"),
];
