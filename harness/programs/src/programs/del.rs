//! `del`: files. A folder as a whole is only emptied with `/q`, since nothing can be answered at a question.

use async_trait::async_trait;
use marslab_model::host::FileError;
use marslab_shell::Printed;
use marslab_shell::wording::{Texts, fill};

use crate::files::{Picked, picked};
use crate::page::Page;
use crate::program::{Call, Program};

pub(super) struct Del;

#[async_trait]
impl Program for Del {
    fn name(&self) -> &'static str {
        "del"
    }

    fn about(&self) -> &'static str {
        "deletes files"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["FILE|PATTERN [/f] [/q] [/s]"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let (switches, paths) = call.switches();
        if paths.is_empty() {
            return Printed::failed(1, "The syntax of the command is incorrect.\n");
        }
        let has = |switch: &str| switches.iter().any(|it| it == switch);
        let says_yes = call
            .input
            .as_deref()
            .is_some_and(|input| input.trim_start().to_lowercase().starts_with('y'));
        let mut printed = Page::default();
        let mut code = 0;
        for path in &paths {
            let picked = picked(call, path);
            let is_whole = ["*", "*.*"].contains(&picked.pattern.as_str());
            if is_whole && !has("/q") && !says_yes {
                let question = fill(call.text(&SURE), &[picked.folder.join("*").as_str()]);
                return Printed::failed(1, question + "\n");
            }
            let removed = match has("/s") {
                true => remove_below(call, &picked, &mut printed),
                false => remove(call, &picked, &mut printed),
            };
            match removed {
                Ok(0) => drop(printed.line(fill(
                    call.text(&NOT_FOUND),
                    &[picked.folder.join(&picked.pattern).as_str()],
                ))),
                Ok(_) => {}
                Err(error) => {
                    printed.line(call.message(&error));
                    code = 1;
                }
            }
        }
        Printed { text: printed.text(), code }
    }
}

/// How many were removed; what cannot be is named.
fn remove(call: &Call<'_>, picked: &Picked, page: &mut Page) -> Result<u64, FileError> {
    let entries = match picked.list(call) {
        Ok(entries) => entries,
        Err(FileError::NotFound) => return Ok(0),
        Err(error) => return Err(error),
    };
    let (mut count, mut failed) = (0, None);
    for entry in entries.iter().filter(|entry| !entry.folder) {
        match call.host().remove_file(call.who(), &entry.path) {
            Ok(()) => count += 1,
            Err(error) => {
                page.line(entry.path.as_str());
                failed = Some(error);
            }
        }
    }
    if let Some(extension) = picked.extension() {
        count += call.host().remove_numbered_files(call.who(), &picked.folder, extension)?;
    }
    failed.map_or(Ok(count), Err)
}

/// The same in all folders below, too.
fn remove_below(call: &Call<'_>, picked: &Picked, page: &mut Page) -> Result<u64, FileError> {
    let mut count = remove(call, picked, page)?;
    let all = Picked { folder: picked.folder.clone(), pattern: "*".to_owned() };
    let folders = all.list(call).unwrap_or_default().into_iter().filter(|entry| entry.folder);
    for folder in folders {
        let below = Picked { folder: folder.path, pattern: picked.pattern.clone() };
        count += remove_below(call, &below, page)?;
    }
    Ok(count)
}

const NOT_FOUND: Texts = Texts {
    en: "Could Not Find {}",
    ja: "{} が見つかりませんでした",
    ko: "{}을(를) 찾을 수 없습니다.",
    zh: "找不到 {}",
};

const SURE: Texts = Texts {
    en: "{}, Are you sure (Y/N)? ",
    ja: "{}、よろしいですか (Y/N)? ",
    ko: "{}, 계속하시겠습니까(Y/N)? ",
    zh: "{}，您是否確定 (Y/N)? ",
};
