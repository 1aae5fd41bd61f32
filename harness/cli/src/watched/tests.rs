use std::fs;

use super::Watched;

#[test]
fn a_change_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let [one, two] = ["one", "two"].map(|name| folder.path().join(name));
    fs::write(&one, "1").unwrap();
    let mut watched = Watched::new([one.clone(), two.clone()]);
    assert_eq!(watched.changed(), None);
    fs::write(&one, "1, and more").unwrap();
    assert_eq!(watched.changed(), Some(&*one));
    assert_eq!(watched.changed(), None);
    fs::write(&two, "new").unwrap();
    assert_eq!(watched.changed(), Some(&*two));
    fs::remove_file(&two).unwrap();
    assert_eq!(watched.changed(), None);
    fs::write(&two, "written anew").unwrap();
    assert_eq!(watched.changed(), Some(&*two));
    assert_eq!(watched.changed(), None);
}
