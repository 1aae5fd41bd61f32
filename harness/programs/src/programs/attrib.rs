//! `attrib`: every file of the lab has the archive attribute; read-only, hidden and system ones it has not.

use async_trait::async_trait;
use marslab_model::world::FileAttribute;
use marslab_shell::Printed;

use crate::files::picked;

use crate::program::{Call, Program};

pub(super) struct Attrib;

#[async_trait]
impl Program for Attrib {
    fn name(&self) -> &'static str {
        "attrib"
    }

    fn about(&self) -> &'static str {
        "files' attributes"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["[FILE|PATTERN]"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        if let Some(change) = call.args.iter().find(|word| word.starts_with(['+', '-'])) {
            let text = format!(
                "'{change}': the lab has only the attributes of compact, cipher and fsutil sparse.\n"
            );
            return Printed::failed(1, text);
        }
        let (_, paths) = call.switches();
        let picked = picked(call, paths.first().map_or("*", String::as_str));
        let found = picked.list(call).unwrap_or_default();
        let files = found.iter().filter(|info| !info.folder);
        let lines = files.map(|info| {
            let is_away = info.attributes.contains(&FileAttribute::RecallOnDataAccess);
            let is_link = info.attributes.contains(&FileAttribute::ReparsePoint);
            let marks = format!(
                "A   {}{}",
                if is_away { 'O' } else { ' ' },
                if is_link { 'L' } else { ' ' }
            );
            format!("{marks:<21}{}\n", info.path)
        });
        let text: String = lines.collect();
        if text.is_empty() {
            return Printed::ok(format!(
                "File not found - {}\n",
                picked.folder.join(&picked.pattern)
            ));
        }
        Printed::ok(text)
    }
}
