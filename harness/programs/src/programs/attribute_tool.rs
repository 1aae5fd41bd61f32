//! What `compact` and `cipher` have in common: they show an attribute of files and folders, take it away and give it.

use marslab_model::WinPath;
use marslab_model::host::FileInfo;
use marslab_model::world::FileAttribute;
use marslab_shell::Printed;

use crate::files::{Picked, picked};
use crate::page::Page;
use crate::program::Call;

/// One of the two.
pub(super) struct Tool {
    pub(super) attribute: FileAttribute,
    /// The switches that take away and give.
    pub(super) off: &'static str,
    pub(super) on: &'static str,
    /// What marks a file.
    pub(super) letter: &'static str,
    /// "compressed", "encrypted".
    pub(super) word: &'static str,
    pub(super) taking: &'static str,
    pub(super) giving: &'static str,
}

pub(super) fn run(call: &Call<'_>, tool: &Tool) -> Printed {
    let (mut wanted, mut deep, mut below, mut paths) = (None, None, false, Vec::new());
    for word in &call.args {
        let lower = word.to_ascii_lowercase();
        match lower.strip_prefix("/s:") {
            Some(_) => deep = word.split_once(':').map(|(_, folder)| folder.to_owned()),
            None if lower == "/s" => below = true,
            None if lower == tool.off => wanted = Some(false),
            None if lower == tool.on => wanted = Some(true),
            None if ["/i", "/a", "/f", "/q", "/b"].contains(&lower.as_str()) => {}
            None if lower.starts_with('/') => {
                return Printed::failed(1, format!("Invalid Switch Specified: {word}\n"));
            }
            None => paths.push(word.clone()),
        }
    }
    let folder = deep.as_ref().map(|folder| call.path(folder));
    let mut work = Work {
        tool,
        wanted,
        deep: below || deep.is_some(),
        page: Page::default(),
        count: 0,
        code: 0,
    };
    if paths.is_empty() {
        paths.push("*".to_owned());
    }
    if let Some(info) = folder.as_ref().and_then(|it| call.host().file_info(call.who(), it).ok()) {
        work.entry(call, &info);
    }
    for path in &paths {
        work.path(call, folder.as_ref(), path);
    }
    let done = match wanted {
        None => format!("{} files and folders are {}.", work.count, tool.word),
        Some(true) => format!("{} files and folders were {}.", work.count, tool.word),
        Some(false) => format!("{} files and folders are not {} any more.", work.count, tool.word),
    };
    work.page.blank().line(done);
    Printed { text: work.page.text(), code: work.code }
}

struct Work<'a> {
    tool: &'a Tool,
    wanted: Option<bool>,
    deep: bool,
    page: Page,
    count: usize,
    code: u32,
}

impl Work<'_> {
    fn path(&mut self, call: &Call<'_>, folder: Option<&WinPath>, typed: &str) {
        let path = call.path(typed);
        let whole = call.host().file_info(call.who(), &path).ok().filter(|info| info.folder);
        let picked = match (folder, whole) {
            (Some(folder), _) => {
                Picked { folder: folder.clone(), pattern: path.file_name().to_owned() }
            }
            (None, Some(info)) => {
                // A folder that is named is meant itself, and with /s what lies in it.
                self.entry(call, &info);
                if !self.deep {
                    return;
                }
                Picked { folder: info.path, pattern: "*".to_owned() }
            }
            (None, None) => picked(call, typed),
        };
        self.folder(call, &picked);
    }

    fn folder(&mut self, call: &Call<'_>, picked: &Picked) {
        let entries = match picked.list(call) {
            Ok(entries) => entries,
            Err(error) => {
                self.page.line(format!("{}: {}", picked.folder, call.message(&error)));
                self.code = 1;
                return;
            }
        };
        let doing = self.doing();
        self.page.blank().line(format!(" {doing} {}\\", picked.folder)).blank();
        for entry in &entries {
            self.entry(call, entry);
        }
        if self.deep {
            for below in entries.into_iter().filter(|entry| entry.folder) {
                self.folder(call, &Picked { folder: below.path, pattern: picked.pattern.clone() });
            }
        }
    }

    fn doing(&self) -> &'static str {
        match self.wanted {
            None => "Listing",
            Some(true) => self.tool.giving,
            Some(false) => self.tool.taking,
        }
    }

    fn entry(&mut self, call: &Call<'_>, entry: &FileInfo) {
        let has = entry.attributes.contains(&self.tool.attribute);
        let name = entry.path.file_name();
        let Some(on) = self.wanted else {
            let letter = if has { self.tool.letter } else { " " };
            self.count += usize::from(has);
            self.page.line(format!("{letter} {name}"));
            return;
        };
        if on == has {
            return;
        }
        let (host, who) = (call.host(), call.who());
        let set = match on {
            true => host.give_attribute(who, &entry.path, self.tool.attribute),
            false => host.take_attribute(who, &entry.path, self.tool.attribute),
        };
        match set {
            Ok(()) => {
                self.count += 1;
                self.page.line(format!("{name:<24} [OK]"));
            }
            Err(error) => {
                self.code = 1;
                self.page.line(format!("{name:<24} [ERR]")).line(call.message(&error));
            }
        }
    }
}
