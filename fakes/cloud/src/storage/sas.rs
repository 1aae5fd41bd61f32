//! Shared access signatures: URLs with a right in them (the reference on service and account SAS).
//!
//! The service's own URLs (fakes/README.md) are of the version of 2018; those of others may be of any.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use marslab_state::Running;
use ring::hmac::{self, Key};

use super::access::{self, Right};
use super::errors::Refusal;
use super::target::Target;
use crate::request::CloudRequest;

/// The URL of a target with the right to write it, good for a day †.
pub(super) fn url(running: &Running, target: &Target, now: Timestamp) -> Option<String> {
    let key = access::key(running, &target.account)?;
    let until = now.saturating_add(SignedDuration::from_hours(24)).unwrap_or(now);
    let expiry = until.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let permissions = if target.is_queue { "a" } else { "w" };
    let place = if target.is_queue { canonical(target) } else { canonical_blob(target) };
    let text = match target.is_queue {
        true => format!("{permissions}\n\n{expiry}\n{place}\n\n\n\n{VERSION}"),
        false => format!("{permissions}\n\n{expiry}\n{place}\n\n\n\n{VERSION}\n\n\n\n\n"),
    };
    let signature = STANDARD.encode(hmac::sign(&key, text.as_bytes()));
    let signature = signature.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    let expiry = expiry.replace(':', "%3A");
    let resource = if target.is_queue { "" } else { "&sr=b" };
    let Target { host, container, blob, .. } = target;
    Some(format!(
        "https://{host}/{container}/{blob}?sv={VERSION}{resource}&sp={permissions}&se={expiry}&sig={signature}"
    ))
}

/// Checks the signature of a request, and that it has a right.
pub(super) fn check(
    request: &CloudRequest<'_>,
    target: &Target,
    key: &Key,
    right: Right,
) -> Result<(), Refusal> {
    let signature = STANDARD.decode(request.query("sig").unwrap_or_default());
    let signature = signature.map_err(|_no_base64| Refusal::AuthenticationFailed)?;
    let is_right = |text: &String| hmac::verify(key, text.as_bytes(), &signature).is_ok();
    if !signed(request, target).iter().any(is_right) || !is_valid_now(request) {
        return Err(Refusal::AuthenticationFailed);
    }
    let permissions = request.query("sp").unwrap_or_default();
    let enough: &[char] = match right {
        Right::Read => &['r'],
        Right::List => &['l'],
        Right::Add => &['a'],
        Right::Write | Right::Create => &['w', 'c'],
        Right::Delete => &['d'],
    };
    // A signature for a blob or a container makes no container.
    let is_of_account = request.query("ss").is_some();
    let is_above = right == Right::Create || right == Right::List && target.is_account();
    if permissions.contains(enough) && (is_of_account || !is_above) {
        return Ok(());
    }
    Err(Refusal::AuthorizationPermissionMismatch)
}

/// The texts of which one must be signed: for the blob, or for its container.
fn signed(request: &CloudRequest<'_>, target: &Target) -> Vec<String> {
    let of = |key: &str| request.query(key).unwrap_or_default();
    let version = of("sv");
    if request.query("ss").is_some() {
        let account = target.account.to_string();
        let mut parts = vec![account];
        parts.extend(["sp", "ss", "srt", "st", "se", "sip", "spr", "sv"].map(of));
        if *version >= *"2020-12-06" {
            parts.push(of("ses"));
        }
        return vec![parts.join("\n") + "\n"];
    }
    let text = |place: String| {
        let mut parts = vec![of("sp"), of("st"), of("se"), place];
        parts.extend(["si", "sip", "spr", "sv"].map(of));
        if !target.is_queue {
            if *version >= *"2018-11-09" {
                parts.extend(["sr", "snapshot"].map(of));
            }
            if *version >= *"2020-12-06" {
                parts.push(of("ses"));
            }
            parts.extend(["rscc", "rscd", "rsce", "rscl", "rsct"].map(of));
        }
        parts.join("\n")
    };
    match of("sr").as_str() {
        "b" => vec![text(canonical_blob(target))],
        "c" => vec![text(canonical(target))],
        _ if target.is_queue => vec![text(canonical(target))],
        _ => Vec::new(),
    }
}

/// How signatures name a container or a queue.
fn canonical(target: &Target) -> String {
    let service = if target.is_queue { "queue" } else { "blob" };
    format!("/{service}/{}/{}", target.account, target.container)
}

fn canonical_blob(target: &Target) -> String {
    format!("{}/{}", canonical(target), target.blob)
}

fn is_valid_now(request: &CloudRequest<'_>) -> bool {
    let now = request.running().now();
    let starts = request.query("st").map(|it| time(&it));
    let ends = request.query("se").map(|it| time(&it));
    starts.is_none_or(|at| at.is_some_and(|at| at <= now))
        && ends.is_some_and(|at| at.is_some_and(|at| now < at))
}

/// A time in one of the forms that signatures may have.
fn time(text: &str) -> Option<Timestamp> {
    let text = match text.len() {
        10 => format!("{text}T00:00:00Z"),
        17 => format!("{}:00Z", text.strip_suffix('Z')?),
        _ => text.to_owned(),
    };
    text.parse().ok()
}

/// The version of the interface in the world's time.
pub(super) const VERSION: &str = "2018-03-28";
