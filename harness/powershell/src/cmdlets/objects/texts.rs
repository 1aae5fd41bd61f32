//! What makes texts of objects, and looks into texts.

use async_trait::async_trait;
use marslab_model::host::HostError as _;

use crate::cmdlet::{Call, Cmdlet, Spec, missing};
use crate::failure::Failure;
use crate::format;
use crate::operators::{Case, pattern};
use crate::value::{Object, Value};

pub(super) struct OutString;
pub(super) struct OutNull;
pub(super) struct OutFile;
pub(super) struct WriteOutput {
    pub(super) is_host: bool,
}
pub(super) struct SelectString;

#[async_trait]
impl Cmdlet for OutString {
    fn spec(&self) -> Spec {
        Spec::new("Out-String", "Microsoft.PowerShell.Commands.OutStringCommand")
            .takes(&["Width", "Stream!"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let items = call.take_input();
        let text = format::shown(&items, call.language());
        if call.arguments.is_on("Stream") {
            call.output = text.lines().map(Value::text).collect();
        } else {
            call.put(text);
        }
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for OutNull {
    fn spec(&self) -> Spec {
        Spec::new("Out-Null", "Microsoft.PowerShell.Commands.OutNullCommand")
    }

    async fn run(&self, _: &mut Call<'_>) -> Result<(), Failure> {
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for OutFile {
    fn spec(&self) -> Spec {
        Spec::new("Out-File", "Microsoft.PowerShell.Commands.OutFileCommand").takes(&[
            "FilePath=Path",
            "Encoding",
            "…",
            "Width",
            "Append!",
            "Force!",
        ])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let items = call.take_input();
        let path = call.path(&call.needed_text("FilePath")?);
        let text = format::shown(&items, call.language()).replace('\n', "\r\n");
        let old = call.host().read_file(call.who, &path).ok();
        let mut content = old
            .filter(|_| call.arguments.is_on("Append"))
            .map(|old| old.bytes().to_vec())
            .unwrap_or_default();
        content.extend(text.bytes());
        let size = u64::try_from(content.len()).unwrap_or(u64::MAX);
        let written = call.host().write_file(call.who, &path, &content, size);
        written.map_err(|error| {
            let message = marslab_shell::messages::of(call.language(), error.number());
            Failure::new("OpenError", "FileOpenFailure", message).of("IOException")
        })
    }
}

#[async_trait]
impl Cmdlet for WriteOutput {
    fn spec(&self) -> Spec {
        if self.is_host {
            Spec::new("Write-Host", "Microsoft.PowerShell.Commands.WriteHostCommand").takes(&[
                "Object",
                "…",
                "ForegroundColor",
                "BackgroundColor",
                "Separator",
                "NoNewline!",
            ])
        } else {
            Spec::new("Write-Output", "Microsoft.PowerShell.Commands.WriteOutputCommand")
                .also(&["echo", "write"])
                .takes(&["InputObject", "NoEnumerate!"])
        }
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let parameter = if self.is_host { "Object" } else { "InputObject" };
        let given = call.arguments.get(parameter).cloned();
        let items = match given {
            Some(value) => value.into_many(),
            None => call.take_input(),
        };
        if self.is_host {
            let texts: Vec<String> = items.iter().map(Value::plain).collect();
            call.notes = texts.join(" ") + "\n";
        } else {
            call.output = items;
        }
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for SelectString {
    fn spec(&self) -> Spec {
        Spec::new("Select-String", "Microsoft.PowerShell.Commands.SelectStringCommand")
            .also(&["sls"])
            .since(2, 0)
            .takes(&[
                "Pattern",
                "Path=LiteralPath",
                "…",
                "SimpleMatch!",
                "CaseSensitive!",
                "NotMatch!",
                "List!",
                "Quiet!",
                "AllMatches!",
            ])
            .lacks(&["Context", "Include", "Exclude", "Encoding"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let is_simple = call.arguments.is_on("SimpleMatch");
        let is_cased = call.arguments.is_on("CaseSensitive");
        let case = if is_cased { Case::Counts } else { Case::Ignored };
        let patterns = call.arguments.texts("Pattern");
        if patterns.is_empty() {
            return Err(missing("Pattern"));
        }
        let mut sought = Vec::new();
        for text in &patterns {
            let text = if is_simple { regex::escape(text) } else { text.clone() };
            sought.push(pattern(&text, case)?);
        }
        let is_negated = call.arguments.is_on("NotMatch");
        let hits = |line: &str| sought.iter().any(|it| it.is_match(line)) != is_negated;
        let mut found = Vec::new();
        if call.arguments.has("Path") {
            for path in call.arguments.texts("Path") {
                let path = call.path(&path);
                let content = call.host().read_file(call.who, &path).map_err(|error| {
                    let why = marslab_shell::messages::of(call.language(), error.number());
                    let message = format!("The file {path} cannot be read: {why}");
                    Failure::new("InvalidArgument", "ProcessingFile", message)
                        .of("ArgumentException")
                })?;
                let text = String::from_utf8_lossy(&content).into_owned();
                for (index, line) in text.lines().enumerate().filter(|(_, line)| hits(line)) {
                    let number = i64::try_from(index + 1).unwrap_or(i64::MAX);
                    found.push(matched(line, number, path.as_str()));
                }
            }
        } else {
            let items = call.take_input();
            let text = format::shown(&items, call.language());
            found.extend(text.lines().filter(|line| hits(line)).map(|line| matched(line, 0, "")));
        }
        if call.arguments.is_on("Quiet") {
            call.put(!found.is_empty());
        } else {
            call.output = found.into_iter().map(Value::Object).collect();
        }
        Ok(())
    }
}

fn matched(line: &str, number: i64, path: &str) -> Object {
    let shown = if path.is_empty() { line.to_owned() } else { format!("{path}:{number}:{line}") };
    Object::new(format::FILE_TEXT)
        .with("Line", line)
        .with("LineNumber", number)
        .with("Path", if path.is_empty() { "InputStream" } else { path })
        .shown_as(shown)
}
