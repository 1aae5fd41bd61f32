//! The command line as it was typed, for reports that people read.

use marslab::words;

/// The words of a command line that can be pasted again. Values of `--subject-env`, which can be secret, are left out.
pub(crate) fn command(arguments: impl Iterator<Item = String>) -> String {
    let mut words = vec!["marslab".to_owned()];
    let mut is_variable = false;
    for argument in arguments {
        let after = argument.strip_prefix(ENV).and_then(|rest| rest.strip_prefix('='));
        let shown = match after {
            Some(variable) => format!("{ENV}={}", without_value(variable)),
            None if is_variable => without_value(&argument),
            None => argument.clone(),
        };
        is_variable = argument == ENV;
        words.push(words::quote(&shown));
    }
    words.join(" ")
}

fn without_value(variable: &str) -> String {
    variable.split_once('=').map_or_else(|| variable.to_owned(), |(name, _)| format!("{name}=…"))
}

const ENV: &str = "--subject-env";

#[cfg(test)]
mod tests;
