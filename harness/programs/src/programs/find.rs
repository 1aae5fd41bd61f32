//! `find`: lines of a file, or of what comes through the pipe.

use crate::page::Page;
use async_trait::async_trait;
use marslab_shell::Printed;

use crate::program::{Call, Program};

pub(super) struct Find;

#[async_trait]
impl Program for Find {
    fn name(&self) -> &'static str {
        "find"
    }

    fn about(&self) -> &'static str {
        "lines with a text"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["\"TEXT\" [FILE] [/i] [/v] [/c] [/n]"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let (switches, words) = call.switches();
        let has = |switch: &str| switches.iter().any(|it| it == switch);
        let quoted = call.rest.contains('"');
        let Some((wanted, files)) = words.split_first().filter(|_| quoted) else {
            return Printed::failed(2, "FIND: Parameter format not correct\n");
        };
        if let Some(unknown) =
            switches.iter().find(|it| !["/i", "/v", "/c", "/n"].contains(&it.as_str()))
        {
            let _ = unknown;
            return Printed::failed(2, "FIND: Invalid switch\n");
        }
        let fold = |text: &str| if has("/i") { text.to_lowercase() } else { text.to_owned() };
        let wanted = fold(wanted);
        let (mut page, mut found) = (Page::default(), 0_usize);
        let mut search = |text: &str| {
            let lines = (1_usize..).zip(text.lines());
            let fitting = lines.filter(|(_, line)| fold(line).contains(&wanted) != has("/v"));
            for (number, line) in fitting {
                found += 1;
                match (has("/c"), has("/n")) {
                    (true, _) => {}
                    (false, true) => drop(page.line(format!("[{number}]{line}"))),
                    (false, false) => drop(page.line(line)),
                }
            }
        };
        match (files, &call.input) {
            ([], input) => search(input.as_deref().unwrap_or_default()),
            ([file, ..], _) => match call.host().read_file(call.who(), &call.path(file)) {
                Ok(content) => search(&crate::texts_of::text(content.bytes())),
                Err(_) => {
                    return Printed::failed(
                        2,
                        format!("File not found - {}\n", file.to_uppercase()),
                    );
                }
            },
        }
        if has("/c") {
            page.line(found.to_string());
        }
        Printed { text: page.text(), code: u32::from(found == 0) }
    }
}
