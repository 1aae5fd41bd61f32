//! `cipher`: whether files are encrypted, and will be in a folder. The layout is shorter than the real one's (†).

use async_trait::async_trait;
use marslab_model::world::FileAttribute;
use marslab_shell::Printed;

use super::attribute_tool;

use crate::program::{Call, Program};

pub(super) struct Cipher;

#[async_trait]
impl Program for Cipher {
    fn name(&self) -> &'static str {
        "cipher"
    }

    fn about(&self) -> &'static str {
        "encryption of files"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["[PATH] [/s:FOLDER]", "/d [/s:FOLDER] PATH", "/e [/s:FOLDER] PATH"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let tool = attribute_tool::Tool {
            attribute: FileAttribute::Encrypted,
            off: "/d",
            on: "/e",
            letter: "E",
            word: "encrypted",
            taking: "Decrypting",
            giving: "Encrypting",
        };
        attribute_tool::run(call, &tool)
    }
}
