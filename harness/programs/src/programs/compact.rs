//! `compact`: whether files are compressed, and will be in a folder. The layout is shorter than the real one's (†).

use async_trait::async_trait;
use marslab_model::world::FileAttribute;
use marslab_shell::Printed;

use super::attribute_tool;

use crate::program::{Call, Program};

pub(super) struct Compact;

#[async_trait]
impl Program for Compact {
    fn name(&self) -> &'static str {
        "compact"
    }

    fn about(&self) -> &'static str {
        "compression of files"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["[PATH] [/s:FOLDER]", "/u [/s:FOLDER] PATH", "/c [/s:FOLDER] PATH"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let tool = attribute_tool::Tool {
            attribute: FileAttribute::Compressed,
            off: "/u",
            on: "/c",
            letter: "C",
            word: "compressed",
            taking: "Uncompressing",
            giving: "Compressing",
        };
        attribute_tool::run(call, &tool)
    }
}
