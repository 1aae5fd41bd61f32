//! Windows' own programs, by name.

use marslab_shell::line::words;
use marslab_shell::wording::{Texts, fill};
use marslab_shell::{Machine, Printed, Window, messages};

use crate::command_line::{Redirection, Stage, expand, steps};
use crate::program::{Call, PowerShell, Program};

mod attrib;
mod attribute_tool;
mod cd;
mod certutil;
mod chkdsk;
mod cipher;
mod cls;
mod compact;
mod copy;
mod curl;
mod date;
mod del;
mod dir;
mod echo;
mod exit;
mod find;
mod findstr;
mod fsutil;
mod gui;
mod help;
mod hostname;
mod icacls;
mod ipconfig;
mod md;
mod more;
mod r#move;
mod net;
mod netsh;
mod nslookup;
mod ping;
mod pnputil;
mod powershell;
mod psexec;
mod rd;
mod reg;
mod ren;
mod robocopy;
mod sc;
mod schtasks;
mod set;
mod setx;
mod shutdown;
mod systeminfo;
mod taskkill;
mod tasklist;
mod time;
mod r#type;
mod tzutil;
mod ver;
mod vssadmin;
mod w32tm;
mod wevtutil;
mod whoami;
mod wmic;
mod xcopy;

/// A program, as its help and the README name it.
#[derive(Clone, Copy, Debug)]
pub struct ProgramInfo {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// The lines that it takes.
    pub usage: &'static [&'static str],
}

/// All programs, by name.
pub fn programs() -> impl Iterator<Item = ProgramInfo> {
    PROGRAMS.iter().map(|it| ProgramInfo { name: it.name(), about: it.about(), usage: it.usage() })
}

const PROGRAMS: &[&dyn Program] = &[
    &attrib::Attrib,
    &cd::Cd,
    &certutil::Certutil,
    &chkdsk::Chkdsk,
    &cipher::Cipher,
    &cls::Cls,
    &compact::Compact,
    &copy::Copy,
    &curl::Curl,
    &date::Date,
    &del::Del,
    &dir::Dir,
    &echo::Echo,
    &exit::Exit,
    &find::Find,
    &findstr::Findstr,
    &fsutil::Fsutil,
    &help::Help,
    &hostname::Hostname,
    &icacls::Icacls,
    &ipconfig::Ipconfig,
    &md::Md,
    &more::More,
    &r#move::Move,
    &net::Net,
    &netsh::Netsh,
    &nslookup::Nslookup,
    &ping::Ping,
    &pnputil::Pnputil,
    &powershell::Powershell,
    &psexec::Psexec,
    &rd::Rd,
    &reg::Reg,
    &ren::Ren,
    &robocopy::Robocopy,
    &sc::Sc,
    &schtasks::Schtasks,
    &set::Set,
    &setx::Setx,
    &shutdown::Shutdown,
    &systeminfo::Systeminfo,
    &taskkill::Taskkill,
    &tasklist::Tasklist,
    &time::Time,
    &r#type::Type,
    &tzutil::Tzutil,
    &ver::Ver,
    &vssadmin::Vssadmin,
    &w32tm::W32tm,
    &wevtutil::Wevtutil,
    &whoami::Whoami,
    &wmic::Wmic,
    &xcopy::Xcopy,
];

/// The names of all programs.
pub fn names() -> impl Iterator<Item = &'static str> {
    PROGRAMS.iter().map(|program| program.name())
}

/// Runs a line of `cmd.exe`.
pub async fn run(
    window: &mut Window,
    powershell: &dyn PowerShell,
    machine: Machine<'_>,
    line: &str,
) -> Printed {
    let line = expand(line, window.variables(machine.host));
    let mut printed = Printed::default();
    for step in steps(&line) {
        if step.when.holds(printed.code) {
            let next = pipe(window, powershell, machine, &step.stages).await;
            printed.text.push_str(&next.text);
            printed.code = next.code;
        }
    }
    printed
}

/// Runs the stages of a pipe, each on what the one before printed; the last one's exit code counts.
async fn pipe(
    window: &mut Window,
    powershell: &dyn PowerShell,
    machine: Machine<'_>,
    stages: &[Stage],
) -> Printed {
    let mut printed: Option<Printed> = None;
    for stage in stages {
        let input = printed.take().map(|before| before.text);
        let run = command(window, powershell, machine, &stage.text, input).await;
        printed = Some(redirected(window, machine, stage, run));
    }
    printed.unwrap_or_default()
}

/// What of a command's output is left for the window. What a failed command says is taken for its errors (†).
fn redirected(
    window: &Window,
    machine: Machine<'_>,
    stage: &Stage,
    mut printed: Printed,
) -> Printed {
    if printed.code != 0 && stage.hides_errors {
        printed.text.clear();
    }
    let Some(Redirection { file, appends }) = &stage.output else { return printed };
    if printed.code != 0 && !file.eq_ignore_ascii_case("nul") {
        return printed;
    }
    if file.eq_ignore_ascii_case("nul") {
        printed.text.clear();
        return printed;
    }
    let path = marslab_shell::paths::path_from(&window.folder, file);
    let before = machine.host.read_file(&window.who, &path).ok().filter(|_| *appends);
    let mut content = before.map(|content| content.bytes().to_vec()).unwrap_or_default();
    content.extend(printed.text.replace('\n', "\r\n").bytes());
    let size = u64::try_from(content.len()).unwrap_or(u64::MAX);
    match machine.host.write_file(&window.who, &path, &content, size) {
        Ok(()) => Printed { text: String::new(), code: printed.code },
        Err(error) => {
            let number = marslab_model::host::HostError::number(&error);
            let message = messages::of(machine.host.language(), number);
            Printed::failed(1, message + "\n")
        }
    }
}

