//! The Task Scheduler's cmdlets.

use async_trait::async_trait;
use jiff::civil::DateTime;
use jiff::{SignedDuration, ToSpan as _};
use marslab_model::admin::TaskError;
use marslab_model::host::{TaskInfo, TriggerInfo};
use marslab_model::{Name, Operation, Outcome};
use marslab_shell::Typed;

use crate::cmdlet::{Call, Cmdlet, Spec, is_like, is_pattern, missing};
use crate::failure::Failure;
use crate::value::{Object, Value, read_minute};

/// The cmdlets of this file.
pub(crate) const ALL: &[&dyn Cmdlet] = &[
    &GetScheduledTask,
    &GetScheduledTaskInfo,
    &Switch { enables: true },
    &Switch { enables: false },
    &StartScheduledTask,
    &SetScheduledTask,
    &NewTrigger,
    &NewPrincipal,
];

struct GetScheduledTask;
struct GetScheduledTaskInfo;
struct Switch {
    enables: bool,
}
struct StartScheduledTask;
struct SetScheduledTask;
struct NewTrigger;
struct NewPrincipal;

const TASK: &str = "MSFT_ScheduledTask";
const TRIGGER: &str = "MSFT_TaskDailyTrigger";
const PRINCIPAL: &str = "MSFT_TaskPrincipal2";

