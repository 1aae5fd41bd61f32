//! `Authorization: SharedKey account:signature` (the reference on authorizing with a shared key, version 2015-02-21 and later).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::hmac::{self, Key};

use super::target::Target;
use crate::request::{CloudRequest, decoded};

/// Whether a request is signed with the account's key.
pub(super) fn is_right(
    request: &CloudRequest<'_>,
    target: &Target,
    key: &Key,
    proof: &str,
) -> bool {
    let Some((account, signature)) = proof.trim().split_once(':') else { return false };
    let is_account = account.eq_ignore_ascii_case(target.account.as_str());
    let Ok(signature) = STANDARD.decode(signature) else { return false };
    is_account && hmac::verify(key, signed(request, account).as_bytes(), &signature).is_ok()
}

fn signed(request: &CloudRequest<'_>, account: &str) -> String {
    let mut text = format!("{}\n", request.method());
    for name in STANDARD_HEADERS {
        let value = request.header(name).unwrap_or_default();
        text.push_str(if name == "content-length" && value == "0" { "" } else { value });
        text.push('\n');
    }
    let headers = request.headers();
    let own = |name: &&http::HeaderName| name.as_str().starts_with("x-ms-");
    let mut names: Vec<&str> = headers.keys().filter(own).map(http::HeaderName::as_str).collect();
    // Hyphens count last, as the service sorts.
    names.sort_by_key(|name| (name.replace('-', ""), *name));
    for name in names {
        let value = request.header(name).unwrap_or_default();
        for part in [name, ":", value.trim(), "\n"] {
            text.push_str(part);
        }
    }
    for part in ["/", account, request.path()] {
        text.push_str(part);
    }
    let pairs =
        request.query_text().split('&').filter(|pair| !pair.is_empty()).take(PARAMETERS_MAX);
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let mut pairs: Vec<(String, String)> =
        pairs.map(|(key, value)| (decoded(key).to_lowercase(), decoded(value))).collect();
    pairs.sort();
    for same in pairs.chunk_by(|one, other| one.0 == other.0) {
        let values: Vec<&str> = same.iter().map(|(_, value)| value.as_str()).collect();
        let name = same.first().map_or("", |(name, _)| name);
        for part in ["\n", name, ":", &values.join(",")] {
            text.push_str(part);
        }
    }
    text
}

const STANDARD_HEADERS: [&str; 11] = [
    "content-encoding",
    "content-language",
    "content-length",
    "content-md5",
    "content-type",
    "date",
    "if-modified-since",
    "if-match",
    "if-none-match",
    "if-unmodified-since",
    "range",
];

/// Far above any request of the interface.
const PARAMETERS_MAX: usize = 64;
