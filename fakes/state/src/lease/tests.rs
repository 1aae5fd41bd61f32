use std::fs::{self, File};

use super::{Lease, sweep};

#[test]
fn a_folder_goes_with_its_owner() {
    let parent = tempfile::tempdir().unwrap();
    let lease = Lease::new_in(parent.path()).unwrap();
    fs::create_dir(lease.path().join("x")).unwrap();
    assert_eq!(sweep(parent.path()).unwrap(), 0);
    assert_eq!(super::alive(parent.path()).unwrap(), [lease.path()]);
    assert!(lease.path().join("x").is_dir());
    drop(lease);
    assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 0);
}

#[test]
fn the_next_start_removes_what_a_killed_process_left() {
    let parent = tempfile::tempdir().unwrap();
    let alive = Lease::new_in(parent.path()).unwrap();
    // A killed process leaves its folder and an unlocked lock file.
    let dead = parent.path().join("marslab-1-dead");
    fs::create_dir_all(dead.join("SRV01")).unwrap();
    File::create(parent.path().join("marslab-1-dead.lock")).unwrap();
    // Killed before it had made the folder.
    File::create(parent.path().join("marslab-2-none.lock")).unwrap();
    for other in ["marslab-kept", "other.lock"] {
        fs::create_dir(parent.path().join(other)).unwrap();
    }
    assert_eq!(super::alive(parent.path()).unwrap(), [alive.path()]);
    assert_eq!(sweep(parent.path()).unwrap(), 2);
    assert!(!dead.exists() && alive.path().is_dir());
    assert!(
        parent.path().join("marslab-kept").is_dir() && parent.path().join("other.lock").is_dir()
    );
}

#[test]
fn what_is_kept_stays() {
    let parent = tempfile::tempdir().unwrap();
    let kept = Lease::new_in(parent.path()).unwrap().keep();
    assert_eq!(sweep(parent.path()).unwrap(), 0);
    let left = fs::read_dir(parent.path()).unwrap().map(|entry| entry.unwrap().path());
    assert_eq!(left.collect::<Vec<_>>(), [kept]);
}
