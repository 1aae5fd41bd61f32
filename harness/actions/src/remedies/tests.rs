use super::REMEDIES;
use crate::action_spec::tests::{check_entry, check_table};

#[test]
fn every_file_is_a_remedy() {
    check_table("remedies", REMEDIES, &[]);
    REMEDIES.iter().for_each(|kind| check_entry(kind));
}
