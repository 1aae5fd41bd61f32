use super::*;
use crate::report::Summary;
use crate::report::tests::events::told;

const OTHERS: [Language; 3] = [Language::Japanese, Language::Korean, Language::ChineseTraditional];

fn told_in(language: Language) -> String {
    let mut summary = Summary::default();
    told().into_iter().for_each(|event| summary.add(event));
    let style = ProseStyle { language, columns: 400, ..ProseStyle::plain() };
    let mut text = Vec::new();
    tell(&mut text, summary.play(0).unwrap(), style, &mut || Ok(())).unwrap();
    String::from_utf8(text).unwrap()
}

/// What is quoted is said as it was; the title of the play stands behind that of its failure.
#[test]
fn nothing_but_names_and_quotations_is_in_english() {
    for language in OTHERS {
        let text = told_in(language);
        let lines = text.lines().filter(|line| !line.trim_start().starts_with('|'));
        for line in lines.skip(1).filter(|line| !line.is_empty()) {
            let is_told =
                ["The ", " the ", " is ", " of ", "This "].iter().all(|it| !line.contains(it));
            assert!(is_told && !line.is_ascii(), "{language:?}: {line}");
        }
    }
}

#[test]
fn each_language_has_its_own_frame() {
    for (language, parts) in OTHERS.into_iter().zip([
        [
            "1 正常\n  壊れているものはありません。管理者の作業: 回復ポイントをボリュームとしてマウントする。",
            "  操作 `restore` は成功します。",
            "  障害 `service-stopped`: Windows サービスが停止している。",
            "  対処 `start-iscsi-service`: Microsoft iSCSI イニシエーター サービスを開始する。",
        ],
        [
            "1 정상\n  고장 난 것은 없습니다. 관리자의 작업: 복구 지점을 볼륨으로 탑재.",
            "  `restore` 작업이 성공합니다.",
            "  장애 `service-stopped`: Windows 서비스가 중지되어 있음.",
            "  해결 방법 `start-iscsi-service`: ",
        ],
        [
            "1 正常\n  沒有任何故障。系統管理員的工作：將復原點掛接為磁碟區。",
            "  作業 `restore` 成功。",
            "  故障 `service-stopped`：Windows 服務已停止。",
            "  補救方法 `start-iscsi-service`：",
        ],
    ]) {
        let text = told_in(language);
        for part in parts {
            assert!(text.contains(part), "no {part} in\n{text}");
        }
    }
}
