//! Event logs. The host port tells no level of a record, so that column is empty.

use async_trait::async_trait;
use jiff::civil::DateTime;
use marslab_model::Name;
use marslab_model::host::EventRecord;
use marslab_shell::event_logs::is_of_windows;

use crate::cmdlet::{Call, Cmdlet, Spec, is_like, missing};
use crate::failure::Failure;
use crate::value::{Object, Value, read_date};

/// The cmdlets of this file.
pub(crate) const ALL: &[&dyn Cmdlet] = &[&GetWinEvent, &GetEventLog];

struct GetWinEvent;
struct GetEventLog;

/// Which records are wanted.
#[derive(Default)]
struct Filter {
    logs: Vec<String>,
    providers: Vec<String>,
    ids: Vec<i64>,
    from: Option<DateTime>,
    to: Option<DateTime>,
}

#[async_trait]
impl Cmdlet for GetWinEvent {
    fn spec(&self) -> Spec {
        Spec::new("Get-WinEvent", "Microsoft.PowerShell.Commands.GetWinEventCommand")
            .since(2, 0)
            .takes(&[
                "LogName",
                "…",
                "MaxEvents",
                "FilterHashtable",
                "ListLog",
                "ProviderName",
                "Oldest!",
                "Force!",
            ])
            .lacks(&[
                "FilterXPath",
                "FilterXml",
                "ComputerName",
                "Credential",
                "ListProvider",
                "Path",
            ])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        if let Some(pattern) = call.arguments.text("ListLog") {
            list_logs(call, &pattern);
            return Ok(());
        }
        let filter = filter(call)?;
        let mut found = records(call, &filter.logs)?;
        found.retain(|(_, record)| filter.takes(call, record));
        found.sort_by_key(|(_, record)| record.at);
        if !call.arguments.is_on("Oldest") {
            found.reverse();
        }
        if let Some(most) = call.arguments.count("MaxEvents")? {
            found.truncate(most);
        }
        if found.is_empty() {
            let message = "No events were found that match the specified selection criteria.";
            let failure = Failure::new("ObjectNotFound", "NoMatchingEventsFound", message);
            call.fail(failure.of("Exception"));
        }
        let machine = call.host().full_name();
        for (log, record) in found {
            let object = Object::new("System.Diagnostics.Eventing.Reader.EventLogRecord")
                .with("TimeCreated", call.local(record.at))
                .with("Id", record.id)
                .with("LevelDisplayName", "")
                .with("Message", record.message)
                .with("ProviderName", record.source)
                .with("LogName", log.as_str())
                .with("MachineName", machine.as_str());
            call.put(object);
        }
        Ok(())
    }
}

/// The records of the logs that some patterns mean, each with its log.
fn records(call: &Call<'_>, wanted: &[String]) -> Result<Vec<(Name, EventRecord)>, Failure> {
    let mut found = Vec::new();
    let known: Vec<Name> = call.host().event_logs().into_iter().collect();
    for log in wanted {
        let logs: Vec<&Name> = known.iter().filter(|name| is_like(name.as_str(), log)).collect();
        if logs.is_empty() && is_of_windows(log) {
            return Err(Failure::not_in_lab(&format!("The event log {log}")));
        }
        if logs.is_empty() {
            let message = format!(
                "There is not an event log on the localhost computer that matches \"{log}\"."
            );
            let failure = Failure::new("ObjectNotFound", "NoMatchingLogsFound", message);
            return Err(failure.about(log, "String").of("Exception"));
        }
        for log in logs {
            let records = call.host().events(log).map_err(|error| {
                Failure::new("NotSpecified", "LogsReadFailure", error.to_string())
                    .of("EventLogException")
            })?;
            found.extend(records.into_iter().map(|record| (log.clone(), record)));
        }
    }
    Ok(found)
}

impl Filter {
    fn takes(&self, call: &Call<'_>, record: &EventRecord) -> bool {
        let at = call.local(record.at);
        let is_of = |provider: &String| is_like(&record.source, provider);
        (self.providers.is_empty() || self.providers.iter().any(is_of))
            && (self.ids.is_empty() || self.ids.contains(&i64::from(record.id)))
            && self.from.is_none_or(|from| at >= from)
            && self.to.is_none_or(|to| at <= to)
    }
}

