//! How a path that is not typed to its end may go on.

use marslab_console::Console;
use marslab_model::host::Account;

use crate::window::Window;

#[tokio::test]
async fn paths_go_on_in_quotes_where_they_need_some() {
    let mut window = Window::with(|_| {});
    let console = Console::new(Account::System);
    let paths = |line: &str| console.paths(window.live.host(), line).1;
    assert_eq!(paths(r"dir c:\win"), [r"c:\Windows"]);
    assert_eq!(paths(r"type C:\Windows\Temp\SET"), [r"C:\Windows\Temp\setup.log"]);
    let agent = r#""C:\Program Files\Microsoft Azure Recovery Services Agent""#;
    assert_eq!(paths(r#"cd "C:\Program Files\Microsoft Azure R"#), [agent]);
    assert_eq!(paths(r#"cd "C:\Program Files"\microsoft" azure R"#), [agent]);
    assert!(paths(r"dir C:\nope\x").is_empty() && paths(r"dir X:\").is_empty());
    assert_eq!(paths("dir Win"), ["Windows"]);
    window.text(r"cd C:\Windows").await;
    assert_eq!(window.console.paths(window.live.host(), "dir te").1, ["Temp"]);
}
