use super::matches;

#[test]
fn patterns_stand_for_actions() {
    for (pattern, action, expected) in [
        ("*", "A/b/read", true),
        ("a/B/read", "A/b/read", true),
        ("A/*", "A/b/read", true),
        ("*/read", "A/b/read", true),
        ("A/*/read", "A/b/read", true),
        ("A/*/write", "A/b/read", false),
        ("A/b", "A/b/read", false),
        ("", "A/b/read", false),
    ] {
        assert_eq!(matches(pattern, action), expected, "{pattern}");
    }
}
