//! `copy`: files to a folder or a name. What is there is replaced without asking, as in a batch file.

use async_trait::async_trait;
use marslab_model::WinPath;
use marslab_model::host::FileError;
use marslab_shell::Printed;
use marslab_shell::wording::{Texts, fill};

use crate::files::picked;
use crate::page::Page;
use crate::program::{Call, Program};

pub(super) struct Copy;

#[async_trait]
impl Program for Copy {
    fn name(&self) -> &'static str {
        "copy"
    }

    fn about(&self) -> &'static str {
        "copies files"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["FILE|PATTERN [FOLDER|FILE] [/y]"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let (_, paths) = call.switches();
        let (from, to) = match paths.as_slice() {
            [from] => (from.as_str(), "."),
            [from, to] => (from.as_str(), to.as_str()),
            _ => return Printed::failed(1, "The syntax of the command is incorrect.\n"),
        };
        let picked = picked(call, from);
        let found = match picked.list(call) {
            Ok(found) => found,
            Err(error) => return call.refused(&error),
        };
        let files: Vec<WinPath> =
            found.into_iter().filter(|it| !it.folder).map(|it| it.path).collect();
        if files.is_empty() {
            return call.refused(&FileError::NotFound);
        }
        let (mut page, mut copied) = (Page::default(), 0_usize);
        for file in &files {
            if picked.pattern.contains(['*', '?']) {
                page.line(file.as_str());
            }
            let target = target(call, to, file);
            if target == *file {
                page.line("The file cannot be copied onto itself.");
                continue;
            }
            match call.host().copy_file(call.who(), file, &target) {
                Ok(()) => copied += 1,
                Err(error) => drop(page.line(call.message(&error))),
            }
        }
        let count = format!("{copied:>8}");
        page.line(fill(call.text(&COPIED), &[&count]));
        let code = u32::from(copied < files.len());
        Printed { text: page.text(), code }
    }
}

/// Where a file goes: into a folder under its own name, or to the name itself.
pub(super) fn target(call: &Call<'_>, to: &str, file: &WinPath) -> WinPath {
    let path = call.path(to);
    let is_folder = to.ends_with(['\\', '/', ':'])
        || call.host().file_info(call.who(), &path).is_ok_and(|info| info.folder);
    if is_folder { path.join(file.file_name()) } else { path }
}

const COPIED: Texts = Texts {
    en: "{} file(s) copied.",
    ja: "{} 個のファイルをコピーしました。",
    ko: "{}개 파일이 복사되었습니다.",
    zh: "複製了 {} 個檔案。",
};
