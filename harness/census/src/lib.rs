//! Everything that can be seen of a machine through the host port, as one value that compares.
//!
//! A census asks all that a diagnostic core could ask: what can be listed is listed, and what can only be asked for by
//! name is asked for by every [`Name`](Names) that occurs in any world that is compared. So it sees at least what any
//! core would see, and two worlds with one census cannot be told apart. It knows neither faults nor causes,
//! and changes nothing.
//!
//! | module | what is asked there |
//! | --- | --- |
//! | `names` | nothing: which names there are to ask for |
//! | `files`, `registry`, `system` | what lies on the machine itself |
//! | `network`, `proxies` | what the machine's connections meet, without and with each proxy |
//! | `cloud`, `credentials` | what the cloud answers to the machine's users, and to its credentials files |
//! | `note` | nothing: how answers are written down |
//!
//! Connections are opened as SYSTEM: the network does not care which account opens one. What differs between accounts
//! are their settings, which are read for each.
//!
//! Tokens, request ids, keys and the like are drawn anew in every world. Where they cannot tell anything they are left
//! out, as are texts that differ only by such an id.

use std::collections::BTreeMap;
use std::fmt;

use marslab_model::HostRead;

mod cloud;
mod credentials;
mod files;
mod names;
mod network;
mod note;
mod proxies;
mod registry;
mod system;

pub use names::Names;

/// What can be looked at, from what is looked up at once to what takes a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// Values of the registry.
    Registry,
    /// Files and folders, and who may read them.
    Files,
    /// Volumes.
    Volumes,
    /// Services.
    Services,
    /// Scheduled tasks.
    Tasks,
    /// Devices.
    Devices,
    /// Installed programs, of other computers, too.
    Programs,
    /// Names, language, operating system, accounts, the antivirus program, the environment, certificates.
    System,
    /// What users' browsers keep.
    Browser,
    /// The time zone, and how far a server's time is from the machine's.
    Clock,
    /// What connections without a proxy meet: names, addresses, TLS, pages.
    Network,
    /// What connections through each known proxy meet.
    Proxies,
    /// What the login service and the resource manager answer.
    Cloud,
    /// The event logs.
    Events,
    /// Moments: when files were written, what the clock shows. By themselves they hardly tell anything.
    Moments,
}

impl Aspect {
    /// Every aspect, in order.
    pub const ALL: [Self; 15] = [
        Self::Registry,
        Self::Files,
        Self::Volumes,
        Self::Services,
        Self::Tasks,
        Self::Devices,
        Self::Programs,
        Self::System,
        Self::Browser,
        Self::Clock,
        Self::Network,
        Self::Proxies,
        Self::Cloud,
        Self::Events,
        Self::Moments,
    ];

    /// Whether it shows what was done, and when, rather than how things are.
    pub const fn is_trace(self) -> bool {
        matches!(self, Self::Events | Self::Moments)
    }

    /// What is looked at, in a word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Registry => "registry",
            Self::Files => "files",
            Self::Volumes => "volumes",
            Self::Services => "services",
            Self::Tasks => "tasks",
            Self::Devices => "devices",
            Self::Programs => "programs",
            Self::System => "system",
            Self::Browser => "browser",
            Self::Clock => "clock",
            Self::Network => "network",
            Self::Proxies => "proxies",
            Self::Cloud => "cloud",
            Self::Events => "events",
            Self::Moments => "moments",
        }
    }
}

impl fmt::Display for Aspect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Question {
    /// Of which aspect.
    pub aspect: Aspect,
    /// What, as a person would write it down.
    pub asked: String,
}

/// What was seen of a machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Census(BTreeMap<Question, String>);

impl Census {
    /// Looks at everything.
    pub async fn take(host: &dyn HostRead, names: &Names) -> Self {
        let mut census = Self::default();
        let found = files::look(host, names, &mut census);
        registry::look(host, &mut census);
        system::look(host, names, &mut census);
        let now = network::look(host, names, &mut census).await;
        proxies::look(host, names, &mut census).await;
        cloud::look(host, names, &mut census).await;
        credentials::look(host, names, &found, now, &mut census).await;
        system::interrogate(host, names, &mut census);
        census
    }

    /// The answer to a question, if there is one.
    pub fn seen(&self, question: &Question) -> Option<&str> {
        self.0.get(question).map(String::as_str)
    }

    /// Everything that was seen, in order of the questions.
    pub fn iter(&self) -> impl Iterator<Item = (&Question, &str)> {
        self.0.iter().map(|(question, seen)| (question, seen.as_str()))
    }

    /// The questions to which the answers differ, the plainest first.
    pub fn differences<'a>(&'a self, other: &'a Self) -> Vec<&'a Question> {
        let changed = self.0.iter().filter(|(question, seen)| other.0.get(question) != Some(seen));
        let added = other.0.keys().filter(|question| !self.0.contains_key(question));
        let mut found: Vec<_> = changed.map(|(question, _)| question).chain(added).collect();
        found.sort();
        found
    }

    fn note(&mut self, aspect: Aspect, asked: impl Into<String>, seen: impl Into<String>) {
        self.0.insert(Question { aspect, asked: asked.into() }, seen.into());
    }
}

#[cfg(test)]
mod tests;
