//! `icacls`: of an access list the lab keeps whom it denies access; everyone else has it.

use async_trait::async_trait;
use marslab_model::Name;
use marslab_model::host::HostError as _;
use marslab_shell::Printed;

use crate::program::{Call, Program};

pub(super) struct Icacls;

#[async_trait]
impl Program for Icacls {
    fn name(&self) -> &'static str {
        "icacls"
    }

    fn about(&self) -> &'static str {
        "access lists"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["PATH", "PATH /remove:d ACCOUNT", "PATH /reset"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let Some(path) = call.arg(0).map(|typed| call.path(typed)) else {
            return Printed::failed(
                87,
                "ICACLS name [/grant[:r] Sid:perm[...]] [/remove[:g|:d] Sid[...]] [/reset] [/T] [/C]\n",
            );
        };
        let denied = match call.host().denied_accounts(&path) {
            Ok(denied) => denied,
            Err(error) => {
                let text = format!(
                    "{path}: {}\nSuccessfully processed 0 files; Failed processing 1 files\n",
                    call.message(&error)
                );
                return Printed::failed(error.number(), text);
            }
        };
        let done = "Successfully processed 1 files; Failed processing 0 files\n";
        let verb = call.arg(1).unwrap_or_default().to_ascii_lowercase();
        let meant: Vec<Name> = match (verb.as_str(), call.arg(2)) {
            ("", _) => {
                let lines = denied.iter().map(|name| format!("{path} {name}:(DENY)(F)\n"));
                let own = ["BUILTIN\\Administrators:(F)", "NT AUTHORITY\\SYSTEM:(F)"];
                let own = own.iter().map(|entry| format!("{path} {entry}\n"));
                return Printed::ok(format!("{}\n{done}", lines.chain(own).collect::<String>()));
            }
            ("/reset", _) => denied.into_iter().collect(),
            ("/remove" | "/remove:d", Some(account)) => {
                let account = account
                    .rsplit('\\')
                    .next()
                    .filter(|_| account.to_ascii_lowercase().starts_with("nt authority"))
                    .unwrap_or(account);
                vec![Name::new(account)]
            }
            _ => return Printed::failed(87, format!("Invalid parameter \"{verb}\"\n")),
        };
        if !call.is_administrator() {
            return Printed::failed(
                5,
                format!(
                    "{path}: Access is denied.\nSuccessfully processed 0 files; Failed processing 1 files\n"
                ),
            );
        }
        for account in &meant {
            call.host().remove_denial(&path, account);
        }
        Printed::ok(format!("processed file: {path}\n{done}"))
    }
}
