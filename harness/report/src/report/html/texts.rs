//! What the page says beside what [`Frame`](crate::report::frame::Frame) says, in four languages.

use marslab_scenario::texts;
use maud::{Markup, html};

texts! {
    /// The texts in one language.
    pub(super) struct Texts;
    title(confirmed, all): "marslab: {confirmed} of {all} confirmed", "marslab: {all} 件中 {confirmed} 件を確認",
        "marslab: {all}개 중 {confirmed}개 확인됨", "marslab：{all} 項中 {confirmed} 項已確認";
    date: "date", "日付", "날짜", "日期";
    version: "version", "バージョン", "버전", "版本";
    subject: "subject", "診断プログラム", "진단 프로그램", "診斷程式";
    isolation: "isolation", "分離", "격리", "隔離";
    served: ", served", "、常駐", ", 상주", "，常駐";
    fidelity: "fidelity", "忠実度", "충실도", "擬真度";
    seed: "seed", "シード", "시드", "種子";
    language: "language", "言語", "언어", "語言";
    interrupted: "interrupted", "中断", "중단됨", "已中斷";
    not_played(count): "{count} not played", "{count} 件は未実行", "{count}개 실행 안 됨", "{count} 項未執行";
    command: "command", "コマンド", "명령", "命令";
    confirmed: "confirmed", "確認済み", "확인됨", "已確認";
    mismatch: "mismatch", "不一致", "불일치", "不符";
    inconclusive: "inconclusive", "判定不能", "판정 불가", "無法判定";
    lab_failed: "lab failed", "ラボの失敗", "랩 실패", "實驗室失敗";
    not_playable: "not playable", "実行不可", "실행 불가", "無法執行";
    open: "open", "実行中", "진행 중", "進行中";
    verdict: "verdict", "判定", "판정", "判定";
    kind: "kind", "種類", "종류", "類型";
    all: "all", "すべて", "모두", "全部";
    failure: "failure", "障害", "장애", "故障";
    check: "check", "チェック", "점검", "檢查";
    step: "step", "ステップ", "단계", "步驟";
    control: "control", "対照", "대조", "對照";
    compound: "compound", "複合", "복합", "複合";
    search: "search", "検索", "검색", "搜尋";
    name_or_title: "name or title", "名前またはタイトル", "이름 또는 제목", "名稱或標題";
    search_by: "Search by name or title", "名前またはタイトルで検索", "이름 또는 제목으로 검색", "依名稱或標題搜尋";
    open_all: "open all", "すべて開く", "모두 열기", "全部展開";
    close_all: "close all", "すべて閉じる", "모두 닫기", "全部收合";
    not_confirmed: "Not confirmed", "未確認", "확인되지 않음", "未確認";

    documented(article, id): "Documented in {article} as {id}: ", "{article} に {id} として記載: ", "{article}에 {id}(으)로 문서화됨: ",
        "記載於 {article} 的 {id}：";
    a_check: "A check: the operation succeeds, but the subject should give advice.",
        "チェック: 操作は成功しますが、診断プログラムは助言をする必要があります。", "점검: 작업은 성공하지만 진단 프로그램이 조언해야 합니다.",
        "檢查：作業會成功，但診斷程式應該提出建議。";
    a_step: "A step: only this step cures the failure.", "ステップ: このステップだけが問題を解決します。",
        "단계: 이 단계만이 문제를 해결합니다.", "步驟：只有這個步驟能解決問題。";
    a_control: "A control: something is changed, but nothing is wrong.", "対照: 変更はありますが、問題はありません。",
        "대조: 바뀐 것은 있지만 잘못된 것은 없습니다.", "對照：有些東西變更了，但沒有任何問題。";
    a_compound: "A compound: several things are broken at once and cured one by one.",
        "複合: 複数の障害が同時に起き、1 つずつ解決されます。", "복합: 여러 장애가 동시에 일어나고 하나씩 해결됩니다.",
        "複合：同時發生多個故障，再逐一解決。";
    kept_in: "Kept in ", "保存先: ", "보관 위치: ", "保存於：";
    beats(count): "{count} beats", "{count} 段階", "{count}단계", "{count} 個階段";
    as_expected: "as expected", "想定どおり", "예상대로", "符合預期";
    not_as_expected: "not as expected", "想定と異なる", "예상과 다름", "不符預期";
    beat_not_played: "not played", "未実行", "실행 안 됨", "未執行";
    was_not_played: "Not played.", "実行されませんでした。", "실행되지 않았습니다.", "未執行。";
    nothing_changed: "Nothing changed.", "変更はありませんでした。", "변경된 것이 없습니다.", "沒有任何變更。";
    read_by_it: "read by the operation", "操作が読み取る", "작업이 읽음", "作業會讀取";
    found(what): "Found {what}", "発見: {what}", "발견: {what}", "找到：{what}";
    advised(what): "Advised: {what}", "助言: {what}", "조언: {what}", "建議：{what}";
    about(cause, what): "{cause} about {what}", "{cause} ({what} について)", "{cause}({what} 관련)", "{cause} (關於 {what})";
    one_not_checked: "1 item not checked", "調べられなかったもの 1 件", "확인하지 못한 것 1개", "1 項未檢查";
    items_not_checked(count): "{count} items not checked", "調べられなかったもの {count} 件", "확인하지 못한 것 {count}개", "{count} 項未檢查";
    one_line: "1 line of network traffic", "ネットワーク トラフィック 1 行", "네트워크 트래픽 1줄", "網路流量 1 行";
    lines(count): "{count} lines of network traffic", "ネットワーク トラフィック {count} 行", "네트워크 트래픽 {count}줄", "網路流量 {count} 行";
    refused(count): "{count} refused or failed", "{count} 行が拒否または失敗", "{count}줄이 거부되거나 실패", "{count} 行遭拒或失敗";

    one_call: "1 call of the subject", "診断プログラムの問い合わせ 1 回", "진단 프로그램의 조회 1번", "診斷程式查詢 1 次";
    calls(count): "{count} calls of the subject", "診断プログラムの問い合わせ {count} 回", "진단 프로그램의 조회 {count}번",
        "診斷程式查詢 {count} 次";
    got_the_folder: "It got the folder of drive C:.", "ドライブ C: のフォルダーが渡されました。", "드라이브 C:의 폴더를 받았습니다.",
        "它取得了磁碟機 C: 的資料夾。";
    not_listed(option): "Not listed; {option} writes all.", "一覧はありません。{option} ですべて書き出せます。",
        "목록은 없습니다. {option}로 모두 기록할 수 있습니다.", "未列出；{option} 會寫出全部。";
    and_more(count, option): "And {count} more; {option} writes all.", "ほか {count} 件。{option} ですべて書き出せます。",
        "외 {count}개. {option}로 모두 기록할 수 있습니다.", "還有 {count} 項；{option} 會寫出全部。";
    one_met(missed): "1 diagnosis as expected, {missed} not", "想定どおりの診断 1 件、想定と異なる診断 {missed} 件",
        "예상과 같은 진단 1개, 다른 진단 {missed}개", "1 項診斷符合預期，{missed} 項不符";
    met(met, missed): "{met} diagnoses as expected, {missed} not", "想定どおりの診断 {met} 件、想定と異なる診断 {missed} 件",
        "예상과 같은 진단 {met}개, 다른 진단 {missed}개", "{met} 項診斷符合預期，{missed} 項不符";
    expected_but_found(expected, found): "expected {expected}, found {found}", "想定 {expected}、発見 {found}",
        "예상 {expected}, 발견 {found}", "預期 {expected}，找到 {found}";
    about_something_else: " about something else, or at another level", " (別の対象、または別のレベル)", "(다른 대상 또는 다른 수준)",
        " (關於其他對象，或屬於其他層級)";
    nothing: "nothing", "なし", "없음", "無";
    how_to_read: "Rows: expected causes. Columns: found causes. On the diagonal both agree.",
        "行: 想定された原因。列: 発見された原因。対角線上では両者が一致しています。", "행: 예상된 원인. 열: 발견된 원인. 대각선에서는 둘이 일치합니다.",
        "列：預期的原因。欄：找到的原因。對角線上兩者一致。";
    expected_and_found: "Expected and found", "想定と発見", "예상과 발견", "預期與找到";
}

