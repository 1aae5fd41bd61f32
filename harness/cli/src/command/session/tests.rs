use serde_json::json;

use super::{named, quoted};

#[test]
fn a_name_may_have_parameters() {
    let (name, with) = named(" restart-server ").unwrap();
    assert_eq!((name.as_str(), with.is_empty()), ("restart-server", true));
    let (name, with) = named(r#"blocks = { to = ["*.windows.net"], port = 443 }"#).unwrap();
    assert_eq!(name, "blocks");
    assert_eq!(json!(with), json!({ "to": ["*.windows.net"], "port": 443 }));
}

#[test]
fn what_is_neither_says_why() {
    for (typed, reason) in [
        ("blocks = 5", "takes a table"),
        ("blocks = {", "inline table"),
        ("a = {}\nb = {}", "one at a time"),
        ("", "x"),
    ] {
        match named(typed) {
            Err(error) => assert!(error.to_string().contains(reason), "{typed}: {error}"),
            Ok((name, _)) => assert_eq!(name, typed),
        }
    }
}

#[test]
fn paths_are_quoted_where_a_shell_would_split_them() {
    assert_eq!(quoted("/tmp/marslab-1-x/ca.pem"), "/tmp/marslab-1-x/ca.pem");
    assert_eq!(quoted("/tmp/my files/ca.pem"), "'/tmp/my files/ca.pem'");
}
