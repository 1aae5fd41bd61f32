use super::parse;

#[test]
fn pairs() {
    let pair = |user: &str, password: &str| Some((user.to_owned(), password.to_owned()));
    assert_eq!(parse("YmFja3VwOnA6c3M="), pair("backup", "p:ss"));
    assert_eq!(parse(" Og== "), pair("", ""));
    for none in ["", "????", "bm9jb2xvbg==", "/////w==", "YmFja3VwOnA6c3M"] {
        assert_eq!(parse(none), None, "{none}");
    }
}
