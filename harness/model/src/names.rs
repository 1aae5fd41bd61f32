//! Names that compare without regard to case, as Windows and DNS compare them.

use std::cmp::Ordering;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

fn fold(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().flat_map(char::to_lowercase)
}

/// Compares two names. The worlds' maps are full of ASCII names, and this is what their look-ups spend time on.
fn compare(one: &str, two: &str) -> Ordering {
    for (a, b) in one.bytes().zip(two.bytes()) {
        if !(a.is_ascii() && b.is_ascii()) {
            return fold(one).cmp(fold(two));
        }
        if a != b {
            let (a, b) = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
            if a != b {
                return a.cmp(&b);
            }
        }
    }
    one.len().cmp(&two.len())
}

/// Whether a text begins with another, without regard to case, and what follows, a character or the end, is as wanted.
pub(crate) fn begins(
    text: &str,
    beginning: &str,
    follows: impl FnOnce(Option<char>) -> bool,
) -> bool {
    if text.is_ascii() && beginning.is_ascii() {
        let parts = text.as_bytes().split_at_checked(beginning.len());
        return parts.is_some_and(|(own, rest)| {
            own.eq_ignore_ascii_case(beginning.as_bytes())
                && follows(rest.first().map(|byte| char::from(*byte)))
        });
    }
    let mut own = fold(text);
    fold(beginning).all(|wanted| own.next() == Some(wanted)) && follows(own.next())
}

macro_rules! caseless {
    ($($(#[$meta:meta])* $name:ident;)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Makes a name of the text as it is; its case is kept for display.
            pub fn new(text: impl AsRef<str>) -> Self {
                Self(text.as_ref().into())
            }

            /// The text with the case in which it was written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.cmp(other).is_eq()
            }
        }

        impl Eq for $name {}

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                if Arc::ptr_eq(&self.0, &other.0) {
                    return Ordering::Equal;
                }
                compare(&self.0, &other.0)
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = Infallible;

            fn from_str(text: &str) -> Result<Self, Infallible> {
                Ok(Self::new(text))
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }
    )*};
}

caseless! {
    /// A name that Windows compares without case: a machine, a service, a registry value, a volume (`C:`).
    Name;
    /// An absolute Windows path such as `C:\Windows\Temp\a.tmp`, never a path of the real machine.
    WinPath;
    /// A registry key with its hive's short name, such as `HKLM\SOFTWARE\Vendor`.
    KeyPath;
    /// A DNS name without the final dot.
    HostName;
}

impl WinPath {
    /// The path of `child` inside this folder.
    #[must_use]
    pub fn join(&self, child: &str) -> Self {
        Self::new(format!("{}\\{child}", self.0.trim_end_matches('\\')))
    }

    /// The folder that holds this path; `None` for a volume's root.
    pub fn parent(&self) -> Option<Self> {
        let (parent, child) = self.0.trim_end_matches('\\').rsplit_once('\\')?;
        (!child.is_empty()).then(|| Self::new(parent))
    }

    /// The last part of the path.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('\\').next().unwrap_or(&self.0)
    }

    /// The extension without its dot, where there is one.
    pub fn extension(&self) -> Option<&str> {
        let (stem, extension) = self.file_name().rsplit_once('.')?;
        (!stem.is_empty()).then_some(extension)
    }

    /// The volume that the path starts with (`C:`); `None` for a network path.
    pub fn volume(&self) -> Option<Name> {
        let (volume, _) = self.0.split_once('\\').unwrap_or((&self.0, ""));
        let letter = volume.strip_suffix(':')?;
        (letter.len() == 1 && letter.chars().all(|c| c.is_ascii_alphabetic()))
            .then(|| Name::new(volume))
    }

    /// Whether the path names a share of another machine (`\\server\share`).
    pub fn is_network(&self) -> bool {
        self.0.starts_with("\\\\")
    }

    /// Whether this path is `folder` or lies somewhere below it.
    pub fn is_within(&self, folder: &Self) -> bool {
        let folder = folder.0.trim_end_matches('\\');
        begins(&self.0, folder, |next| matches!(next, None | Some('\\')))
    }
}

impl HostName {
    /// Whether this name is `suffix` or ends in `.suffix`.
    pub fn is_within(&self, suffix: &str) -> bool {
        let (own, suffix) = (self.0.to_ascii_lowercase(), suffix.to_ascii_lowercase());
        own == suffix || own.ends_with(&format!(".{suffix}"))
    }
}

#[cfg(test)]
mod tests;
