use marslab_model::host::{Account, Cmdlet, Due, HostControl as _};
use marslab_model::world::{IfRunning, ServiceState, Task, World};
use marslab_model::{Name, WinPath};

use super::super::FakeMachine;
use super::super::tests::{admin, block_on, of, start, with};
use super::{DAY, seconds_until};
use marslab_base::ADMIN;

const TASK: &str = r"\Microsoft\OnlineBackup\Microsoft-OnlineBackup";

fn task(world: &mut World) -> &mut Task {
    of(world).tasks.get_mut(&Name::new(TASK)).unwrap()
}

/// Runs what comes due in a day.
fn run_all(machine: &FakeMachine) -> Vec<Cmdlet> {
    let (mut left, mut all) = (u32::try_from(DAY).unwrap(), Vec::new());
    while let Some(Due { waited, ran }) = block_on(machine.let_tasks_run(left)) {
        left -= waited;
        all.extend(ran);
    }
    all
}

/// Runs the tasks; as whom the backup ran, after how many seconds, and what the task says of it.
#[track_caller]
fn check(change: impl FnOnce(&mut World), who: Option<&Account>, waited: i64, result: u32) {
    let machine = with(change);
    let ran = run_all(&machine);
    assert_eq!(ran.first().map(|cmdlet| &cmdlet.who), who);
    assert!(ran.iter().all(|cmdlet| cmdlet.name == "Start-OBBackup"), "{ran:?}");
    let world = machine.running.snapshot().unwrap();
    assert_eq!(world.now.duration_since(start()).as_secs(), waited);
    let task = &world.machines[&machine.name].tasks[&Name::new(TASK)];
    assert_eq!(task.last_result, result, "{result:#x} was expected, not {:#x}", task.last_result);
    assert_eq!(task.last_run.is_none(), result == 267_011);
}

/// A second trigger of the same minute finds the first one's instance running.
#[test]
fn a_running_task_is_started_again_only_in_parallel() {
    let count = |change: fn(&mut Task)| {
        let machine = with(|world| {
            let task = task(world);
            task.more_triggers.insert(Name::new("second"), task.trigger.clone());
            change(task);
        });
        run_all(&machine).len()
    };
    assert_eq!(count(|_| {}), 1);
    assert_eq!(count(|task| task.if_running = IfRunning::Parallel), 2);
    let later = |task: &mut Task| {
        task.more_triggers.get_mut(&Name::new("second")).unwrap().minute_of_day += 1;
    };
    assert_eq!(count(later), 2);
    let off = |task: &mut Task| {
        task.if_running = IfRunning::Parallel;
        task.more_triggers.get_mut(&Name::new("second")).unwrap().enabled = false;
    };
    assert_eq!(count(off), 1);
}

#[test]
fn a_task_runs_when_everything_lets_it() {
    let never = 267_011;
    let noon = 12 * 3600;
    let system = Some(&Account::System);
    check(|_| {}, system, noon, 0);
    check(|world| task(world).account = Name::new("s-1-5-18"), system, noon, 0);
    check(|world| task(world).account = Name::new(ADMIN), Some(&admin()), noon, 0);
    check(|world| task(world).account = Name::new("CORP\\operator"), None, noon, 0x8007_0569);
    check(|world| task(world).account = Name::new("CORP\\nobody"), None, noon, 0x8007_0569);
    check(|world| task(world).enabled = false, None, noon, never);
    check(|world| task(world).trigger.enabled = false, None, 0, never);
    let scheduler = |world: &mut World| {
        of(world).services.get_mut(&Name::new("Schedule")).unwrap().state = ServiceState::Stopped;
    };
    check(scheduler, None, noon, never);
    check(|world| drop(of(world).services.remove(&Name::new("Schedule"))), None, noon, never);
    check(|world| task(world).command = "no.exe".to_owned(), None, noon, 0x8007_0002);
    check(|world| task(world).arguments = "-Command Start-OBBackup".to_owned(), None, noon, 1);
    check(|world| task(world).arguments = "-Nonsense".to_owned(), None, noon, 0xFFFD_0000);
    let powershell = WinPath::new(r"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe");
    check(|world| drop(of(world).files.remove(&powershell)), None, noon, 0x8007_0002);
    let watched = |world: &mut World| {
        of(world).antivirus.product = "Contoso Shield".to_owned();
        of(world).antivirus.blocked.insert(WinPath::new("powershell.exe"));
    };
    check(watched, None, noon, 0x8007_0005);
    let full = r"%SystemRoot%\System32\WindowsPowerShell\v1.0\PowerShell.exe";
    check(|world| full.clone_into(&mut task(world).command), Some(&Account::System), noon, 0);
}

#[test]
fn tasks_run_in_the_order_of_their_times() {
    let machine = with(|world| {
        let mut other = task(world).clone();
        let program = WinPath::new(r"C:\Windows\System32\wbadmin.exe");
        let file = of(world).files[&WinPath::new(r"C:\Windows\Temp\setup.log")].clone();
        of(world).files.insert(program, file);
        other.command = "wbadmin".to_owned();
        let path = r"\Microsoft\Windows\Backup\Microsoft-Windows-WindowsBackup";
        of(world).tasks.insert(Name::new(path), other.clone());
        other.trigger.minute_of_day = 8 * 60;
        other.account = Name::new(ADMIN);
        "powershell.exe".clone_into(&mut other.command);
        of(world).tasks.insert(Name::new(r"\Late"), other);
    });
    let ran = run_all(&machine);
    assert_eq!(
        ran.iter().map(|cmdlet| &cmdlet.who).collect::<Vec<_>>(),
        [&Account::System, &admin()]
    );
    let world = machine.running.snapshot().unwrap();
    let tasks = &world.machines[&machine.name].tasks;
    let runs = tasks.values().map(|task| task.last_run.unwrap().to_string()).collect::<Vec<_>>();
    assert_eq!(runs, ["2019-05-21T23:00:00Z", "2019-05-21T12:00:00Z", "2019-05-21T12:00:00Z"]);
    assert!(tasks.values().all(|task| task.last_result == 0));
    // The next time is the next day's, also for what has just run.
    let day = u32::try_from(DAY).unwrap();
    let late = u32::try_from(11 * 3600).unwrap();
    assert_eq!(block_on(machine.let_tasks_run(13 * 3600 - 1)), None);
    assert_eq!(block_on(machine.let_tasks_run(day)).map(|due| due.waited), Some(day - late));
}

#[test]
fn a_trigger_goes_by_the_local_clock() {
    for (minute, local, expected) in [
        (21 * 60, 9 * 3600, 12 * 3600),
        (21 * 60, 21 * 3600, DAY),
        (21 * 60, 21 * 3600 + 1, DAY - 1),
        (0, DAY - 1, 1),
        (0, 0, DAY),
        (1, -30, 90),
        (1440 + 5, 0, 300),
    ] {
        assert_eq!(seconds_until(minute, local), expected, "{minute} {local}");
    }
    // Nine hours ahead the trigger of 21:00 comes due at noon, true time; with the clock at UTC at 21:00.
    check(|world| of(world).clock.ahead_seconds = 0, Some(&Account::System), 21 * 3600, 0);
    check(
        |world| of(world).clock.zone.utc_offset_minutes = 0,
        Some(&Account::System),
        12 * 3600,
        0,
    );
}
