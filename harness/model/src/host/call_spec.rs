//! Descriptions of the calls: what a reference, a schema or a list of tools says of each.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Account, HostError};

/// A call, described.
#[derive(Clone, Copy, Debug)]
pub struct CallSpec {
    /// The method's name in Rust.
    pub method: &'static str,
    /// What the call belongs to: `Files`, `Registry`, `System`, `Network`.
    pub group: &'static str,
    /// What it finds, line by line.
    pub doc: &'static [&'static str],
    /// The public API of Windows that answers it, with backticks around code.
    pub windows: &'static str,
    /// Its arguments.
    pub arguments: &'static [ArgumentSpec],
    /// The schema of what it finds.
    pub answer: fn(&mut SchemaGenerator) -> Schema,
    /// The errors with which it can fail.
    pub errors: fn() -> Vec<&'static dyn HostError>,
}

/// An argument of a call.
#[derive(Clone, Copy, Debug)]
pub struct ArgumentSpec {
    /// The name in JSON.
    pub name: &'static str,
    /// The schema of its values.
    pub schema: fn(&mut SchemaGenerator) -> Schema,
    is_optional: fn() -> bool,
}

impl CallSpec {
    /// The name in JSON.
    pub fn name(&self) -> String {
        self.method.replace('_', "-")
    }

    /// What it finds, in one line.
    pub fn about(&self) -> String {
        let lines: Vec<&str> = self.doc.iter().map(|line| line.trim()).collect();
        lines.join(" ")
    }
}

impl ArgumentSpec {
    /// The account as which a call is made.
    pub const ACCOUNT: Self = Self {
        name: "as",
        schema: SchemaGenerator::subschema_for::<Account>,
        is_optional: || true,
    };

    /// An argument with values of a type.
    pub const fn new<T: JsonSchema + DeserializeOwned>(name: &'static str) -> Self {
        let is_optional = || serde_json::from_value::<T>(Value::Null).is_ok();
        Self { name, schema: SchemaGenerator::subschema_for::<T>, is_optional }
    }

    /// Whether it may be left out.
    pub fn is_optional(&self) -> bool {
        (self.is_optional)()
    }
}
