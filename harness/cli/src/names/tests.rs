use super::selects;

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
