use std::collections::BTreeSet;

use marslab_live::product::embedded;

use super::*;

#[test]
fn the_embedded_catalogue_has_no_mistakes() {
    if let Err(errors) = Catalogue::parse(&Sources::EMBEDDED) {
        let lines: Vec<String> =
            errors.iter().map(|error| format!("{error}\n  hint: {}", error.hint())).collect();
        panic!("{} mistakes:\n{}", lines.len(), lines.join("\n"));
    }
}

#[test]
fn every_documented_row_is_there() {
    let rows: Vec<&Failure> =
        Catalogue::known().failures_in_order().filter(|row| !row.is_beyond()).collect();
    assert_eq!(rows.len(), 101);
    let of_kind = |kind| rows.iter().filter(|row| row.kind == kind).count();
    assert_eq!(
        [FailureKind::Failure, FailureKind::Check, FailureKind::Step, FailureKind::Umbrella]
            .map(of_kind),
        [79, 11, 6, 5],
        "failures, checks, steps, umbrellas"
    );
}

#[test]
fn the_rows_are_grouped_by_section_in_the_order_of_the_articles() {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for row in Catalogue::known().failures_in_order().take_while(|row| !row.is_beyond()) {
        match counts.last_mut() {
            Some((section, count)) if *section == row.section.as_str() => *count += 1,
            _ => counts.push((row.section.as_str(), 1)),
        }
    }
    let expected = [
        ("basic-troubleshooting", 19),
        ("invalid-vault-credentials-provided", 33),
        ("unable-to-download-vault-credential-file", 7),
        (
            "the-microsoft-azure-recovery-service-agent-was-unable-to-connect-to-microsoft-azure-backup",
            14,
        ),
        ("failed-to-set-the-encryption-key-for-secure-backups", 2),
        ("the-activation-did-not-complete-successfully", 5),
        ("encryption-passphrase-not-correctly-configured", 4),
        ("backups-dont-run-according-to-the-schedule", 9),
        ("troubleshoot-restore-issues", 8),
    ];
    assert_eq!(counts, expected);
}

#[test]
fn what_is_beyond_the_articles_of_2019_stands_behind_their_rows() {
    let mut rows = Catalogue::known().failures_in_order().skip_while(|row| !row.is_beyond());
    assert!(rows.next().is_some(), "no row is beyond them");
    let stray = rows.find(|row| !row.is_beyond());
    assert!(stray.is_none(), "{stray:?}");
}

#[test]
fn a_row_stands_in_the_table_of_its_articles() {
    let newer = row("newer", "kind = \"umbrella\"\nmembers = [\"wet\"]")
        .replace("zh-2019-05", "en-2025-11");
    let catalogue = Catalogue::parse(&Sources { beyond: &newer, ..SMALL }).unwrap();
    assert!(catalogue.failure("newer").unwrap().is_beyond());
    assert!(!catalogue.failure("wet").unwrap().is_beyond());
    check(
        Sources { failures: &[SMALL.failures, &newer].concat(), ..SMALL },
        &[
            "failures.toml:10:1: misplaced `newer`: failures of `en-2025-11` belong in `beyond.toml`",
        ],
    );
    check(
        Sources { beyond: &newer.replace("en-2025-11\"", "en-2025-11\", \"ko-2019-05\""), ..SMALL },
        &["beyond.toml:1:1: misplaced `newer`: failures of `ko-2019-05` belong in `failures.toml`"],
    );
}

