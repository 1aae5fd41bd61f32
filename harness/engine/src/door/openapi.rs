//! The description of the door's HTTP interface (OpenAPI 3.1), made from the calls that the host port declares.

use marslab_model::host::CallSpec;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::reference::{Entry, ReferenceError, entries};

/// The description as a JSON document. The same for the same build, to the byte.
pub fn description() -> Result<Value, ReferenceError> {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
    });
    let mut generator = settings.into_generator();
    let mut paths = Map::new();
    for entry in entries()? {
        let operation = operation(&entry, &mut generator);
        paths.insert(format!("/v1/{}", entry.call.name()), json!({ "post": operation }));
    }
    let mut schemas = generator.take_definitions(true);
    schemas.insert("NotMade".to_owned(), not_made());
    Ok(json!({
        "openapi": "3.1.0",
        "info": {
            "title": "The machine behind a marslab door",
            "description": INTRO,
            "version": "1",
            "license": { "name": "MIT", "identifier": "MIT" },
        },
        "servers": [{
            "url": "http://{address}",
            "description": "What the door file has as `http`.",
            "variables": { "address": { "default": "127.0.0.1" } },
        }],
        "security": [{ "token": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": { "NotMade": {
                "description": "The call was not made, because of the caller or of the lab itself.",
                "content": content(&json!({ "$ref": "#/components/schemas/NotMade" }), None),
            } },
            "securitySchemes": { "token": {
                "type": "http", "scheme": "bearer", "description": "What the door file has as `token`.",
            } },
        },
    }))
}

fn operation(entry: &Entry, generator: &mut SchemaGenerator) -> Value {
    let call = entry.call;
    let is_required = call.arguments.iter().any(|argument| !argument.is_optional());
    let answer = answer(call, generator);
    let not_made = json!({ "$ref": "#/components/responses/NotMade" });
    json!({
        "operationId": call.name(),
        "summary": call.about(),
        "description": format!("On Windows: {}.", call.windows),
        "tags": [call.group],
        "requestBody": {
            "required": is_required,
            "content": content(&arguments(call, generator), Some(&entry.arguments)),
        },
        "responses": {
            "200": {
                "description": "What the call found, or how Windows refused it.",
                "content": content(&answer, Some(&entry.answer)),
            },
            "default": not_made,
        },
    })
}

/// The schema of a call's arguments.
pub fn arguments(call: &CallSpec, generator: &mut SchemaGenerator) -> Value {
    let mut properties = Map::new();
    for argument in call.arguments {
        let schema = (argument.schema)(generator);
        properties.insert(argument.name.to_owned(), schema.into());
    }
    let required = call.arguments.iter().filter(|argument| !argument.is_optional());
    let required: Vec<&str> = required.map(|argument| argument.name).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

fn answer(call: &CallSpec, generator: &mut SchemaGenerator) -> Value {
    let found = closed("ok", &(call.answer)(generator).into());
    let errors = (call.errors)();
    if errors.is_empty() {
        return found;
    }
    let codes: Vec<String> = errors.iter().map(|error| error.code()).collect();
    let refused = json!({
        "type": "object",
        "description": "The error with which Windows refuses the call.",
        "properties": {
            "code": { "enum": codes },
            "number": {
                "type": "integer", "minimum": 0,
                "description": "The Win32 or WinSock error, the RPC status or the HRESULT.",
            },
            "message": { "type": "string" },
        },
        "required": ["code", "number", "message"],
    });
    json!({ "oneOf": [found, closed("refused", &refused)] })
}

/// An object with one property.
fn closed(name: &str, schema: &Value) -> Value {
    json!({
        "type": "object",
        "properties": { name: schema },
        "required": [name],
        "additionalProperties": false,
    })
}

fn not_made() -> Value {
    let error = json!({
        "type": "object",
        "properties": {
            "code": { "enum": [
                "bad-arguments", "bad-method", "lab-failed", "no-such-call", "unauthorized",
            ] },
            "message": { "type": "string" },
        },
        "required": ["code", "message"],
    });
    closed("error", &error)
}

fn content(schema: &Value, example: Option<&Value>) -> Value {
    let mut json = Map::from_iter([("schema".to_owned(), schema.clone())]);
    json.extend(example.map(|example| ("example".to_owned(), example.clone())));
    json!({ "application/json": json })
}

const INTRO: &str = "How a diagnostic core looks at the machine that complains. It reads, and changes nothing. The file that the \
    variable MARSLAB_HOST names has the address and the token; it listens on 127.0.0.1 only and rejects requests from web \
    pages. TCP connections are opened through the SOCKS5 server beside it. The examples are what the healthy machine \
    answers.";

#[cfg(test)]
mod tests;
