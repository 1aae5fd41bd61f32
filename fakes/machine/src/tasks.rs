//! The Task Scheduler.

use std::collections::BTreeSet;

use marslab_model::host::{Account, Cmdlet, Due, HostControl as _, LaunchError};
use marslab_model::world::{IfRunning, Machine, Task};
use marslab_model::{Name, Tracked, WinPath};

use super::{FakeMachine, powershell, services};

/// What a task is about to do.
struct Start {
    who: Result<Account, Refused>,
    command: String,
    arguments: String,
}

/// The account may not log on for a task.
struct Refused;

impl FakeMachine {
    /// Lets time pass until the next enabled trigger comes due, if one does within so many seconds, and runs what runs
    /// then. What is due in the same minute runs in order of the tasks' paths.
    pub(super) fn run_tasks(&self, within: u32) -> Option<Due> {
        let due = self.due();
        let soonest = due.first().map(|(seconds, _)| *seconds)?;
        let waited = u32::try_from(soonest).ok().filter(|waited| *waited <= within)?;
        self.running.wait(soonest);
        let at_once = due.iter().take_while(|(seconds, _)| *seconds == soonest);
        let (mut running, mut ran) = (BTreeSet::new(), Vec::new());
        for (_, path) in at_once {
            // What was started in this minute has not ended in it.
            if running.insert(path) || self.runs_in_parallel(path) {
                ran.extend(self.run_task(path));
            }
        }
        Some(Due { waited, ran })
    }

    fn runs_in_parallel(&self, path: &Name) -> bool {
        let policy =
            self.look(|machine| machine.tasks().at(path).map(|task| *task.if_running().get()));
        policy.flatten() == Some(IfRunning::Parallel)
    }

    /// In how many seconds each task's trigger comes due next, soonest first.
    fn due(&self) -> Vec<(i64, Name)> {
        self.running.look(|world| {
            let now = *world.clone().now().get();
            let Some(machine) = world.machines().at(&self.name) else { return Vec::new() };
            let ahead = *machine.clone().clock().ahead_seconds().get();
            let local = now.as_second().saturating_add(ahead);
            let mut due = Vec::new();
            for (path, task) in machine.tasks().each() {
                let seconds = due_minutes(task).map(|minute| seconds_until(minute, local));
                due.extend(seconds.map(|seconds| (seconds, path.clone())));
            }
            due.sort();
            due
        })
    }

    /// Runs a task whose trigger has come due; nothing runs where the task, the scheduler or the account does not let
    /// it.
    pub(super) fn run_task(&self, path: &Name) -> Vec<Cmdlet> {
        let Some(start) = self.look(|machine| start(&machine, path)).flatten() else {
            return Vec::new();
        };
        let (ran, result) = match &start.who {
            Ok(who) => self.execute(who, &start.command, &start.arguments),
            Err(Refused) => (Vec::new(), LOGON_NOT_GRANTED),
        };
        let now = self.stamp().here;
        self.edit(|machine| {
            machine.tasks().at(path).last_run().set(now);
            machine.tasks().at(path).last_result().set(result);
        });
        ran
    }

    /// Whether the Task Scheduler runs and answers.
    pub(super) fn has_scheduler(&self) -> bool {
        self.look(|machine| has_scheduler(&machine)).unwrap_or(false)
    }

    fn execute(&self, who: &Account, command: &str, arguments: &str) -> (Vec<Cmdlet>, u32) {
        let Some(program) = self.find_program(who, command) else {
            return (Vec::new(), FILE_NOT_FOUND);
        };
        match self.launch(who, &program) {
            Ok(()) => {}
            Err(LaunchError::NotFound) => return (Vec::new(), FILE_NOT_FOUND),
            Err(LaunchError::Blocked) => return (Vec::new(), ACCESS_DENIED),
            Err(LaunchError::SharingViolation) => return (Vec::new(), SHARING_VIOLATION),
        }
        match program.file_name().to_ascii_lowercase().as_str() {
            "powershell.exe" => {
                let session = powershell::run(self, who, arguments);
                let result = session.halt.map_or(0, powershell::Halt::exit_code);
                (session.ran, result)
            }
            "wbadmin.exe" => (Vec::new(), self.back_up_server(arguments)),
            _ => (Vec::new(), 0),
        }
    }

