//! The server and its tools.

use std::fmt::Display;

use marslab_engine::door::{calls, openapi};
use marslab_model::Diagnosis;
use marslab_model::host::CallSpec;
use marslab_scenario::catalogue::Catalogue;
use rmcp::ErrorData;
use rmcp::handler::server::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation,
    JsonObject, ListToolsResult, PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool,
    ToolAnnotations,
};
use rmcp::service::{RequestContext, RoleServer};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::Config;
use crate::client;
use crate::submission::submit;

/// The server.
pub(crate) struct Bridge {
    config: Config,
}

impl Bridge {
    pub(crate) const fn new(config: Config) -> Self {
        Self { config }
    }

    /// A tool for each call of the door, and those that are about the question itself.
    fn tools(&self) -> Vec<Tool> {
        let mut generator = generator();
        let mut tools = Vec::new();
        if self.config.complaint.is_some() {
            tools.push(reading(COMPLAINT, COMPLAINT_DOC, empty()));
        }
        tools.push(reading(CAUSES, CAUSES_DOC, empty()));
        tools.extend(calls().map(|call| tool_of(call, &mut generator)));
        if self.config.diagnosis.is_some() {
            tools.push(Tool::new(SUBMIT, SUBMIT_DOC, schema_of::<Diagnosis>()));
        }
        tools
    }

    async fn answer(&self, name: &str, arguments: Map<String, Value>) -> CallToolResult {
        match (name, &self.config.complaint, &self.config.diagnosis) {
            (COMPLAINT, Some(complaint), _) => told(serde_json::to_string(complaint)),
            (CAUSES, _, _) => told(Ok::<_, ErrorData>(causes().to_string())),
            (SUBMIT, _, Some(file)) => {
                let submitted = submit(arguments, file, Catalogue::known());
                told(submitted.map(|diagnosis| {
                    let count = diagnosis.findings.len();
                    format!("submitted, with {count} findings; submitting again replaces it")
                }))
            }
            _ if calls().any(|call| call.name() == name) => {
                told(client::call(&self.config.door, name, &arguments).await)
            }
            _ => told(Err::<String, _>(format!("unknown tool `{name}`"))),
        }
    }
}

impl ServerHandler for Bridge {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().build();
        let itself = Implementation::new("marslab", env!("CARGO_PKG_VERSION"));
        ServerConfig::new(capabilities).with_server_info(itself).with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(self.tools()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let arguments = request.arguments.unwrap_or_default();
        Ok(self.answer(&request.name, arguments).await.into())
    }
}

fn tool_of(call: &CallSpec, generator: &mut SchemaGenerator) -> Tool {
    let schema = object(openapi::arguments(call, generator));
    let description = format!("{} On Windows: {}.", call.about(), call.windows);
    reading(&call.name(), &description, schema)
}

/// A tool that changes nothing.
fn reading(name: &str, description: &str, schema: JsonObject) -> Tool {
    let tool = Tool::new(name.to_owned(), description.to_owned(), schema);
    tool.with_annotations(ToolAnnotations::new().read_only(true))
}

/// The answer of a tool: text, or why there is none, so that the agent can do better.
fn told(answer: Result<impl Display, impl Display>) -> CallToolResult {
    match answer {
        Ok(text) => CallToolResult::success(vec![ContentBlock::text(text.to_string())]),
        Err(why) => CallToolResult::error(vec![ContentBlock::text(why.to_string())]),
    }
}

/// Always all: which of them come into question is for the agent to find out.
fn causes() -> Value {
    let catalogue = Catalogue::known();
    let causes = catalogue.causes.values().map(|cause| {
        json!({
            "cause": cause.id, "title": cause.title, "about": cause.about, "level": cause.level,
        })
    });
    let areas = catalogue.areas.values();
    let areas = areas.map(|area| json!({ "what": area.id, "title": area.title }));
    let remedies = catalogue.remedies.values();
    let remedies = remedies.map(|remedy| json!({ "remedy": remedy.id, "title": remedy.title }));
    json!({
        "causes": causes.collect::<Vec<_>>(),
        "areas": areas.collect::<Vec<_>>(),
        "remedies": remedies.collect::<Vec<_>>(),
    })
}

fn schema_of<T: JsonSchema>() -> JsonObject {
    object(generator().into_root_schema_for::<T>().into())
}

/// Many agents do not follow references in the schemas of tools.
fn generator() -> SchemaGenerator {
    SchemaSettings::draft2020_12().with(|it| it.inline_subschemas = true).into_generator()
}

fn empty() -> JsonObject {
    object(json!({ "type": "object", "properties": {} }))
}

fn object(value: Value) -> JsonObject {
    match value {
        Value::Object(object) => object,
        _ => JsonObject::new(),
    }
}

const COMPLAINT: &str = "complaint";
const CAUSES: &str = "causes";
const SUBMIT: &str = "submit";

const COMPLAINT_DOC: &str = "What the administrator complains about: the machine, the operation that was tried, and the \
    message that the console showed.";

const CAUSES_DOC: &str = "Every cause that a finding can name and what its `about` is, every area that can be left \
    unchecked, and every remedy.";

const SUBMIT_DOC: &str = "Submit the diagnosis: what is wrong with the machine, and what could not be checked. No findings \
    if nothing is wrong. Submitting again replaces what was submitted before.";

const INSTRUCTIONS: &str = "A Windows server with the Microsoft Azure Recovery Services (MARS) agent, of which an \
    administrator complains. Read the complaint, look at the machine with the other tools, and submit a diagnosis. All \
    tools only read. `{\"ok\": …}` is what a call found, `{\"refused\": …}` the error with which Windows refuses it, which \
    is evidence, too. The machine may well be healthy. Findings must name causes from the list of `causes`.";

#[cfg(test)]
mod tests;
