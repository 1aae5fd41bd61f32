use jiff::Timestamp;
use marslab_actions::action_spec::Written;
use marslab_base as base;
use marslab_faults::faults::FAULTS;
use marslab_model::World;
use serde_json::{Value, json};
use toml::de::DeTable;

use super::*;

type Case = (String, Option<Value>, Option<Value>, &'static str);

fn on_a_server_and_its_network() -> [Case; 4] {
    let root = "machines/SRV01/";
    [
        (
            format!(r"{root}files/{SCRATCH}\OnlineBackup.KEK"),
            Some(json!({ "content": "…", "size": 12 })),
            None,
            "the file OnlineBackup.KEK is gone",
        ),
        (
            format!("{root}services/Windows Backup/state"),
            Some(json!("running")),
            Some(json!("stopped")),
            "the service Windows Backup is stopped",
        ),
        (
            "network/firewall/10 block ~2.windows.net".to_owned(),
            None,
            Some(
                json!({ "from": "machines", "to": "*.windows.net", "port": null, "action": "drop" }),
            ),
            "the firewall blocks *.windows.net (rule 10)",
        ),
        (
            "network/firewall/10 block 3260".to_owned(),
            Some(json!({ "from": "anyone", "to": "*", "port": 3260, "action": "reset" })),
            None,
            "the firewall no longer blocks everything, port 3260 (rule 10)",
        ),
    ]
}

fn of_numbers_and_names() -> [Case; 7] {
    let root = "machines/SRV01/";
    [
        (
            format!("{root}volumes/C:/free"),
            Some(json!(53_687_091_200_u64)),
            Some(json!(536_870_912_u64)),
            "the free space of the volume C: is 512 MB (was 50 GB)",
        ),
        (
            format!("{root}antivirus/blocked"),
            Some(json!([])),
            Some(json!([format!(r"{SCRATCH}\OnlineBackup.KEK")])),
            "antivirus blocks OnlineBackup.KEK",
        ),
        (
            format!("{root}clock/zone"),
            Some(json!({ "id": "Taipei Standard Time", "utc-offset-minutes": 480 })),
            Some(json!({ "id": "Tokyo Standard Time", "utc-offset-minutes": 540 })),
            "the time zone is Tokyo Standard Time (was Taipei Standard Time)",
        ),
        (
            format!("{root}clock/ahead-seconds"),
            Some(json!(28_800)),
            Some(json!(32_400)),
            "the clock was set forward by 1h",
        ),
        (
            r"machines/SRV01/tasks/\Microsoft\OnlineBackup\Microsoft-OnlineBackup/trigger/minute-of-day".to_owned(),
            Some(json!(1320)),
            Some(json!(1380)),
            "the time of the trigger of the task Microsoft-OnlineBackup is 23:00 (was 22:00)",
        ),
        (
            format!(r"{root}registry/HKLM\SOFTWARE\Microsoft\.NETFramework\v4.0.30319/SchUseStrongCrypto"),
            Some(json!({ "number": 1 })),
            Some(json!({ "number": 0 })),
            "the registry value SchUseStrongCrypto is 0 (was 1)",
        ),
        (
            "network/proxies/10.0.0.5:8080/asks".to_owned(),
            Some(json!([])),
            Some(json!(["ntlm"])),
            "the proxy 10.0.0.5:8080 requires authentication (ntlm)",
        ),
    ]
}

const SCRATCH: &str = r"C:\Program Files\Microsoft Azure Recovery Services Agent\Scratch";

#[test]
fn sentences_a_trainer_would_say() {
    for (path, before, after, expected) in
        on_a_server_and_its_network().into_iter().chain(of_numbers_and_names())
    {
        let change = ChangedField { field: path, before, after, ..ChangedField::default() };
        assert_eq!(sentence(&change, Language::English), expected);
    }
}

/// The same in the other languages, in the same order.
#[test]
fn sentences_a_trainer_would_say_elsewhere() {
    let told = [
        (Language::Japanese, JAPANESE),
        (Language::Korean, KOREAN),
        (Language::ChineseTraditional, CHINESE),
    ];
    for (language, expected) in told {
        let rows = on_a_server_and_its_network().into_iter().chain(of_numbers_and_names());
        for ((path, before, after, _), expected) in rows.zip(expected) {
            let change = ChangedField { field: path, before, after, ..ChangedField::default() };
            assert_eq!(sentence(&change, language), expected);
        }
    }
}

const JAPANESE: [&str; 11] = [
    "OnlineBackup.KEK ファイルがなくなりました",
    "Windows Backup サービスは停止しています",
    "ファイアウォールが *.windows.net への接続をブロックしています (規則 10)",
    "ファイアウォールはすべての宛先 (ポート 3260) への接続をブロックしなくなりました (規則 10)",
    "C: ボリュームの空き領域は 512 MB です (以前は 50 GB)",
    "ウイルス対策プログラムが OnlineBackup.KEK をブロックしています",
    "タイム ゾーンは Tokyo Standard Time です (以前は Taipei Standard Time)",
    "時計が 1 時間進められました",
    "Microsoft-OnlineBackup タスクのトリガーの時刻は 23:00 です (以前は 22:00)",
    "SchUseStrongCrypto レジストリ値は 0 です (以前は 1)",
    "10.0.0.5:8080 のプロキシは認証 (ntlm) を要求します",
];

const KOREAN: [&str; 11] = [
    "OnlineBackup.KEK 파일이 없어졌습니다",
    "Windows Backup 서비스가 중지되어 있습니다",
    "방화벽이 *.windows.net에 대한 연결을 차단합니다(규칙 10)",
    "방화벽이 더 이상 모든 대상(포트 3260)에 대한 연결을 차단하지 않습니다(규칙 10)",
    "C: 볼륨의 사용 가능한 공간은 512 MB입니다(이전: 50 GB)",
    "바이러스 백신이 OnlineBackup.KEK을(를) 차단합니다",
    "표준 시간대는 Tokyo Standard Time입니다(이전: Taipei Standard Time)",
    "시계가 1시간 앞으로 설정되었습니다",
    "Microsoft-OnlineBackup 작업의 트리거의 시각은 23:00입니다(이전: 22:00)",
    "SchUseStrongCrypto 레지스트리 값은 0입니다(이전: 1)",
    "10.0.0.5:8080 프록시가 인증(ntlm)을 요구합니다",
];

const CHINESE: [&str; 11] = [
    "OnlineBackup.KEK 檔案已不存在",
    "Windows Backup 服務已停止",
    "防火牆封鎖連至 *.windows.net 的連線 (規則 10)",
    "防火牆不再封鎖連至所有目的地 (連接埠 3260) 的連線 (規則 10)",
    "C: 磁碟區的可用空間為 512 MB (原為 50 GB)",
    "防毒程式封鎖 OnlineBackup.KEK",
    "時區為 Tokyo Standard Time (原為 Taipei Standard Time)",
    "時鐘調快了 1 小時",
    "Microsoft-OnlineBackup 工作的觸發程序的時刻為 23:00 (原為 22:00)",
    "SchUseStrongCrypto 登錄值為 0 (原為 1)",
    "10.0.0.5:8080 的 Proxy 要求驗證 (ntlm)",
];

#[test]
fn what_is_composed_fits_the_language() {
    let change = ChangedField {
        field: r"machines/SRV02/folder-attributes/D:\Data".to_owned(),
        before: Some(json!(["sparse"])),
        after: Some(json!(["encrypted"])),
        on: Some("SRV02".to_owned()),
        ..ChangedField::default()
    };
    let expected = [
        "the folder Data is encrypted; the folder Data is no longer sparse on SRV02",
        "SRV02 では、Data フォルダーに暗号化属性があります、Data フォルダーのスパース属性がなくなりました",
        "SRV02에서 Data 폴더에 암호화 특성이 있습니다, Data 폴더에 더 이상 스파스 특성이 없습니다",
        "在 SRV02 上，Data 資料夾具有加密屬性；Data 資料夾不再具有疏鬆屬性",
    ];
    for (language, expected) in LANGUAGES.into_iter().zip(expected) {
        assert_eq!(sentence(&change, language), expected);
    }
    for (seconds, expected) in [
        (3_725, ["1h 2m 5s", "1 時間 2 分 5 秒", "1시간 2분 5초", "1 小時 2 分鐘 5 秒"]),
        (0, ["0s", "0 秒", "0초", "0 秒"]),
    ] {
        let time = jiff::SignedDuration::from_secs(seconds);
        assert_eq!(LANGUAGES.map(|language| span(time, language)), expected);
    }
}

#[test]
fn windows_names_and_other_machines_are_told() {
    let change = ChangedField {
        field: "machines/SRV02/services/MSiSCSI/state".to_owned(),
        before: Some(json!("running")),
        after: Some(json!("stopped")),
        called: Some("Microsoft iSCSI Initiator Service".to_owned()),
        on: Some("SRV02".to_owned()),
    };
    let expected = "the service Microsoft iSCSI Initiator Service is stopped on SRV02";
    assert_eq!(sentence(&change, Language::English), expected);
    let path = format!("{expected} [machines/SRV02/services/MSiSCSI/state]");
    assert_eq!(list(&[change.clone(), change.clone()], Paths::Told, Language::English), [path]);
    assert_eq!(list(&[change.clone(), change], Paths::LeftOut, Language::English), [expected]);
}

#[test]
fn without_values_the_field_is_told() {
    let change = ChangedField {
        field: "machines/SRV01/services/obengine/state".to_owned(),
        ..ChangedField::default()
    };
    assert_eq!(
        sentence(&change, Language::English),
        "the state of the service obengine was changed"
    );
}

#[test]
fn what_follows_from_another_change_goes_without_saying() {
    let of = |field: &str| ChangedField {
        field: format!("machines/SRV01/files/C:\\a.txt/{field}"),
        before: Some(json!(1)),
        after: Some(json!(2)),
        ..ChangedField::default()
    };
    let content =
        ChangedField { before: Some(json!("…")), after: Some(json!("…")), ..of("content") };
    assert_eq!(
        list(&[content, of("modified"), of("size")], Paths::LeftOut, Language::English),
        ["the content of the file a.txt was changed"]
    );
    assert_eq!(
        list(&[of("modified"), of("size")], Paths::LeftOut, Language::English),
        ["the size of the file a.txt is 2 bytes (was 1 bytes)"]
    );
    assert_eq!(list(&[of("modified")], Paths::LeftOut, Language::English).len(), 1);
}

fn healthy() -> World {
    base::healthy(Timestamp::UNIX_EPOCH)
}

/// Every field of the healthy world, as the schema of `marslab show world` walks it.
#[test]
fn every_field_of_a_world_has_a_noun() {
    let mut left = vec![FieldPath::root()];
    let world = healthy();
    let mut seen = 0;
    while let Some(path) = left.pop() {
        let segments = path.segments();
        if segments.first().is_some_and(|first| first == "cast") {
            continue;
        }
        match world.look(&path) {
            // A leaf, or a map; of an empty one nothing can change.
            Some(Value::Object(map)) => {
                left.extend(map.keys().map(|key| path.clone().then(key)));
            }
            Some(_) => {
                seen += 1;
                assert!(nouns::is_known(&segments), "{path}");
                let depth = Noun::of(&segments, None, Language::English).depth;
                for part in segments.iter().skip(depth) {
                    assert!(fields::is_known(part), "{part} in {path}");
                }
            }
            // A part of a leaf, such as of a registry value.
            None => {}
        }
    }
    assert!(seen > 500, "{seen} fields");
}

/// Also those of which the healthy world has none.
#[test]
fn every_field_of_the_shape_has_a_name_in_each_language() {
    let shape = serde_json::to_value(schemars::schema_for!(World)).unwrap();
    let mut left = vec![("World".to_owned(), shape)];
    let mut seen = 0;
    while let Some((name, value)) = left.pop() {
        // Roles of the cast change never.
        let Value::Object(map) = value else { continue };
        if let Some(fields) = map.get("properties").and_then(Value::as_object) {
            for field in fields.keys().filter(|it| *it != "cast" && name != "Cast") {
                seen += 1;
                assert!(fields::is_known(field) || is_variant(field), "{field} of {name}");
            }
        }
        left.extend(map);
    }
    assert!(seen > 150, "{seen} fields");
}

/// Values that carry more, which a path never names.
fn is_variant(field: &str) -> bool {
    ["binary", "breaking", "impair", "leased", "number", "redirect", "slow", "stall", "text"]
        .contains(&field)
}

#[test]
fn every_row_is_there_in_each_language_with_its_parts() {
    for table in [fields::FIELDS, nouns::NOUNS, templates::CAME, templates::WENT, templates::VALUES]
    {
        for (key, texts) in table {
            let parts = ["{}", "{v}"].into_iter().filter(|part| texts[0].contains(part));
            let parts: Vec<String> = parts.map(str::to_owned).collect();
            assert_told_in_four_languages(key, &parts, texts);
        }
    }
    for (key, texts) in templates::WORDS {
        assert_eq!(key.split_once('=').unwrap().1, texts[0]);
        assert_told_in_four_languages(key, &[], texts);
    }
    let keys = |table: &[Row]| table.iter().map(|(key, _)| *key).collect::<Vec<_>>();
    assert_eq!(keys(templates::CAME), keys(templates::WENT));
}

/// A row has the same parts in each language, each once, and is a translation unless it is a name.
pub(super) fn assert_told_in_four_languages(key: &str, parts: &[String], texts: &[&str; 4]) {
    for text in texts {
        assert_eq!(text.matches('{').count(), parts.len(), "{key}: {text}");
        assert!(parts.iter().all(|part| text.contains(part.as_str())), "{key}: {text}");
        assert!(!text.is_empty() && text.trim() == *text && !text.contains("  "), "{key}: {text}");
    }
    let [english, foreign @ ..] = texts;
    assert!(english.is_ascii(), "{key}: {english}");
    let is_name = |word: &str| NAMES.contains(&word) || !word.contains(|c: char| c.is_lowercase());
    for text in foreign {
        let said = parts.iter().fold((*text).to_owned(), |text, part| text.replace(part, ""));
        let mut words = said.split(|c: char| !c.is_alphanumeric());
        assert!(!text.is_ascii() || words.all(is_name), "{key}: {text}");
    }
}

/// What has one name in all languages.
const NAMES: [&str; 5] = ["Blob", "ETag", "LmCompatibilityLevel", "Proxy", "Windows"];

const LANGUAGES: [Language; 4] =
    [Language::English, Language::Japanese, Language::Korean, Language::ChineseTraditional];

#[test]
fn every_change_of_a_fault_is_told_without_its_path() {
    for language in LANGUAGES {
        let mut told = 0;
        for (name, line) in changes_of_faults(language) {
            told += 1;
            assert!(!line.contains("machines/") && !line.contains("network/"), "{line}");
            assert!(!line.contains('{') && !line.contains("the world"), "{name}: {line}");
            if language != Language::English {
                let is_told = !line.is_ascii();
                assert!(
                    is_told && ENGLISH.iter().all(|word| !line.contains(word)),
                    "{name}: {line}"
                );
            }
        }
        assert!(told > 40, "{told} lines");
    }
}

/// Words that no name of a world has.
const ENGLISH: [&str; 8] =
    [" the ", "the ", " is ", " was ", " of ", " has ", " no longer ", " not "];

/// What the faults change in the healthy world, each with its name.
fn changes_of_faults(language: Language) -> Vec<(&'static str, String)> {
    let mut told = Vec::new();
    for kind in FAULTS {
        let example = format!("it = {}", kind.example);
        let table = DeTable::parse(&example).unwrap();
        let (name, value) = table.get_ref().iter().next().unwrap();
        let fault = kind.parse(name.span(), value, Written::Named).unwrap();
        let before = healthy();
        let Ok(changes) = fault.changes(&before) else { continue };
        let mut after = before.clone();
        if changes.iter().any(|change| after.apply(change).is_err()) {
            continue;
        }
        let fields = before.differences_from(&after);
        let changes = ChangedField::between(&fields, &before, &after);
        told.extend(
            list(&changes, Paths::LeftOut, language).into_iter().map(|line| (kind.name, line)),
        );
    }
    told
}
