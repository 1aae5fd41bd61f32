use marslab_model::world::Language;

use super::{MESSAGES, of};

#[test]
fn an_hresult_has_the_message_of_its_win32_error() {
    assert_eq!(of(Language::English, 0x8007_0005), "Access is denied.");
    assert_eq!(of(Language::Japanese, 1062), "サービスは開始されていません。");
    assert_eq!(of(Language::English, 4711), "0x1267 (4711)");
}

#[test]
fn numbers_are_in_order() {
    assert!(MESSAGES.is_sorted_by_key(|(number, _)| *number));
}
