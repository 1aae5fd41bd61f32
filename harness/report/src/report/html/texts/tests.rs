use marslab_model::world::Language;

use super::*;

#[test]
fn every_text_is_there_in_each_language_with_its_parts() {
    for (name, parts, texts) in ROWS {
        for text in texts {
            assert_eq!(text.matches('{').count(), parts.len(), "{name}: {text}");
            assert!(
                parts.iter().all(|part| text.contains(&format!("{{{part}}}"))),
                "{name}: {text}"
            );
        }
        let [english, foreign @ ..] = texts;
        assert!(english.is_ascii() && foreign.iter().all(|text| !text.is_ascii()), "{name}");
    }
}

#[test]
fn parts_stand_where_the_language_wants_them() {
    let [one, two] = SLOTS;
    let code = |text: &str| html! { code { (text) } };
    let text = Texts::of(Language::Japanese).documented(&one, &two);
    let text = with(&text, &[&code("<a>"), &code("b")]).into_string();
    assert_eq!(text, "<code>&lt;a&gt;</code> に <code>b</code> として記載: ");
}
