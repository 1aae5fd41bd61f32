//! `schtasks`: the Task Scheduler.
//!
//! Layouts as in mars-facts 6. The world keeps of a task its triggers, account, program and last run; what else the real one
//! shows stands as Windows has it for a task that was made without options.

use async_trait::async_trait;
use marslab_model::admin::TaskError;
use marslab_model::host::{TaskInfo, TriggerInfo};
use marslab_model::{Name, Operation, Outcome};
use marslab_shell::Printed;
use marslab_shell::Typed;
use marslab_shell::wording::{Texts, fill};

use crate::program::{Call, Program};

mod fields;
mod layout;
mod xml;

pub(super) struct Schtasks;

#[async_trait]
impl Program for Schtasks {
    fn name(&self) -> &'static str {
        "schtasks"
    }

    fn about(&self) -> &'static str {
        "scheduled tasks: shows, runs, changes"
    }

    fn usage(&self) -> &'static [&'static str] {
        &[
            "/query [/tn TASK] [/v] [/fo LIST|TABLE|CSV] [/nh]",
            "/query /tn TASK /xml",
            "/run /tn TASK",
            "/change /tn TASK [/enable|/disable] [/st HH:MM] [/ru ACCOUNT]",
        ]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let verb = call.arg(0).unwrap_or("/query").to_ascii_lowercase();
        let options = match Options::read(call.args.get(1..).unwrap_or_default()) {
            Ok(options) => options,
            Err(wrong) => return invalid(call, &wrong, &verb),
        };
        match verb.as_str() {
            "/query" => query(call, &options),
            "/change" => change(call, &options),
            "/run" => run(call, &options).await,
            other => {
                let other = other.to_owned();
                invalid(call, &other, "/?")
            }
        }
    }
}

/// What stands behind the verb.
#[derive(Default)]
struct Options {
    task: Option<Name>,
    format: Format,
    /// `/st`, in minutes of the day.
    start: Option<u32>,
    /// `/ru`.
    account: Option<Name>,
    /// The other switches, in lower case.
    switches: Vec<String>,
}

/// `21:00`.
fn minute_of_day(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute) = (hour.parse::<u32>().ok()?, minute.parse::<u32>().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// `/fo`.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Format {
    #[default]
    Table,
    List,
    Csv,
}

impl Options {
    fn read(words: &[String]) -> Result<Self, String> {
        let mut options = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let lower = word.to_ascii_lowercase();
            match lower.as_str() {
                "/tn" => {
                    let task = words.next().ok_or(lower)?;
                    let root = if task.starts_with('\\') { "" } else { "\\" };
                    options.task = Some(Name::from(format!("{root}{task}")));
                }
                "/fo" => {
                    let format = words.next().map(|it| it.to_ascii_lowercase());
                    options.format = match format.as_deref() {
                        Some("table") => Format::Table,
                        Some("list") => Format::List,
                        Some("csv") => Format::Csv,
                        _ => return Err(lower),
                    };
                }
                "/st" => {
                    let minute = words.next().and_then(|it| minute_of_day(it)).ok_or(lower)?;
                    options.start = Some(minute);
                }
                "/ru" => options.account = Some(Name::new(words.next().ok_or(lower)?)),
                "/v" | "/nh" | "/xml" | "/enable" | "/disable" | "/hresult" => {
                    options.switches.push(lower);
                }
                _ => return Err(word.clone()),
            }
        }
        Ok(options)
    }

    fn has(&self, switch: &str) -> bool {
        self.switches.iter().any(|it| it == switch)
    }
}

fn invalid(call: &Call<'_>, wrong: &str, verb: &str) -> Printed {
    let verb = verb.trim_start_matches('/').to_uppercase();
    let text = fill(call.text(&INVALID), &[wrong, &verb]);
    Printed::failed(1, text)
}

fn info(call: &Call<'_>, name: &Name) -> Option<TaskInfo> {
    call.host().task(name).ok().flatten()
}

/// Tasks whose path is the name, or lies in the folder of that name.
fn query(call: &Call<'_>, options: &Options) -> Printed {
    let names = call.host().task_names();
    let is_meant = |name: &&Name| match &options.task {
        None => true,
        Some(wanted) => {
            let folder = format!("{}\\", wanted.as_str().trim_end_matches('\\')).to_lowercase();
            *name == wanted || name.as_str().to_lowercase().starts_with(&folder)
        }
    };
    let meant = names.iter().filter(is_meant);
    let tasks: Vec<_> = meant.filter_map(|name| Some((name, info(call, name)?))).collect();
    if let Some(wanted) = options.task.as_ref().filter(|_| tasks.is_empty()) {
        let folder = wanted.as_str().rsplit_once('\\').map_or("", |(folder, _)| folder);
        let is_folder = |name: &Name| {
            name.as_str().to_lowercase().starts_with(&format!("{}\\", folder.to_lowercase()))
        };
        let text = if names.iter().any(is_folder) { &NO_TASK } else { &NO_FOLDER };
        return Printed::failed(1, format!("{}\n", call.text(text)));
    }
    if options.has("/xml") {
        return Printed::ok(
            tasks.iter().map(|(name, task)| xml::of(call, name, task)).collect::<String>(),
        );
    }
    let rows: Vec<_> = tasks.iter().map(|(name, task)| fields::of(call, name, task)).collect();
    Printed::ok(layout::of(options, &rows))
}

