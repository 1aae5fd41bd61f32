use super::*;

#[test]
fn quotes_hold_words_and_pipes_together() {
    assert_eq!(stages(r#"sc query "a | b" | find "x""#), [r#"sc query "a | b""#, r#"find "x""#]);
    assert_eq!(words(r#"schtasks /query /tn:"a b" """#), ["schtasks", "/query", "/tn:a b", ""]);
}
