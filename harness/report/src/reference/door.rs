//! The page of the door's calls, `harness/DOOR.md`.

use std::collections::BTreeMap;

use marslab_engine::door::reference::{Entry, ReferenceError, entries};
use marslab_model::host::CallSpec;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

use super::page::{Page, code, prose};

/// The whole page. The same for the same build, to the byte.
pub fn markdown() -> Result<String, ReferenceError> {
    let entries = entries()?;
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let mut page = Page::default();
    page.heading(1, "", "The door");
    page.say(INTRO);
    page.code("console", REQUEST);
    page.heading(2, "answers", "Answers");
    page.table(["status", "body", "meaning"], &ANSWERS.map(|row| row.map(str::to_owned)));
    page.heading(2, "calls", "Calls");
    page.say(ARGUMENTS);
    for group in GROUPS {
        page.heading(3, "", group);
        let of_group = entries.iter().filter(|entry| entry.call.group == group);
        let rows: Vec<_> = of_group.map(|entry| row(entry.call, &mut generator)).collect();
        page.table(
            ["call", "what it finds", "arguments", "`ok`", "`refused`", "on Windows"],
            &rows,
        );
    }
    page.heading(2, "examples", "Examples");
    page.say(EXAMPLES);
    page.code("text", &entries.iter().map(example).collect::<Vec<_>>().join("\n"));
    types(&mut page, &generator.take_definitions(true));
    errors(&mut page, &entries);
    Ok(page.finish())
}

fn row(call: &CallSpec, generator: &mut SchemaGenerator) -> [String; 6] {
    let argument = |argument: &marslab_model::host::ArgumentSpec| {
        let kind = kind(&(argument.schema)(generator).into());
        let name = code(argument.name);
        if argument.is_optional() { format!("[{name}: {kind}]") } else { format!("{name}: {kind}") }
    };
    let arguments: Vec<String> = call.arguments.iter().map(argument).collect();
    let errors: Vec<String> = (call.errors)().iter().map(|error| error.code()).collect();
    [
        code(&call.name()),
        prose(&call.about()),
        arguments.join("<br>"),
        kind(&(call.answer)(generator).into()),
        family(&errors),
        prose(call.windows),
    ]
}

/// The kind of values of a schema, as people say it.
fn kind(schema: &Value) -> String {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let name = reference.rsplit('/').next().unwrap_or(reference);
        return format!("[{name}](#type-{name})");
    }
    if let Some(choices) = schema.get("anyOf").and_then(Value::as_array) {
        return choices.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    let types = match schema.get("type") {
        Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(one)) => vec![one.as_str()],
        _ => Vec::new(),
    };
    types.iter().map(|one| simple_kind(one, schema)).collect::<Vec<_>>().join(" or ")
}

fn simple_kind(of: &str, schema: &Value) -> String {
    let inner = |key| schema.get(key).map(kind).unwrap_or_default();
    match (of, schema.get("format").and_then(Value::as_str)) {
        ("array", _) => format!("list of {}", inner("items")),
        ("object", _) => format!("map from name to {}", inner("additionalProperties")),
        ("string", Some("date-time")) => "time".to_owned(),
        ("string", Some("ip")) => "IP address".to_owned(),
        _ => of.to_owned(),
    }
}

/// Calls with the same errors share a name for them.
fn family(errors: &[String]) -> String {
    let first = |code: &str| errors.iter().any(|it| it == code);
    let known = FAMILIES.iter().find(|(_, code)| first(code));
    known.map_or_else(|| "never".to_owned(), |(name, _)| format!("[{name}](#errors-{name})"))
}

fn example(entry: &Entry) -> String {
    let answer = entry.answer.to_string();
    let mut shown: String = answer.chars().take(ANSWER_CHARS_MAX).collect();
    if answer.chars().nth(ANSWER_CHARS_MAX).is_some() {
        shown.push('…');
    }
    format!("POST /v1/{} {}\n  {shown}\n", entry.call.name(), entry.arguments)
}

fn types(page: &mut Page, definitions: &Map<String, Value>) {
    page.heading(2, "types", "Types");
    for (name, schema) in definitions {
        page.heading(3, &format!("type-{name}"), name);
        page.say(&prose(&description(schema)));
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            let field = |(name, schema): (&String, &Value)| {
                [code(name), kind(schema), prose(&description(schema))]
            };
            let rows: Vec<_> = properties.iter().map(field).collect();
            page.table(["field", "type", "meaning"], &rows);
        }
        page.items(schema.get("oneOf").and_then(Value::as_array).into_iter().flatten().map(choice));
    }
}

