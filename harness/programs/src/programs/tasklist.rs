//! `tasklist`: the processes of services, and programs that have files open. Numbers are the lab's own, memory it has not (†).

use crate::page::Page;
use async_trait::async_trait;
use marslab_shell::Printed;
use marslab_shell::columns::exactly;
use marslab_shell::services::{Process, processes};

use crate::program::{Call, Program};

pub(super) struct Tasklist;

#[async_trait]
impl Program for Tasklist {
    fn name(&self) -> &'static str {
        "tasklist"
    }

    fn about(&self) -> &'static str {
        "processes"
    }

    fn usage(&self) -> &'static [&'static str] {
        &[
            "[/svc] [/fo table|csv] [/nh]",
            "/fi \"SERVICES eq SERVICE\"",
            "/fi \"IMAGENAME eq NAME\"",
        ]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let (mut services, mut csv, mut headed, mut filter) = (false, false, true, None);
        let mut words = call.args.iter();
        while let Some(word) = words.next() {
            match word.to_ascii_lowercase().as_str() {
                "/svc" => services = true,
                "/nh" => headed = false,
                "/v" => {}
                "/fo" => csv = words.next().is_some_and(|it| it.eq_ignore_ascii_case("csv")),
                "/fi" => filter = words.next().cloned(),
                _ => {
                    return Printed::failed(
                        1,
                        format!(
                            "ERROR: Invalid argument/option - '{word}'.\nType \"TASKLIST /?\" for usage.\n"
                        ),
                    );
                }
            }
        }
        let mut all = processes(call.host());
        all.retain(|process| filter.as_deref().is_none_or(|filter| process.fits(filter)));
        if all.is_empty() {
            return Printed::ok("INFO: No tasks are running which match the specified criteria.\n");
        }
        let mut page = Page::default();
        if csv {
            table_of_commas(&mut page, &all, &Shape { services, headed });
        } else {
            table(&mut page, &all, &Shape { services, headed });
        }
        Printed::ok(page.text())
    }
}

struct Shape {
    services: bool,
    headed: bool,
}

fn table(page: &mut Page, all: &[Process], shape: &Shape) {
    let Shape { services, headed } = *shape;
    if headed {
        page.blank();
        if services {
            page.line(
                "Image Name                     PID Services                                    ",
            );
            page.line(
                "========================= ======== ============================================",
            );
        } else {
            page.line(
                "Image Name                     PID Session Name        Session#    Mem Usage",
            );
            page.line(
                "========================= ======== ================ =========== ============",
            );
        }
    }
    for process in all {
        let head = format!("{} {:>8}", exactly(&process.program, 25), process.id);
        match services {
            true => page.line(format!("{head} {}", process.services_or_none())),
            false => page.line(format!("{head} Services                   0          N/A")),
        };
    }
}

fn table_of_commas(page: &mut Page, all: &[Process], shape: &Shape) {
    let Shape { services, headed } = *shape;
    let heads = if services {
        "\"Image Name\",\"PID\",\"Services\""
    } else {
        "\"Image Name\",\"PID\",\"Session Name\",\"Session#\",\"Mem Usage\""
    };
    if headed {
        page.line(heads);
    }
    for process in all {
        let (program, id) = (&process.program, process.id);
        page.line(match services {
            true => format!("\"{program}\",\"{id}\",\"{}\"", process.services_or_none()),
            false => format!("\"{program}\",\"{id}\",\"Services\",\"0\",\"N/A\""),
        });
    }
}
