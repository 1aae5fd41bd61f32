use proptest::prelude::*;

use super::{grouped, sized};

#[test]
fn as_fsutil_prints_them() {
    assert_eq!(grouped(164_371_357_696), "164,371,357,696");
    assert_eq!(grouped(0), "0");
    assert_eq!(grouped(999), "999");
    assert_eq!(grouped(1_000), "1,000");
    assert_eq!(sized(164_371_357_696), "153.1 GB");
    assert_eq!(sized(1536), "1.5 KB");
}

proptest! {
    #[test]
    fn grouping_only_adds_commas(number: u64) {
        prop_assert_eq!(grouped(number).replace(',', ""), number.to_string());
    }
}
