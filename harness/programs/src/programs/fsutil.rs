//! `fsutil`: volumes and sparse files.

use async_trait::async_trait;
use marslab_model::Name;
use marslab_model::host::{HostError as _, VolumeInfo};
use marslab_model::world::FileAttribute;
use marslab_shell::{Printed, messages};

use crate::numbers::{grouped, sized};
use crate::page::Page;
use crate::program::{Call, Program};

pub(super) struct Fsutil;

#[async_trait]
impl Program for Fsutil {
    fn name(&self) -> &'static str {
        "fsutil"
    }

    fn about(&self) -> &'static str {
        "free space, drives, sparse files"
    }

    fn usage(&self) -> &'static [&'static str] {
        &[
            "volume diskfree DRIVE",
            "fsinfo drives",
            "fsinfo drivetype DRIVE",
            "sparse queryflag FILE",
            "sparse setflag FILE 0|1",
        ]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let words: Vec<String> =
            call.args.iter().take(2).map(|it| it.to_ascii_lowercase()).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match (words.as_slice(), call.arg(2)) {
            (["volume", "diskfree"], Some(drive)) => match volume(call, drive) {
                Ok(volume) => Printed::ok(disk_free(call, &volume)),
                Err(refused) => refused,
            },
            (["fsinfo", "drives"], None) => {
                let volumes = call.host().volumes(call.who()).unwrap_or_default();
                let letters: String = volumes.keys().map(|letter| format!("{letter}\\ ")).collect();
                Printed::ok(format!("\nDrives: {letters}\n"))
            }
            (["fsinfo", "drivetype"], Some(drive)) => match volume(call, drive) {
                Ok(volume) => Printed::ok(format!("{drive} - {}\n", kind(&volume))),
                Err(refused) => refused,
            },
            (["sparse", "queryflag"], Some(file)) => query_sparse(call, file),
            (["sparse", "setflag"], Some(file)) => set_sparse(call, file),
            _ => Printed::failed(1, usage()),
        }
    }
}

fn usage() -> String {
    let mut page = Page::default();
    page.line("---- Commands Supported ----").blank();
    for line in Fsutil.usage() {
        page.line(format!("fsutil {line}"));
    }
    page.text()
}

fn error(call: &Call<'_>, number: u32) -> Printed {
    Printed::failed(1, format!("Error:  {}\n", messages::of(call.language(), number)))
}

fn volume(call: &Call<'_>, drive: &str) -> Result<VolumeInfo, Printed> {
    let letter = Name::new(drive.trim_end_matches('\\'));
    let volumes = call.host().volumes(call.who()).unwrap_or_default();
    volumes.get(&letter).cloned().ok_or_else(|| error(call, 3))
}

/// Since Windows 10 1803 (†: the build) with sizes in words (mars-facts 6); before, plain numbers, as in outputs that people have
/// published.
fn disk_free(call: &Call<'_>, volume: &VolumeInfo) -> String {
    let mut page = Page::default();
    if call.host().os().unwrap_or_default().build < FIRST_WITH_SIZES {
        page.line(format!("Total # of free bytes        : {}", volume.free));
        page.line(format!("Total # of bytes             : {}", volume.size));
        page.line(format!("Total # of avail free bytes  : {}", volume.free));
        return page.text();
    }
    let labels = ["Total free bytes", "Total bytes", "Total quota free bytes"];
    for (label, bytes) in labels.into_iter().zip([volume.free, volume.size, volume.free]) {
        page.line(format!("{label:<24}: {:>15} ({})", grouped(bytes), sized(bytes)));
    }
    page.text()
}

fn kind(volume: &VolumeInfo) -> &'static str {
    use marslab_model::world::VolumeKind::{Fixed, Network, Removable};
    match volume.kind {
        Fixed => "Fixed Drive",
        Removable => "Removable Drive",
        Network => "Remote/Network Drive",
    }
}

fn query_sparse(call: &Call<'_>, file: &str) -> Printed {
    match call.host().file_info(call.who(), &call.path(file)) {
        Ok(info) if info.attributes.contains(&FileAttribute::Sparse) => {
            Printed::ok("This file is set as sparse\n")
        }
        Ok(_) => Printed::ok("This file is NOT set as sparse\n"),
        Err(failed) => error(call, failed.number()),
    }
}

/// Without a number the flag is set.
fn set_sparse(call: &Call<'_>, file: &str) -> Printed {
    let on = match call.arg(3) {
        None | Some("1") => true,
        Some("0") => false,
        Some(_) => return error(call, 87),
    };
    let path = call.path(file);
    if let Err(failed) = call.host().file_info(call.who(), &path) {
        return error(call, failed.number());
    }
    let (host, who) = (call.host(), call.who());
    let set = match on {
        true => host.give_attribute(who, &path, FileAttribute::Sparse),
        false => host.take_attribute(who, &path, FileAttribute::Sparse),
    };
    match set {
        Ok(()) => Printed::default(),
        Err(failed) => error(call, failed.number()),
    }
}

/// The build of Windows 10 1803.
const FIRST_WITH_SIZES: u32 = 17_134;
