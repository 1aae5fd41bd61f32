//! `dir`: the files of a folder.
//!
//! Folders have no dates in the lab, and volumes neither labels nor numbers: the newest file's date and a number made of the names
//! stand there (†). Numbered files, which the lab only counts, are one line (†).

use async_trait::async_trait;
use jiff::Timestamp;
use marslab_model::WinPath;
use marslab_model::host::FileInfo;
use marslab_model::world::FileAttribute;
use marslab_shell::columns::right;
use marslab_shell::wording::{Texts, fill};
use marslab_shell::{Printed, dates};

use crate::files::{Picked, picked};
use crate::numbers::grouped;
use crate::page::Page;
use crate::program::{Call, Program};

pub(super) struct Dir;

#[async_trait]
impl Program for Dir {
    fn name(&self) -> &'static str {
        "dir"
    }

    fn about(&self) -> &'static str {
        "the files of a folder"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["[PATH] [/b] [/s] [/a]"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let (switches, paths) = call.switches();
        let is_known = |it: &&String| {
            ["/b", "/s", "/w", "/q", "/p"].contains(&it.as_str())
                || it.starts_with("/a")
                || it.starts_with("/o")
                || it.starts_with("/t")
        };
        if let Some(unknown) = switches.iter().find(|it| !is_known(it)) {
            let letter = unknown.trim_start_matches('/');
            return Printed::failed(1, format!("Invalid switch - \"{letter}\".\n"));
        }
        let has = |switch: &str| switches.iter().any(|it| it == switch);
        let mut listing = Listing {
            bare: has("/b"),
            deep: has("/s"),
            page: Page::default(),
            files: 0,
            bytes: 0,
            found: false,
        };
        let here = call.window.folder.as_str().to_owned();
        let picked = picked(call, paths.first().map_or(here.as_str(), String::as_str));
        if let Some(refused) = listing.head(call, &picked) {
            return refused;
        }
        if let Err(error) = listing.folder(call, &picked) {
            return match error {
                marslab_model::host::FileError::NotFound => listing.nothing(call),
                error => call.refused(&error),
            };
        }
        listing.end(call, &picked)
    }
}

struct Listing {
    bare: bool,
    deep: bool,
    page: Page,
    files: u64,
    bytes: u64,
    found: bool,
}

impl Listing {
    /// The volume's lines; a refusal if there is none.
    fn head(&mut self, call: &Call<'_>, picked: &Picked) -> Option<Printed> {
        let letter = picked.folder.volume()?;
        let volumes = call.host().volumes(call.who()).unwrap_or_default();
        let mounts = call.host().mounts().unwrap_or_default();
        if !volumes.contains_key(&letter) && !mounts.contains(&letter) {
            return Some(call.refused(&marslab_model::host::FileError::PathNotFound));
        }
        if !self.bare {
            let letter = letter.as_str().trim_end_matches(':').to_uppercase();
            let name =
                marslab_model::Name::from(format!("{letter} {}", call.host().computer_name()));
            let number = marslab_shell::services::process_id(&name).wrapping_mul(0x9e37_79b9);
            let number = format!("{:04X}-{:04X}", number >> 16, number & 0xffff);
            self.page.line(fill(call.text(&NO_LABEL), &[&letter]));
            self.page.line(fill(call.text(&SERIAL), &[&number]));
        }
        None
    }

    fn folder(
        &mut self,
        call: &Call<'_>,
        picked: &Picked,
    ) -> Result<(), marslab_model::host::FileError> {
        let entries = picked.list(call)?;
        let numbered = picked.numbered(call);
        if !entries.is_empty() || numbered > 0 {
            self.found = true;
            self.entries(call, picked, &entries, numbered);
        }
        if self.deep {
            let all = Picked { folder: picked.folder.clone(), pattern: "*".to_owned() };
            for folder in all.list(call)?.into_iter().filter(|it| it.folder) {
                let below = Picked { folder: folder.path, pattern: picked.pattern.clone() };
                self.folder(call, &below)?;
            }
        }
        Ok(())
    }

    fn entries(&mut self, call: &Call<'_>, picked: &Picked, entries: &[FileInfo], numbered: u64) {
        if self.bare {
            for entry in entries {
                let whole = entry.path.as_str();
                self.page.line(if self.deep { whole } else { entry.path.file_name() });
            }
            return;
        }
        self.page.blank().line(fill(call.text(&DIRECTORY_OF), &[picked.folder.as_str()])).blank();
        let newest = entries.iter().filter_map(|entry| entry.modified).max();
        if picked.pattern == "*" && picked.folder.parent().is_some() {
            for name in [".", ".."] {
                self.line(call, newest, "<DIR>         ", name);
            }
        }
        for entry in entries {
            let size = size_of(entry);
            self.line(call, entry.modified.or(newest), &size, entry.path.file_name());
        }
        let files = entries.iter().filter(|entry| !entry.folder);
        let count = u64::try_from(files.clone().count()).unwrap_or(0) + numbered;
        let bytes = files.map(|entry| entry.size).sum::<u64>();
        if numbered > 0 {
            self.page.line(fill(call.text(&NUMBERED), &[&grouped(numbered)]));
        }
        self.count(call, count, bytes);
        self.files += count;
        self.bytes += bytes;
        let folders = entries.len() - entries.iter().filter(|entry| !entry.folder).count();
        let dots = if picked.pattern == "*" && picked.folder.parent().is_some() { 2 } else { 0 };
        if !self.deep {
            self.free(call, &picked.folder, folders + dots);
        }
    }

