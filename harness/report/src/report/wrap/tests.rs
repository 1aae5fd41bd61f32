use proptest::prelude::*;

use super::*;

#[test]
fn lines_end_where_their_language_ends_them() {
    assert_eq!(wrapped("the file is gone", 8), ["the file", "is gone"]);
    // Twelve columns are six of these.
    assert_eq!(wrapped("ファイルが見つかりません。", 12), ["ファイルが見", "つかりませ", "ん。"]);
    assert_eq!(
        wrapped("[デバイス マネージャー] を開きます。", 12),
        ["[デバイス マ", "ネージャー]", "を開きます。"]
    );
    // Korean ends lines between words.
    assert_eq!(
        wrapped("서비스가 실행되고 있지 않습니다", 12),
        ["서비스가", "실행되고", "있지", "않습니다"]
    );
    assert_eq!(wrapped("臨時資料夾 C:\\Scratch 已滿", 10), ["臨時資料夾", "C:\\Scratch", "已滿"]);
    assert_eq!(wrapped("", 10), [""; 0]);
}

proptest! {
    #[test]
    fn nothing_is_lost_and_lines_fit(text in "[ a-z`(ファイル。「」가나]{0,80}", columns in 4_usize..40) {
        let lines = wrapped(&text, columns);
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        prop_assert_eq!(bare(&lines.concat()), bare(&text));
        for line in &lines {
            let is_one_piece = !line.contains(' ') && pieces(line).len() == 1;
            prop_assert!(width(line) <= columns || is_one_piece, "{:?}", line);
        }
    }
}