    /// The program that a command names: by its path, or in one of the folders where Windows looks.
    fn find_program(&self, who: &Account, command: &str) -> Option<WinPath> {
        let command = self.expand(command.trim().trim_matches('"'));
        if command.contains('\\') {
            return Some(WinPath::from(command));
        }
        let with_extension = if command.contains('.') { command } else { command + ".exe" };
        let mut candidates =
            PROGRAM_FOLDERS.iter().map(|folder| WinPath::new(*folder).join(&with_extension));
        candidates.find(|path| !matches!(self.launch(who, path), Err(LaunchError::NotFound)))
    }
}

/// The minutes of the day at which the enabled triggers of a task come due.
fn due_minutes(task: Tracked<'_, Task>) -> impl Iterator<Item = i64> {
    let first = std::iter::once(task.clone().trigger());
    let more = task.more_triggers().each().map(|(_, trigger)| trigger);
    let enabled = first.chain(more).filter(|trigger| *trigger.clone().enabled().get());
    enabled.map(|trigger| i64::from(*trigger.minute_of_day().get()))
}

/// What a task would start, unless it or the scheduler is off.
fn start(machine: &Tracked<'_, Machine>, path: &Name) -> Option<Start> {
    let task = machine.clone().tasks().at(path)?;
    if !*task.clone().enabled().get() {
        return None;
    }
    if !has_scheduler(machine) {
        return None;
    }
    Some(Start {
        who: logon(machine, &task),
        command: task.clone().command().get().clone(),
        arguments: task.arguments().get().clone(),
    })
}

fn has_scheduler(machine: &Tracked<'_, Machine>) -> bool {
    let scheduler = machine.clone().services().at(&Name::new(SCHEDULER));
    scheduler.is_some_and(|scheduler| services::answers(&scheduler) == Some(true))
}

/// SYSTEM and administrators may run what is not theirs to see; others have no right to log on as a batch job.
fn logon(machine: &Tracked<'_, Machine>, task: &Tracked<'_, Task>) -> Result<Account, Refused> {
    let name = task.clone().account().get();
    if SYSTEM_NAMES.iter().any(|system| name.as_str().eq_ignore_ascii_case(system)) {
        return Ok(Account::System);
    }
    let account = machine.clone().accounts().at(name).ok_or(Refused)?;
    let may = account.groups().get().contains(&Name::new("Administrators"));
    if may { Ok(Account::User(name.clone())) } else { Err(Refused) }
}

/// Seconds from a local time to the next time that the clock shows this minute of the day, never 0: what is due now
/// has run. A local time is in seconds since the local midnight of any day.
fn seconds_until(minute_of_day: i64, local: i64) -> i64 {
    match (minute_of_day * 60 - local).rem_euclid(DAY) {
        0 => DAY,
        seconds => seconds,
    }
}

/// Seconds of a day; the lab's zones have no daylight saving.
const DAY: i64 = 24 * 60 * 60;

/// The Task Scheduler's service.
const SCHEDULER: &str = "Schedule";

/// How Windows writes its own account: in the Task Scheduler, in a service, as a principal's id (mars-facts 6).
const SYSTEM_NAMES: [&str; 4] = ["SYSTEM", r"NT AUTHORITY\SYSTEM", "LocalSystem", "S-1-5-18"];

/// Where Windows looks for a program without a path, whatever `Path` says.
const PROGRAM_FOLDERS: [&str; 3] =
    [r"C:\Windows\System32", r"C:\Windows", r"C:\Windows\System32\WindowsPowerShell\v1.0"];

/// ERROR_FILE_NOT_FOUND as an HRESULT.
const FILE_NOT_FOUND: u32 = 0x8007_0002;

/// ERROR_ACCESS_DENIED as an HRESULT.
const ACCESS_DENIED: u32 = 0x8007_0005;

/// The same for ERROR_SHARING_VIOLATION.
const SHARING_VIOLATION: u32 = 0x8007_0020;

/// ERROR_LOGON_TYPE_NOT_GRANTED as an HRESULT. That it is what the Task Scheduler keeps is the lab's own: the articles
/// only say that such a task does not run (mars-facts E7, 3).
const LOGON_NOT_GRANTED: u32 = 0x8007_0569;

#[cfg(test)]
mod tests;
