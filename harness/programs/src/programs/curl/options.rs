//! curl's command line, and the proxy that its environment names.

use std::collections::BTreeMap;

use http::Method;
use marslab_model::{Address, Name};
use marslab_shell::Printed;
use marslab_wire::http::{Credentials, Route, Scheme, Url};

/// What a line asks for.
pub(super) struct Options {
    pub(super) url: Url,
    pub(super) method: Method,
    pub(super) headers: Vec<(String, String)>,
    pub(super) output: Option<String>,
    proxies: Proxies,
    /// The switches without a value, by their short names.
    flags: Vec<String>,
}

/// The proxies for each scheme, and what is reached without.
#[derive(Default)]
struct Proxies {
    given: Option<Address>,
    http: Option<Address>,
    https: Option<Address>,
    bypass: Vec<String>,
    credentials: Option<Credentials>,
}

/// What is read so far.
#[derive(Default)]
struct Line {
    flags: Vec<String>,
    values: BTreeMap<&'static str, String>,
    headers: Vec<(String, String)>,
    url: Option<String>,
}

impl Options {
    /// Reads the words; refuses as curl does.
    pub(super) fn read(
        words: &[String],
        variables: &BTreeMap<Name, String>,
    ) -> Result<Self, Printed> {
        let mut line = Line::read(words)?;
        let Some(typed) = line.url.take() else {
            return Err(refused(2, "no URL specified"));
        };
        let full = if typed.contains("://") { typed } else { format!("http://{typed}") };
        let url = full.parse::<Url>().map_err(|_why| {
            let scheme = full.split("://").next().unwrap_or_default().to_owned();
            if ["http", "https"].contains(&scheme.as_str()) {
                refused(3, "URL using bad/illegal format or missing URL")
            } else {
                refused(1, &format!("Protocol \"{scheme}\" not supported or disabled in libcurl"))
            }
        })?;
        let only_head = line.flags.iter().any(|flag| flag == "-I");
        let method = match line.values.get("-X") {
            Some(name) => {
                Method::from_bytes(name.as_bytes()).map_err(|_why| refused(3, "bad method"))?
            }
            None if only_head => Method::HEAD,
            None => Method::GET,
        };
        let proxies = Proxies::read(&line, variables)?;
        Ok(Self {
            url,
            method,
            output: line.values.remove("-o"),
            headers: line.headers,
            flags: line.flags,
            proxies,
        })
    }

    /// Whether a switch was given.
    pub(super) fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|it| it == flag)
    }

    /// The way to a URL; none without a proxy.
    pub(super) fn proxy_for(&self, url: &Url) -> Option<Route> {
        let by_scheme = match url.scheme {
            Scheme::Http => &self.proxies.http,
            Scheme::Https => &self.proxies.https,
        };
        let host = url.host.to_string().to_lowercase();
        let is_bypassed = self.proxies.bypass.iter().any(|it| {
            let domain = it.trim_start_matches('.');
            it == "*" || host == domain || host.ends_with(&format!(".{domain}"))
        });
        let address =
            self.proxies.given.as_ref().or_else(|| by_scheme.as_ref().filter(|_| !is_bypassed))?;
        Some(Route { address: address.clone(), credentials: self.proxies.credentials.clone() })
    }
}

impl Line {
    fn read(words: &[String]) -> Result<Self, Printed> {
        let mut line = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            if let Some(name) = LONG.iter().find(|(long, _)| long == word).map(|(_, short)| *short)
            {
                line.option(name, None, &mut words)?;
            } else if word.starts_with("--") {
                return Err(refused(2, &format!("option {word}: is unknown")));
            } else if let Some(letters) = word.strip_prefix('-').filter(|it| !it.is_empty()) {
                line.letters(letters, &mut words)?;
            } else {
                line.url = Some(word.clone());
            }
        }
        Ok(line)
    }

    /// Letters stand together; one with a value takes what is behind it.
    fn letters<'a>(
        &mut self,
        letters: &str,
        words: &mut impl Iterator<Item = &'a String>,
    ) -> Result<(), Printed> {
        let mut rest = letters.chars();
        while let Some(letter) = rest.next() {
            let name = format!("-{letter}");
            let known = VALUES.iter().chain(FLAGS).find(|it| **it == name);
            let known = known.ok_or_else(|| refused(2, &format!("option {name}: is unknown")))?;
            let behind = rest.as_str();
            if VALUES.contains(known) {
                let behind = (!behind.is_empty()).then(|| behind.to_owned());
                return self.option(known, behind, words);
            }
            self.option(known, None, words)?;
        }
        Ok(())
    }

    fn option<'a>(
        &mut self,
        name: &'static str,
        behind: Option<String>,
        words: &mut impl Iterator<Item = &'a String>,
    ) -> Result<(), Printed> {
        if !VALUES.contains(&name) {
            self.flags.push(name.to_owned());
            return Ok(());
        }
        let missing = || refused(2, &format!("option {name}: requires parameter"));
        let value = behind.or_else(|| words.next().cloned()).ok_or_else(missing)?;
        match (name, value.split_once(':')) {
            ("-H", Some((name, value))) => {
                self.headers.push((name.to_owned(), value.trim().to_owned()));
            }
            ("-A", _) => self.headers.push(("User-Agent".to_owned(), value)),
            _ => drop(self.values.insert(name, value)),
        }
        Ok(())
    }
}

