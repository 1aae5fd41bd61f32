//! `whoami`.

use async_trait::async_trait;
use marslab_model::Name;
use marslab_model::host::{Account, AccountInfo};
use marslab_shell::Printed;

use crate::program::{Call, Program};

pub(super) struct Whoami;

#[async_trait]
impl Program for Whoami {
    fn name(&self) -> &'static str {
        "whoami"
    }

    fn about(&self) -> &'static str {
        "who is signed in"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["", "/groups", "/upn"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        match call.arg(0).map(str::to_ascii_lowercase).as_deref() {
            None => Printed::ok(name(call.who()) + "\n"),
            Some("/groups") => Printed::ok(groups(call)),
            Some("/upn") => upn(call),
            Some(_) => {
                let first = call.arg(0).unwrap_or_default();
                let text = format!(
                    "ERROR: Invalid argument/option - '{first}'.\nType \"WHOAMI /?\" for usage.\n"
                );
                Printed::failed(1, text)
            }
        }
    }
}

fn name(who: &Account) -> String {
    match who {
        Account::System => r"nt authority\system".to_owned(),
        Account::User(name) => name.as_str().to_lowercase(),
    }
}

fn account(call: &Call<'_>) -> Option<AccountInfo> {
    let name = match call.who() {
        Account::System => Name::new("SYSTEM"),
        Account::User(name) => name.clone(),
    };
    call.host().account(&name).ok().flatten()
}

/// The local groups; their security identifiers and attributes, which the real one shows beside them, the lab has not.
fn groups(call: &Call<'_>) -> String {
    let mut text =
        "\nGROUP INFORMATION\n-----------------\n\nGroup Name\n================\n".to_owned();
    for group in account(call).map(|it| it.groups).unwrap_or_default() {
        text.extend(["BUILTIN\\", group.as_str(), "\n"]);
    }
    text
}

fn upn(call: &Call<'_>) -> Printed {
    match account(call).map(|it| it.upn).filter(|upn| !upn.is_empty()) {
        Some(upn) => Printed::ok(upn + "\n"),
        None => Printed::failed(1, "ERROR: Unable to get User Principal Name (UPN).\n"),
    }
}
