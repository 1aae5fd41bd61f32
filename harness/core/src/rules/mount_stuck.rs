//! A mount of a recovery volume that was begun and has not ended.

use super::{RESTORING, Rule};
use crate::config::text;
use crate::facts::{MOUNT_MARK, PROVIDER_KEY};
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: RESTORING, look };

fn look(scene: &Scene<'_>) -> Seen {
    let found = text(scene.host, PROVIDER_KEY, MOUNT_MARK).map(|point| {
        Found::cause("mount-stuck", "cancel-mount")
            .evidence(format!("the mount of the recovery point {point} has not ended"))
    });
    found.into()
}

#[cfg(test)]
mod tests;
