//! Windows' own programs, by name.

use crate::command_line::{self, Redirection, Stage, expand, steps};
use crate::line::words;
use crate::program::{Call, Program};
use crate::wording::{Texts, fill};
use crate::{Console, Machine, Printed};

mod hostname;
mod whoami;

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

const PROGRAMS: &[&dyn Program] = &[&hostname::Hostname, &whoami::Whoami];

/// The names of all programs.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    PROGRAMS.iter().map(|program| program.name())
}

/// Runs a line of `cmd.exe`.
pub(crate) async fn run(console: &mut Console, machine: Machine<'_>, line: &str) -> Printed {
    let line = expand(line, console.variables(machine.host));
    let mut printed = Printed::default();
    for step in steps(&line) {
        if step.when.holds(printed.code) {
            let next = pipe(console, machine, &step.stages).await;
            printed.text.push_str(&next.text);
            printed.code = next.code;
        }
    }
    printed
}

/// Runs the stages of a pipe, each on what the one before printed; the last one's exit code counts.
async fn pipe(console: &mut Console, machine: Machine<'_>, stages: &[Stage]) -> Printed {
    let mut printed: Option<Printed> = None;
    for stage in stages {
        let input = printed.take().map(|before| before.text);
        let run = command(console, machine, &stage.text, input).await;
        printed = Some(redirected(console, machine, stage, run));
    }
    printed.unwrap_or_default()
}

/// What of a command's output is left for the window. What a failed command says is taken for its errors (†).
fn redirected(
    console: &Console,
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
    let path = command_line::path_from(&console.folder, file);
    let before = machine.host.read_file(&console.who, &path).ok().filter(|_| *appends);
    let mut content = before.map(|content| content.bytes().to_vec()).unwrap_or_default();
    content.extend(printed.text.replace('\n', "\r\n").bytes());
    let size = u64::try_from(content.len()).unwrap_or(u64::MAX);
    match machine.host.write_file(&console.who, &path, &content, size) {
        Ok(()) => Printed { text: String::new(), code: printed.code },
        Err(error) => {
            let number = marslab_model::host::HostError::number(&error);
            let message = crate::messages::of(machine.host.language(), number);
            Printed::failed(1, message + "\n")
        }
    }
}

/// Runs one command.
async fn command(
    console: &mut Console,
    machine: Machine<'_>,
    text: &str,
    input: Option<String>,
) -> Printed {
    let Some((typed, rest)) = name_of(text) else { return Printed::default() };
    let Some(program) = find(&typed) else {
        let unknown = fill(UNKNOWN.of(machine.host.language()), &[&typed]);
        return Printed::failed(NOT_FOUND, unknown);
    };
    let (args, rest) = (words(rest), rest.trim().to_owned());
    program.run(&mut Call { console, machine, args, rest, input }).await
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

/// `ERRORLEVEL` where no program has that name.
const NOT_FOUND: u32 = 9009;

#[cfg(test)]
mod tests;
