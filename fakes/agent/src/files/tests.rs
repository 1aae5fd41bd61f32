use marslab_model::WinPath;

use super::append;
use crate::testing::{installed, text_of};

#[test]
fn the_oldest_lines_make_room() {
    const PATH: &str = r"C:\Temp\a.txt";
    let host = installed();
    let path = WinPath::new(PATH);
    for lines in [vec!["aaaa", "bbbb"], vec!["cccc"], vec!["dddd", "eeee"]] {
        append(&host, &path, lines.into_iter().map(str::to_owned).collect(), 18);
    }
    assert_eq!(text_of(&host, PATH).as_deref(), Some("cccc\r\ndddd\r\neeee\r\n"));
    append(&host, &path, vec!["longer than the whole file".to_owned()], 18);
    assert_eq!(text_of(&host, PATH).as_deref(), Some(""));
}
