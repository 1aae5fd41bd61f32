//! `help`: the programs of the lab.

use async_trait::async_trait;
use marslab_shell::Printed;
use marslab_shell::columns::left;

use crate::program::{Call, Program};

pub(super) struct Help;

#[async_trait]
impl Program for Help {
    fn name(&self) -> &'static str {
        "help"
    }

    fn about(&self) -> &'static str {
        "what there is"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["", "NAME"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let wanted = call.arg(0).map(str::to_ascii_lowercase);
        if let Some(wanted) = wanted {
            let found = super::programs().find(|program| program.name == wanted);
            return match found {
                Some(found) => {
                    let lines =
                        found.usage.iter().map(|line| format!("    {} {line}\n", found.name));
                    Printed::ok(format!(
                        "{}: {}\n\n{}",
                        found.name,
                        found.about,
                        lines.collect::<String>()
                    ))
                }
                None => Printed::failed(
                    1,
                    format!(
                        "This command is not supported by the help utility.  Try \"{wanted} /?\".\n"
                    ),
                ),
            };
        }
        let lines = super::programs()
            .map(|it| format!("{} {}\n", left(&it.name.to_uppercase(), 14), it.about));
        let first = "For more information on a specific command, type HELP command-name\n";
        Printed::ok(format!("{first}{}", lines.collect::<String>()))
    }
}
