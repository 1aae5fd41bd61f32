//! `Get-ItemProperty` and what changes values of the registry. Paths of files are `Get-ChildItem`'s and the like.

use std::collections::BTreeMap;

use async_trait::async_trait;
use marslab_model::host::RegistryValue;
use marslab_model::{KeyPath, Name};

use crate::cmdlet::{Call, Cmdlet, Spec, is_like, missing};
use crate::failure::Failure;
use crate::value::{Object, Value};

/// The cmdlets of this file.
pub(crate) const ALL: &[&dyn Cmdlet] = &[
    &GetItemProperty,
    &GetItemPropertyValue,
    &Write { is_new: false },
    &Write { is_new: true },
    &RemoveItemProperty,
];

struct GetItemProperty;
struct GetItemPropertyValue;
struct Write {
    is_new: bool,
}
struct RemoveItemProperty;

#[async_trait]
impl Cmdlet for GetItemProperty {
    fn spec(&self) -> Spec {
        Spec::new("Get-ItemProperty", "Microsoft.PowerShell.Commands.GetItemPropertyCommand")
            .also(&["gp"])
            .takes(&["Path=LiteralPath=PSPath", "Name", "…"])
            .lacks(&["Filter", "Include", "Exclude", "Credential"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let names = call.arguments.texts("Name");
        for path in call.needed("Path", "PSPath")? {
            let Some((key, values)) = read(call, &path)? else { continue };
            let mut object = Object::new("");
            if names.is_empty() {
                object.fields.extend(
                    values.iter().map(|(name, value)| (name.as_str().to_owned(), shown(value))),
                );
            }
            for wanted in &names {
                let fitting = values.iter().filter(|(name, _)| is_like(name.as_str(), wanted));
                let before = object.fields.len();
                object
                    .fields
                    .extend(fitting.map(|(name, value)| (name.as_str().to_owned(), shown(value))));
                if object.fields.len() == before {
                    call.fail(no_property(wanted, &key));
                }
            }
            if !object.fields.is_empty() {
                call.put(placed(object, &key));
            }
        }
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for GetItemPropertyValue {
    fn spec(&self) -> Spec {
        Spec::new(
            "Get-ItemPropertyValue",
            "Microsoft.PowerShell.Commands.GetItemPropertyValueCommand",
        )
        .also(&["gpv"])
        .since(5, 0)
        .takes(&["Path=LiteralPath=PSPath", "Name", "…"])
        .lacks(&["Filter", "Include", "Exclude", "Credential"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let names = call.arguments.texts("Name");
        for path in call.needed("Path", "PSPath")? {
            let Some((key, values)) = read(call, &path)? else { continue };
            for wanted in &names {
                match values.get(&Name::new(wanted)) {
                    Some(value) => call.put(shown(value)),
                    None => call.fail(no_property(wanted, &key)),
                }
            }
        }
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for Write {
    fn spec(&self) -> Spec {
        let spec = if self.is_new {
            Spec::new("New-ItemProperty", "Microsoft.PowerShell.Commands.NewItemPropertyCommand")
        } else {
            Spec::new("Set-ItemProperty", "Microsoft.PowerShell.Commands.SetItemPropertyCommand")
                .also(&["sp"])
        };
        spec.takes(&[
            "Path=LiteralPath=PSPath",
            "Name",
            "Value",
            "…",
            "PropertyType=Type",
            "Force!",
            "PassThru!",
        ])
        .lacks(&["InputObject", "Filter", "Include", "Exclude", "Credential", "WhatIf"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let path = call.needed_text("Path")?;
        let name = call.needed_text("Name")?;
        let value = call.arguments.get("Value").cloned().unwrap_or_default();
        if value == Value::Null && !self.is_new {
            return Err(missing("Value"));
        }
        let Some((key, values)) = read(call, &path)? else { return Ok(()) };
        let old = values.get(&Name::new(&name));
        if self.is_new && old.is_some() && !call.arguments.is_on("Force") {
            let message = "The property already exists.";
            let id = "System.IO.IOException";
            return Err(Failure::new("WriteError", id, message)
                .about(&full(&key), "String")
                .of("IOException"));
        }
        let kind = call.arguments.one_of(
            "PropertyType",
            &["String", "ExpandString", "DWord", "Binary", "MultiString", "QWord"],
        )?;
        let kind = kind.or(match old {
            Some(RegistryValue::Number(_)) => Some("DWord"),
            None if matches!(value, Value::Int(_)) => Some("DWord"),
            _ => None,
        });
        let made = match kind {
            Some("DWord") => {
                let number = value.whole().and_then(|it| u32::try_from(it).ok());
                let number = number.ok_or_else(|| {
                    crate::arguments::cannot_convert("Value", &value, "System.Int32")
                })?;
                RegistryValue::Number(number)
            }
            Some("Binary") => {
                let bytes = value.clone().into_many();
                let bytes: Option<Vec<u8>> = bytes
                    .iter()
                    .map(|it| it.whole().and_then(|it| u8::try_from(it).ok()))
                    .collect();
                RegistryValue::Binary(bytes.unwrap_or_default().into())
            }
            Some(other @ ("MultiString" | "QWord")) => {
                return Err(Failure::not_in_lab(&format!("A value of the type {other}")));
            }
            _ => RegistryValue::Text(value.plain()),
        };
        call.host().set_registry_value(call.who, &key, &Name::new(&name), made.clone());
        if self.is_new || call.arguments.is_on("PassThru") {
            call.put(placed(Object::new("").with(&name, shown(&made)), &key));
        }
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for RemoveItemProperty {
    fn spec(&self) -> Spec {
        Spec::new("Remove-ItemProperty", "Microsoft.PowerShell.Commands.RemoveItemPropertyCommand")
            .also(&["rp"])
            .takes(&["Path=LiteralPath=PSPath", "Name", "Force!"])
            .lacks(&["Filter", "Include", "Exclude", "Credential", "WhatIf"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let path = call.needed_text("Path")?;
        let names = call.arguments.texts("Name");
        if names.is_empty() {
            return Err(missing("Name"));
        }
        let Some((key, values)) = read(call, &path)? else { return Ok(()) };
        for wanted in names {
            let fitting: Vec<&Name> =
                values.keys().filter(|it| is_like(it.as_str(), &wanted)).collect();
            if fitting.is_empty() {
                call.fail(no_property(&wanted, &key));
            }
            for name in fitting {
                call.host().remove_registry_value(call.who, &key, name);
            }
        }
        Ok(())
    }
}

/// The key that a path means, or nothing for a path of another provider.
pub(super) fn key_of(path: &str) -> Option<KeyPath> {
    let bare = ["Microsoft.PowerShell.Core\\", "Registry::"]
        .iter()
        .fold(path.trim(), |rest, prefix| rest.strip_prefix(prefix).unwrap_or(rest));
    let (drive, below) = bare.split_at(bare.find([':', '\\']).unwrap_or(bare.len()));
    let short = HIVES.iter().find(|(long, short)| {
        long.eq_ignore_ascii_case(drive) || short.eq_ignore_ascii_case(drive)
    })?;
    let is_long = bare.len() != path.trim().len() || below.starts_with(':');
    if !is_long {
        return None;
    }
    let below = below.trim_start_matches(':').replace('/', "\\");
    let below = below.trim_matches('\\');
    let dot = if below.is_empty() { "" } else { "\\" };
    Some(KeyPath::new(format!("{}{dot}{below}", short.1)))
}

/// A key as a path of the provider: `HKEY_LOCAL_MACHINE\…`.
pub(super) fn full(key: &KeyPath) -> String {
    let text = key.as_str();
    let (hive, below) = text.split_at(text.find('\\').unwrap_or(text.len()));
    let long = HIVES.iter().find(|(_, short)| short.eq_ignore_ascii_case(hive));
    format!("{}{below}", long.map_or(hive, |(long, _)| long))
}

/// Whether a key exists: it has values, or keys below it.
pub(super) fn has_key(call: &Call<'_>, key: &KeyPath) -> bool {
    let parent = key.as_str().rsplit_once('\\').map(|(parent, _)| KeyPath::new(parent));
    let Some(parent) = parent else { return true };
    let below = call.host().registry_subkeys(call.who, &parent).unwrap_or_default();
    below.contains(key)
        || !call.host().registry_values(call.who, key).unwrap_or_default().is_empty()
        || !call.host().registry_subkeys(call.who, key).unwrap_or_default().is_empty()
        || below.iter().any(|it| ends_alike(it, key))
}

/// Keys of an account's own hive are listed under its number.
fn ends_alike(one: &KeyPath, two: &KeyPath) -> bool {
    let last = |key: &KeyPath| key.as_str().rsplit('\\').next().map(str::to_lowercase);
    last(one) == last(two)
}

/// A key and its values.
type Key = (KeyPath, BTreeMap<Name, RegistryValue>);

/// A key with its values, as far as a path leads to one; if not, that is noted.
fn read(call: &mut Call<'_>, path: &str) -> Result<Option<Key>, Failure> {
    let Some(key) = key_of(path) else {
        return Err(Failure::not_in_lab("A property of what is not in the registry"));
    };
    if !has_key(call, &key) {
        call.fail(no_path(path));
        return Ok(None);
    }
    match call.host().registry_values(call.who, &key) {
        Ok(values) => Ok(Some((key, values))),
        Err(_) => {
            let message = "Requested registry access is not allowed.";
            let failure =
                Failure::new("PermissionDenied", "System.Security.SecurityException", message);
            call.fail(failure.about(&full(&key), "String").of("SecurityException"));
            Ok(None)
        }
    }
}

/// A path leads nowhere.
pub(super) fn no_path(path: &str) -> Failure {
    let message = format!("Cannot find path '{path}' because it does not exist.");
    Failure::new("ObjectNotFound", "PathNotFound", message)
        .about(path, "String")
        .of("ItemNotFoundException")
}

fn no_property(name: &str, key: &KeyPath) -> Failure {
    let key = full(key);
    let message = format!("Property {name} does not exist at path {key}.");
    Failure::new("InvalidArgument", "System.Management.Automation.PSArgumentException", message)
        .about(name, "String")
        .of("PSArgumentException")
}

fn shown(value: &RegistryValue) -> Value {
    match value {
        RegistryValue::Text(text) => Value::Text(text.clone()),
        RegistryValue::Number(number) => Value::from(*number),
        RegistryValue::Binary(bytes) => {
            Value::List(bytes.bytes().iter().map(|byte| Value::from(u32::from(*byte))).collect())
        }
    }
}

/// The properties that the provider adds.
fn placed(object: Object, key: &KeyPath) -> Object {
    let key = full(key);
    let parent = key.rsplit_once('\\').map_or("", |(parent, _)| parent).to_owned();
    let child = key.rsplit('\\').next().unwrap_or_default().to_owned();
    let drive = if key.starts_with("HKEY_CURRENT_USER") { "HKCU" } else { "HKLM" };
    object
        .with("PSPath", format!("Microsoft.PowerShell.Core\\Registry::{key}"))
        .with("PSParentPath", format!("Microsoft.PowerShell.Core\\Registry::{parent}"))
        .with("PSChildName", child)
        .with("PSDrive", drive)
        .with("PSProvider", "Microsoft.PowerShell.Core\\Registry")
}

/// The hives by their long and short names.
const HIVES: [(&str, &str); 3] =
    [("HKEY_LOCAL_MACHINE", "HKLM"), ("HKEY_CURRENT_USER", "HKCU"), ("HKEY_USERS", "HKU")];

#[cfg(test)]
mod tests;
