//! `robocopy`: a folder to another. Files of the same size and age are skipped; the summary is shorter than the real one's.

use async_trait::async_trait;
use marslab_model::WinPath;
use marslab_model::host::{FileInfo, HostError as _};
use marslab_shell::Printed;

use crate::command_line::fits;
use crate::files::{below, relative};
use crate::page::Page;

use crate::program::{Call, Program};

pub(super) struct Robocopy;

#[async_trait]
impl Program for Robocopy {
    fn name(&self) -> &'static str {
        "robocopy"
    }

    fn about(&self) -> &'static str {
        "copies folders"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["FROM TO [/e]"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let (switches, paths) = call.switches();
        let [from, to, patterns @ ..] = paths.as_slice() else {
            return Printed::failed(
                16,
                "ERROR : Invalid Parameter : a source and a destination are needed.\n",
            );
        };
        let known = [
            "/e",
            "/s",
            "/mir",
            "/copyall",
            "/copy:dat",
            "/r:0",
            "/r:1",
            "/w:0",
            "/w:1",
            "/z",
            "/b",
            "/np",
            "/nfl",
            "/ndl",
        ];
        if let Some(unknown) = switches.iter().find(|it| !known.contains(&it.as_str())) {
            return Printed::failed(16, format!("ERROR : Invalid Parameter #3 : \"{unknown}\"\n"));
        }
        let (from, to) = (call.path(from), call.path(to));
        let deep = switches.iter().any(|it| ["/e", "/s", "/mir"].contains(&it.as_str()));
        let found =
            if deep { below(call, &from) } else { call.host().list_folder(call.who(), &from) };
        let mut files = match found {
            Ok(files) => files,
            Err(error) => {
                let (number, message) = (error.number(), call.message(&error));
                let text = format!(
                    "ERROR {number} (0x{number:08X}) Accessing Source Directory {from}\\\n{message}\n"
                );
                return Printed::failed(16, text);
            }
        };
        files.retain(|file| {
            let name = file.path.file_name();
            !file.folder && (patterns.is_empty() || patterns.iter().any(|it| fits(it, name)))
        });
        copy(call, &files, &from, &to)
    }
}

/// Copies what is not there yet, and sums up.
fn copy(call: &Call<'_>, files: &[FileInfo], from: &WinPath, to: &WinPath) -> Printed {
    let mut counts = Counts::default();
    let mut page = Page::default();
    page.line("-".repeat(79))
        .line("   ROBOCOPY     ::     Robust File Copy for Windows")
        .line("-".repeat(79))
        .blank();
    page.line(format!("   Source : {from}\\")).line(format!("     Dest : {to}\\")).blank();
    for file in files {
        let target = to.join(&relative(&file.path, from));
        let there = call.host().file_info(call.who(), &target).ok();
        if there.is_some_and(|it| (it.size, it.modified) == (file.size, file.modified)) {
            counts.skipped += 1;
            continue;
        }
        match call.host().copy_file(call.who(), &file.path, &target) {
            Ok(()) => {
                counts.copied += 1;
                page.line(format!(
                    "        New File  {:>14}  {}",
                    file.size,
                    file.path.file_name()
                ));
            }
            Err(error) => {
                counts.failed += 1;
                let (number, message) = (error.number(), call.message(&error));
                page.line(format!("ERROR {number} (0x{number:08X}) Copying File {}", file.path))
                    .line(message);
            }
        }
    }
    let Counts { copied, skipped, failed } = counts;
    page.blank().line("               Total    Copied   Skipped  Mismatch    FAILED    Extras");
    page.line(format!(
        "   Files : {:>9} {copied:>9} {skipped:>9} {:>9} {failed:>9} {:>9}",
        files.len(),
        0,
        0
    ));
    Printed { text: page.text(), code: u32::from(copied > 0) | if failed > 0 { 8 } else { 0 } }
}

#[derive(Default)]
struct Counts {
    copied: usize,
    skipped: usize,
    failed: usize,
}
