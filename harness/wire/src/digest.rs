//! Digest authentication (RFC 7616, and RFC 2617 before it), client and server side.

use std::fmt;

use md5::{Digest, Md5};
use ring::digest::{SHA256, digest};

/// A hash algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// MD5, which is also the default.
    Md5,
    /// SHA-256.
    Sha256,
}

impl Algorithm {
    /// The value of the parameter `algorithm`, or `None` if it is not supported.
    pub fn from_name(name: Option<&str>) -> Option<Self> {
        let is = |known| name.is_none_or(|name| name.eq_ignore_ascii_case(known));
        [(Self::Md5, "MD5"), (Self::Sha256, "SHA-256")]
            .into_iter()
            .find_map(|(algorithm, known)| is(known).then_some(algorithm))
    }

    fn hash(self, text: &str) -> String {
        match self {
            Self::Md5 => hex::encode(Md5::digest(text)),
            Self::Sha256 => hex::encode(digest(&SHA256, text.as_bytes())),
        }
    }
}

/// A server's challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// The realm.
    pub realm: String,
    /// The server's nonce.
    pub nonce: String,
    /// The hash algorithm.
    pub algorithm: Algorithm,
    /// Whether the last response was right except that its nonce had expired.
    pub stale: bool,
}

/// The challenge as Squid writes it, which omits `algorithm=MD5` (proxy-wire 7.3).
impl fmt::Display for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { realm, nonce, stale, .. } = self;
        write!(f, "Digest realm=\"{realm}\", nonce=\"{nonce}\", qop=\"auth\", stale={stale}")?;
        match self.algorithm {
            Algorithm::Md5 => Ok(()),
            Algorithm::Sha256 => f.write_str(", algorithm=SHA-256"),
        }
    }
}

impl Challenge {
    /// Reads the parameters of a challenge. `None` if one is missing or not supported.
    pub fn new(parameters: &[(String, String)]) -> Option<Self> {
        let value = |name| find(parameters, name);
        let qop = value("qop").unwrap_or("auth");
        let is_supported = qop.split(',').any(|qop| qop.trim().eq_ignore_ascii_case("auth"));
        is_supported.then_some(Self {
            realm: value("realm")?.to_owned(),
            nonce: value("nonce")?.to_owned(),
            algorithm: Algorithm::from_name(value("algorithm"))?,
            stale: value("stale").is_some_and(|stale| stale.eq_ignore_ascii_case("true")),
        })
    }
}

/// A client's response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The user name, unescaped.
    pub user: String,
    /// The user name as it was sent. Some clients do not escape it.
    pub raw_user: String,
    /// The realm.
    pub realm: String,
    /// The server's nonce.
    pub nonce: String,
    /// The request target.
    pub uri: String,
    /// The response proper: the hash that proves the password, in hexadecimal digits.
    pub response: String,
    /// The hash algorithm.
    pub algorithm: Algorithm,
    /// The parameters that come with `qop`, if the client uses it.
    pub client_nonce: Option<ClientNonce>,
}

/// The parameters `nc` and `cnonce`, which make each use of a server's nonce different (RFC 7616, 3.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientNonce {
    /// How often the nonce was used, this time included: eight hexadecimal digits as the client wrote them.
    pub count: String,
    /// The client's nonce.
    pub cnonce: String,
}

impl ClientNonce {
    /// How often the nonce was used, this time included.
    pub fn number(&self) -> u32 {
        u32::from_str_radix(&self.count, 16).unwrap_or(0)
    }
}

