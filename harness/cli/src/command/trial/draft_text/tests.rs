use super::{entry, pieces};

#[test]
fn faults_are_separated_by_semicolons() {
    assert_eq!(pieces("a = {}; b = { x = 'c;d' };"), ["a = {}", " b = { x = 'c;d' }"]);
    assert_eq!(pieces(r#"a = { x = "c\";d" }; b"#), [r#"a = { x = "c\";d" }"#, " b"]);
    assert_eq!(pieces(r"a = { x = 'c\'; b"), [r"a = { x = 'c\'", " b"]);
    assert!(pieces(" ; ").is_empty());
}

#[test]
fn a_name_is_enough_without_parameters() {
    assert_eq!(entry(" restart-server "), "restart-server = {}");
    assert_eq!(entry("blocks = { to = ['*'] }"), "blocks = { to = ['*'] }");
}