#[test]
fn nothing_stands_in_the_tables_unused() {
    let catalogue = Catalogue::known();
    let used = |ids: fn(&Failure) -> Vec<&str>| -> BTreeSet<&str> {
        catalogue.failures.values().flat_map(ids).collect()
    };
    let check = |table: Table, ids: Vec<&str>, used: BTreeSet<&str>| {
        let unused: Vec<_> = ids.into_iter().filter(|id| !used.contains(id)).collect();
        assert!(unused.is_empty(), "no row uses these of `{}`: {unused:?}", table.file());
    };
    check(
        Table::Sections,
        catalogue.sections.keys().map(SectionId::as_str).collect(),
        used(|row| vec![row.section.as_str()]),
    );
    check(
        Table::Messages,
        catalogue.messages.keys().map(MessageId::as_str).collect(),
        used(|row| row.errors.iter().map(MessageId::as_str).collect())
            .into_iter()
            .chain(embedded().shown().iter().map(|row| row.message.as_str()))
            .collect(),
    );
    check(
        Table::Causes,
        catalogue.causes.keys().map(CauseId::as_str).collect(),
        used(|row| row.causes.iter().map(CauseId::as_str).collect()),
    );
    check(
        Table::Remedies,
        catalogue.remedies.keys().map(RemedyId::as_str).collect(),
        used(|row| row.remedies.iter().map(RemedyId::as_str).collect()),
    );
}

#[test]
fn product_messages_stand_in_four_languages() {
    // The id, the code that the text carries, and a piece of each translation that no other message has.
    let expected = [
        ("34513", "34513", ["corrupted", "破損しているか", "손상되었거나", "已損毀"]),
        (
            "403",
            "403",
            ["Failed to download", "ダウンロードできません", "다운로드하지 못했습니다", "無法下載"],
        ),
        ("100050", "100050", ["network settings", "ネットワーク設定", "네트워크 설정", "網路設定"]),
        ("407", "(407)", ["Proxy Authentication", "プロキシの認証", "프록시 인증", "Proxy 驗證"]),
        ("encryption-key-not-set", "", ["encryption key", "暗号化キー", "암호화 키", "加密金鑰"]),
        ("0x1FC07", "[0x1FC07]", ["activation", "ライセンス認証", "정품 인증", "啟動"]),
        ("34506", "34506", ["passphrase stored", "パスフレーズは", "암호가", "加密複雜密碼"]),
    ];
    for (id, code, pieces) in expected {
        let texts = in_four_languages(&Catalogue::known().message(id).unwrap().text);
        for (text, piece) in texts.iter().zip(pieces) {
            let text = text.unwrap_or_else(|| panic!("`{id}` lacks the language of {piece:?}"));
            assert!(
                text.contains(code) && text.contains(piece),
                "`{id}`: {piece:?} not in {text:?}"
            );
        }
    }
}

#[test]
fn what_a_customer_says_stands_in_four_languages() {
    let catalogue = Catalogue::known();
    let questions =
        catalogue.sections.values().map(|section| (section.id.as_str(), &section.question));
    let silent = ["schedule-not-started", "volume-not-mounted"]
        .map(|id| (id, &catalogue.message(id).unwrap().text));
    for (id, wording) in questions.chain(silent) {
        assert!(in_four_languages(wording).iter().all(Option::is_some), "`{id}` lacks a language");
    }
}

#[test]
fn a_row_follows_only_articles_that_have_its_section() {
    let catalogue = Catalogue::known();
    for row in catalogue.failures.values() {
        let anchors = &catalogue.section(row.section.as_str()).unwrap().anchors;
        let strays: Vec<_> =
            row.articles.iter().filter(|article| !anchors.contains_key(article)).collect();
        assert!(strays.is_empty(), "`{}`: {strays:?} lacks `{}`", row.id, row.section);
    }
}

#[test]
fn an_umbrella_stands_for_rows_and_not_for_umbrellas() {
    let catalogue = Catalogue::known();
    for row in catalogue.failures.values() {
        for member in row.members.iter().map(|id| catalogue.failure(id.as_str()).unwrap()) {
            assert_ne!(member.kind, FailureKind::Umbrella, "`{}` lists `{}`", row.id, member.id);
        }
    }
}

