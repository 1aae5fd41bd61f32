//! The environment variables by which usual clients go through a session's proxy and trust its authorities.

use super::message::Description;

/// Who reads the variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// A shell as POSIX has it.
    Sh,
    /// PowerShell.
    PowerShell,
    /// cmd.exe, in a batch file.
    Cmd,
}

/// The commands that set the variables for a session, one a line.
pub fn set(of: &Description, shell: Shell) -> String {
    let proxy = format!("http://{}", of.http_proxy);
    let ca_file = of.ca_file.display().to_string();
    let values = [
        (PROXIES, proxy.as_str()),
        (NO_PROXIES, ""),
        (CA_FILES, ca_file.as_str()),
        (SWITCHES, "1"),
    ];
    let lines = values.iter().flat_map(|(names, value)| {
        names.iter().map(move |name| match shell {
            Shell::Sh => format!("export {name}='{}'\n", value.replace('\'', r"'\''")),
            Shell::PowerShell => format!("$Env:{name} = '{}'\n", value.replace('\'', "''")),
            // No quotes of its own; a percent sign is doubled in a batch file.
            Shell::Cmd => format!("set \"{name}={}\"\r\n", value.replace('%', "%%")),
        })
    });
    lines.collect()
}

/// The commands that take them away again.
pub fn unset(shell: Shell) -> String {
    let names = [PROXIES, NO_PROXIES, CA_FILES, SWITCHES].into_iter().flatten();
    let lines = names.map(|name| match shell {
        Shell::Sh => format!("unset {name}\n"),
        Shell::PowerShell => format!("Remove-Item -ErrorAction Ignore Env:{name}\n"),
        Shell::Cmd => format!("set \"{name}=\"\r\n"),
    });
    lines.collect()
}

/// Some clients know only one case. All get the HTTP proxy: of those that are given SOCKS, some do not start for want of a
/// library, such as httpx.
const PROXIES: &[&str] =
    &["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

const NO_PROXIES: &[&str] = &["NO_PROXY", "no_proxy"];

const CA_FILES: &[&str] = &[
    // OpenSSL and what is built on it, Go, Ruby, .NET on Linux, rustls.
    "SSL_CERT_FILE",
    "CURL_CA_BUNDLE",
    // Python's requests, and so the Azure CLI.
    "REQUESTS_CA_BUNDLE",
    "PIP_CERT",
    "NODE_EXTRA_CA_CERTS",
    "NPM_CONFIG_CAFILE",
    "DENO_CERT",
    "GIT_SSL_CAINFO",
    "CARGO_HTTP_CAINFO",
    "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH",
];

/// Node's own fetch looks at the proxy variables only with this one.
const SWITCHES: &[&str] = &["NODE_USE_ENV_PROXY"];

#[cfg(test)]
mod tests;
