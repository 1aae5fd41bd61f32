//! `Copy-Item`, `Remove-Item`, `Move-Item`. Folders exist through the files in them.

use async_trait::async_trait;
use marslab_model::WinPath;
use marslab_model::host::FileError;

use super::{files, parted, refused};
use crate::cmdlet::{Call, Cmdlet, Spec};
use crate::failure::Failure;

pub(super) struct CopyItem;
pub(super) struct RemoveItem;
pub(super) struct MoveItem;

#[async_trait]
impl Cmdlet for CopyItem {
    fn spec(&self) -> Spec {
        Spec::new("Copy-Item", "Microsoft.PowerShell.Commands.CopyItemCommand")
            .also(&["cp", "cpi"])
            .takes(&[
                "Path=LiteralPath=PSPath",
                "Destination",
                "Recurse!",
                "Force!",
                "PassThru!",
                "Container!",
            ])
            .lacks(&[
                "Filter",
                "Include",
                "Exclude",
                "Credential",
                "FromSession",
                "ToSession",
                "WhatIf",
            ])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let target = call.path(&call.needed_text("Destination")?);
        for text in call.needed("Path", "PSPath")? {
            each(call, &text, &target, "CopyItem", |call, from, to| {
                call.host().copy_file(call.who, from, to)
            });
        }
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for MoveItem {
    fn spec(&self) -> Spec {
        Spec::new("Move-Item", "Microsoft.PowerShell.Commands.MoveItemCommand")
            .also(&["mv", "mi"])
            .takes(&["Path=LiteralPath=PSPath", "Destination", "Force!", "PassThru!"])
            .lacks(&["Filter", "Include", "Exclude", "Credential", "WhatIf"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let target = call.path(&call.needed_text("Destination")?);
        for text in call.needed("Path", "PSPath")? {
            each(call, &text, &target, "MoveItem", |call, from, to| {
                call.host().move_file(call.who, from, to)
            });
        }
        Ok(())
    }
}

/// Does something with each file that a path means, and the place that it gets. A folder without `-Recurse` is copied alone, and
/// so not at all.
fn each(
    call: &mut Call<'_>,
    text: &str,
    target: &WinPath,
    verb: &'static str,
    act: impl Fn(&Call<'_>, &WinPath, &WinPath) -> Result<(), FileError>,
) {
    let is_folder =
        |path: &WinPath| call.host().file_info(call.who, path).is_ok_and(|it| it.folder);
    let (source, pattern) = parted(call, text);
    let into_folder = is_folder(target);
    let pairs: Vec<(WinPath, WinPath)> = if pattern.is_none() && is_folder(&source) {
        let base = if into_folder { target.join(source.file_name()) } else { target.clone() };
        let goes = call.arguments.is_on("Recurse") || verb == "MoveItem";
        let below = if goes { below(call, &source) } else { Vec::new() };
        let placed = |from: WinPath| {
            let rest = from.as_str().get(source.as_str().len()..).unwrap_or_default();
            let to = base.join(rest.trim_start_matches('\\'));
            (from, to)
        };
        below.into_iter().map(placed).collect()
    } else {
        let found = files(call, text, verb);
        let placed = |from: WinPath| {
            let to = if into_folder { target.join(from.file_name()) } else { target.clone() };
            (from, to)
        };
        found.into_iter().map(placed).collect()
    };
    for (from, to) in pairs {
        if let Err(error) = act(call, &from, &to) {
            let about = if matches!(error, FileError::DiskFull) { &to } else { &from };
            call.fail(refused(call, about.as_str(), error, verb));
        }
    }
}

/// The files below a folder.
fn below(call: &Call<'_>, folder: &WinPath) -> Vec<WinPath> {
    let (mut open, mut found) = (vec![folder.clone()], Vec::new());
    while let Some(folder) = open.pop() {
        for info in call.host().list_folder(call.who, &folder).unwrap_or_default() {
            if info.folder {
                open.push(info.path);
            } else {
                found.push(info.path);
            }
        }
    }
    found.sort();
    found
}

#[async_trait]
impl Cmdlet for RemoveItem {
    fn spec(&self) -> Spec {
        Spec::new("Remove-Item", "Microsoft.PowerShell.Commands.RemoveItemCommand")
            .also(&["rm", "ri"])
            .takes(&["Path=LiteralPath=PSPath", "Recurse!", "Force!"])
            .lacks(&["Filter", "Include", "Exclude", "Credential", "Stream", "WhatIf"])
    }

    /// Numbered files of a series go where a pattern with their extension, or all files, are meant. Of a folder with files in
    /// it, PowerShell asks first; the lab wants `-Recurse`.
    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        for text in call.needed("Path", "PSPath")? {
            if let Some(key) = super::registry::key_of(&text) {
                if !call.host().remove_registry_key(call.who, &key) {
                    call.fail(super::registry::no_path(&text));
                }
                continue;
            }
            let (path, pattern) = parted(call, &text);
            let is_folder = call.host().file_info(call.who, &path).is_ok_and(|it| it.folder);
            let paths = match &pattern {
                Some(pattern) => {
                    let extension =
                        pattern.rsplit_once('.').map_or("*", |(_, extension)| extension);
                    let numbered = call.host().remove_numbered_files(call.who, &path, extension);
                    if let Err(error) = numbered {
                        call.fail(refused(call, &text, error, "RemoveItem"));
                    }
                    files(call, &text, "RemoveItem")
                }
                None if is_folder && call.arguments.is_on("Recurse") => below(call, &path),
                None if is_folder => {
                    return Err(Failure::not_in_lab(
                        "Asking before a folder goes (-Recurse does not ask)",
                    ));
                }
                None => vec![path],
            };
            for path in paths {
                if let Err(error) = call.host().remove_file(call.who, &path) {
                    call.fail(refused(call, path.as_str(), error, "RemoveItem"));
                }
            }
        }
        Ok(())
    }
}
