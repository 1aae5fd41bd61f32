use super::REMEDIES;
use crate::catalogue::Catalogue;
use crate::kind::tests::{check_entry, check_table};

#[test]
fn every_file_is_a_remedy() {
    check_table("remedies", REMEDIES, &[]);
    REMEDIES.iter().for_each(|kind| check_entry(kind));
}

#[test]
fn every_remedy_is_in_the_catalogue() {
    for kind in REMEDIES {
        assert!(Catalogue::embedded().remedy(kind.name).is_some(), "`{}`", kind.name);
    }
}
