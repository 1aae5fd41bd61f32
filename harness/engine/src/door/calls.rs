//! The calls behind the door: each is one method of the host port.

use marslab_model::host::{FileError, HostRead};
use marslab_model::world::Content;
use marslab_model::{Account, DialError, HostName, KeyPath, Name, WinPath};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use thiserror::Error;

/// Why a call was not answered.
#[derive(Debug, Error)]
pub(super) enum Refusal {
    #[error("unknown call `{0}`; expected one of {CALLS:?}")]
    NoSuchCall(String),
    #[error("invalid arguments: {0}")]
    BadArguments(#[from] serde_json::Error),
    #[error("missing argument `{0}`")]
    Missing(&'static str),
    #[error(transparent)]
    File(#[from] FileError),
    #[error(transparent)]
    Dial(#[from] DialError),
}

impl Refusal {
    pub(super) const fn code(&self) -> &'static str {
        match self {
            Self::NoSuchCall(_) => "no-such-call",
            Self::BadArguments(_) | Self::Missing(_) => "bad-arguments",
            Self::File(error) => match error {
                FileError::NotFound => "not-found",
                FileError::AccessDenied => "access-denied",
                FileError::SharingViolation => "sharing-violation",
                FileError::DiskFull => "disk-full",
                FileError::InvalidPath => "invalid-path",
                FileError::NetworkPath => "network-path",
                FileError::NamesExhausted => "names-exhausted",
                FileError::Corrupt => "corrupt",
                FileError::CloudFile => "cloud-file",
                FileError::TooLarge => "too-large",
            },
            Self::Dial(error) => match error {
                DialError::NoSuchHost => "no-such-host",
                DialError::TimedOut => "timed-out",
                DialError::Refused => "refused",
                DialError::Reset => "reset",
                DialError::Unreachable => "unreachable",
            },
        }
    }

    /// 4xx where the caller is wrong. What the machine refuses is an answer like any other.
    pub(super) const fn status(&self) -> http::StatusCode {
        match self {
            Self::NoSuchCall(_) => http::StatusCode::NOT_FOUND,
            Self::BadArguments(_) | Self::Missing(_) => http::StatusCode::BAD_REQUEST,
            Self::File(_) | Self::Dial(_) => http::StatusCode::OK,
        }
    }
}

/// The arguments of every call; each needs some of them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct Arguments {
    /// The account as which the call is made; SYSTEM where there is none.
    r#as: Option<String>,
    path: Option<String>,
    extension: Option<String>,
    key: Option<String>,
    name: Option<String>,
    url: Option<String>,
}

impl Arguments {
    fn read(body: &[u8]) -> Result<Self, Refusal> {
        if body.is_empty() { Ok(Self::default()) } else { Ok(serde_json::from_slice(body)?) }
    }

    fn who(&self) -> Account {
        self.r#as.as_deref().map_or(Account::System, super::account)
    }

    fn path(&self) -> Result<WinPath, Refusal> {
        self.path.as_deref().map(WinPath::from).ok_or(Refusal::Missing("path"))
    }

    fn key(&self) -> Result<KeyPath, Refusal> {
        self.key.as_deref().map(KeyPath::from).ok_or(Refusal::Missing("key"))
    }

    fn name(&self) -> Result<Name, Refusal> {
        self.name.as_deref().map(Name::from).ok_or(Refusal::Missing("name"))
    }
}

/// Answers one call.
pub(super) async fn answer(host: &dyn HostRead, call: &str, body: &[u8]) -> Result<Value, Refusal> {
    let arguments = Arguments::read(body)?;
    if call == "resolve" {
        let host_name = HostName::new(arguments.name()?.as_str());
        return to_json(host.resolve(&host_name).await?);
    }
    let answered = match files(host, call, &arguments)? {
        Some(value) => Some(value),
        None => match registry(host, call, &arguments)? {
            Some(value) => Some(value),
            None => match system(host, call, &arguments)? {
                Some(value) => Some(value),
                None => user(host, call, &arguments)?,
            },
        },
    };
    answered.ok_or_else(|| Refusal::NoSuchCall(call.to_owned()))
}

fn files(host: &dyn HostRead, call: &str, with: &Arguments) -> Result<Option<Value>, Refusal> {
    let who = with.who();
    let value = match call {
        "read-file" => to_json(Content::from(host.read_file(&who, &with.path()?)?)),
        "file-info" => to_json(host.file_info(&who, &with.path()?)?),
        "list-folder" => to_json(host.list_folder(&who, &with.path()?)?),
        "count-files" => {
            let extension = with.extension.as_deref().ok_or(Refusal::Missing("extension"))?;
            to_json(host.count_files(&who, &with.path()?, extension)?)
        }
        "volumes" => to_json(pairs(host.volumes())),
        _ => return Ok(None),
    };
    value.map(Some)
}

fn registry(host: &dyn HostRead, call: &str, with: &Arguments) -> Result<Option<Value>, Refusal> {
    let who = with.who();
    let value = match call {
        "registry-value" => to_json(host.registry_value(&who, &with.key()?, &with.name()?)),
        "registry-values" => to_json(pairs(host.registry_values(&who, &with.key()?))),
        "registry-subkeys" => to_json(host.registry_subkeys(&who, &with.key()?)),
        _ => return Ok(None),
    };
    value.map(Some)
}

fn system(host: &dyn HostRead, call: &str, with: &Arguments) -> Result<Option<Value>, Refusal> {
    let value = match call {
        "computer-name" => to_json(host.computer_name()),
        "full-name" => to_json(host.full_name()),
        "language" => to_json(host.language()),
        "os" => to_json(host.os()),
        "platform" => to_json(host.platform()),
        "service" => to_json(host.service(&with.name()?)),
        "task" => to_json(host.task(&with.name()?)),
        "devices" => to_json(pairs(host.devices())),
        "software" => to_json(pairs(host.software())),
        "antivirus" => to_json(host.antivirus()),
        "environment" => to_json(pairs(host.environment())),
        "environment-at-boot" => to_json(pairs(host.environment_at_boot())),
        "now" => to_json(host.now()),
        "zone" => to_json(host.zone()),
        "events" => to_json(host.events(&with.name()?)),
        "mounts" => to_json(host.mounts()),
        "trusted-roots" => {
            let roots = host.trusted_roots().into_iter().map(Content::from);
            to_json(roots.collect::<Vec<_>>())
        }
        "certificates" => {
            let facts = |it: marslab_model::host::CertificateInfo| json!({ "thumbprint": it.thumbprint, "subject": it.subject, "der": Content::from(it.der) });
            to_json(host.certificates().into_iter().map(facts).collect::<Vec<_>>())
        }
        _ => return Ok(None),
    };
    value.map(Some)
}

fn user(host: &dyn HostRead, call: &str, with: &Arguments) -> Result<Option<Value>, Refusal> {
    let value = match call {
        "account" => to_json(host.account(&with.name()?)),
        "software-of" => to_json(host.software_of(&with.name()?).map(pairs)),
        "users" => to_json(host.users()),
        "portal-session" => to_json(host.portal_session(&with.name()?)),
        "cached-answer" => {
            let url = with.url.as_deref().ok_or(Refusal::Missing("url"))?;
            let cached = host.cached_answer(&with.name()?, url);
            to_json(cached.map(|(status, body)| json!({ "status": status, "body": body })))
        }
        _ => return Ok(None),
    };
    value.map(Some)
}

/// Named things as an object; the names keep their case.
fn pairs<T: Serialize>(named: Vec<(Name, T)>) -> Value {
    let entry = |(name, value): (Name, T)| (name.as_str().to_owned(), json!(value));
    Value::Object(named.into_iter().map(entry).collect())
}

fn to_json(value: impl Serialize) -> Result<Value, Refusal> {
    Ok(serde_json::to_value(value)?)
}

/// Every call.
pub(super) const CALLS: [&str; 32] = [
    "account",
    "antivirus",
    "cached-answer",
    "certificates",
    "computer-name",
    "count-files",
    "devices",
    "environment",
    "environment-at-boot",
    "events",
    "file-info",
    "full-name",
    "language",
    "list-folder",
    "mounts",
    "now",
    "os",
    "platform",
    "portal-session",
    "read-file",
    "registry-subkeys",
    "registry-value",
    "registry-values",
    "resolve",
    "service",
    "software",
    "software-of",
    "task",
    "trusted-roots",
    "users",
    "volumes",
    "zone",
];
