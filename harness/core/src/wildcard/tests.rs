use super::matches;

#[track_caller]
fn check(pattern: &str, text: &str, expected: bool) {
    assert_eq!(matches(pattern, text), expected, "{pattern} on {text}");
}

#[test]
fn a_star_stands_for_anything() {
    check("*", "", true);
    check("*", "a.b", true);
    check("a.b", "A.B", true);
    check("a.b", "a.bc", false);
    check("*.contoso.example", "www.contoso.example", true);
    check("*.contoso.example", "contoso.example", false);
    check("10.*", "10.0.0.5", true);
    check("10.*", "210.0.0.5", false);
    check("*/vaults/*/write", "A/Vaults/certificates/write", true);
    check("*/vaults/*/write", "A/Vaults/read", false);
    check("a*a", "a", false);
    check("a*b*c*d", "a-b-c-d", true);
    check("a*c*b*d", "a-b-c-d", false);
}
