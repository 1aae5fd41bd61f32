//! A scenario of one's own, written to a file and played on memory with the core that is built in.
//!
//! `cargo run -p marslab --example file`

#![expect(clippy::print_stdout, reason = "an example shows what it finds")]

use std::error::Error;
use std::fs;

use marslab::blocking::check_file_with;
use marslab::live::Fidelity;
use marslab::play::Options;
use marslab_core::ReferenceCore; // your core

const SCENARIO: &str = r#"
title   = "The agent's service is stopped, behind a proxy"
failure = "agent-service-stopped"
article = "zh-2019-05"

[given]
behind-proxy = { address = "10.0.0.9:3128", agent-knows-it = true }

[[fault]]
service-stopped = { name = "obengine" }

[when]
operation = "backup"

[then]
error    = "obengine-unreachable"
stops-at = "call-engine"
finding  = [{ any = ["agent-service-stopped"], about = "obengine" }]

[[cure]]
remedy = "start-agent-service"
"#;

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("stopped-behind-proxy.toml");
    fs::write(&path, SCENARIO)?;
    let options = Options { fidelity: Fidelity::Memory, ..Options::default() };
    let checked = check_file_with(&path, ReferenceCore, &options);
    println!("{checked}");
    checked.assert_confirmed();
    Ok(())
}
