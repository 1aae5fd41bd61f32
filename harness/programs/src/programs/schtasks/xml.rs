//! `schtasks /query /xml`: the frame is that of a real exported task (mars-facts 6); calendar and action are composed (†).

use jiff::ToSpan as _;
use marslab_model::Name;
use marslab_model::host::{TaskInfo, TriggerInfo};
use marslab_model::world::IfRunning;
use marslab_shell::dates;

use crate::program::Call;

/// A task's definition.
pub(super) fn of(call: &Call<'_>, path: &Name, task: &TaskInfo) -> String {
    let triggers = std::iter::once(&task.trigger).chain(task.more_triggers.values());
    let triggers: String = triggers.map(|it| trigger(call, it)).collect();
    let policy = match task.if_running {
        IfRunning::IgnoreNew => "IgnoreNew",
        IfRunning::Parallel => "Parallel",
    };
    let account = escaped(task.account.as_str());
    let user = if account.eq_ignore_ascii_case("SYSTEM") { "S-1-5-18" } else { &account };
    let (uri, enabled) = (escaped(path.as_str()), task.enabled);
    let (command, arguments) = (escaped(&task.command), escaped(&task.arguments));
    format!(
        r#"<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <URI>{uri}</URI>
  </RegistrationInfo>
  <Triggers>
{triggers}  </Triggers>
  <Principals>
    <Principal id="Author">
      <RunLevel>HighestAvailable</RunLevel>
      <UserId>{user}</UserId>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>{policy}</MultipleInstancesPolicy>
    <AllowStartOnDemand>true</AllowStartOnDemand>
    <Enabled>{enabled}</Enabled>
    <Hidden>false</Hidden>
    <ExecutionTimeLimit>PT72H</ExecutionTimeLimit>
    <Priority>7</Priority>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{command}</Command>
      <Arguments>{arguments}</Arguments>
    </Exec>
  </Actions>
</Task>
"#
    )
}

fn trigger(call: &Call<'_>, trigger: &TriggerInfo) -> String {
    let now = dates::now(call.host());
    let midnight = now.with().time(jiff::civil::Time::midnight()).build().unwrap_or(now);
    let start = midnight.checked_add(i64::from(trigger.minute_of_day).minutes());
    let start = start.unwrap_or(midnight).strftime("%Y-%m-%dT%H:%M:%S").to_string();
    let enabled = trigger.enabled;
    format!(
        "    <CalendarTrigger>
      <StartBoundary>{start}</StartBoundary>
      <Enabled>{enabled}</Enabled>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
