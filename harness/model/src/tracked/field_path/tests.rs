use super::FieldPath;

#[track_caller]
fn check(one: &str, relation: &str, two: &str) {
    let (one, two) = (FieldPath(one.to_owned()), FieldPath(two.to_owned()));
    let expected = relation == "touches";
    assert_eq!(one.touches(&two), expected, "{one} {relation} {two}");
    assert_eq!(two.touches(&one), expected, "{two} {relation} {one}");
}

#[test]
fn a_field_touches_itself_its_parts_and_its_whole() {
    check("a/b", "touches", "a/b");
    check("a/b", "touches", "a/B/c");
    check("a/b", "misses", "a/bc");
    check("a/b", "misses", "a/c");
    check("", "touches", "a");
}

#[test]
fn a_pattern_touches_every_key_with_its_beginning() {
    check("files/C:\\Temp\\*", "touches", "files/C:\\Temp\\a.tmp");
    check("files/C:\\Temp\\*", "touches", "files/C:\\Temp\\a.tmp/size");
    check("files/C:\\Temp\\*", "misses", "files/C:\\Other");
    check("files/C:\\Temp\\*", "touches", "files");
    check("files/*", "touches", "files/C:");
}

#[test]
fn segments_survive_any_character() {
    let path = FieldPath::root().then("rules").then("~1 */x");
    assert_eq!(path.segments(), ["rules", "~1 */x"]);
    assert_eq!(path.as_str(), "rules/~01 ~2~1x");
}