#[async_trait]
impl Cmdlet for GetScheduledTask {
    fn spec(&self) -> Spec {
        Spec::new("Get-ScheduledTask", "Get-ScheduledTask")
            .since(3, 0)
            .takes(&["TaskName", "TaskPath"])
            .lacks(&["CimSession", "ThrottleLimit", "AsJob"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        for (path, info) in tasks(call) {
            call.put(object(&path, &info));
        }
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for GetScheduledTaskInfo {
    fn spec(&self) -> Spec {
        Spec::new("Get-ScheduledTaskInfo", "Get-ScheduledTaskInfo")
            .since(3, 0)
            .takes(&["TaskName", "TaskPath", "InputObject"])
            .lacks(&["CimSession", "ThrottleLimit", "AsJob"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        named(call)?;
        for (path, info) in tasks(call) {
            let (folder, name) = split(&path);
            let next = next_run(call.local(call.host().now()), &info);
            // What Windows shows of a task that has never run.
            let never = || DateTime::constant(1999, 11, 30, 0, 0, 0, 0);
            let object = Object::new("MSFT_TaskDynamicInfo")
                .with("LastRunTime", info.last_run.map_or_else(never, |at| call.local(at)))
                .with("LastTaskResult", info.last_result)
                .with("NextRunTime", next)
                .with("NumberOfMissedRuns", 0_i64)
                .with("TaskName", name)
                .with("TaskPath", folder)
                .with("PSComputerName", Value::Null);
            call.put(object);
        }
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for Switch {
    fn spec(&self) -> Spec {
        let (name, class) = if self.enables {
            ("Enable-ScheduledTask", "Enable-ScheduledTask")
        } else {
            ("Disable-ScheduledTask", "Disable-ScheduledTask")
        };
        Spec::new(name, class).since(3, 0).takes(&["TaskName", "TaskPath", "InputObject"]).lacks(&[
            "CimSession",
            "ThrottleLimit",
            "AsJob",
        ])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        named(call)?;
        for (path, _) in tasks(call) {
            if self.enables {
                call.host().enable_task(&path);
            } else {
                call.host().disable_task(&path);
            }
            if let Ok(Some(info)) = call.host().task(&path) {
                call.put(object(&path, &info));
            }
        }
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for StartScheduledTask {
    fn spec(&self) -> Spec {
        Spec::new("Start-ScheduledTask", "Start-ScheduledTask")
            .since(3, 0)
            .takes(&["TaskName", "TaskPath", "InputObject"])
            .lacks(&["CimSession", "ThrottleLimit", "AsJob"])
    }

    /// What a task starts goes on by itself; that the agent's command fails shows in its log and job history alone.
    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        named(call)?;
        for (path, _) in tasks(call) {
            match call.host().run_task_now(&path) {
                Ok(ran) => {
                    for _ in ran.iter().filter(|it| it.name.eq_ignore_ascii_case("Start-OBBackup"))
                    {
                        let _ended: Outcome =
                            call.machine.agent.operate(Operation::Backup, Typed::default()).await;
                    }
                }
                Err(error) => {
                    let (category, id, message) = match error {
                        TaskError::Missing => (
                            "ObjectNotFound",
                            "HRESULT 0x80070002",
                            "The system cannot find the file specified.",
                        ),
                        TaskError::Disabled => {
                            ("NotSpecified", "HRESULT 0x80041326", "The task is disabled.")
                        }
                        TaskError::NoScheduler => {
                            ("NotSpecified", "HRESULT 0x800706ba", "The RPC server is unavailable.")
                        }
                    };
                    let about = Failure::new(category, id, message)
                        .about("PS_ScheduledTask", "Root/Microsoft/...S_ScheduledTask");
                    call.fail(about.of("CimException"));
                }
            }
        }
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for SetScheduledTask {
    fn spec(&self) -> Spec {
        Spec::new("Set-ScheduledTask", "Set-ScheduledTask")
            .since(3, 0)
            .takes(&["TaskName", "TaskPath", "InputObject", "…", "Trigger", "User", "Principal"])
            .lacks(&["Action", "Settings", "Password", "CimSession", "ThrottleLimit", "AsJob"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        named(call)?;
        let mut user = call.arguments.text("User");
        if let Some(Value::Object(principal)) = call.arguments.get("Principal") {
            user = principal.get("UserId").map(Value::plain).or(user);
        }
        let trigger = call.arguments.get("Trigger").cloned().map(Value::into_many);
        for (path, info) in tasks(call) {
            if let Some(user) = &user {
                set_user(call, &path, user)?;
            }
            let triggers = trigger.iter().flatten().filter_map(trigger_info);
            // A task keeps the names of its further triggers.
            let ids = std::iter::once(None).chain(info.more_triggers.keys().map(Some));
            for (id, trigger) in ids.zip(triggers) {
                call.host().set_task_trigger(&path, id, &trigger);
            }
            if let Ok(Some(info)) = call.host().task(&path) {
                call.put(object(&path, &info));
            }
        }
        Ok(())
    }
}

/// Sets the account; one that Windows does not know is refused.
fn set_user(call: &Call<'_>, path: &Name, user: &str) -> Result<(), Failure> {
    let is_system = SYSTEM_NAMES.iter().any(|name| name.eq_ignore_ascii_case(user));
    let name = Name::new(user);
    let is_known = || call.host().account(&name).ok().flatten().is_some();
    if !is_system && !is_known() {
        let message = "No mapping between account names and security IDs was done.";
        return Err(Failure::new("NotSpecified", "HRESULT 0x80070534", message).of("CimException"));
    }
    call.host().set_task_account(path, &if is_system { Name::new("SYSTEM") } else { name });
    Ok(())
}

#[async_trait]
impl Cmdlet for NewTrigger {
    fn spec(&self) -> Spec {
        Spec::new("New-ScheduledTaskTrigger", "New-ScheduledTaskTrigger")
            .since(3, 0)
            .takes(&["At", "Daily!", "DaysInterval"])
            .lacks(&["Once", "Weekly", "AtStartup", "AtLogOn", "RandomDelay", "User", "DaysOfWeek"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let at = call.arguments.get("At").cloned().ok_or_else(|| missing("At"))?;
        let minute = match &at {
            Value::Date(at) => {
                Some(u32::try_from(i32::from(at.hour()) * 60 + i32::from(at.minute())).unwrap_or(0))
            }
            other => read_minute(&other.plain()),
        };
        let minute_of_day =
            minute.ok_or_else(|| crate::arguments::cannot_convert("At", &at, "System.DateTime"))?;
        let today = call.local(call.host().now());
        call.put(trigger_object(today, &TriggerInfo { enabled: true, minute_of_day }));
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for NewPrincipal {
    fn spec(&self) -> Spec {
        Spec::new("New-ScheduledTaskPrincipal", "New-ScheduledTaskPrincipal")
            .since(3, 0)
            .takes(&["UserId", "LogonType", "RunLevel"])
            .lacks(&["GroupId", "Id", "ProcessTokenSidType", "RequiredPrivilege"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let user = call.needed_text("UserId")?;
        call.put(
            Object::new(PRINCIPAL).with("UserId", user).with("RunLevel", Value::of_enum("Limited")),
        );
        Ok(())
    }
}

/// Those that change tasks need to know which.
fn named(call: &Call<'_>) -> Result<(), Failure> {
    let is =
        call.arguments.has("TaskName") || call.arguments.has("InputObject") || call.input.is_some();
    if is { Ok(()) } else { Err(missing("TaskName")) }
}

/// The tasks that were named, or came through the pipe, or all.
fn tasks(call: &mut Call<'_>) -> Vec<(Name, TaskInfo)> {
    let host = call.host();
    let read = |path: Name| host.task(&path).ok().flatten().map(|info| (path, info));
    let all: Vec<(Name, TaskInfo)> = host.task_names().into_iter().filter_map(read).collect();
    let given =
        call.arguments.take("InputObject").map(Value::into_many).or_else(|| call.input.take());
    if let Some(given) = given {
        let path = |value: &Value| {
            let of = |name: &str| value.property(name).unwrap_or_default().plain();
            Name::new(format!("{}{}", of("TaskPath"), of("TaskName")))
        };
        let wanted: Vec<Name> = given.iter().map(path).collect();
        return all.into_iter().filter(|(path, _)| wanted.contains(path)).collect();
    }
    let (names, folders) = (call.arguments.texts("TaskName"), call.arguments.texts("TaskPath"));
    let mut found = Vec::new();
    let in_folder = |path: &Name| {
        let (folder, _) = split(path);
        folders.is_empty() || folders.iter().any(|wanted| is_like(&folder, wanted))
    };
    if names.is_empty() {
        found.extend(all.into_iter().filter(|(path, _)| in_folder(path)));
        return found;
    }
    for wanted in names {
        let fits = |path: &Name| {
            let full = path.as_str();
            let own = split(path).1;
            (is_like(&own, &wanted) || is_like(full, &wanted)) && in_folder(path)
        };
        let before = found.len();
        found.extend(all.iter().filter(|(path, _)| fits(path)).cloned());
        if found.len() == before && !is_pattern(&wanted) {
            let message = format!(
                "No MSFT_ScheduledTask objects found with property 'TaskName' equal to '{wanted}'.  Verify the value of the \
                 property and retry."
            );
            let failure =
                Failure::new("ObjectNotFound", "CmdletizationQuery_NotFound_TaskName", message);
            call.fail(failure.about(&wanted, "String").of("CimJobException"));
        }
    }
    found
}

/// The folder with its last backslash, and the name.
fn split(path: &Name) -> (String, String) {
    let text = path.as_str();
    let at = text.rfind('\\').map_or(0, |at| at + 1);
    let (folder, name) = text.split_at(at);
    (folder.to_owned(), name.to_owned())
}

fn object(path: &Name, info: &TaskInfo) -> Object {
    let (folder, name) = split(path);
    let state = if info.enabled { "Ready" } else { "Disabled" };
    let today = DateTime::constant(2019, 1, 1, 0, 0, 0, 0);
    let triggers = std::iter::once(&info.trigger).chain(info.more_triggers.values());
    let triggers = triggers.map(|it| trigger_object(today, it).into()).collect();
    let action = Object::new("MSFT_TaskExecAction")
        .with("Execute", info.command.as_str())
        .with("Arguments", info.arguments.as_str());
    let principal = Object::new(PRINCIPAL).with("UserId", info.account.as_str());
    let settings = Object::new("MSFT_TaskSettings3").with("Enabled", info.enabled).with(
        "MultipleInstances",
        Value::of_enum(match info.if_running {
            marslab_model::world::IfRunning::IgnoreNew => "IgnoreNew",
            marslab_model::world::IfRunning::Parallel => "Parallel",
        }),
    );
    Object::new(TASK)
        .with("TaskPath", folder)
        .with("TaskName", name.as_str())
        .with("State", Value::of_enum(state))
        .with("Actions", Value::List(vec![action.into()]))
        .with("Author", Value::Null)
        .with("Principal", principal)
        .with("Settings", settings)
        .with("Triggers", Value::List(triggers))
        .with("URI", path.as_str())
}

fn trigger_object(day: DateTime, trigger: &TriggerInfo) -> Object {
    let (hour, minute) = (trigger.minute_of_day / 60, trigger.minute_of_day % 60);
    let day = day.strftime("%Y-%m-%d");
    Object::new(TRIGGER)
        .with("Enabled", trigger.enabled)
        .with("StartBoundary", format!("{day}T{hour:02}:{minute:02}:00"))
        .with("DaysInterval", 1_i64)
}

/// The trigger that an object says.
fn trigger_info(value: &Value) -> Option<TriggerInfo> {
    let start = value.property("StartBoundary")?.plain();
    let minute_of_day =
        read_minute(start.split_once('T').map_or(start.as_str(), |(_, time)| time))?;
    let enabled = value.property("Enabled").is_none_or(|it| it.is_true());
    Some(TriggerInfo { enabled, minute_of_day })
}

/// When a task runs next, if it does.
fn next_run(now: DateTime, info: &TaskInfo) -> Option<DateTime> {
    let triggers = std::iter::once(&info.trigger).chain(info.more_triggers.values());
    let at = |trigger: &TriggerInfo| {
        let minutes = i64::from(trigger.minute_of_day);
        let today =
            now.date().at(0, 0, 0, 0).checked_add(SignedDuration::from_mins(minutes)).ok()?;
        if today > now { Some(today) } else { today.checked_add(1.day()).ok() }
    };
    triggers.filter(|trigger| trigger.enabled && info.enabled).filter_map(at).min()
}

/// How Windows writes its own account.
const SYSTEM_NAMES: [&str; 4] = ["SYSTEM", r"NT AUTHORITY\SYSTEM", "LocalSystem", "S-1-5-18"];