impl Response {
    /// Reads the credentials after `Digest`. `None` if a parameter is missing or not supported. As in Squid, `nc` and
    /// `cnonce` are required with `qop` and forbidden without.
    pub fn parse(text: &str) -> Option<Self> {
        let pairs = raw_parameters(text)?;
        let raw = |name: &str| {
            pairs.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, raw)| *raw)
        };
        let value = |name| raw(name).map(unquoted);
        let raw_user = raw("username")?.trim_matches('"').to_owned();
        let client_nonce = match (value("qop"), value("nc"), value("cnonce")) {
            (None, None, None) => None,
            (Some(qop), Some(count), Some(cnonce)) if qop.eq_ignore_ascii_case("auth") => {
                Some(ClientNonce { count: nonce_count(count)?, cnonce })
            }
            _ => return None,
        };
        Some(Self {
            user: value("username")?,
            raw_user,
            realm: value("realm")?,
            nonce: value("nonce")?,
            uri: value("uri")?,
            response: value("response")?,
            algorithm: Algorithm::from_name(value("algorithm").as_deref())?,
            client_nonce,
        })
    }

    /// The first response to a challenge. `login` is user and password, `request` method and target.
    pub fn new(
        challenge: &Challenge,
        login: (&str, &str),
        request: (&str, &str),
        cnonce: &str,
    ) -> Self {
        let ((user, password), (method, uri)) = (login, request);
        let mut response = Self {
            user: user.to_owned(),
            raw_user: user.to_owned(),
            realm: challenge.realm.clone(),
            nonce: challenge.nonce.clone(),
            uri: uri.to_owned(),
            response: String::new(),
            algorithm: challenge.algorithm,
            client_nonce: Some(ClientNonce {
                count: "00000001".to_owned(),
                cnonce: cnonce.to_owned(),
            }),
        };
        response.response = response.expected(user, password, method);
        response
    }

    /// Sets the hash to the one that fits the other fields.
    #[must_use]
    pub fn recomputed(mut self, user: &str, password: &str, method: &str) -> Self {
        self.response = self.expected(user, password, method);
        self
    }

    /// Whether the hash proves that the client knows the user's password, for a request with this method.
    pub fn verify(&self, user: &str, password: &str, method: &str) -> bool {
        // Comparing takes longer the later the two differ, but hashes reveal nothing by that.
        self.expected(user, password, method).eq_ignore_ascii_case(&self.response)
    }

    /// The hash that fits the other fields (RFC 7616, 3.4.1).
    fn expected(&self, user: &str, password: &str, method: &str) -> String {
        let Self { realm, nonce, uri, algorithm, .. } = self;
        let secret = algorithm.hash(&format!("{user}:{realm}:{password}"));
        let request = algorithm.hash(&format!("{method}:{uri}"));
        algorithm.hash(&match &self.client_nonce {
            Some(ClientNonce { count, cnonce }) => {
                format!("{secret}:{nonce}:{count}:{cnonce}:auth:{request}")
            }
            None => format!("{secret}:{nonce}:{request}"),
        })
    }
}

/// The response as a client sends it.
impl fmt::Display for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { realm, nonce, uri, response, .. } = self;
        let user = self.user.replace('\\', "\\\\").replace('"', "\\\"");
        write!(f, "Digest username=\"{user}\", realm=\"{realm}\", nonce=\"{nonce}\", ")?;
        write!(f, "uri=\"{uri}\", response=\"{response}\"")?;
        if self.algorithm == Algorithm::Sha256 {
            f.write_str(", algorithm=SHA-256")?;
        }
        match &self.client_nonce {
            Some(ClientNonce { count, cnonce }) => {
                write!(f, ", qop=auth, nc={count}, cnonce=\"{cnonce}\"")
            }
            None => Ok(()),
        }
    }
}

/// The parameters of a challenge or response, `name=value` or `name="value"` separated by commas, unescaped. `None` if the
/// text has another form.
pub fn parameters(text: &str) -> Option<Vec<(String, String)>> {
    let pairs = raw_parameters(text)?;
    Some(pairs.into_iter().map(|(name, raw)| (name.to_owned(), unquoted(raw))).collect())
}

/// The parameters as they were sent: values with their quotes.
fn raw_parameters(text: &str) -> Option<Vec<(&str, &str)>> {
    let mut pairs = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        if pairs.len() == PARAMETERS_MAX {
            return None;
        }
        let (name, after) = rest.split_once('=')?;
        let (value, after) = split_value(after.trim_start())?;
        pairs.push((name.trim(), value));
        rest = after.trim_start();
        if !rest.is_empty() {
            rest = rest.strip_prefix(',')?.trim_start_matches([',', ' ', '\t']);
        }
    }
    let is_token = |name: &str| !name.is_empty() && name.bytes().all(is_token_byte);
    pairs.iter().all(|(name, _)| is_token(name)).then_some(pairs)
}

/// Splits off a value, including its quotes.
fn split_value(text: &str) -> Option<(&str, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([',', ' ', '\t']).unwrap_or(text.len());
        return Some(text.split_at(end));
    };
    let mut escaped = false;
    let end = quoted.find(|c: char| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })?;
    // Plus the two quotes.
    text.split_at_checked(end + 2)
}

fn unquoted(raw: &str) -> String {
    let Some(inner) = raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"')) else {
        return raw.to_owned();
    };
    let mut escaped = false;
    let kept = inner.chars().filter(|c| {
        escaped = *c == '\\' && !escaped;
        !escaped
    });
    kept.collect()
}

/// The value of the parameter `name`.
pub fn find<'a>(parameters: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let mut named = parameters.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
    named.next().map(|(_, value)| value.as_str())
}

/// Eight hexadecimal digits (RFC 7616, 3.4).
fn nonce_count(text: String) -> Option<String> {
    let is_count = text.len() == 8 && text.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_count.then_some(text)
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// More parameters than any real challenge or response has.
const PARAMETERS_MAX: usize = 32;

#[cfg(test)]
mod tests;
