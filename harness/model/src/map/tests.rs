use proptest::prelude::*;

use super::Map;

proptest! {
    #[test]
    fn a_copy_is_changed_alone(
        entries in prop::collection::btree_map(0..9_u8, any::<bool>(), 0..6),
        key in 0..9_u8,
        value: bool,
    ) {
        let map: Map<u8, bool> = entries.clone().into();
        let mut copy = map.clone();
        prop_assert!(copy.is_shared_with(&map));
        copy.insert(key, value);
        prop_assert!(!copy.is_shared_with(&map));
        prop_assert_eq!(&*map, &entries);
        let mut expected = entries;
        expected.insert(key, value);
        prop_assert_eq!(&*copy, &expected);
    }
}
