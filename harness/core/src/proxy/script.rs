//! What a configuration script (PAC) says.
//!
//! A script is a program. The core runs none: it reads those that answer the same for every URL.

use marslab_model::Address;

use super::{Proxy, Source};

/// What a script answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// No proxy.
    Direct,
    /// A proxy.
    Proxy {
        /// The first that it names.
        proxy: Proxy,
        /// What is to be done where that proxy does not answer.
        otherwise: Otherwise,
    },
}

/// What a script has behind its first proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Otherwise {
    /// Nothing, or other proxies, which the core does not try.
    Nothing,
    /// The way without a proxy.
    Direct,
}

/// Reads a script; `None` if it answers more than one thing, or nothing that is known.
pub(crate) fn answer(script: &str, source: Source) -> Option<Answer> {
    let (_, behind) = script.split_once("return")?;
    if behind.contains("return") {
        return None;
    }
    let quoted = behind.trim_start();
    let quote = quoted.chars().next().filter(|quote| "\"'".contains(*quote))?;
    let mut parts = quoted.split(quote);
    let (_, text, rest) = (parts.next()?, parts.next()?, parts.next()?);
    if !rest.trim_start().starts_with([';', '}']) {
        // The text is not all of the answer.
        return None;
    }
    let mut entries = text.split(';').map(str::trim);
    let first = entries.next()?;
    if first == "DIRECT" {
        return Some(Answer::Direct);
    }
    let address: Address = first.strip_prefix("PROXY ")?.trim().parse().ok()?;
    let is_direct = entries.next() == Some("DIRECT");
    let otherwise = if is_direct { Otherwise::Direct } else { Otherwise::Nothing };
    Some(Answer::Proxy { proxy: Proxy::plain(address, source), otherwise })
}

#[cfg(test)]
mod tests;
