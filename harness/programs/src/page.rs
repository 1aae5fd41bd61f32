//! Text that grows line by line.

/// Lines of output.
#[derive(Default)]
pub(crate) struct Page(String);

impl Page {
    /// Adds a line; blanks at its end stay, since Windows prints some.
    pub(crate) fn line(&mut self, text: impl AsRef<str>) -> &mut Self {
        self.0.push_str(text.as_ref());
        self.0.push('\n');
        self
    }

    /// Adds an empty line.
    pub(crate) fn blank(&mut self) -> &mut Self {
        self.line("")
    }

    /// All lines.
    pub(crate) fn text(self) -> String {
        self.0
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
