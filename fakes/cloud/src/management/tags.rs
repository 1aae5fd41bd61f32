//! Tags of resources (the resource manager's reference: at most 50, names of 512 characters, values of 256).

use marslab_model::{Map, Name};

use super::errors;
use crate::reply::Reply;

/// Checks tags. The code of the refusal is †.
pub(super) fn check(tags: &Map<Name, String>) -> Result<(), Reply> {
    let is_too_long =
        |(name, value): (&Name, &String)| name.as_str().len() > 512 || value.len() > 256;
    if tags.len() > 50 || tags.iter().any(is_too_long) {
        let message =
            "A resource has at most 50 tags, with names of 512 characters and values of 256.";
        return Err(errors::bad("InvalidTags", message));
    }
    Ok(())
}
