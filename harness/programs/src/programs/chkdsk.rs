//! `chkdsk`: repairs what NTFS has noted. What that is shows only afterwards; without `/f` nothing is done.

use async_trait::async_trait;
use marslab_model::Name;
use marslab_shell::Printed;

use crate::page::Page;

use crate::program::{Call, Program};

pub(super) struct Chkdsk;

#[async_trait]
impl Program for Chkdsk {
    fn name(&self) -> &'static str {
        "chkdsk"
    }

    fn about(&self) -> &'static str {
        "a volume's file system"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["DRIVE [/f]"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let (switches, words) = call.switches();
        let letter = Name::new(words.first().map_or("C:", String::as_str).trim_end_matches('\\'));
        let volumes = call.host().volumes(call.who()).unwrap_or_default();
        let Some(volume) = volumes.get(&letter) else {
            return Printed::failed(
                3,
                "The type of the file system is RAW.\nCHKDSK is not available for RAW drives.\n",
            );
        };
        if switches.iter().any(|it| !["/f", "/r", "/x", "/scan", "/spotfix"].contains(&it.as_str()))
        {
            return Printed::failed(3, "Invalid parameter - see CHKDSK /?\n");
        }
        if !call.is_administrator() {
            return Printed::failed(
                3,
                "Access Denied as you do not have sufficient privileges.\nYou have to invoke this utility running in elevated mode.\n",
            );
        }
        let mut page = Page::default();
        page.line(format!("The type of the file system is {}.", volume.file_system)).blank();
        if switches.is_empty() || switches == ["/scan"] {
            page.line("WARNING!  /F parameter not specified.")
                .line("Running CHKDSK in read-only mode.")
                .blank();
            page.line("Windows has scanned the file system.")
                .line("Run CHKDSK with the /F option to repair what is noted.");
            return Printed::ok(page.text());
        }
        let repaired = call.host().repair_volume(&letter).unwrap_or_default();
        for path in &repaired {
            page.line(format!("Correcting errors in the file record of {path}."));
        }
        page.blank().line(if repaired.is_empty() {
            "Windows has scanned the file system and found no problems."
        } else {
            "Windows has made corrections to the file system."
        });
        page.line("No further action is required.").blank();
        let kib = |bytes: u64| format!("{:>11} KB", bytes >> 10);
        page.line(format!("{} total disk space.", kib(volume.size)));
        page.line(format!("{} available on disk.", kib(volume.free)));
        Printed { text: page.text(), code: u32::from(!repaired.is_empty()) }
    }
}