/// The task that is meant, where an administrator asks.
fn meant(call: &Call<'_>, options: &Options) -> Result<(Name, TaskInfo), Printed> {
    let Some(name) = &options.task else {
        let missing = "ERROR: Invalid syntax. Mandatory option 'tn' is missing.\n";
        return Err(Printed::failed(1, missing));
    };
    let Some(task) = info(call, name) else {
        return Err(Printed::failed(1, fill(call.text(&UNKNOWN), &[name.as_str()])));
    };
    if call.is_administrator() {
        Ok((name.clone(), task))
    } else {
        Err(Printed::failed(1, "ERROR: Access is denied.\n"))
    }
}

/// A new time is one of a trigger that is enabled.
fn change(call: &Call<'_>, options: &Options) -> Printed {
    let (name, task) = match meant(call, options) {
        Ok(meant) => meant,
        Err(refused) => return refused,
    };
    let enabled = match (options.has("/enable"), options.has("/disable")) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    };
    if enabled.is_none() && options.start.is_none() && options.account.is_none() {
        let nothing =
            "ERROR: Invalid syntax. At least one option must be specified with /CHANGE.\n";
        return Printed::failed(1, nothing);
    }
    if enabled == Some(true) {
        call.host().enable_task(&name);
    } else if enabled == Some(false) {
        call.host().disable_task(&name);
    }
    if let Some(minute_of_day) = options.start {
        let trigger = TriggerInfo { enabled: true, minute_of_day };
        if trigger != task.trigger {
            call.host().set_task_trigger(&name, None, &trigger);
        }
    }
    if let Some(account) = &options.account {
        call.host().set_task_account(&name, account);
    }
    Printed::ok(fill(call.text(&CHANGED), &[name.as_str()]))
}

/// What a task starts goes on by itself: that a command of the agent fails shows only in its log and job history.
async fn run(call: &Call<'_>, options: &Options) -> Printed {
    let name = match meant(call, options) {
        Ok((name, _)) => name,
        Err(refused) => return refused,
    };
    let ran = match call.host().run_task_now(&name) {
        Ok(ran) => ran,
        Err(TaskError::Missing) => {
            return Printed::failed(1, fill(call.text(&UNKNOWN), &[name.as_str()]));
        }
        Err(TaskError::Disabled) => {
            return Printed::failed(1, "ERROR: The task is disabled.\n");
        }
        Err(TaskError::NoScheduler) => {
            return Printed::failed(1, "ERROR: The Task Scheduler service is not available.\n");
        }
    };
    for _ in ran.iter().filter(|command| command.name.eq_ignore_ascii_case("Start-OBBackup")) {
        let _ended: Outcome = call.machine.agent.operate(Operation::Backup, Typed::default()).await;
    }
    Printed::ok(fill(call.text(&RAN), &[name.as_str()]))
}

const NO_TASK: Texts = Texts {
    en: "ERROR: The system cannot find the file specified.",
    ja: "エラー: 指定されたファイルが見つかりません。",
    ko: "오류: 지정된 파일을 찾을 수 없습니다.",
    zh: "錯誤: 系統找不到指定的檔案。",
};

const NO_FOLDER: Texts = Texts {
    en: "ERROR: The system cannot find the path specified.",
    ja: "エラー: 指定されたパスが見つかりません。",
    ko: "오류: 지정된 경로를 찾을 수 없습니다.",
    zh: "錯誤: 系統找不到指定的路徑。",
};

const UNKNOWN: Texts =
    Texts::english("ERROR: The specified task name \"{}\" does not exist in the system.\n");

const INVALID: Texts =
    Texts::english("ERROR: Invalid argument/option - '{}'.\nType \"SCHTASKS /{} /?\" for usage.\n");

const RAN: Texts = Texts {
    en: "SUCCESS: Attempted to run the scheduled task \"{}\".\n",
    ja: "成功: スケジュール タスク \"{}\" の実行が試行されました。\n",
    ko: "성공: 예약된 작업 \"{}\"을(를) 실행하려고 했습니다.\n",
    zh: "成功: 已嘗試執行排定的工作 \"{}\"。\n",
};

const CHANGED: Texts = Texts {
    en: "SUCCESS: The parameters of scheduled task \"{}\" have been changed.\n",
    ja: "成功: スケジュール タスク \"{}\" のパラメーターは変更されました。\n",
    ko: "성공: 예약된 작업 \"{}\"의 매개 변수가 변경되었습니다.\n",
    zh: "成功: 排定的工作 \"{}\" 的參數已變更。\n",
};
