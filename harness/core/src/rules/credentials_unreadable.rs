//! A vault credentials file that the machine's own account cannot read (mars-facts 3.6).

use marslab_model::host::Account;

use super::{REGISTERING, Rule};
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: REGISTERING, look };

fn look(scene: &Scene<'_>) -> Seen {
    // A share of another machine is another rule's matter.
    let Some(file) = scene.credentials.as_ref().filter(|file| !file.on_network) else {
        return Seen::nothing();
    };
    let found = scene.host.read_file(&Account::System, &file.path).err().map(|error| {
        Found::cause("credentials-unreadable", "download-new-credentials")
            .about(file.path.as_str())
            .evidence(format!("SYSTEM cannot read {}: {error}", file.path))
    });
    found.into()
}

#[cfg(test)]
mod tests;
