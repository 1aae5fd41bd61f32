//! The fields of a task, in the order in which `schtasks` prints them. The labels are English everywhere: their translations are
//! not known well enough (†).

use jiff::ToSpan as _;
use jiff::civil::DateTime;
use marslab_model::Name;
use marslab_model::host::TaskInfo;
use marslab_shell::{columns, dates};

use crate::program::Call;

/// A task's fields, label and value.
pub(super) struct Row {
    /// The folder that it lies in.
    pub(super) folder: String,
    /// Its path.
    pub(super) path: String,
    /// Its own name.
    pub(super) name: String,
    /// When it runs next.
    pub(super) next_run: String,
    /// Whether it would.
    pub(super) status: &'static str,
    /// Everything that `/v` shows.
    pub(super) all: Vec<(&'static str, String)>,
}

/// Reads a task's fields.
pub(super) fn of(call: &Call<'_>, path: &Name, task: &TaskInfo) -> Row {
    let language = call.language();
    let (folder, name) = path.as_str().rsplit_once('\\').unwrap_or(("", path.as_str()));
    let next = next_run(call, task).map(|at| dates::full(language, at));
    let next_run = next.unwrap_or_else(|| "N/A".to_owned());
    let status = if task.enabled { "Ready" } else { "Disabled" };
    let last_run = match task.last_run {
        Some(at) => dates::full(language, dates::local(call.host(), at)),
        None => dates::full(language, NEVER),
    };
    let start = jiff::civil::time(
        i8::try_from(task.trigger.minute_of_day / 60 % 24).unwrap_or_default(),
        i8::try_from(task.trigger.minute_of_day % 60).unwrap_or_default(),
        0,
        0,
    );
    let start = dates::now(call.host()).with().time(start).build().unwrap_or(NEVER);
    let all = vec![
        ("HostName", call.host().computer_name().as_str().to_owned()),
        ("TaskName", path.as_str().to_owned()),
        ("Next Run Time", next_run.clone()),
        ("Status", status.to_owned()),
        ("Logon Mode", "Interactive/Background".to_owned()),
        ("Last Run Time", last_run),
        ("Last Result", signed(task.last_result)),
        ("Author", "N/A".to_owned()),
        ("Task To Run", format!("{} {}", task.command, task.arguments).trim_end().to_owned()),
        ("Start In", "N/A".to_owned()),
        ("Comment", "N/A".to_owned()),
        ("Scheduled Task State", if task.enabled { "Enabled" } else { "Disabled" }.to_owned()),
        ("Idle Time", "Disabled".to_owned()),
        ("Power Management", "Stop On Battery Mode, No Start On Batteries".to_owned()),
        ("Run As User", task.account.as_str().to_owned()),
        ("Delete Task If Not Rescheduled", "Disabled".to_owned()),
        ("Stop Task If Runs X Hours and X Mins", "72:00:00".to_owned()),
        ("Schedule", "Scheduling data is not available in this format.".to_owned()),
        ("Schedule Type", "Daily ".to_owned()),
        ("Start Time", dates::time(language, start)),
        ("Start Date", dates::date(language, start)),
        ("End Date", "N/A".to_owned()),
        ("Days", "Every 1 day(s)".to_owned()),
        ("Months", "N/A".to_owned()),
        ("Repeat: Every", "Disabled".to_owned()),
        ("Repeat: Until: Time", "Disabled".to_owned()),
        ("Repeat: Until: Duration", "Disabled".to_owned()),
        ("Repeat: Stop If Still Running", "Disabled".to_owned()),
    ];
    let folder = if folder.is_empty() { "\\" } else { folder }.to_owned();
    Row { folder, path: path.as_str().to_owned(), name: name.to_owned(), next_run, status, all }
}

/// The next time at which an enabled trigger of an enabled task comes due.
fn next_run(call: &Call<'_>, task: &TaskInfo) -> Option<DateTime> {
    if !task.enabled {
        return None;
    }
    let now = dates::now(call.host());
    let triggers = std::iter::once(&task.trigger).chain(task.more_triggers.values());
    let due = triggers.filter(|trigger| trigger.enabled).filter_map(|trigger| {
        let midnight = now.with().time(jiff::civil::Time::midnight()).build().ok()?;
        let today = midnight.checked_add(i64::from(trigger.minute_of_day).minutes()).ok()?;
        if today > now { Some(today) } else { today.checked_add(1.day()).ok() }
    });
    due.min()
}

/// An HRESULT as the signed number that `schtasks` prints.
fn signed(result: u32) -> String {
    result.cast_signed().to_string()
}

/// A label with its colon, filled up to where the values stand.
pub(super) fn label(name: &str) -> String {
    columns::left(&format!("{name}:"), VALUES_AT)
}

/// The column of the values in a list (mars-facts 6).
const VALUES_AT: usize = 38;

/// The time that stands for "never" (mars-facts 6).
const NEVER: DateTime = jiff::civil::datetime(1999, 11, 30, 0, 0, 0, 0);