/// A variant: a text, or an object with one key.
fn choice(schema: &Value) -> String {
    let about = prose(&description(schema));
    if let Some(text) = schema.get("const").and_then(Value::as_str) {
        return format!("{}: {about}", code(&format!("\"{text}\"")));
    }
    let properties = schema.get("properties").and_then(Value::as_object);
    let keys = properties
        .into_iter()
        .flatten()
        .map(|(key, value)| format!("{} with {}", code(&format!("{{\"{key}\": …}}")), kind(value)));
    format!("{}: {about}", keys.collect::<Vec<_>>().join(", "))
}

fn description(schema: &Value) -> String {
    schema.get("description").and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn errors(page: &mut Page, entries: &[Entry]) {
    page.heading(2, "errors", "Errors of Windows");
    page.say(ERRORS);
    let mut families = BTreeMap::new();
    for entry in entries {
        let errors = (entry.call.errors)();
        let codes: Vec<String> = errors.iter().map(|error| error.code()).collect();
        for (name, code) in FAMILIES {
            if codes.iter().any(|it| it == code) {
                families.entry(name).or_insert_with(|| (entry.call.errors)());
                break;
            }
        }
    }
    for (name, errors) in families {
        page.heading(3, &format!("errors-{name}"), name);
        let rows: Vec<_> = errors
            .iter()
            .map(|error| [code(&error.code()), error.number().to_string(), error.to_string()])
            .collect();
        page.table(["`code`", "`number`", "`message`"], &rows);
    }
}

/// The groups of the host port, as its traits are called.
const GROUPS: [&str; 4] = ["Files", "Registry", "System", "Network"];

const INTRO: &str = "\
Every call that a core in another language than Rust can make. This page is generated by `marslab reference door` from the
declaration of the host port (`harness/model/src/host/read.rs`); do not edit it. `marslab schema door` prints the same as
OpenAPI 3.1.

The variable `MARSLAB_HOST` names a JSON file with `http`, the address of the door, and `token`. A call is a POST whose body is a
JSON object with the arguments; an empty body has none.";

const REQUEST: &str = "\
$ curl --header \"Authorization: Bearer $TOKEN\" --data '{\"name\": \"obengine\"}' http://$HTTP/v1/service";

const ANSWERS: [[&str; 3]; 3] = [
    [
        "200",
        "`{\"ok\": …}`",
        "What the call found. That something is absent is found, too: mostly `null`.",
    ],
    [
        "200",
        "`{\"refused\": {\"code\", \"number\", \"message\"}}`",
        "Windows refuses the call with an error: the machine is like that, and this is evidence.",
    ],
    [
        "4xx, 5xx",
        "`{\"error\": {\"code\", \"message\"}}`",
        "The call was not made. `bad-arguments` (400), `unauthorized` (401, 403), `no-such-call` (404) and `bad-method` \
         (405) are mistakes in the core; `lab-failed` (500) is trouble on the machine that runs the lab.",
    ],
];

const ARGUMENTS: &str = "\
What is in brackets may be left out. `as` is the account as which the call is made, `SYSTEM` by default. Times are RFC 3339 (`2019-06-17T01:00:00Z`). Arguments that only other
calls have are ignored; unknown ones are `bad-arguments`. Connections that are to be used are opened through the SOCKS5 server (`socks` in the door file).";

const EXAMPLES: &str = "\
What the healthy machine of the plain world answers once it has made a backup. Long answers are cut off.";

const ERRORS: &str = "\
`number` is the Win32 or WinSock error, the RPC status or the HRESULT. Of `failed` it is whatever the service behind the call
says; the number here is an example.";

/// The names of the families of errors, and a code that only one of each has.
const FAMILIES: [(&str, &str); 4] = [
    ("file", "sharing-violation"),
    ("service", "not-active"),
    ("network", "no-such-host"),
    ("read", "failed"),
];

/// Enough to see the shape of an answer.
const ANSWER_CHARS_MAX: usize = 400;

#[cfg(test)]
mod tests;
