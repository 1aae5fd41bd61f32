use super::*;

#[test]
fn every_text_is_there_in_each_language_with_its_parts() {
    for (name, parts, [english, foreign @ ..]) in ROWS {
        assert!(english.is_ascii(), "{name}");
        for text in foreign {
            assert!(!text.is_ascii() || text.ends_with("Proxy"), "{name}: {text}");
        }
        for text in [english].into_iter().chain(foreign) {
            assert_eq!(text.matches('{').count(), parts.len(), "{name}: {text}");
            assert!(
                parts.iter().all(|part| text.contains(&format!("{{{part}}}"))),
                "{name}: {text}"
            );
            let typed = |text: &str| text.split('`').nth(1).map(str::to_owned);
            assert_eq!(typed(text), typed(english), "{name}");
        }
    }
}