#[test]
fn every_text_says_something() {
    let catalogue = Catalogue::known();
    for remedy in catalogue.remedies.values() {
        assert!(!remedy.steps.is_empty(), "`{}` has no steps", remedy.id);
    }
    let sentences = catalogue.failures.values().map(|row| (row.id.as_str(), &row.problem));
    let steps = catalogue
        .remedies
        .values()
        .flat_map(|remedy| remedy.steps.iter().map(|step| (remedy.id.as_str(), step)));
    for (id, sentence) in sentences.chain(steps) {
        assert!(sentence.ends_with('.'), "`{id}`: no sentence: {sentence:?}");
    }
}

#[test]
fn names_are_those_of_the_tables() {
    for article in Article::ALL {
        let row = format!("{REMEDY}article = \"{}\"", article.id());
        let catalogue = Catalogue::parse(&Sources { remedies: &row, ..SMALL }).unwrap();
        assert_eq!(catalogue.remedy("dry-it").unwrap().article, article);
    }
    for kind in [FailureKind::Failure, FailureKind::Check, FailureKind::Step, FailureKind::Umbrella]
    {
        let lists = match kind {
            FailureKind::Umbrella => "members = [\"wet\"]",
            FailureKind::Failure | FailureKind::Check | FailureKind::Step => {
                "causes = [\"water\"]\nremedies = [\"dry-it\"]"
            }
        };
        let row = row("other", &format!("kind = \"{}\"\n{lists}", kind.name()));
        let failures = format!("{}\n{row}", SMALL.failures);
        let catalogue = Catalogue::parse(&Sources { failures: &failures, ..SMALL }).unwrap();
        assert_eq!(catalogue.failure("other").unwrap().kind, kind);
    }
}

#[test]
fn broken_references_are_all_reported_at_once() {
    check(
        Sources {
            failures: &[
                row("one", "kind = \"failure\"\nerrors = [\"E9\"]\ncauses = [\"fire\", \"water\"]\nremedies = [\"pray\"]"),
                row("two", "kind = \"umbrella\"\nmembers = [\"one\", \"three\"]").replace("\"room\"", "\"attic\""),
            ]
            .concat(),
            ..SMALL
        },
        &[
            "failures.toml:1:1: unknown message `E9` in `one`",
            "failures.toml:1:1: unknown cause `fire` in `one`",
            "failures.toml:1:1: unknown remedy `pray` in `one`",
            "failures.toml:10:1: unknown section `attic` in `two`",
            "failures.toml:10:1: unknown failure `three` in `two`",
        ],
    );
}

#[test]
fn an_id_stands_only_once() {
    check(
        Sources { causes: &[CAUSE, "\n", CAUSE].concat(), ..SMALL },
        &["causes.toml:7:1: duplicate id `water`; first defined at causes.toml:1:1"],
    );
    check(
        Sources { failures: &[SMALL.failures, SMALL.failures].concat(), ..SMALL },
        &["failures.toml:10:1: duplicate id `wet`; first defined at failures.toml:1:1"],
    );
    check(
        Sources { beyond: SMALL.failures, ..SMALL },
        &["beyond.toml:1:1: duplicate id `wet`; first defined at failures.toml:1:1"],
    );
}

#[test]
fn a_kind_has_the_lists_that_fit_it() {
    check(
        Sources { failures: &row("wet", "kind = \"step\"\nmembers = [\"wet\"]"), ..SMALL },
        &[
            "failures.toml:1:1: missing `causes` in `wet`, which is of kind `step`",
            "failures.toml:1:1: missing `remedies` in `wet`, which is of kind `step`",
            "failures.toml:1:1: unexpected `members` in `wet`, which is of kind `step`",
        ],
    );
    check(
        Sources { failures: &row("wet", "kind = \"umbrella\"\ncauses = [\"water\"]"), ..SMALL },
        &[
            "failures.toml:1:1: missing `members` in `wet`, which is of kind `umbrella`",
            "failures.toml:1:1: unexpected `causes` in `wet`, which is of kind `umbrella`",
        ],
    );
}

