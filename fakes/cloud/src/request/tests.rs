use super::{Form, decoded};

#[test]
fn escapes_are_resolved() {
    for (text, expected) in [
        ("", ""),
        ("a%20b", "a b"),
        ("%e5%8f%b0", "台"),
        ("100%", "100%"),
        ("%4", "%4"),
        ("%zz", "%zz"),
        ("%+1", "%+1"),
    ] {
        assert_eq!(decoded(text), expected, "{text}");
    }
}

#[test]
fn keys_have_no_case() {
    let form = Form::read("LinkId=1&b&&c=x%3Dy+z");
    assert_eq!(form.get("linkid"), Some("1"));
    assert_eq!(form.get("B"), Some(""));
    assert_eq!(form.get("c"), Some("x=y z"));
    assert_eq!(form.get("d"), None);
}
