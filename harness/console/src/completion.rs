//! How a path that is not typed to its end may go on.

use marslab_model::admin::HostAdmin;
use marslab_shell::paths::path_from;

use crate::Console;

impl Console {
    /// The files and folders that the last word of a line may be going to name, as they can stand in its place, which begins at this
    /// byte. What has a blank in it stands in quotes, as `cmd.exe` completes it.
    pub fn paths(&self, host: &dyn HostAdmin, line: &str) -> (usize, Vec<String>) {
        let start = last_word(line);
        let word = line.get(start..).unwrap_or_default().replace('"', "");
        let (folder, beginning) = match word.rfind(['\\', '/']) {
            Some(at) => word.split_at(at + 1),
            None => ("", word.as_str()),
        };
        let below = path_from(&self.window.folder, if folder.is_empty() { "." } else { folder });
        let found = host.list_folder(&self.window.who, &below).unwrap_or_default();
        let names = found.iter().map(|info| info.path.file_name());
        let fitting = names.filter(|name| {
            name.get(..beginning.len()).is_some_and(|it| it.eq_ignore_ascii_case(beginning))
        });
        (start, fitting.map(|name| quoted(format!("{folder}{name}"))).collect())
    }
}

fn quoted(path: String) -> String {
    if path.contains([' ', '&', '(', ')', ',', ';', '^', '=']) {
        format!("\"{path}\"")
    } else {
        path
    }
}

/// Where the last word of a line begins. A blank in quotes does not end a word.
fn last_word(line: &str) -> usize {
    let (mut start, mut is_quoted) = (0, false);
    for (at, c) in line.char_indices() {
        match c {
            '"' => is_quoted = !is_quoted,
            ' ' | '|' | '&' | '<' | '>' if !is_quoted => start = at + c.len_utf8(),
            _ => {}
        }
    }
    start
}

#[cfg(test)]
mod tests;
