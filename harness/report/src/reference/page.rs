//! A Markdown document that is being written.

/// Blocks of text with an empty line between them.
#[derive(Debug, Default)]
pub(super) struct Page {
    text: String,
}

impl Page {
    /// A heading, with a place before it that links can name.
    pub(super) fn heading(&mut self, level: usize, anchor: &str, title: &str) {
        let marks = "#".repeat(level);
        if anchor.is_empty() {
            self.block(&[&marks, " ", title]);
        } else {
            self.block(&["<a id=\"", anchor, "\"></a>\n\n", &marks, " ", title]);
        }
    }

    /// A paragraph. Its lines are joined where they are shown.
    pub(super) fn say(&mut self, text: &str) {
        self.block(&[text]);
    }

    /// A list; omitted if empty.
    pub(super) fn items(&mut self, items: impl IntoIterator<Item = String>) {
        let lines: Vec<String> = items.into_iter().map(|item| format!("- {item}")).collect();
        if !lines.is_empty() {
            self.block(&[&lines.join("\n")]);
        }
    }

    /// A table; omitted if it has no rows.
    pub(super) fn table<const N: usize>(&mut self, head: [&str; N], rows: &[[String; N]]) {
        if rows.is_empty() {
            return;
        }
        let mut lines = vec![line(&head), line(&["---"; N])];
        lines.extend(
            rows.iter().map(|row| line(&row.each_ref().map(|cell| cell.replace('|', r"\|")))),
        );
        self.block(&[&lines.join("\n")]);
    }

    /// Quoted lines.
    pub(super) fn code(&mut self, language: &str, text: &str) {
        self.block(&["```", language, "\n", text.trim_end(), "\n```"]);
    }

    /// The document.
    pub(super) fn finish(self) -> String {
        self.text
    }

    fn block(&mut self, parts: &[&str]) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.extend(parts.iter().copied());
        self.text.push('\n');
    }
}

fn line<const N: usize>(cells: &[impl AsRef<str>; N]) -> String {
    let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
    format!("| {} |", cells.join(" | "))
}

/// Escapes Markdown in a text. Code between backticks stays as it is.
pub(super) fn prose(text: &str) -> String {
    let mut out = String::new();
    for (index, part) in text.split('`').enumerate() {
        if index > 0 {
            out.push('`');
        }
        let is_code = index % 2 == 1;
        for c in part.chars() {
            match c {
                '<' if !is_code => out.push_str("&lt;"),
                '*' | '_' | '\\' if !is_code => out.extend(['\\', c]),
                // A text of several lines must not end a table or a list.
                '\n' | '\r' => out.push(' '),
                c => out.push(c),
            }
        }
    }
    out
}

/// A text in backticks.
pub(super) fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// Texts in backticks, with commas.
pub(super) fn codes<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    texts.into_iter().map(code).collect::<Vec<_>>().join(", ")
}

/// A link to the place of a thing on this page: its kind's name, a dash and its id.
pub(super) fn link(kind: &str, id: &str) -> String {
    format!("[{}](#{kind}-{id})", code(id))
}

/// A text that begins with a capital letter and ends with a full stop, as a sentence does.
pub(super) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    let stop = if text.ends_with(['.', '?', '!', '。']) { "" } else { "." };
    format!("{first}{}{stop}", chars.as_str())
}
