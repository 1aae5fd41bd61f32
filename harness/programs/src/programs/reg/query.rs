//! `reg query`.

use marslab_model::Name;
use marslab_model::names::KeyPath;
use marslab_shell::Printed;

use super::key::{Line, missing, value_line};
use crate::page::Page;
use crate::program::Call;

/// Shows a key's values and the keys below it, or one value; with `/s` of all keys below.
pub(super) fn run(call: &Call<'_>) -> Printed {
    let line = match Line::read(call, "QUERY", &["/s", "/z"]) {
        Ok(line) => line,
        Err(refused) => return refused,
    };
    if !line.exists(call) {
        return missing(call);
    }
    let mut search = Search { call, value: line.value.as_ref(), page: Page::default(), found: 0 };
    if line.has("/s") {
        search.below(&line.shown, 0);
        if search.value.is_some() {
            let found = search.found;
            search.page.line(format!("End of search: {found} match(es) found."));
        }
    } else {
        search.one(&line.shown);
    }
    if search.page.is_empty() || (search.value.is_some() && search.found == 0) {
        return missing(call);
    }
    Printed::ok(search.page.text())
}

struct Search<'a, 'b> {
    call: &'a Call<'b>,
    value: Option<&'a Name>,
    page: Page,
    found: usize,
}

impl Search<'_, '_> {
    /// The values of a key, and the names of the keys below it.
    fn one(&mut self, shown: &str) {
        self.values(shown);
        if self.value.is_none() {
            for name in self.names_below(shown) {
                self.page.line(format!("{shown}\\{name}"));
            }
        }
    }

    fn below(&mut self, shown: &str, depth: usize) {
        self.values(shown);
        if depth < DEPTH_MAX {
            for name in self.names_below(shown) {
                self.below(&format!("{shown}\\{name}"), depth + 1);
            }
        }
    }

    fn values(&mut self, shown: &str) {
        let host = self.call.host();
        let values = host.registry_values(self.call.who(), &KeyPath::new(shown));
        let mut values = values.unwrap_or_default();
        values.retain(|name, _| self.value.is_none_or(|wanted| wanted == name));
        if values.is_empty() && self.value.is_some() {
            return;
        }
        self.found += values.len();
        self.page.blank().line(shown);
        for (name, value) in &values {
            self.page.line(value_line(name, value));
        }
        if !values.is_empty() {
            self.page.blank();
        }
    }

    fn names_below(&self, shown: &str) -> Vec<String> {
        let keys = self.call.host().registry_subkeys(self.call.who(), &KeyPath::new(shown));
        let keys = keys.unwrap_or_default();
        keys.iter().map(|key| last(key.as_str()).to_owned()).collect()
    }
}

fn last(key: &str) -> &str {
    key.rsplit('\\').next().unwrap_or(key)
}

/// Windows allows keys 512 deep.
const DEPTH_MAX: usize = 512;
