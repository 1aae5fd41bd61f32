use super::matches;

#[test]
fn a_star_stands_for_anything() {
    for (pattern, text) in [
        ("*", ""),
        ("*", "a.b"),
        ("a.b", "A.B"),
        ("*.contoso.example", "www.contoso.example"),
        ("10.*", "10.0.0.5"),
        ("*/vaults/*/write", "A/Vaults/certificates/write"),
        ("a*b*c*d", "a-b-c-d"),
        ("a**b", "ab"),
    ] {
        assert!(matches(pattern, text), "{pattern} on {text}");
    }
}

#[test]
fn everything_else_stands_for_itself() {
    for (pattern, text) in [
        ("", "a"),
        ("a.b", "a.bc"),
        ("*.contoso.example", "contoso.example"),
        ("10.*", "210.0.0.5"),
        ("*/vaults/*/write", "A/Vaults/read"),
        ("a*a", "a"),
        ("a*c*b*d", "a-b-c-d"),
    ] {
        assert!(!matches(pattern, text), "{pattern} on {text}");
    }
}
