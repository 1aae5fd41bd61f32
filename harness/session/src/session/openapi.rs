//! The description of a session's HTTP interface (OpenAPI 3.1), made from the table of calls and the message types.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::message::{
    AskEnded, Asked, BeginAsk, Break, Changed, Description, EndAsk, Ending, Failed, Journal, Jump,
    Jumped, Operate, Operated, Printed, Repair, Revert, Windows,
};

/// One call.
pub(super) struct Call {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    name: &'static str,
    summary: &'static str,
    query: &'static [(&'static str, &'static str)],
    body: Option<fn(&mut SchemaGenerator) -> Schema>,
    answer: fn(&mut SchemaGenerator) -> Schema,
}

/// The session.
pub const SESSION: &str = "/v1/session";
/// The description of the calls.
pub const DESCRIPTION: &str = "/v1/openapi.json";
/// The network traffic.
pub const JOURNAL: &str = "/v1/journal";
/// Applies a fault.
pub const BREAK: &str = "/v1/break";
/// Undoes a fault.
pub const REVERT: &str = "/v1/revert";
/// Carries out a remedy.
pub const REPAIR: &str = "/v1/repair";
/// Runs an operation.
pub const OPERATE: &str = "/v1/operate";
/// Moves the world's clock on.
pub const JUMP: &str = "/v1/jump";
/// Types a line into the machine's command line.
pub const WINDOWS: &str = "/v1/windows";
/// Begins to ask a subject.
pub const BEGIN_ASK: &str = "/v1/ask/begin";
/// Ends that.
pub const END_ASK: &str = "/v1/ask/end";
/// Ends the session.
pub const END: &str = "/v1/end";

/// Every call.
pub(super) const CALLS: &[Call] = &[
    Call::get::<Description>(
        SESSION,
        "session",
        "The session, and the addresses at which it listens.",
    ),
    Call::get::<Map<String, Value>>(DESCRIPTION, "openapi", "This description."),
    Call {
        query: &[
            ("after", "Skip this many entries. Default: 0."),
            ("wait", "Wait up to this many seconds, at most 30, for an entry. Default: 0."),
        ],
        ..Call::get::<Journal>(
            JOURNAL,
            "journal",
            "The network traffic, and what was done in between.",
        )
    },
    Call::post::<Break, Changed>(BREAK, "break", "Apply a fault."),
    Call::post::<Revert, Changed>(REVERT, "revert", "Undo a fault."),
    Call::post::<Repair, Changed>(REPAIR, "repair", "Carry out a remedy."),
    Call::post::<Operate, Operated>(OPERATE, "operate", "Run an operation."),
    Call::post::<Jump, Jumped>(JUMP, "jump", "Move the world's clock on."),
    Call::post::<Windows, Printed>(
        WINDOWS,
        "windows",
        "Type a line into the command line of the machine. All lines of a session are typed into one window.",
    ),
    Call::post::<BeginAsk, Asked>(
        BEGIN_ASK,
        "begin-ask",
        "Start asking a subject; returns the complaint. Until the ask ends, requests to break, revert, repair, operate and jump wait.",
    ),
    Call::post::<EndAsk, AskEnded>(END_ASK, "end-ask", "End asking."),
    Call::post::<Map<String, Value>, Ending>(END, "end", "End the session."),
];

impl Call {
    const fn get<A: JsonSchema>(
        path: &'static str,
        name: &'static str,
        summary: &'static str,
    ) -> Self {
        let answer = SchemaGenerator::subschema_for::<A>;
        Self { method: "GET", path, name, summary, query: &[], body: None, answer }
    }

    const fn post<B: JsonSchema, A: JsonSchema>(
        path: &'static str,
        name: &'static str,
        summary: &'static str,
    ) -> Self {
        let body = SchemaGenerator::subschema_for::<B>;
        let call = Self::get::<A>(path, name, summary);
        Self { method: "POST", body: Some(body), ..call }
    }

    fn operation(&self, generator: &mut SchemaGenerator) -> Value {
        let number = json!({ "type": "integer", "minimum": 0 });
        let parameter = |(name, what): &(&str, &str)| json!({ "name": name, "in": "query", "description": what, "schema": number });
        let parameters: Vec<Value> = self.query.iter().map(parameter).collect();
        let done = answer("Success.", &(self.answer)(generator));
        let not_done = answer("Failure.", &generator.subschema_for::<Failed>());
        let mut operation = Map::from_iter([
            ("operationId".to_owned(), json!(self.name)),
            ("summary".to_owned(), json!(self.summary)),
            ("parameters".to_owned(), json!(parameters)),
            ("responses".to_owned(), json!({ "200": done, "default": not_done })),
        ]);
        if let Some(body) = self.body {
            let body = json!({ "content": content(&body(generator)) });
            operation.insert("requestBody".to_owned(), body);
        }
        Value::Object(operation)
    }
}

/// The description as a JSON document.
pub fn description() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
    });
    let mut generator = settings.into_generator();
    let mut paths = Map::new();
    for call in CALLS {
        let operation = call.operation(&mut generator);
        paths.insert(call.path.to_owned(), json!({ call.method.to_lowercase(): operation }));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "HTTP interface of a marslab session",
            "description": "Controls the broken world of a session that `marslab up` has started. Listens on 127.0.0.1 \
                only, requires the session file's token, and rejects requests from web pages.",
            "version": "1",
            "license": { "name": "MIT", "identifier": "MIT" },
        },
        "security": [{ "token": [] }],
        "paths": paths,
        "components": {
            "schemas": generator.take_definitions(true),
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
        },
    })
}

fn answer(description: &str, schema: &Schema) -> Value {
    json!({ "description": description, "content": content(schema) })
}

fn content(schema: &Schema) -> Value {
    json!({ "application/json": { "schema": schema } })
}
