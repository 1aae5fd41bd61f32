//! The programs, and the message if one is missing.

use std::io::Write as _;
use std::process::{Output, Stdio};

use libtest_mimic::Trial;
use marslab_tests::tool::{self, said};

/// A program that a machine may lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tool {
    /// `python3`, for subjects written in Python.
    Python,
    /// `curl`, built with NTLM.
    Curl,
    /// `openssl`, beside `curl`.
    OpenSsl,
    /// `curl` with GSS, and `gss-ntlmssp`, which puts NTLM into Negotiate.
    GssNtlmssp,
    /// `dig`, of BIND.
    Dig,
    /// `chromium`.
    Chromium,
    /// A container engine that answers.
    Engine,
}

impl Tool {
    const fn name(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::Curl => "curl",
            Self::OpenSsl => "openssl",
            Self::GssNtlmssp => "gss-ntlmssp",
            Self::Dig => "dig",
            Self::Chromium => "chromium",
            Self::Engine => "engine",
        }
    }

    /// Why the tool cannot be used here; nothing where it can.
    fn missing(self) -> Option<String> {
        match self {
            Self::Python => said("python3", "--version").err(),
            Self::Curl => match said("curl", "--version") {
                Ok(said) if said.contains("NTLM") => None,
                Ok(_) => Some("`curl` was built without NTLM".to_owned()),
                Err(why) => Some(why),
            },
            // Version 3 is the first that tells numbers and names as the tests have them.
            Self::OpenSsl => match said("openssl", "version") {
                Ok(version) if version.starts_with("OpenSSL 3.") => said("curl", "--version").err(),
                Ok(version) => Some(format!("`openssl` is {}, and not version 3", version.trim())),
                Err(why) => Some(why),
            },
            Self::GssNtlmssp => match said("curl", "--version") {
                Ok(said) if !said.contains("GSS-API") => {
                    Some("`curl` was built without GSS".to_owned())
                }
                Ok(_) if !std::path::Path::new(MECHANISM).exists() => {
                    Some(format!("`{MECHANISM}` of gss-ntlmssp is missing"))
                }
                Ok(_) => None,
                Err(why) => Some(why),
            },
            Self::Dig => said("dig", "-v").err(),
            Self::Chromium => said("chromium", "--version").err(),
            Self::Engine => crate::engine::missing(),
        }
    }

    /// A test that needs the tool.
    pub(crate) fn trial(self, name: &str, test: impl FnOnce() + Send + 'static) -> Trial {
        tool::trial(self.name(), name, move || self.missing(), test)
    }
}

/// Runs a program to its end, with something to read.
#[expect(clippy::disallowed_methods, reason = "no subject is started here")]
pub(crate) fn output_of(program: &str, arguments: &[&str], input: &str) -> std::io::Result<Output> {
    let mut command = std::process::Command::new(program);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.args(arguments).spawn()?;
    if let Some(mut to) = child.stdin.take() {
        // Who has already ended does not read.
        to.write_all(input.as_bytes()).unwrap_or_default();
    }
    child.wait_with_output()
}

/// Runs a program to its end.
pub(crate) fn output(program: &str, arguments: &[&str]) -> std::io::Result<Output> {
    output_with(program, arguments, &[])
}

/// Runs a program to its end, with these environment variables besides.
#[expect(clippy::disallowed_methods, reason = "no subject is started here")]
pub(crate) fn output_with(
    program: &str,
    arguments: &[&str],
    variables: &[(&str, &str)],
) -> std::io::Result<Output> {
    let mut command = std::process::Command::new(program);
    command.args(arguments).envs(variables.iter().copied()).output()
}

/// By what GSS knows of gss-ntlmssp.
const MECHANISM: &str = "/etc/gss/mech.d/mech.ntlmssp.conf";
