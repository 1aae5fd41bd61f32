use proptest::prelude::*;

use super::{HostName, Name, WinPath, begins, compare, fold};

#[test]
fn names_ignore_case_but_keep_it() {
    assert_eq!(Name::new("ObEngine"), Name::new("obengine"));
    assert_eq!(Name::new("ObEngine").as_str(), "ObEngine");
}

#[test]
fn paths_know_their_parts() {
    let path = WinPath::new(r"C:\Windows\Temp\a.TMP");
    assert_eq!(path.volume(), Some(Name::new("c:")));
    assert_eq!(path.file_name(), "a.TMP");
    assert_eq!(path.extension(), Some("TMP"));
    assert_eq!(path.parent(), Some(WinPath::new(r"c:\windows\temp")));
    assert_eq!(WinPath::new(r"\\nas\share\x").volume(), None);
    assert!(WinPath::new(r"\\nas\share\x").is_network());
}

#[test]
fn within_stops_at_a_separator() {
    let folder = WinPath::new(r"C:\Temp");
    assert!(WinPath::new(r"c:\temp\x").is_within(&folder));
    assert!(WinPath::new(r"C:\Temp").is_within(&folder));
    assert!(!WinPath::new(r"C:\Temporary").is_within(&folder));
    assert!(HostName::new("login.Windows.net").is_within("windows.net"));
    assert!(!HostName::new("notwindows.net").is_within("windows.net"));
}

proptest! {
    /// Among the letters is the Kelvin sign, whose lower case is an ASCII letter.
    #[test]
    fn the_short_way_and_the_long_way_agree(
        one in "[aAkKzZ_\u{212a}ä]{0,4}",
        two in "[aAkKzZ_\u{212a}ä]{0,4}",
    ) {
        let (folded, other): (String, String) = (fold(&one).collect(), fold(&two).collect());
        prop_assert_eq!(compare(&one, &two), folded.cmp(&other));
        let follows = |next: Option<char>| next != Some('_');
        let expected = folded.strip_prefix(&other).is_some_and(|rest| !rest.starts_with('_'));
        prop_assert_eq!(begins(&one, &two, follows), expected);
    }
}
