//! As whom a call is made.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::Name;

/// As whom a call is made. As text, and so in JSON, it is `SYSTEM` or the user's name; on a real machine it is the token
/// that a thread impersonates (`ImpersonateLoggedOnUser`).
#[derive(
    Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(from = "String", into = "String")]
#[schemars(with = "String")]
pub enum Account {
    /// The operating system's own account.
    #[default]
    System,
    /// A user by account name (`CORP\admin`).
    User(Name),
}

impl From<String> for Account {
    fn from(name: String) -> Self {
        if name.is_empty() || name.eq_ignore_ascii_case(SYSTEM) {
            Self::System
        } else {
            Self::User(name.into())
        }
    }
}

impl From<Account> for String {
    fn from(account: Account) -> Self {
        account.to_string()
    }
}

impl FromStr for Account {
    type Err = Infallible;

    fn from_str(name: &str) -> Result<Self, Infallible> {
        Ok(name.to_owned().into())
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System => f.write_str(SYSTEM),
            Self::User(name) => name.fmt(f),
        }
    }
}

/// What Windows calls its own account.
const SYSTEM: &str = "SYSTEM";