/// Runs one command.
pub async fn command(
    window: &mut Window,
    powershell: &dyn PowerShell,
    machine: Machine<'_>,
    text: &str,
    input: Option<String>,
) -> Printed {
    let Some((typed, rest)) = name_of(text) else { return Printed::default() };
    if window.nested == NESTED_MAX {
        return Printed::failed(1, "The input line is too long.\n");
    }
    window.nested += 1;
    let (args, rest) = (words(rest), rest.trim().to_owned());
    let mut call = Call { window, powershell, machine, args, rest, input };
    let printed = match find(&typed) {
        Some(program) if call.args.iter().any(|word| word == "/?") => Printed::ok(usage(program)),
        Some(program) => program.run(&mut call).await,
        None => other(&mut call, &typed),
    };
    // A restart has begun anew.
    window.nested = window.nested.saturating_sub(1);
    printed
}

/// What the room has no program for: a drive, a program with a window, one that only Windows has, a file, or nothing.
fn other(call: &mut Call<'_>, typed: &str) -> Printed {
    if typed.len() == 2 && typed.ends_with(':') {
        let root = call.path(typed);
        return match call.host().file_info(call.who(), &root) {
            Ok(_) => {
                call.window.folder = root;
                Printed::default()
            }
            Err(_) => Printed::failed(1, messages::of(call.language(), NO_DRIVE) + "\n"),
        };
    }
    let short = typed.rsplit('\\').next().unwrap_or(typed);
    if gui::is_known(short) {
        return gui::shown(call, short);
    }
    let bare = short.to_ascii_lowercase();
    if ABSENT.contains(&bare.strip_suffix(".exe").unwrap_or(&bare)) {
        return Printed::failed(
            1,
            format!("'{short}' is a program of Windows that is not part of the lab.\n"),
        );
    }
    let path = call.path(typed);
    if call.host().file_info(call.who(), &path).is_ok_and(|info| !info.folder) {
        return match call.host().launch(call.who(), &path) {
            Ok(()) => gui::shown(call, short),
            Err(error) => call.refused(&error),
        };
    }
    Printed::failed(NOT_FOUND, fill(call.text(&UNKNOWN), &[typed]))
}

/// What `/?` shows: the lab's own text (†), since it is what the lab has of the program.
fn usage(program: &dyn Program) -> String {
    let lines = program.usage().iter();
    let lines: String = lines.map(|line| format!("    {} {line}\n", program.name())).collect();
    format!("{}: {}\n\n{lines}", program.name(), program.about())
}

fn find(typed: &str) -> Option<&'static dyn Program> {
    let bare = typed.rsplit('\\').next().unwrap_or(typed).to_ascii_lowercase();
    let bare = bare.strip_suffix(".exe").unwrap_or(&bare);
    PROGRAMS.iter().find(|program| program.name() == bare).copied()
}

/// The name of a command, and what stands behind it. It may be in quotes, and a slash or a dot may follow at once (`cd..`,
/// `dir/b`).
fn name_of(text: &str) -> Option<(String, &str)> {
    let text = text.trim();
    if let Some(quoted) = text.strip_prefix('"') {
        let (name, rest) = quoted.split_once('"').unwrap_or((quoted, ""));
        return Some((name.to_owned(), rest));
    }
    let (name, rest) = text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
    if name.is_empty() || find(name).is_some() {
        return (!name.is_empty()).then(|| (name.to_owned(), rest));
    }
    let end = text.find(['/', '\\', '.', ':', ',', ';']).unwrap_or(text.len());
    let (short, behind) = text.split_at(end);
    match find(short) {
        Some(_) if end < name.len() => Some((short.to_owned(), behind)),
        _ => Some((name.to_owned(), rest)),
    }
}

const UNKNOWN: Texts = Texts {
    en: "'{}' is not recognized as an internal or external command,\noperable program or batch file.\n",
    ja: "'{}' は、内部コマンドまたは外部コマンド、\n操作可能なプログラムまたはバッチ ファイルとして認識されていません。\n",
    ko: "'{}'은(는) 내부 또는 외부 명령, 실행할 수 있는 프로그램, 또는\n배치 파일이 아닙니다.\n",
    zh: "'{}' 不是內部或外部命令、可執行的程式或批次檔。\n",
};

/// Programs that Windows has and the lab has not.
const ABSENT: &[&str] = &[
    "arp",
    "assoc",
    "at",
    "bcdedit",
    "bitsadmin",
    "chkntfs",
    "cmdkey",
    "cscript",
    "defrag",
    "diskpart",
    "dism",
    "dnscmd",
    "driverquery",
    "expand",
    "fc",
    "format",
    "ftp",
    "getmac",
    "gpresult",
    "gpupdate",
    "label",
    "logman",
    "logoff",
    "mklink",
    "mountvol",
    "msconfig",
    "msiexec",
    "nbtstat",
    "netdom",
    "netstat",
    "nltest",
    "openfiles",
    "pathping",
    "pause",
    "perfmon",
    "print",
    "query",
    "quser",
    "recover",
    "replace",
    "route",
    "rundll32",
    "runas",
    "sfc",
    "sort",
    "subst",
    "takeown",
    "telnet",
    "tracert",
    "tree",
    "typeperf",
    "vol",
    "wbadmin",
    "where",
    "winrm",
    "winrs",
    "wscript",
    "wusa",
];

/// How many programs may start each other in one line: the lab's own bound, since each takes of the stack.
const NESTED_MAX: usize = 8;

/// `ERROR_INVALID_DRIVE`.
const NO_DRIVE: u32 = 15;

/// `ERRORLEVEL` where no program has that name.
const NOT_FOUND: u32 = 9009;

#[cfg(test)]
mod tests;
