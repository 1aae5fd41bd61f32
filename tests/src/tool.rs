//! Tests that need a program which a machine may lack.

use std::process::Command;

use libtest_mimic::{Completion, Failed, Trial};

/// A test that is ignored where a tool is missing, and fails there if `MARSLAB_REQUIRE` names the tool. `missing` says why it cannot be
/// used; nothing where it can.
pub fn trial(
    tool: &str,
    name: &str,
    missing: impl FnOnce() -> Option<String> + Send + 'static,
    test: impl FnOnce() + Send + 'static,
) -> Trial {
    let is_required = is_required(tool);
    Trial::ignorable_test(format!("{tool}::{name}"), move || match missing() {
        None => {
            test();
            Ok(Completion::Completed)
        }
        Some(why) if is_required => Err(Failed::from(why)),
        Some(why) => Ok(Completion::ignored_with(why)),
    })
}

fn is_required(tool: &str) -> bool {
    let required = std::env::var_os("MARSLAB_REQUIRE").unwrap_or_default();
    required.to_string_lossy().split_whitespace().any(|name| name == tool)
}

/// What a program writes to standard output, or why it cannot be run.
#[expect(clippy::disallowed_methods, reason = "no subject is started here")]
pub fn said(program: &str, flag: &str) -> Result<String, String> {
    let output = Command::new(program).arg(flag).output();
    let output = output.map_err(|error| format!("`{program}`: {error}"))?;
    if !output.status.success() {
        return Err(format!("`{program} {flag}` ended with {}", output.status));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
