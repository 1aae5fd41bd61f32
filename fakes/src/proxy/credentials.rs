//! Who may use a proxy: its challenges, and what an answer to them is worth.
//!
//! Passwords are compared here and go nowhere else.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use marslab_model::world::{Proxy, Scheme};
use marslab_model::{Look, Name};

/// Whether a client may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It may.
    Welcome,
    /// It must say who it is.
    Stranger,
}

/// What the header of a request is worth, and what the journal may tell of it.
pub(super) fn judge(
    proxy: &Look<'_, Proxy>,
    header: Option<&HeaderValue>,
) -> (Standing, &'static str) {
    let asks = proxy.clone().asks().get();
    if asks.is_empty() {
        return (Standing::Welcome, "");
    }
    let Some(header) = header else { return (Standing::Stranger, "no credentials") };
    let (scheme, value) =
        header.to_str().ok().and_then(|text| text.split_once(' ')).unwrap_or_default();
    match asks.iter().find(|asked| name(**asked).eq_ignore_ascii_case(scheme)) {
        Some(Scheme::Basic) => basic(proxy, value.trim()),
        None => (Standing::Stranger, "a scheme that was not offered"),
    }
}

/// The challenges of a proxy, one header line each, in its order (proxy-wire 7.3).
pub(super) fn challenges(proxy: &Look<'_, Proxy>) -> Vec<String> {
    let realm = proxy.clone().realm().get();
    let realm = if realm.is_empty() { REALM } else { realm };
    let asks = proxy.clone().asks().get().iter();
    asks.map(|scheme| match scheme {
        Scheme::Basic => format!("Basic realm=\"{}\"", realm.replace(['"', '\\'], "")),
    })
    .collect()
}

/// RFC 7617. Anything but a known user with the right password is answered alike.
fn basic(proxy: &Look<'_, Proxy>, value: &str) -> (Standing, &'static str) {
    let decoded = STANDARD.decode(value).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let Some((user, password)) = decoded.as_deref().and_then(|pair| pair.split_once(':')) else {
        return (Standing::Stranger, "Basic: unreadable");
    };
    let Some(expected) = proxy.clone().users().at(&Name::new(user)) else {
        return (Standing::Stranger, "Basic: user unknown");
    };
    if expected.get() == password {
        (Standing::Welcome, "Basic: user known, password right")
    } else {
        (Standing::Stranger, "Basic: user known, password wrong")
    }
}

fn name(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Basic => "Basic",
    }
}

/// Squid's default realm (proxy-wire 7.3).
const REALM: &str = "Squid proxy-caching web server";
