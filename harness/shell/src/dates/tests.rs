use jiff::civil::datetime;
use marslab_model::world::Language;

use super::{full, of_file};

#[test]
fn each_language_has_its_own() {
    let at = datetime(2019, 5, 21, 21, 4, 5, 0);
    let texts = [
        (Language::English, "5/21/2019 9:04:05 PM", "05/21/2019  09:04 PM"),
        (Language::Japanese, "2019/05/21 21:04:05", "2019/05/21  21:04"),
        (Language::Korean, "2019-05-21 오후 9:04:05", "2019-05-21  오후 09:04"),
        (Language::ChineseTraditional, "2019/5/21 下午 09:04:05", "2019/05/21  下午 09:04"),
    ];
    for (language, in_full, file) in texts {
        assert_eq!(full(language, at), in_full);
        assert_eq!(of_file(language, at), file);
    }
    assert_eq!(full(Language::English, datetime(2019, 1, 2, 0, 0, 0, 0)), "1/2/2019 12:00:00 AM");
}
