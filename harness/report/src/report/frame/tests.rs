use marslab_model::world::Language;

use super::*;

#[test]
fn every_text_is_there_in_each_language_with_its_parts() {
    for (name, parts, texts) in ROWS {
        let [english, foreign @ ..] = texts;
        assert!(english.is_ascii(), "{name}");
        for text in texts {
            assert_eq!(text.matches('{').count(), parts.len(), "{name}: {text}");
            assert!(
                parts.iter().all(|part| text.contains(&format!("{{{part}}}"))),
                "{name}: {text}"
            );
            assert_eq!(text.trim(), *text, "{name}");
        }
        // What is put together only has no word of its own.
        let is_told = foreign.iter().all(|text| !text.is_ascii());
        assert!(is_told || *name == "titled", "{name}");
    }
}

#[test]
fn what_has_a_name_keeps_it() {
    for operation in Operation::ALL {
        let frame = Frame::of(Language::English);
        assert_eq!(frame.task(operation), operation.summary());
    }
    for beat in [Beat::Healthy, Beat::Broken, Beat::Diagnosed, Beat::Repaired, Beat::HealthyAgain] {
        assert_eq!(Frame::of(Language::English).beat(beat, PlayKind::Failure), beat.name());
    }
    let text = Frame::of(Language::Korean).fails(&"backup", &"0x1");
    assert_eq!(text, "`backup` 작업이 오류 0x1(으)로 실패합니다.");
}
