use super::{listed, nearest, selects};

#[track_caller]
fn meant(filter: &str, name: &str) {
    assert!(selects(filter, name), "{filter} {name}");
}

#[track_caller]
fn other(filter: &str, name: &str) {
    assert!(!selects(filter, name), "{filter} {name}");
}

#[test]
fn filters() {
    meant("", "kek");
    meant("ek", "kek");
    other("kek/", "kek");
    meant("k", "kek/case");
    meant("k*", "kek/case");
    meant("*case", "kek/case");
    meant("k*e*e", "kek/case");
    other("k*x", "kek/case");
    meant("kek", "kek/case");
    other("kek*", "akek");
    meant("?ek", "kek");
    other("?ek", "ek");
    meant("*", "");
    other("?", "");
    meant("**a", "aaa");
    meant("*ab", "aab");
    meant("*", "日本");
    meant("日?", "日本");
}

#[test]
fn what_was_meant() {
    let names = || ["blocks", "file-missing", "file-damaged"].into_iter();
    assert_eq!(nearest("block", names()), Some("blocks"));
    assert_eq!(nearest("file-mising", names()), Some("file-missing"));
    assert_eq!(nearest("FILE-DAMAGED", names()), Some("file-damaged"));
    assert_eq!(nearest("teapot", names()), None);
    assert_eq!(nearest(&"x".repeat(100), names()), None);
    assert_eq!(nearest("x", [].into_iter()), None);
}

#[test]
fn lists() {
    assert_eq!(listed(&[""; 0], "and"), "");
    assert_eq!(listed(&["a"], "and"), "`a`");
    assert_eq!(listed(&["a", "b"], "or"), "`a` or `b`");
    assert_eq!(listed(&["a", "b", "c"], "and"), "`a`, `b` and `c`");
}
