use proptest::prelude::*;

use super::{exactly, left, right, width};

#[test]
fn wide_letters_count_twice() {
    assert_eq!(width("フォルダー:"), 11);
    assert_eq!(left("폴더", 6), "폴더  ");
    assert_eq!(right("7", 3), "  7");
    assert_eq!(exactly("狀態", 3), "狀 ");
}

proptest! {
    #[test]
    fn a_cut_text_is_as_wide_as_wanted(text in "[ a-zア-ン가-힣]{0,20}", columns in 0_usize..30) {
        prop_assert_eq!(width(&exactly(&text, columns)), columns);
    }
}
