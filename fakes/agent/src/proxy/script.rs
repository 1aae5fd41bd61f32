//! Configuration scripts (PAC).
//!
//! A real one is any JavaScript. The lab's agent reads only a function that returns one constant text; it fails on any other
//! script.

use marslab_model::Address;

/// One of the routes that a script returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Hop {
    /// Through this proxy.
    Proxy(Address),
    /// Without a proxy.
    Direct,
}

/// The routes that a script returns, in order; `None` for a script that cannot be read.
pub(crate) fn read(script: &str) -> Option<Vec<Hop>> {
    let (head, rest) = script.split_once('(')?;
    let (_parameters, body) = rest.split_once(')')?;
    if !head.split_whitespace().eq(["function", "FindProxyForURL"]) {
        return None;
    }
    let body = body.trim().strip_prefix('{')?.strip_suffix('}')?.trim();
    let returned = body.strip_prefix("return")?.trim();
    let returned = returned.strip_suffix(';').unwrap_or(returned).trim();
    let text = ['"', '\''].iter().find_map(|quote| {
        let inside = returned.strip_prefix(*quote)?.strip_suffix(*quote)?;
        (!inside.contains(*quote)).then_some(inside)
    })?;
    let hops = text.split(';').map(str::trim).filter(|hop| !hop.is_empty()).map(hop);
    let hops: Vec<Hop> = hops.collect::<Option<_>>()?;
    (!hops.is_empty()).then_some(hops)
}

fn hop(text: &str) -> Option<Hop> {
    let mut words = text.split_whitespace();
    match (words.next()?, words.next(), words.next()) {
        ("DIRECT", None, None) => Some(Hop::Direct),
        ("PROXY", Some(address), None) => Some(Hop::Proxy(address.parse().ok()?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