impl Proxies {
    fn read(line: &Line, variables: &BTreeMap<Name, String>) -> Result<Self, Printed> {
        let variable = |name: &str| variables.get(&Name::new(name)).filter(|it| !it.is_empty());
        let bad = |text: &str| refused(5, &format!("Could not resolve proxy: {text}"));
        let all = variable("ALL_PROXY");
        let read =
            |text: Option<&String>| text.map(|it| address(it).ok_or_else(|| bad(it))).transpose();
        let user = line.values.get("-U").map(|user| {
            let (user, password) = user.split_once(':').unwrap_or((user, ""));
            Credentials { user: user.to_owned(), password: password.to_owned() }
        });
        let bypass =
            variable("NO_PROXY").map(|list| list.split(',').map(|it| it.trim().to_lowercase()));
        Ok(Self {
            given: read(line.values.get("-x").filter(|it| !it.is_empty()))?,
            http: read(variable("http_proxy").or(all))?,
            https: read(variable("https_proxy").or(all))?,
            bypass: bypass.into_iter().flatten().collect(),
            credentials: user,
        })
    }
}

/// `host:port`, `host`, `http://host:port/`; the port is 1080 where none is given, as curl has it.
fn address(text: &str) -> Option<Address> {
    let bare = text.split_once("://").map_or(text, |(_, rest)| rest).trim_end_matches('/');
    bare.parse().or_else(|_| format!("{bare}:1080").parse()).ok()
}

/// Where a redirection leads.
pub(super) fn redirected(from: &Url, to: &str) -> Option<Url> {
    if to.contains("://") {
        return to.parse().ok();
    }
    let (scheme, authority) = (from.scheme, from.authority());
    to.starts_with('/').then(|| format!("{scheme}://{authority}{to}").parse().ok()).flatten()
}

/// What curl says of a line that it does not take.
fn refused(code: u32, text: &str) -> Printed {
    let more = if code == 2 { "\ncurl: try 'curl --help' for more information" } else { "" };
    let text = if code == 2 { format!("curl: {text}") } else { format!("curl: ({code}) {text}") };
    Printed::failed(code, format!("{text}{more}\n"))
}

const FLAGS: &[&str] = &["-I", "-v", "-s", "-S", "-L", "-f", "-i", "-N", "-4"];

const VALUES: &[&str] = &["-o", "-x", "-U", "-X", "-H", "-A", "-m"];

/// Long names, and the short ones for the same. `-N` stands for those that change nothing here.
const LONG: &[(&str, &str)] = &[
    ("--head", "-I"),
    ("--verbose", "-v"),
    ("--silent", "-s"),
    ("--show-error", "-S"),
    ("--location", "-L"),
    ("--fail", "-f"),
    ("--include", "-i"),
    ("--output", "-o"),
    ("--proxy", "-x"),
    ("--proxy-user", "-U"),
    ("--request", "-X"),
    ("--header", "-H"),
    ("--user-agent", "-A"),
    ("--max-time", "-m"),
    ("--connect-timeout", "-m"),
    ("--proxy-ntlm", "-N"),
    ("--proxy-negotiate", "-N"),
    ("--proxy-basic", "-N"),
    ("--proxy-digest", "-N"),
    ("--proxy-anyauth", "-N"),
    ("--ssl-no-revoke", "-N"),
    ("--http1.1", "-N"),
];
