//! Errors, as PowerShell prints them.

use super::syntax::Span;

/// An error record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure(Box<Record>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Record {
    message: String,
    category: &'static str,
    target: String,
    exception: &'static str,
    id: String,
    span: Option<Span>,
}

impl Failure {
    /// An error of a category (`ObjectNotFound`) with a name of its own, which the cmdlet's class follows.
    pub(crate) fn new(category: &'static str, id: &str, message: impl Into<String>) -> Self {
        Self(Box::new(Record {
            message: message.into(),
            category,
            target: String::new(),
            exception: "Exception",
            id: id.to_owned(),
            span: None,
        }))
    }

    /// No command has this name.
    pub(crate) fn unknown_command(name: &str) -> Self {
        let message = format!(
            "{name} : The term '{name}' is not recognized as the name of a cmdlet, function, script file, or operable program. \
             Check the spelling of the name, or if a path was included, verify that the path is correct and try again."
        );
        Self::new("ObjectNotFound", "CommandNotFoundException", message)
            .about(name, "String")
            .of("CommandNotFoundException")
    }

    /// Something that PowerShell has and the lab has not.
    pub(crate) fn not_in_lab(what: &str) -> Self {
        Self::new("NotImplemented", "NotInLab", format!("{what} is not part of the lab."))
            .of("NotSupportedException")
    }

    /// That a statement has ended with an error that is printed already.
    pub(crate) fn ended() -> Self {
        Self::new("", "", "")
    }

    /// Whether it is printed already.
    pub(crate) fn is_told(&self) -> bool {
        self.0.id.is_empty()
    }

    /// The same about this.
    #[must_use]
    pub(crate) fn about(mut self, value: &str, of: &str) -> Self {
        self.0.target = format!("{value}:{of}");
        self
    }

    /// The same with an exception of this type.
    #[must_use]
    pub(crate) fn of(mut self, exception: &'static str) -> Self {
        self.0.exception = exception;
        self
    }

    /// The same at this place.
    #[must_use]
    pub(crate) fn at(mut self, span: Span) -> Self {
        self.0.span = Some(span);
        self
    }

    /// The error's own name.
    #[cfg(test)]
    pub(crate) fn id(&self) -> &str {
        &self.0.id
    }

    /// As it is printed, of a command with this name and class in this line. Lines are not broken at the window's width †.
    pub(crate) fn printed(&self, line: &str, command: &Origin<'_>) -> String {
        let record = &self.0;
        let span = record.span.unwrap_or(command.span);
        let before = match (command.name, record.category) {
            ("", _) | (_, "ParserError") => String::new(),
            (name, _) => format!("{name} : "),
        };
        let place = place(line, span);
        let head = if record.category == "ParserError" {
            format!("{place}{}\n", record.message)
        } else {
            format!("{before}{}\n{place}", record.message)
        };
        let id = if command.class.is_empty() {
            record.id.clone()
        } else {
            format!("{},{}", record.id, command.class)
        };
        let target = if record.target.is_empty() { ":" } else { record.target.as_str() };
        let activity = if command.class.is_empty() { "" } else { command.name };
        let (category, exception) = (record.category, record.exception);
        format!(
            "{head}    + CategoryInfo          : {category}: ({target}) [{activity}], {exception}\n    + \
             FullyQualifiedErrorId : {id}\n \n"
        )
    }
}

/// Which command an error is of.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Origin<'a> {
    /// The command's name; empty for none.
    pub(crate) name: &'a str,
    /// The class that implements it; empty for none.
    pub(crate) class: &'a str,
    /// Where it stands.
    pub(crate) span: Span,
}

/// The line with what it is about underlined.
fn place(line: &str, span: Span) -> String {
    let before = line.get(..span.from).unwrap_or_default();
    let about = line.get(span.from..span.to).unwrap_or_default();
    let row = before.matches('\n').count() + 1;
    let own_start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before.get(own_start..).unwrap_or_default().chars().count();
    let own = line.get(own_start..).unwrap_or_default().lines().next().unwrap_or_default();
    let marked = about.lines().next().unwrap_or_default().chars().count().max(1);
    let (blank, marks) = (" ".repeat(column), "~".repeat(marked));
    format!("At line:{row} char:{}\n+ {own}\n+ {blank}{marks}\n", column + 1)
}
