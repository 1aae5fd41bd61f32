//! Digest access authentication (RFC 7616, and RFC 2617 before it): challenges and answers, for both sides.

use std::fmt;

use md5::{Digest, Md5};
use ring::digest::{SHA256, digest};

/// A hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// MD5, which is also what no algorithm means.
    Md5,
    /// SHA-256.
    Sha256,
}

impl Algorithm {
    /// The hash that a parameter `algorithm` names.
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

/// What a server asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// Where one logs in.
    pub realm: String,
    /// What the answer is to be made over.
    pub nonce: String,
    /// The hash.
    pub algorithm: Algorithm,
    /// Whether only the nonce of the last answer was wrong.
    pub stale: bool,
}

/// The challenge as Squid writes it; with MD5 it names no algorithm (proxy-wire 7.3).
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
    /// The challenge that the parameters of one make; nothing where it asks for what is not known here.
    pub fn new(parameters: &[(String, String)]) -> Option<Self> {
        let value = |name| find(parameters, name);
        let qop = value("qop").unwrap_or("auth");
        let is_known = qop.split(',').any(|qop| qop.trim().eq_ignore_ascii_case("auth"));
        is_known.then_some(Self {
            realm: value("realm")?.to_owned(),
            nonce: value("nonce")?.to_owned(),
            algorithm: Algorithm::from_name(value("algorithm"))?,
            stale: value("stale").is_some_and(|stale| stale.eq_ignore_ascii_case("true")),
        })
    }
}

/// What a client answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The user, with escapes undone.
    pub user: String,
    /// The user as it stands between the quotes: some clients do not escape.
    pub raw_user: String,
    /// The realm that the hash was made with.
    pub realm: String,
    /// The nonce.
    pub nonce: String,
    /// The target that the hash was made with.
    pub uri: String,
    /// The hash that is claimed, in hexadecimal digits.
    pub response: String,
    /// The algorithm.
    pub algorithm: Algorithm,
    /// The number of uses of the nonce, and the client's own nonce, where the client counts.
    pub client_nonce: Option<ClientNonce>,
}

/// What makes each use of a nonce another (RFC 7616, 3.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientNonce {
    /// The number of this use, in eight hexadecimal digits as the client writes them.
    pub count: String,
    /// The client's own nonce.
    pub cnonce: String,
}

impl ClientNonce {
    /// The number of this use.
    pub fn number(&self) -> u32 {
        u32::from_str_radix(&self.count, 16).unwrap_or(0)
    }
}

impl Response {
    /// Reads what stands behind `Digest` in an answer. Nothing where something is missing or not known here, as Squid
    /// has it: with `qop` there must be a count and a nonce of the client's, and without it neither.
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
                Some(ClientNonce { count: count_of(count)?, cnonce })
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

    /// An answer to a challenge, with the count 1.
    pub fn new(
        challenge: &Challenge,
        login: (&str, &str),
        asked: (&str, &str),
        cnonce: &str,
    ) -> Self {
        let ((user, password), (method, uri)) = (login, asked);
        let mut answer = Self {
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
        answer.response = answer.made_with(user, password, method);
        answer
    }

    /// The same with the hash that belongs to what it says.
    #[must_use]
    pub fn recomputed(mut self, user: &str, password: &str, method: &str) -> Self {
        self.response = self.made_with(user, password, method);
        self
    }

    /// Whether the hash shows that its sender has the password of the user, for a request with this method.
    pub fn verify(&self, user: &str, password: &str, method: &str) -> bool {
        let made = self.made_with(user, password, method);
        // Both are hashes over a secret: where they begin to differ tells nothing.
        made.eq_ignore_ascii_case(&self.response)
    }

    fn made_with(&self, user: &str, password: &str, method: &str) -> String {
        let Self { realm, nonce, uri, algorithm, .. } = self;
        let secret = algorithm.hash(&format!("{user}:{realm}:{password}"));
        let asked = algorithm.hash(&format!("{method}:{uri}"));
        algorithm.hash(&match &self.client_nonce {
            Some(ClientNonce { count, cnonce }) => {
                format!("{secret}:{nonce}:{count}:{cnonce}:auth:{asked}")
            }
            None => format!("{secret}:{nonce}:{asked}"),
        })
    }
}

/// The answer as a client writes it.
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

/// The parameters of a challenge or of an answer, `name=value` or `name="value"` between commas, with escapes undone.
/// Nothing where the text is something else.
pub fn parameters(text: &str) -> Option<Vec<(String, String)>> {
    let pairs = raw_parameters(text)?;
    Some(pairs.into_iter().map(|(name, raw)| (name.to_owned(), unquoted(raw))).collect())
}

/// The parameters as they are written, the quotes among the values.
fn raw_parameters(text: &str) -> Option<Vec<(&str, &str)>> {
    let mut pairs = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        if pairs.len() == PARAMETERS_MAX {
            return None;
        }
        let (name, behind) = rest.split_once('=')?;
        let (value, behind) = split_value(behind.trim_start())?;
        pairs.push((name.trim(), value));
        rest = behind.trim_start();
        if !rest.is_empty() {
            rest = rest.strip_prefix(',')?.trim_start_matches([',', ' ', '\t']);
        }
    }
    let is_token = |name: &str| !name.is_empty() && name.bytes().all(is_token_byte);
    pairs.iter().all(|(name, _)| is_token(name)).then_some(pairs)
}

/// Splits off a value, with its quotes where it has them.
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
    // Both quotes are a byte.
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

/// The value of a parameter.
pub fn find<'a>(parameters: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let mut named = parameters.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
    named.next().map(|(_, value)| value.as_str())
}

/// Eight hexadecimal digits (RFC 7616, 3.4).
fn count_of(text: String) -> Option<String> {
    let is_count = text.len() == 8 && text.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_count.then_some(text)
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// More parameters than any challenge or answer has.
const PARAMETERS_MAX: usize = 32;

#[cfg(test)]
mod tests;
