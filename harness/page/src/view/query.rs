//! What an address or a form says.

use form_urlencoded::{Serializer, parse};

/// The fields of an address or a form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// Of the part of an address after `?`.
    pub(crate) fn of(query: &str) -> Self {
        Self::of_bytes(query.as_bytes())
    }

    /// Of a form's body.
    pub(crate) fn of_bytes(body: &[u8]) -> Self {
        Self(parse(body).into_owned().take(FIELDS_MAX).collect())
    }

    /// A field; empty if it is missing.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// Where a form leads back to: an address of the page itself.
    pub(crate) fn back(&self) -> String {
        let back = self.get("back");
        if back.starts_with("/?") { back.to_owned() } else { "/".to_owned() }
    }
}

/// The page's address with these fields; those that are empty are left out.
pub(super) fn address(fields: &[(&str, &str)]) -> String {
    let set = fields.iter().filter(|(_, value)| !value.is_empty());
    format!("/?{}", Serializer::new(String::new()).extend_pairs(set).finish())
}

/// The field that says whose machine a trainer looks at.
pub(crate) const TRAINEE: &str = "trainee";

/// The page's own forms have four.
const FIELDS_MAX: usize = 8;

#[cfg(test)]
mod tests;
