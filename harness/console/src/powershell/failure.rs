//! Errors, as PowerShell prints them.

use super::syntax::Span;

/// An error record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// The message.
    pub(crate) message: String,
    /// The category (`ObjectNotFound`).
    pub(crate) category: &'static str,
    /// What the category is about (`x:String`), if anything.
    pub(crate) target: String,
    /// The type of the exception.
    pub(crate) exception: &'static str,
    /// The error's own name; the cmdlet's class follows it.
    pub(crate) id: String,
    /// Where it is, where that is less than the command.
    pub(crate) span: Option<Span>,
    /// Whether the statement ends with it.
    pub(crate) is_final: bool,
}

impl Failure {
    /// An error after which the command goes on with what it was given besides.
    pub(crate) fn new(category: &'static str, id: &str, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            category,
            target: String::new(),
            exception: "Exception",
            id: id.to_owned(),
            span: None,
            is_final: false,
        }
    }

    /// An error that ends the statement.
    pub(crate) fn last(category: &'static str, id: &str, message: impl Into<String>) -> Self {
        Self { is_final: true, ..Self::new(category, id, message) }
    }

    /// No command has this name.
    pub(crate) fn unknown_command(name: &str) -> Self {
        let message = format!(
            "{name} : The term '{name}' is not recognized as the name of a cmdlet, function, script file, or operable program. \
             Check the spelling of the name, or if a path was included, verify that the path is correct and try again."
        );
        Self::last("ObjectNotFound", "CommandNotFoundException", message)
            .about(name, "String")
            .of("CommandNotFoundException")
    }

    /// Something that PowerShell has and the lab has not.
    pub(crate) fn not_in_lab(what: &str) -> Self {
        Self::last("NotImplemented", "NotInLab", format!("{what} is not part of the lab."))
            .of("NotSupportedException")
    }

    /// That a statement has ended with an error that is printed already.
    pub(crate) fn ended() -> Self {
        Self::last("", "", "")
    }

    /// Whether it is printed already.
    pub(crate) fn is_told(&self) -> bool {
        self.id.is_empty()
    }

    /// The same about this.
    #[must_use]
    pub(crate) fn about(mut self, value: &str, of: &str) -> Self {
        self.target = format!("{value}:{of}");
        self
    }

    /// The same with an exception of this type.
    #[must_use]
    pub(crate) fn of(mut self, exception: &'static str) -> Self {
        self.exception = exception;
        self
    }

    /// The same at this place.
    #[must_use]
    pub(crate) fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// As it is printed, of a command with this name and class in this line. Lines are not broken at the window's width †.
    pub(crate) fn printed(&self, line: &str, command: &Origin<'_>) -> String {
        let span = self.span.unwrap_or(command.span);
        let before = match (command.name, self.category) {
            ("", _) | (_, "ParserError") => String::new(),
            (name, _) => format!("{name} : "),
        };
        let place = place(line, span);
        let head = if self.category == "ParserError" {
            format!("{place}{}\n", self.message)
        } else {
            format!("{before}{}\n{place}", self.message)
        };
        let id = if command.class.is_empty() {
            self.id.clone()
        } else {
            format!("{},{}", self.id, command.class)
        };
        let target = if self.target.is_empty() { ":" } else { self.target.as_str() };
        let activity = if command.class.is_empty() { "" } else { command.name };
        let (category, exception) = (self.category, self.exception);
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
