//! The environment that a new window gets.

use std::collections::BTreeMap;

use marslab_model::Name;
use marslab_model::admin::HostAdmin;
use marslab_model::host::{Account, RegistryValue};
use marslab_model::names::KeyPath;

/// What Windows makes of the machine's variables, those of the account, and its own (`CreateEnvironmentBlock`).
pub fn of(host: &dyn HostAdmin, who: &Account) -> BTreeMap<Name, String> {
    let computer = host.computer_name().as_str().to_owned();
    let (domain, user) = match who {
        Account::System => (String::new(), format!("{computer}$")),
        Account::User(name) => match name.as_str().split_once('\\') {
            Some((domain, user)) => (domain.to_owned(), user.to_owned()),
            None => (String::new(), name.as_str().to_owned()),
        },
    };
    let profile = match who {
        Account::System => r"C:\Windows\system32\config\systemprofile".to_owned(),
        Account::User(_) => format!(r"C:\Users\{user}"),
    };
    let fixed = [
        ("COMPUTERNAME", computer),
        ("ProgramData", r"C:\ProgramData".to_owned()),
        ("ProgramFiles", r"C:\Program Files".to_owned()),
        ("ProgramFiles(x86)", r"C:\Program Files (x86)".to_owned()),
        ("SystemDrive", "C:".to_owned()),
        ("USERDOMAIN", domain),
        ("USERNAME", user),
        ("USERPROFILE", profile),
        ("windir", r"C:\Windows".to_owned()),
    ];
    let mut variables: BTreeMap<Name, String> =
        fixed.into_iter().map(|(name, value)| (Name::new(name), value)).collect();
    variables.extend(host.environment().unwrap_or_default());
    let own = host.registry_values(who, &KeyPath::new(r"HKCU\Environment")).unwrap_or_default();
    variables.extend(own.into_iter().filter_map(|(name, value)| match value {
        RegistryValue::Text(text) => Some((name, text)),
        RegistryValue::Number(_) | RegistryValue::Binary(_) => None,
    }));
    variables
}
