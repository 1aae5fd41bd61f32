use proptest::prelude::*;

use super::*;

#[test]
fn a_part_fits_what_is_beside_it() {
    let cases = [
        ("これは {v} です", "オン", "これはオンです"),
        ("これは {v} です", "512 MB", "これは 512 MB です"),
        ("已安裝 {v} 版", "最新", "已安裝最新版"),
        ("シャドウ コピー {v}", "A", "シャドウ コピー A"),
        ("{v}은(는) 1입니다", "공간", "공간은 1입니다"),
        ("{v}은(는) 1입니다", "크기", "크기는 1입니다"),
        ("{v}이(가) 없습니다", "KB5", "KB5가 없습니다"),
        ("{v}을(를) 차단합니다", "포트 3260", "포트 3260을 차단합니다"),
        ("{v}을(를) 차단합니다", "a.KEK", "a.KEK을(를) 차단합니다"),
        ("the {v} of it", "size", "the size of it"),
    ];
    for (text, part, expected) in cases {
        assert_eq!(filled(text, &[("v", &part)]), expected);
    }
}

proptest! {
    /// A part is put in as it is, whatever it says.
    #[test]
    fn parts_are_put_in_as_they_are(one in "\\PC{0,8}|\\{(one|two)\\}", two in "\\PC{0,8}|\\{one\\}") {
        let text = filled("a {one}, {two} { x } {one", &[("one", &one), ("two", &two)]);
        prop_assert_eq!(text, format!("a {one}, {two} {{ x }} {{one"));
    }
}
