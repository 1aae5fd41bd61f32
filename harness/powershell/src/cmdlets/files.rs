//! Files and folders; `Get-ChildItem` and `Test-Path` look into the registry and the machine's certificates, too.

use async_trait::async_trait;
use marslab_model::WinPath;
use marslab_model::host::{FileError, FileInfo, HostError as _};
use marslab_model::world::FileAttribute;
use marslab_shell::dates;

use super::registry;
use crate::cmdlet::{Call, Cmdlet, Spec, is_like, is_pattern};
use crate::failure::Failure;
use crate::value::{Object, Value};

mod change;
mod stores;

pub(super) use stores::certificate;

/// The cmdlets of this file and those below it.
pub(crate) const ALL: &[&dyn Cmdlet] = &[
    &GetChildItem,
    &GetItem,
    &GetContent,
    &TestPath,
    &change::CopyItem,
    &change::RemoveItem,
    &change::MoveItem,
];

struct GetChildItem;
struct GetItem;
struct GetContent;
struct TestPath;

#[async_trait]
impl Cmdlet for GetChildItem {
    fn spec(&self) -> Spec {
        Spec::new("Get-ChildItem", "Microsoft.PowerShell.Commands.GetChildItemCommand")
            .also(&["gci", "ls"])
            .takes(&[
                "Path=LiteralPath=PSPath",
                "Filter",
                "…",
                "Include",
                "Exclude",
                "Depth",
                "Recurse!",
                "Force!",
                "Name!",
                "File!",
                "Directory!",
            ])
            .lacks(&["Attributes", "Hidden", "ReadOnly", "System"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let paths = call.texts("Path", "PSPath").unwrap_or_else(|| vec![".".to_owned()]);
        for path in paths {
            if let Some(found) = stores::children(call, &path)? {
                call.output.extend(found.into_iter().map(Value::Object));
            } else {
                list(call, &path)?;
            }
        }
        Ok(())
    }
}

/// Which files of a folder are listed.
struct Chosen {
    filter: Option<String>,
    include: Vec<String>,
    exclude: Vec<String>,
    no_files: bool,
    no_folders: bool,
}

impl Chosen {
    fn of(call: &Call<'_>, pattern: Option<String>) -> Self {
        Self {
            filter: call.arguments.text("Filter").or(pattern),
            include: call.arguments.texts("Include"),
            exclude: call.arguments.texts("Exclude"),
            no_files: call.arguments.is_on("Directory"),
            no_folders: call.arguments.is_on("File"),
        }
    }

    fn takes(&self, info: &FileInfo) -> bool {
        let name = info.path.file_name();
        let any = |patterns: &[String]| patterns.iter().any(|it| is_like(name, it));
        self.filter.as_ref().is_none_or(|it| is_like(name, it))
            && (self.include.is_empty() || any(&self.include))
            && !any(&self.exclude)
            && !(if info.folder { self.no_folders } else { self.no_files })
    }
}

/// What lies in a folder, or a file itself, or what a pattern names.
fn list(call: &mut Call<'_>, text: &str) -> Result<(), Failure> {
    let (path, pattern) = parted(call, text);
    let start = match call.host().file_info(call.who, &path) {
        Ok(info) if info.folder => info,
        Ok(info) => {
            call.put(object(call, &info));
            return Ok(());
        }
        Err(error) => {
            call.fail(refused(call, text, error, "GetChildItem"));
            return Ok(());
        }
    };
    let most = match call.arguments.count("Depth")? {
        Some(depth) => depth,
        None if call.arguments.is_on("Recurse") => DEPTH_MAX,
        None => 0,
    };
    let chosen = Chosen::of(call, pattern);
    let mut open = vec![(start.path, 0)];
    let (mut found, mut failed) = (Vec::new(), Vec::new());
    while let Some((folder, depth)) = open.pop() {
        match call.host().list_folder(call.who, &folder) {
            Ok(below) => {
                let deeper = below.iter().filter(|it| it.folder && depth < most);
                open.extend(deeper.map(|it| (it.path.clone(), depth + 1)));
                found.extend(below.into_iter().filter(|it| chosen.takes(it)));
            }
            Err(error) => failed.push(refused(call, folder.as_str(), error, "GetChildItem")),
        }
        if found.len() > FILES_MAX {
            break;
        }
    }
    found.sort_by_key(|info| {
        (
            info.path.parent().map(|it| it.as_str().to_lowercase()),
            !info.folder,
            info.path.as_str().to_lowercase(),
        )
    });
    call.errors.extend(failed);
    for info in found {
        if call.arguments.is_on("Name") {
            call.put(info.path.file_name());
        } else {
            call.put(object(call, &info));
        }
    }
    Ok(())
}

/// A path, and the pattern at its end, if it ends with one.
fn parted(call: &Call<'_>, text: &str) -> (WinPath, Option<String>) {
    let (folder, name) = text.rsplit_once('\\').unwrap_or((".", text));
    if is_pattern(name) {
        let folder = if folder.ends_with(':') { format!("{folder}\\") } else { folder.to_owned() };
        return (call.path(&folder), Some(name.to_owned()));
    }
    (call.path(text), None)
}

#[async_trait]
impl Cmdlet for GetItem {
    fn spec(&self) -> Spec {
        Spec::new("Get-Item", "Microsoft.PowerShell.Commands.GetItemCommand")
            .also(&["gi"])
            .takes(&["Path=LiteralPath=PSPath", "Force!"])
            .lacks(&["Filter", "Include", "Exclude", "Credential", "Stream"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        for text in call.needed("Path", "PSPath")? {
            if let Some(key) = registry::key_of(&text) {
                if registry::has_key(call, &key) {
                    call.put(stores::key_object(call, &key));
                } else {
                    call.fail(registry::no_path(&text));
                }
                continue;
            }
            let path = call.path(&text);
            match call.host().file_info(call.who, &path) {
                Ok(info) => call.put(object(call, &info)),
                Err(error) => call.fail(refused(call, &text, error, "GetItem")),
            }
        }
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for GetContent {
    fn spec(&self) -> Spec {
        Spec::new("Get-Content", "Microsoft.PowerShell.Commands.GetContentCommand")
            .also(&["gc", "cat"])
            .takes(&[
                "Path=LiteralPath=PSPath",
                "…",
                "TotalCount=First=Head",
                "Tail=Last",
                "Encoding",
                "Raw!",
                "Force!",
            ])
            .lacks(&["Wait", "ReadCount", "Delimiter", "Stream", "Filter", "Include", "Exclude"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let (first, last) = (call.arguments.count("TotalCount")?, call.arguments.count("Tail")?);
        for text in call.needed("Path", "PSPath")? {
            for path in files(call, &text, "GetContent") {
                match call.host().read_file(call.who, &path) {
                    Ok(content) => {
                        let text = decoded(content.bytes());
                        if call.arguments.is_on("Raw") {
                            call.put(text);
                            continue;
                        }
                        let lines: Vec<&str> =
                            text.lines().take(first.unwrap_or(usize::MAX)).collect();
                        let skipped = last.map_or(0, |last| lines.len().saturating_sub(last));
                        call.output.extend(lines.into_iter().skip(skipped).map(Value::text));
                    }
                    Err(error) => call.fail(refused(call, path.as_str(), error, "GetContent")),
                }
            }
        }
        Ok(())
    }
}

/// The text of a file: UTF-8, or UTF-16 with its mark.
fn decoded(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xff, 0xfe]) {
        Some(wide) => {
            let units: Vec<u16> =
                wide.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
            String::from_utf16_lossy(&units)
        }
        None => String::from_utf8_lossy(bytes).trim_start_matches('\u{feff}').to_owned(),
    }
}

#[async_trait]
impl Cmdlet for TestPath {
    fn spec(&self) -> Spec {
        Spec::new("Test-Path", "Microsoft.PowerShell.Commands.TestPathCommand")
            .takes(&["Path=LiteralPath=PSPath", "…", "PathType"])
            .lacks(&["IsValid", "OlderThan", "NewerThan", "Filter", "Include", "Exclude"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let kind = call.arguments.one_of("PathType", &["Any", "Container", "Leaf"])?;
        for text in call.needed("Path", "PSPath")? {
            if let Some(key) = registry::key_of(&text) {
                let is = registry::has_key(call, &key) && kind != Some("Leaf");
                call.put(is);
                continue;
            }
            let (path, pattern) = parted(call, &text);
            let is = match pattern {
                Some(pattern) => {
                    let below = call.host().list_folder(call.who, &path).unwrap_or_default();
                    below.iter().any(|info| is_like(info.path.file_name(), &pattern))
                }
                None => call.host().file_info(call.who, &path).is_ok_and(|info| match kind {
                    Some("Container") => info.folder,
                    Some("Leaf") => !info.folder,
                    _ => true,
                }),
            };
            call.put(is);
        }
        Ok(())
    }
}

/// The files that a path or a pattern means.
fn files(call: &mut Call<'_>, text: &str, verb: &'static str) -> Vec<WinPath> {
    let (path, pattern) = parted(call, text);
    let Some(pattern) = pattern else { return vec![path] };
    match call.host().list_folder(call.who, &path) {
        Ok(below) => {
            let fits = |it: &FileInfo| !it.folder && is_like(it.path.file_name(), &pattern);
            below.into_iter().filter(fits).map(|it| it.path).collect()
        }
        Err(error) => {
            call.fail(refused(call, text, error, verb));
            Vec::new()
        }
    }
}

/// Why a path was not used, in PowerShell's words, and in Windows' own language where they are Windows'.
fn refused(call: &Call<'_>, path: &str, error: FileError, verb: &str) -> Failure {
    match error {
        FileError::NotFound | FileError::PathNotFound
            if path.get(1..2) == Some(":") && no_drive(call, path) =>
        {
            let drive = path.get(..1).unwrap_or_default();
            let message =
                format!("Cannot find drive. A drive with the name '{drive}' does not exist.");
            Failure::new("ObjectNotFound", "DriveNotFound", message)
                .about(drive, "String")
                .of("DriveNotFoundException")
        }
        FileError::NotFound | FileError::PathNotFound => {
            registry::no_path(call.path(path).as_str())
        }
        FileError::AccessDenied => {
            let message = format!("Access to the path '{}' is denied.", call.path(path));
            Failure::new("PermissionDenied", &format!("{verb}UnauthorizedAccessError"), message)
                .about(path, "String")
                .of("UnauthorizedAccessException")
        }
        FileError::SharingViolation => {
            let message = format!(
                "The process cannot access the file '{}' because it is being used by another process.",
                call.path(path)
            );
            Failure::new("ReadError", &format!("{verb}IOError"), message)
                .about(path, "String")
                .of("IOException")
        }
        other => {
            let message = marslab_shell::messages::of(call.language(), other.number());
            Failure::new("ReadError", &format!("{verb}IOError"), message)
                .about(path, "String")
                .of("IOException")
        }
    }
}

fn no_drive(call: &Call<'_>, path: &str) -> bool {
    let letter = call.path(path).volume();
    letter.is_some_and(|letter| {
        call.host().volumes(call.who).is_ok_and(|it| !it.contains_key(&letter))
    })
}

fn object(call: &Call<'_>, info: &FileInfo) -> Object {
    let at = info.modified.map(|at| call.local(at));
    let name =
        if info.path.file_name().is_empty() { info.path.as_str() } else { info.path.file_name() };
    let written = at.map(|at| {
        let language = call.language();
        let time = dates::time(language, at);
        // Without the seconds.
        let (hours, rest) = time.rsplit_once(':').unwrap_or((&time, ""));
        let half = rest.split_once(' ').map(|(_, half)| format!(" {half}")).unwrap_or_default();
        format!("{:>10}  {:>8}", dates::date(language, at), format!("{hours}{half}"))
    });
    let length = (!info.folder).then_some(info.size);
    let directory = info.path.parent().unwrap_or_else(|| info.path.clone());
    Object::new("System.IO.FileSystemInfo")
        .with("Mode", if info.folder { "d-----" } else { "-a----" })
        .with("LastWriteTime", at)
        .with("LastWriteText", written)
        .with("Length", length)
        .with("Name", name)
        .with("FullName", info.path.as_str())
        .with("Directory", directory.as_str())
        .with("PSPath", info.path.as_str())
        .with("Extension", info.path.extension().map(|it| format!(".{it}")).unwrap_or_default())
        .with("Attributes", Value::of_enum(attributes(info)))
        .with("PSIsContainer", info.folder)
        .shown_as(info.path.as_str())
}

fn attributes(info: &FileInfo) -> String {
    let own = if info.folder { "Directory" } else { "Archive" };
    let others = info.attributes.iter().filter_map(|attribute| match attribute {
        FileAttribute::Compressed => Some("Compressed"),
        FileAttribute::Encrypted => Some("Encrypted"),
        FileAttribute::Sparse => Some("SparseFile"),
        FileAttribute::ReparsePoint => Some("ReparsePoint"),
        FileAttribute::RecallOnDataAccess => Some("4194304"),
        FileAttribute::HardLink => None,
    });
    let names: Vec<&str> = std::iter::once(own).chain(others).collect();
    names.join(", ")
}

/// How deep `-Recurse` goes.
const DEPTH_MAX: usize = 64;

/// How many files a line lists at most.
const FILES_MAX: usize = 5_000;
