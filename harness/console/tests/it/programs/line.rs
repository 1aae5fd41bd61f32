use marslab_console::programs;
use marslab_model::world::Language;
use proptest::prelude::*;

use crate::window::Window;

#[tokio::test]
async fn an_unknown_name_is_refused_as_windows_does() {
    let mut window = Window::speaking(Language::English);
    let text = window.failure("frobnicate /x", 9009).await;
    assert!(text.starts_with("'frobnicate' is not recognized"), "{text}");
    let mut window = Window::speaking(Language::ChineseTraditional);
    assert!(window.failure("frobnicate", 9009).await.contains("不是內部或外部命令"));
}

#[tokio::test]
async fn connectors_pipes_and_paths() {
    let mut window = Window::with(|_| {});
    assert_eq!(window.text("hostname && hostname || whoami").await, "SRV01\nSRV01\n");
    assert_eq!(window.text(r"C:\Windows\System32\HOSTNAME.EXE").await, "SRV01\n");
    assert_eq!(window.text("hostname > C:\\name.txt").await, "");
    assert_eq!(window.machine().files[&r"C:\name.txt".into()].content.bytes(), b"SRV01\r\n");
}

#[tokio::test]
async fn programs_that_start_each_other_end() {
    for program in ["psexec -s "] {
        let mut window = Window::with(|_| {});
        let text = window.failure(&format!("{}hostname", program.repeat(700)), 1).await;
        assert!(text.contains("too long"), "{text}");
        window.text("hostname").await;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn no_line_panics(name in prop::sample::select(programs().map(|it| it.name).collect::<Vec<_>>()), rest in "[ -~あ]{0,30}") {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let printed = runtime.block_on(Window::with(|_| {}).run(&format!("{name} {rest}")));
        prop_assert!(printed.text.is_empty() || printed.text.ends_with('\n'), "{:?}", printed);
    }
}

#[test]
fn the_readme_has_every_line() {
    let readme = include_str!("../../../README.md");
    let (readme, _cmdlets) = readme.split_once("## PowerShell").unwrap();
    for program in programs() {
        let line = |line: &&str| format!("{} {line}", program.name).trim().replace('|', "\\|");
        let lines: Vec<_> = program.usage.iter().map(|it| format!("`{}`", line(it))).collect();
        let row = format!("| {} | {} |\n", program.about, lines.join("<br>"));
        assert!(readme.contains(&row), "missing in the README:\n{row}");
    }
    let rows = readme.lines().filter(|line| line.starts_with("| ") && line.contains('`')).count();
    assert_eq!(rows, programs().count());
}
