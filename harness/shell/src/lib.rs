//! What Windows' two shells have in common: the window, and how Windows looks things up and prints them.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `window` | a window of the command line: who sits there, where, with which environment |
//! | [`mod@line`], [`paths`] | words and stages of a line; paths as they are typed |
//! | [`variables`] | the environment that a window gets |
//! | [`columns`], [`dates`] | how Windows prints them |
//! | [`services`], [`event_logs`], [`zones`] | services' processes; logs that Windows has; its time zones |
//! | [`web`] | HTTP of programs that speak it by themselves |
//! | [`wording`], [`messages`] | texts by language; the messages of Windows' error numbers |
//!
//! Absent: what can be typed.

use async_trait::async_trait;
use marslab_model::admin::HostAdmin;
use marslab_model::{Operation, Outcome, WinPath};

pub mod columns;
pub mod dates;
pub mod event_logs;
pub mod line;
pub mod messages;
pub mod paths;
pub mod services;
pub mod variables;
pub mod web;
pub mod wording;
pub mod zones;

mod window;

pub use window::Window;

/// What a person sits before: a machine, and the agent's console on it.
#[derive(Clone, Copy)]
pub struct Machine<'a> {
    /// The machine, as its administrator's programs reach it.
    pub host: &'a dyn HostAdmin,
    /// The agent.
    pub agent: &'a dyn Agent,
}

/// What the agent's own commands and buttons do.
#[async_trait]
pub trait Agent: Send + Sync {
    /// Carries out an operation, as its button in the console does.
    async fn operate(&self, operation: Operation, typed: Typed) -> Outcome;
}

/// What is typed for an operation; where nothing is, the administrator does what they mean to do anyway.
#[derive(Clone, Default)]
pub struct Typed {
    /// The passphrase that is set.
    pub passphrase: Option<String>,
    /// The vault credentials file with which the server is registered.
    pub credentials: Option<WinPath>,
}

/// What a line printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printed {
    /// Both streams, as they stand in a window; lines end with `\n`.
    pub text: String,
    /// The exit code; of PowerShell 0 or 1 (`$?`).
    pub code: u32,
}

impl Printed {
    /// Success.
    pub fn ok(text: impl Into<String>) -> Self {
        Self { text: text.into(), code: 0 }
    }

    /// Failure.
    pub fn failed(code: u32, text: impl Into<String>) -> Self {
        Self { text: text.into(), code }
    }
}
