use marslab_model::WinPath;
use marslab_model::world::Language;

use super::{Message, ProxyAsks, ScratchError};

const LANGUAGES: [Language; 4] =
    [Language::English, Language::Japanese, Language::Korean, Language::ChineseTraditional];

fn every() -> Vec<Message> {
    vec![
        Message::InvalidCredentials,
        Message::DownloadFailed,
        Message::NoConnection { proxy_asks: ProxyAsks::Nothing },
        Message::NoConnection { proxy_asks: ProxyAsks::Credentials },
        Message::KeyNotSet { file: WinPath::new(r"C:\p.txt") },
        Message::ActivationFailed,
        Message::PassphraseNotConfigured,
        Message::EngineUnreachable,
        Message::NotConfigured,
        Message::UnreadableCredentials,
        Message::OtherVault,
        Message::NotProvisioned,
        Message::PassphraseNotSet,
        Message::AnotherJob,
        Message::Scratch(ScratchError::LowDiskSpace),
        Message::Scratch(ScratchError::Vhd),
        Message::Scratch(ScratchError::ChecksumStore),
        Message::CompletedWithWarnings { code: 0x8007_0570 },
        Message::NoItems,
        Message::SnapshotNotTaken,
        Message::CompletedWithErrors,
        Message::ScheduleNotStarted,
        Message::VolumeNotMounted { code: None },
        Message::VolumeNotMounted { code: Some(1062) },
        Message::NoRecoveryPoints,
        Message::UnregisterFailed,
    ]
}

/// Pieces that the console must show in each language, in the order of [`LANGUAGES`].
#[track_caller]
fn check(message: &Message, pieces: [&str; 4]) {
    for (language, piece) in LANGUAGES.into_iter().zip(pieces) {
        let shown = message.symptom(language).message;
        assert!(shown.contains(piece), "{language}: `{piece}` is not in `{shown}`");
    }
}

#[test]
fn documented_messages_are_shown_in_four_languages() {
    check(
        &Message::InvalidCredentials,
        ["(ID: 34513)", "(ID: 34513)", "(ID: 34513)", "(識別碼：34513)"],
    );
    check(
        &Message::DownloadFailed,
        [
            "Failed to download",
            "ダウンロードできませんでした",
            "다운로드하지 못했습니다",
            "無法下載",
        ],
    );
    check(
        &Message::ActivationFailed,
        ["error [0x1FC07]. Retry", "[0x1FC07] が発生", "오류 [0x1FC07]로", "[0x1FC07]，導致"],
    );
    check(
        &Message::PassphraseNotConfigured,
        ["Error 34506.", "エラー 34506。", "34506 오류입니다.", "錯誤 34506。"],
    );
}

#[test]
fn a_proxy_that_asks_adds_a_line() {
    let asked = Message::NoConnection { proxy_asks: ProxyAsks::Credentials };
    check(
        &asked,
        [
            "\n(407) Proxy Authentication Required.",
            "\n(407) プロキシの認証が必要です",
            "\n(407) 프록시 인증이 필요 합니다.",
            "\n(407) 需要 Proxy 驗證",
        ],
    );
    let unasked = Message::NoConnection { proxy_asks: ProxyAsks::Nothing };
    check(&unasked, ["(ID: 100050)", "(ID: 100050)", "(ID: 100050)", "(識別碼：100050)"]);
    for language in LANGUAGES {
        assert!(!unasked.symptom(language).message.contains("407"), "{language}");
    }
}

#[test]
fn the_key_message_ends_with_the_file() {
    check(&Message::KeyNotSet { file: WinPath::new(r"C:\p.txt") }, ["\nC:\\p.txt"; 4]);
}

#[test]
fn without_a_translation_the_message_is_english() {
    for message in [Message::EngineUnreachable, Message::NotConfigured, Message::NoItems] {
        let english = message.symptom(Language::English);
        assert_eq!(message.symptom(Language::Korean), english);
    }
}

#[test]
fn errors_are_names_or_numbers_and_messages_are_not_empty() {
    for message in every() {
        for language in LANGUAGES {
            let symptom = message.symptom(language);
            assert!(!symptom.error.contains(' '), "{}", symptom.error);
            assert!(symptom.message.chars().count() > 8, "{}", symptom.message);
        }
    }
}