fn filter(call: &Call<'_>) -> Result<Filter, Failure> {
    let Some(Value::Object(table)) = call.arguments.get("FilterHashtable").cloned() else {
        let logs = call.arguments.texts("LogName");
        let providers = call.arguments.texts("ProviderName");
        let logs =
            if logs.is_empty() && !providers.is_empty() { vec!["*".to_owned()] } else { logs };
        return if logs.is_empty() {
            Err(missing("LogName"))
        } else {
            Ok(Filter { logs, providers, ..Filter::default() })
        };
    };
    let mut filter = Filter::default();
    for (name, value) in table.fields {
        let texts = || value.clone().into_many().iter().map(Value::plain).collect::<Vec<_>>();
        let time = || match &value {
            Value::Date(at) => Some(*at),
            other => read_date(&other.plain()),
        };
        match name.to_ascii_lowercase().as_str() {
            "logname" => filter.logs = texts(),
            "providername" => filter.providers = texts(),
            "id" => {
                filter.ids = value.clone().into_many().iter().filter_map(Value::whole).collect();
            }
            "starttime" => filter.from = time(),
            "endtime" => filter.to = time(),
            _ => return Err(Failure::not_in_lab(&format!("The key '{name}' of -FilterHashtable"))),
        }
    }
    if filter.logs.is_empty() {
        filter.logs.push("*".to_owned());
    }
    Ok(filter)
}

fn list_logs(call: &mut Call<'_>, pattern: &str) {
    for log in call.host().event_logs() {
        if is_like(log.as_str(), pattern) {
            let records = call.host().events(&log).unwrap_or_default().len();
            let object = Object::new("")
                .with("LogMode", Value::of_enum("Circular"))
                .with("RecordCount", i64::try_from(records).unwrap_or(i64::MAX))
                .with("LogName", log.as_str());
            call.put(object);
        }
    }
}

#[async_trait]
impl Cmdlet for GetEventLog {
    fn spec(&self) -> Spec {
        Spec::new("Get-EventLog", "Microsoft.PowerShell.Commands.GetEventLogCommand")
            .takes(&[
                "LogName",
                "InstanceId",
                "…",
                "Newest",
                "Source",
                "After",
                "Before",
                "Message",
                "List!",
            ])
            .lacks(&["EntryType", "ComputerName", "UserName", "Index", "AsBaseObject", "AsString"])
    }

    /// The logs of old alone: newer programs' logs are `Get-WinEvent`'s.
    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let log = call.needed_text("LogName")?;
        let is_classic = CLASSIC.iter().any(|own| own.eq_ignore_ascii_case(&log));
        if !is_classic {
            let message = format!("The event log '{log}' on computer '.' does not exist.");
            return Err(Failure::new("NotSpecified", "System.InvalidOperationException", message)
                .of("InvalidOperationException"));
        }
        let time = |name: &str| match call.arguments.get(name) {
            Some(Value::Date(at)) => Some(*at),
            other => other.and_then(|it| read_date(&it.plain())),
        };
        let ids = call.arguments.get("InstanceId").cloned().unwrap_or_default().into_many();
        let filter = Filter {
            logs: Vec::new(),
            providers: call.arguments.texts("Source"),
            ids: ids.iter().filter_map(Value::whole).collect(),
            from: time("After"),
            to: time("Before"),
        };
        let pattern = call.arguments.text("Message");
        let records = call.host().events(&Name::new(&log)).unwrap_or_default();
        let numbered = (1_i64..).zip(records);
        let mut found: Vec<(i64, EventRecord)> =
            numbered.filter(|(_, it)| filter.takes(call, it)).collect();
        found.retain(|(_, it)| pattern.as_ref().is_none_or(|own| is_like(&it.message, own)));
        found.reverse();
        if let Some(newest) = call.arguments.count("Newest")? {
            found.truncate(newest);
        }
        if found.is_empty() {
            let failure =
                Failure::new("ObjectNotFound", "GetEventLogNoEntriesFound", "No matches found");
            call.fail(failure.of("ArgumentException"));
        }
        for (index, record) in found {
            let at = call.local(record.at);
            let object = Object::new("System.Diagnostics.EventLogEntry")
                .with("Index", index)
                .with("Time", at.strftime("%b %d %H:%M").to_string())
                .with("EntryType", "")
                .with("Source", record.source)
                .with("InstanceID", record.id)
                .with("Message", record.message)
                .with("EventID", record.id)
                .with("TimeGenerated", at);
            call.put(object);
        }
        Ok(())
    }
}

/// The logs of Windows NT.
const CLASSIC: [&str; 3] = ["Application", "Security", "System"];
