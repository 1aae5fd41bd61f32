//! `findstr`: of its expressions `.`, `.*`, `^` and `$` are understood (†: the real one has classes, too).

use crate::command_line::fits;
use async_trait::async_trait;
use marslab_shell::Printed;

use crate::program::{Call, Program};

pub(super) struct Findstr;

#[async_trait]
impl Program for Findstr {
    fn name(&self) -> &'static str {
        "findstr"
    }

    fn about(&self) -> &'static str {
        "lines with one of some words"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["WORDS [FILE] [/i] [/v] [/n]", "/c:\"TEXT\" [FILE]"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let (mut wanted, mut files, mut switches) = (Vec::new(), Vec::new(), Vec::new());
        for word in &call.args {
            match word.strip_prefix('/') {
                Some(switch) => match switch.split_once(':') {
                    Some((name, text)) if name.eq_ignore_ascii_case("c") => {
                        wanted.push(text.to_owned());
                    }
                    _ => switches.push(switch.to_ascii_lowercase()),
                },
                None if wanted.is_empty() => wanted.extend(word.split(' ').map(str::to_owned)),
                None => files.push(word.clone()),
            }
        }
        wanted.retain(|word| !word.is_empty());
        if wanted.is_empty() {
            return Printed::failed(2, "FINDSTR: Bad command line\n");
        }
        let has = |letter: char| switches.iter().any(|it| it.contains(letter));
        let fold = |text: &str| if has('i') { text.to_lowercase() } else { text.to_owned() };
        let text = match (files.first(), &call.input) {
            (Some(file), _) => match call.host().read_file(call.who(), &call.path(file)) {
                Ok(content) => crate::texts_of::text(content.bytes()),
                Err(_) => return Printed::failed(1, format!("FINDSTR: Cannot open {file}\n")),
            },
            (None, Some(input)) => input.clone(),
            (None, None) => String::new(),
        };
        let fits = |line: &str| wanted.iter().any(|word| contains(&fold(line), &fold(word)));
        let lines = (1_usize..).zip(text.lines()).filter(|(_, line)| fits(line) != has('v'));
        let shown =
            lines.map(
                |(number, line)| {
                    if has('n') { format!("{number}:{line}\n") } else { format!("{line}\n") }
                },
            );
        let text: String = shown.collect();
        Printed { code: u32::from(text.is_empty()), text }
    }
}

/// Whether a line has what a word describes.
fn contains(line: &str, word: &str) -> bool {
    let anchored = word.strip_prefix('^');
    let pattern = anchored.unwrap_or(word).replace(".*", "*").replace('.', "?");
    let (head, tail) = (if anchored.is_some() { "" } else { "*" }, pattern.strip_suffix('$'));
    let pattern = match tail {
        Some(pattern) => format!("{head}{pattern}"),
        None => format!("{head}{pattern}*"),
    };
    fits(&pattern, line) && (anchored.is_some() || word.contains(['.', '$']) || line.contains(word))
}
