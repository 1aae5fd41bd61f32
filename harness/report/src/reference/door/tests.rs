use std::fs;
use std::path::Path;

use super::markdown;

#[test]
fn the_checked_in_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../DOOR.md");
    let checked_in = fs::read_to_string(path).unwrap_or_default();
    let now = markdown().unwrap();
    let mut lines = now.lines().zip(checked_in.lines().chain(std::iter::repeat("")));
    let differs = lines.find(|(now, then)| now != then);
    assert!(
        checked_in == now,
        "harness/DOOR.md is out of date, first at {differs:?}; write it anew: `marslab reference door > harness/DOOR.md`"
    );
}

#[test]
fn every_link_leads_somewhere() {
    let text = markdown().unwrap();
    let targets = text.split("](#").skip(1).filter_map(|rest| rest.split(')').next());
    for target in targets {
        assert!(text.contains(&format!("<a id=\"{target}\"></a>")), "nothing is at #{target}");
    }
}

#[test]
fn every_call_has_a_row_and_an_example() {
    let text = markdown().unwrap();
    for name in ["read-file", "registry-value", "software-of", "dial", "drive-c"] {
        assert!(text.contains(&format!("| `{name}` |")), "{name}");
        assert!(text.contains(&format!("POST /v1/{name} {{")), "{name}");
    }
}
