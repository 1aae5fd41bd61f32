use super::{nearest, quoted_list, selects};

#[track_caller]
fn selected(filter: &str, name: &str) {
    assert!(selects(filter, name), "{filter} {name}");
}

#[track_caller]
fn not_selected(filter: &str, name: &str) {
    assert!(!selects(filter, name), "{filter} {name}");
}

#[test]
fn filters() {
    selected("", "kek");
    selected("ek", "kek");
    not_selected("kek/", "kek");
    selected("k", "kek/case");
    selected("k*", "kek/case");
    selected("*case", "kek/case");
    selected("k*e*e", "kek/case");
    not_selected("k*x", "kek/case");
    selected("kek", "kek/case");
    not_selected("kek*", "akek");
    selected("?ek", "kek");
    not_selected("?ek", "ek");
    selected("*", "");
    not_selected("?", "");
    selected("**a", "aaa");
    selected("*ab", "aab");
    selected("*", "日本");
    selected("日?", "日本");
}

#[test]
fn similar_names() {
    let names = || ["blocks", "file-missing", "file-damaged"].into_iter();
    assert_eq!(nearest("block", names()), Some("blocks"));
    assert_eq!(nearest("file-mising", names()), Some("file-missing"));
    assert_eq!(nearest("FILE-DAMAGED", names()), Some("file-damaged"));
    assert_eq!(nearest("teapot", names()), None);
    assert_eq!(nearest(&"x".repeat(100), names()), None);
    assert_eq!(nearest("x", [].into_iter()), None);
}

#[test]
fn quoted_lists() {
    assert_eq!(quoted_list(&[""; 0], "and"), "");
    assert_eq!(quoted_list(&["a"], "and"), "`a`");
    assert_eq!(quoted_list(&["a", "b"], "or"), "`a` or `b`");
    assert_eq!(quoted_list(&["a", "b", "c"], "and"), "`a`, `b` and `c`");
}
