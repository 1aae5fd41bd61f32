use super::{Paint, Problem, Problems, did_you_mean, list, near, quote};

#[track_caller]
fn render(text: &str, problem: Problem) -> String {
    Problems::new("x.toml", text, vec![problem]).render(Paint::Plain)
}

#[test]
fn a_long_line_is_not_shown_to_its_end() {
    let text = format!("title = '{}' x", "é".repeat(50_000));
    let near = render(&text, Problem::wrong(0..text.len(), "all wrong"));
    assert!(near.len() < 10_000, "{}", near.len());
    let far = render(&text, Problem::wrong(text.len() - 1..text.len(), "wrong").with_hint("right"));
    assert_eq!(far, "error: wrong\n--> x.toml:1:50012\n = hint: right");
}

#[test]
fn a_span_is_brought_into_the_text() {
    for span in [0..0, 0..9, 1..2, 2..3, 7..9, 3..3] {
        let problems = Problems::new("x.toml", "aé\n", vec![Problem::wrong(span.clone(), "wrong")]);
        let found = problems.iter().next().unwrap().span.clone();
        assert!("aé\n".get(found.clone()).is_some(), "{span:?} became {found:?}");
        assert!(problems.to_string().contains("x.toml:"), "{span:?}");
    }
}

#[test]
fn what_may_follow_from_bad_syntax_is_left_out() {
    let all = || {
        vec![
            Problem::structure(0..1, "lacks"),
            Problem::wrong(1..2, "wrong"),
            Problem::wrong(1..2, "wrong"),
        ]
    };
    let messages = |list: Vec<Problem>| {
        let problems = Problems::new("x.toml", "abc", list);
        problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>()
    };
    assert_eq!(messages(all()), ["lacks", "wrong"]);
    let with_syntax = all().into_iter().chain([Problem::syntax(2..3, "unclosed")]).collect();
    assert_eq!(messages(with_syntax), ["wrong", "unclosed"]);
}

#[test]
fn near_names() {
    let names = [
        "may",
        "says",
        "finding",
        "blocks",
        "activation-kek-missing",
        "passphrase-kek-missing",
        "proxy-asks",
        "proxy-authentication-required",
        "proxy-authentication-required/ntlm",
    ];
    let check = |word: &str, expected: &[&str]| assert_eq!(near(word, names), expected, "{word}");
    check("say", &["says"]);
    check("Finding", &["finding"]);
    check("proxy_asks", &["proxy-asks"]);
    check("blok", &["blocks"]);
    check("proxy-auth-required", &["proxy-authentication-required"]);
    check("kek-mising", &["activation-kek-missing", "passphrase-kek-missing"]);
    check("kek", &["activation-kek-missing", "passphrase-kek-missing"]);
    for word in ["xyz", "", "-", "ke", "missing-kek", &"x".repeat(10_000)] {
        check(word, &[]);
    }
    assert_eq!(near("x", []), [""; 0]);
    assert_eq!(
        did_you_mean("kek", names).as_deref(),
        Some("did you mean `activation-kek-missing` or `passphrase-kek-missing`?")
    );
    assert_eq!(did_you_mean("teapot", names), None);
}

#[test]
fn names_are_quoted() {
    assert_eq!(list(&["a"]), "`a`");
    assert_eq!(list(&["a", "b", "c"]), "`a`, `b` and `c`");
    assert_eq!(quote("a\u{1b}[2J\nb"), "a\u{fffd}[2J b");
    assert_eq!(quote(&"é".repeat(81)), "é".repeat(80) + "…");
}