#[test]
fn an_unreadable_table_does_not_break_the_references_to_it() {
    check(
        Sources {
            causes: "[[cause]]\nid = \"water\"\ncolour = 1\n",
            messages: "[[note]]\n",
            ..SMALL
        },
        &[
            "messages.toml:1:1: missing field `id`",
            "causes.toml:3:1: unknown field `colour`, expected one of `id`, `title`, `about`, `areas`, `level`",
        ],
    );
    check(
        Sources {
            messages: &MESSAGE.replace("[[message]]", "[[note]]").replace("[message.", "[note."),
            ..SMALL
        },
        &["messages.toml:1:3: unknown table `note`, expected `message`"],
    );
}

#[test]
fn each_mistake_comes_with_a_remedy() {
    let hint = |sources: &Sources<'_>| Catalogue::parse(sources).unwrap_err()[0].hint();
    let table = [
        (
            Sources { causes: "", ..SMALL },
            "correct the id, or add a `[[cause]]` with `id = \"water\"` to `causes.toml`",
        ),
        (Sources { causes: "\n?", ..SMALL }, "correct line 2 of `causes.toml`"),
        (Sources { causes: &[CAUSE, CAUSE].concat(), ..SMALL }, "rename or remove one of the two"),
        (
            Sources { failures: &row("wet", "kind = \"umbrella\""), ..SMALL },
            "list at least one entry in `members`",
        ),
    ];
    for (sources, expected) in table {
        assert_eq!(hint(&sources), expected);
    }
}

#[track_caller]
fn check(sources: Sources<'_>, expected: &[&str]) {
    let errors = Catalogue::parse(&sources).unwrap_err();
    let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(lines, expected);
}

fn in_four_languages(wording: &Wording) -> [Option<&str>; 4] {
    let Wording { en, ja, ko, zh } = wording;
    [Some(en), ja.as_ref(), ko.as_ref(), zh.as_ref()]
        .map(|text| text.map(String::as_str).filter(|text| !text.is_empty()))
}

/// A row of the failures; `rest` sets the kind and the lists.
fn row(id: &str, rest: &str) -> String {
    format!(
        "[[failure]]\nid = \"{id}\"\nsection = \"room\"\nproblem = \"It is wet.\"\narticles = [\"zh-2019-05\"]\n{rest}\n"
    )
}

/// A catalogue of one row without a mistake.
const SMALL: Sources<'static> = Sources {
    sections: "[[section]]\nid = \"room\"\ntitle.en = \"Room\"\nanchors.zh-2019-05 = \"room\"\nquestion.en = \"Dry?\"\n",
    messages: MESSAGE,
    causes: CAUSE,
    areas: "",
    remedies: "[[remedy]]\nid = \"dry-it\"\ntitle = \"Dry it\"\nsteps = [\"Wipe.\"]\narticle = \"zh-2019-05\"\n",
    failures: "[[failure]]\nid = \"wet\"\nsection = \"room\"\nproblem = \"It is wet.\"\narticles = [\"zh-2019-05\"]\n\
               kind = \"failure\"\nerrors = [\"E1\"]\ncauses = [\"water\"]\nremedies = [\"dry-it\"]\n",
    beyond: "",
    look_alikes: "",
    packs: &[],
};
const MESSAGE: &str =
    "[[message]]\nid = \"E1\"\nsource = \"a test\"\n[message.text]\nen = \"Wet.\"\n";
const CAUSE: &str =
    "[[cause]]\nid = \"water\"\ntitle = \"Water\"\nabout = \"nothing\"\nlevel = \"cause\"\n";
const REMEDY: &str = "[[remedy]]\nid = \"dry-it\"\ntitle = \"Dry it\"\nsteps = [\"Wipe.\"]\n";

#[test]
fn every_remedy_of_the_actions_is_in_the_catalogue() {
    for spec in marslab_remedies::REMEDIES {
        assert!(Catalogue::known().remedy(spec.name).is_some(), "`{}`", spec.name);
    }
}
