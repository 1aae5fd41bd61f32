//! `taskkill`: ends the process of a service, or a program that has files open.

use async_trait::async_trait;
use marslab_model::Name;
use marslab_shell::Printed;
use marslab_shell::services::{Process, processes};

use crate::page::Page;

use crate::program::{Call, Program};

pub(super) struct Taskkill;

#[async_trait]
impl Program for Taskkill {
    fn name(&self) -> &'static str {
        "taskkill"
    }

    fn about(&self) -> &'static str {
        "ends processes"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["[/f] /im PROGRAM", "[/f] /pid NUMBER"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let (mut program, mut id, mut force) = (None, None, Force::No);
        let mut words = call.args.iter();
        while let Some(word) = words.next() {
            match word.to_ascii_lowercase().as_str() {
                "/f" | "/t" => force = Force::Yes,
                "/im" => program = words.next().cloned(),
                "/pid" => id = words.next().and_then(|it| it.parse::<u32>().ok()),
                _ => {
                    return Printed::failed(
                        1,
                        format!(
                            "ERROR: Invalid argument/option - '{word}'.\nType \"TASKKILL /?\" for usage.\n"
                        ),
                    );
                }
            }
        }
        if program.is_none() && id.is_none() {
            return Printed::failed(
                1,
                "ERROR: Invalid syntax. Neither /FI nor /PID nor /IM were specified.\nType \"TASKKILL /?\" for usage.\n",
            );
        }
        let is_meant = |process: &Process| {
            program.as_ref().is_some_and(|it| it.eq_ignore_ascii_case(&process.program))
                || id == Some(process.id)
        };
        let mut all = processes(call.host());
        all.retain(is_meant);
        let typed = program.clone().unwrap_or_else(|| id.unwrap_or_default().to_string());
        if all.is_empty() {
            return Printed::failed(
                NOT_FOUND,
                format!("ERROR: The process \"{typed}\" not found.\n"),
            );
        }
        if !call.is_administrator() {
            return Printed::failed(
                1,
                format!(
                    "ERROR: The process \"{typed}\" could not be terminated.\nReason: Access is denied.\n"
                ),
            );
        }
        end(call, &all, force)
    }
}

/// Ends processes; those of services only by force.
fn end(call: &Call<'_>, all: &[Process], force: Force) -> Printed {
    let mut page = Page::default();
    for process in all {
        let Process { program, id, .. } = process;
        if !process.services.is_empty() && force == Force::No {
            page.line(format!(
                "ERROR: The process \"{program}\" with PID {id} could not be terminated."
            ));
            page.line("Reason: This process can only be terminated forcefully (with /F option).");
            return Printed::failed(1, page.text());
        }
        for service in &process.services {
            if let Err(error) = call.host().stop_service(service) {
                return call.refused(&error);
            }
        }
        call.host().end_program(&Name::new(program));
        page.line(format!("SUCCESS: The process \"{program}\" with PID {id} has been terminated."));
    }
    Printed::ok(page.text())
}

/// `/f`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Force {
    No,
    Yes,
}

/// `ERROR_WAIT_NO_CHILDREN`, as the real one exits.
const NOT_FOUND: u32 = 128;