    fn line(&mut self, call: &Call<'_>, at: Option<Timestamp>, size: &str, name: &str) {
        let language = call.language();
        let at = at.map(|at| dates::of_file(language, dates::local(call.host(), at)));
        let width =
            marslab_shell::columns::width(&dates::of_file(language, dates::now(call.host())));
        let at = marslab_shell::columns::left(&at.unwrap_or_default(), width);
        self.page.line(format!("{at}    {size:<14} {name}"));
    }

    fn count(&mut self, call: &Call<'_>, files: u64, bytes: u64) {
        let (files, bytes) = (right(&grouped(files), 16), right(&grouped(bytes), 14));
        self.page.line(fill(call.text(&FILES), &[&files, &bytes]));
    }

    fn free(&mut self, call: &Call<'_>, folder: &WinPath, folders: usize) {
        let volumes = call.host().volumes(call.who()).unwrap_or_default();
        let free = folder.volume().and_then(|letter| volumes.get(&letter).map(|it| it.free));
        let free = right(&grouped(free.unwrap_or(0)), 15);
        let folders = right(&grouped(u64::try_from(folders).unwrap_or(0)), 16);
        self.page.line(fill(call.text(&FOLDERS), &[&folders, &free]));
    }

    fn nothing(self, call: &Call<'_>) -> Printed {
        let text = if self.bare { String::new() } else { self.page.text() };
        Printed::failed(1, format!("{text}{}\n", call.text(&NOT_FOUND)))
    }

    fn end(mut self, call: &Call<'_>, picked: &Picked) -> Printed {
        if !self.found {
            return self.nothing(call);
        }
        if self.deep && !self.bare {
            self.page.blank().line(format!("     {}", call.text(&TOTAL)));
            let (files, bytes) = (self.files, self.bytes);
            self.count(call, files, bytes);
            self.free(call, &picked.folder, 0);
        }
        Printed::ok(self.page.text())
    }
}

/// The size, or what the entry is instead of a file. What lies in a cloud has its size in brackets.
fn size_of(entry: &FileInfo) -> String {
    let is_link = entry.attributes.contains(&FileAttribute::ReparsePoint);
    match (entry.folder, is_link) {
        (true, true) => "<JUNCTION>    ".to_owned(),
        (true, false) => "<DIR>         ".to_owned(),
        (false, true) => "<SYMLINK>     ".to_owned(),
        (false, false) if entry.attributes.contains(&FileAttribute::RecallOnDataAccess) => {
            right(&format!("({})", grouped(entry.size)), 14)
        }
        (false, false) => right(&grouped(entry.size), 14),
    }
}

const NO_LABEL: Texts = Texts {
    en: " Volume in drive {} has no label.",
    ja: " ドライブ {} のボリューム ラベルがありません。",
    ko: " {} 드라이브의 볼륨에는 이름이 없습니다.",
    zh: " 磁碟區 {} 中的磁碟沒有標籤。",
};

const SERIAL: Texts = Texts {
    en: " Volume Serial Number is {}",
    ja: " ボリューム シリアル番号は {} です",
    ko: " 볼륨 일련 번호: {}",
    zh: " 磁碟區序號:  {}",
};

const DIRECTORY_OF: Texts = Texts {
    en: " Directory of {}",
    ja: " {} のディレクトリ",
    ko: " {} 디렉터리",
    zh: " {} 的目錄",
};

const FILES: Texts = Texts {
    en: "{} File(s) {} bytes",
    ja: "{} 個のファイル {} バイト",
    ko: "{}개 파일 {} 바이트",
    zh: "{} 個檔案 {} 位元組",
};

const FOLDERS: Texts = Texts {
    en: "{} Dir(s) {} bytes free",
    ja: "{} 個のディレクトリ {} バイトの空き領域",
    ko: "{}개 디렉터리 {} 바이트 남음",
    zh: "{} 個目錄 {} 位元組可用",
};

const TOTAL: Texts = Texts {
    en: "Total Files Listed:",
    ja: "ファイルの総数:",
    ko: "전체 파일:",
    zh: "檔案數目總計:",
};

const NOT_FOUND: Texts = Texts {
    en: "File Not Found",
    ja: "ファイルが見つかりません",
    ko: "파일을 찾을 수 없습니다.",
    zh: "找不到檔案",
};

const NUMBERED: Texts = Texts::english("... and {} numbered files (tmp1.tmp, tmp2.tmp, ...)");
