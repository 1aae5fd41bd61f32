use super::REMEDIES;
use marslab_actions::testing::{check_entry, check_table};

#[test]
fn every_file_is_a_remedy() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    check_table(folder, REMEDIES, &["administrator", "lib", "tests"], &[]);
    REMEDIES.iter().for_each(|kind| check_entry(kind));
}