impl Texts {
    /// What a verdict or a kind of plays is called; names that are not known stay as they are.
    pub(super) fn named(self, name: &str) -> String {
        match name {
            "confirmed" => self.confirmed(),
            "mismatch" => self.mismatch(),
            "inconclusive" => self.inconclusive(),
            "lab-failed" => self.lab_failed(),
            "not-playable" => self.not_playable(),
            "open" => self.open(),
            "all" => self.all(),
            "failure" => self.failure(),
            "check" => self.check(),
            "step" => self.step(),
            "control" => self.control(),
            "compound" => self.compound(),
            other => other.replace('-', " "),
        }
    }
}

/// A text whose parts are [`SLOTS`], with what is marked up in their places. The backticks in which a terminal shows a name are
/// left out.
pub(super) fn with(text: &str, parts: &[&Markup]) -> Markup {
    let text = text.replace('`', "");
    html! {
        @for piece in text.split_inclusive(SLOTS) {
            @let slot = SLOTS.iter().position(|slot| piece.ends_with(*slot));
            (piece.trim_end_matches(SLOTS))
            @if let Some(part) = slot.and_then(|slot| parts.get(slot)) { (part) }
        }
    }
}

/// Stand in a text for its parts; no text has these characters.
pub(super) const SLOTS: [char; 2] = ['\u{e000}', '\u{e001}'];

#[cfg(test)]
mod tests;
