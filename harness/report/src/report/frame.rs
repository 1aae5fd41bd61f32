//! What stands around what happened: the sentences of `--explain` and of the pages, in four languages.
//!
//! What has a name, such as a fault, a step or a subject's cause, has it in all of them.

use marslab_engine::verdict::Beat;
use marslab_model::Operation;
use marslab_scenario::{PlayKind, texts};

texts! {
    /// The frame in one language.
    pub struct Frame;
    documented(article, section): "Documented in {article} under \"{section}\"", "文書: {article} の「{section}」",
        "문서: {article}의 \"{section}\"", "文件：{article} 的「{section}」";
    is_a_check: "This is a check: the operation succeeds, but the subject should give advice.",
        "これはチェックです。操作は成功しますが、診断プログラムは助言をする必要があります。",
        "이것은 점검입니다. 작업은 성공하지만 진단 프로그램이 조언해야 합니다.",
        "這是檢查：作業會成功，但診斷程式應該提出建議。";
    is_a_step: "This is a step: only this step cures the failure.",
        "これはステップです。このステップだけが問題を解決します。", "이것은 단계입니다. 이 단계만이 문제를 해결합니다.",
        "這是步驟：只有這個步驟能解決問題。";
    is_a_control: "This is a control: something is changed, but nothing is wrong.",
        "これは対照です。変更はありますが、問題はありません。", "이것은 대조입니다. 바뀐 것은 있지만 잘못된 것은 없습니다.",
        "這是對照：有些東西變更了，但沒有任何問題。";
    is_a_compound: "This is a compound: several things are broken at once and cured one by one.",
        "これは複合です。複数の障害が同時に起き、1 つずつ解決されます。",
        "이것은 복합입니다. 여러 장애가 동시에 일어나고 하나씩 해결됩니다.",
        "這是複合：同時發生多個故障，再逐一解決。";
    compounds: "Compounds: several things are broken at once", "複合: 複数の障害が同時に起きる", "복합: 여러 장애가 동시에 일어남",
        "複合：同時發生多個故障";
    controls: "Controls: something is changed, but nothing is wrong", "対照: 変更はあるが、問題はない",
        "대조: 바뀐 것은 있지만 잘못된 것은 없음", "對照：有些東西變更了，但沒有任何問題";

    healthy: "healthy", "正常", "정상", "正常";
    broken: "broken", "障害の発生", "장애 발생", "發生故障";
    changed: "changed", "変更", "변경", "變更";
    diagnosed: "diagnosed", "診断", "진단", "診斷";
    repaired: "repaired", "修復", "복구", "修復";
    healthy_again: "healthy again", "再び正常", "다시 정상", "恢復正常";

    download_credentials: "download the vault credentials file from the portal",
        "ポータルからコンテナー資格情報ファイルをダウンロードする", "포털에서 자격 증명 모음 자격 증명 파일 다운로드", "從入口網站下載保存庫認證檔";
    register: "register the server with the credentials file's vault", "資格情報ファイルのコンテナーにサーバーを登録する",
        "자격 증명 파일의 자격 증명 모음에 서버 등록", "向認證檔的保存庫註冊伺服器";
    set_passphrase: "set the encryption passphrase", "暗号化パスフレーズを設定する", "암호화 암호 설정", "設定加密複雜密碼";
    activate: "prepare the scratch folder and activate the server", "スクラッチ フォルダーを準備し、サーバーをアクティブ化する",
        "스크래치 폴더를 준비하고 서버 활성화", "準備臨時資料夾並啟用伺服器";
    backup: "back up now", "今すぐバックアップする", "지금 백업", "立即備份";
    scheduled_backup: "wait for the scheduled backup to run", "スケジュールされたバックアップの実行を待つ", "예약된 백업의 실행 대기",
        "等待排程備份執行";
    restore: "mount a recovery point as a volume", "回復ポイントをボリュームとしてマウントする", "복구 지점을 볼륨으로 탑재", "將復原點掛接為磁碟區";

    nothing_is_broken(task): "Nothing is broken. The administrator's task: {task}.", "壊れているものはありません。管理者の作業: {task}。",
        "고장 난 것은 없습니다. 관리자의 작업: {task}.", "沒有任何故障。系統管理員的工作：{task}。";
    tries_again: "The administrator tries again.", "管理者がもう一度試します。", "관리자가 다시 시도합니다.", "系統管理員再試一次。";
    fault(name): "Fault `{name}`", "障害 `{name}`", "장애 `{name}`", "故障 `{name}`";
    remedy(name): "Remedy `{name}`", "対処 `{name}`", "해결 방법 `{name}`", "補救方法 `{name}`";
    titled(what, title): "{what}: {title}", "{what}: {title}", "{what}: {title}", "{what}：{title}";
    what_changes: "What changes:", "変更内容:", "변경 내용:", "變更內容：";
    nothing_changes: "Nothing changes.", "変更はありません。", "변경되는 것이 없습니다.", "沒有任何變更。";
    reads_that: "The operation reads that.", "操作はそれを読み取ります。", "작업이 그것을 읽습니다.", "作業會讀取它。";
    reads_some(read, all): "The operation reads {read} of these {all} fields.", "操作はこれらの {all} 個のうち {read} 個を読み取ります。",
        "작업이 이 {all}개 중 {read}개를 읽습니다.", "作業會讀取這 {all} 項中的 {read} 項。";
    read_by: "Read by the operation:", "操作が読み取るもの:", "작업이 읽는 것:", "作業讀取的項目：";
    never_read: "Never read by the operation, so not why it ends as it does:",
        "操作が読み取らないため、結果の理由ではないもの:", "작업이 읽지 않으므로 결과의 이유가 아닌 것:",
        "作業從未讀取，因此不是結果的原因：";
    succeeds(operation): "The operation `{operation}` succeeds.", "操作 `{operation}` は成功します。", "`{operation}` 작업이 성공합니다.",
        "作業 `{operation}` 成功。";
    fails(operation, error): "The operation `{operation}` fails with error {error}.", "操作 `{operation}` はエラー {error} で失敗します。",
        "`{operation}` 작업이 오류 {error}(으)로 실패합니다.", "作業 `{operation}` 失敗，錯誤為 {error}。";
    console_shows: "The console shows:", "コンソールの表示:", "콘솔에 표시되는 내용:", "主控台顯示：";
    stops_at(step, what): "It stops at the step `{step}`: {what}", "停止したステップ `{step}`: {what}", "멈춘 단계 `{step}`: {what}",
        "停在步驟 `{step}`：{what}";
    traffic: "Network traffic:", "ネットワーク トラフィック:", "네트워크 트래픽:", "網路流量：";
    traffic_is_good(all): "Network traffic: {all} lines, nothing refused.", "ネットワーク トラフィック: {all} 行、拒否されたものはありません。",
        "네트워크 트래픽: {all}줄, 거부된 것 없음.", "網路流量：{all} 行，沒有任何拒絕。";
    traffic_is_bad(all, bad): "Network traffic: {all} lines, {bad} refused or failed:",
        "ネットワーク トラフィック: {all} 行、うち {bad} 行が拒否または失敗:", "네트워크 트래픽: {all}줄 중 {bad}줄이 거부되거나 실패:",
        "網路流量：{all} 行，其中 {bad} 行遭拒或失敗：";
    blocking: "Blocking (without it, the operation would have gone differently):",
        "妨げているもの (なければ、操作の結果は変わっていました):", "방해하는 것(없었다면 작업이 다르게 진행되었을 것):",
        "造成阻礙 (若沒有它，作業的結果就會不同)：";

    receives_the_complaint: "The subject receives the customer's complaint and inspects the machine.",
        "診断プログラムがお客様の申告を受け取り、マシンを調べます。", "진단 프로그램이 고객의 설명을 받고 컴퓨터를 조사합니다.",
        "診斷程式收到客戶的說明，並檢查電腦。";
    customer_says: "The customer says:", "お客様の申告:", "고객의 설명:", "客戶的說明：";
    complaint_was: "The complaint was:", "申告の内容:", "설명 내용:", "說明的內容：";
    looks_at_nothing: "The subject looks at nothing", "診断プログラムは何も調べません", "진단 프로그램이 아무것도 조사하지 않습니다",
        "診斷程式沒有檢查任何東西";
    asks_once(calls): "The subject asks once: {calls}", "診断プログラムの問い合わせは 1 回: {calls}", "진단 프로그램의 조회 1번: {calls}",
        "診斷程式查詢 1 次：{calls}";
    asks_twice(calls): "The subject asks twice: {calls}", "診断プログラムの問い合わせは 2 回: {calls}", "진단 프로그램의 조회 2번: {calls}",
        "診斷程式查詢 2 次：{calls}";
    asks(count, calls): "The subject asks {count} times: {calls}", "診断プログラムの問い合わせは {count} 回: {calls}",
        "진단 프로그램의 조회 {count}번: {calls}", "診斷程式查詢 {count} 次：{calls}";
    and_other_kinds(count): "and {count} other kinds", "ほか {count} 種類", "외 {count}가지", "以及其他 {count} 種";
    has_the_folder(asked): "{asked}; it got the folder of drive C:", "{asked}。ドライブ C: のフォルダーも渡されました",
        "{asked}. 드라이브 C:의 폴더도 받았습니다", "{asked}；並取得磁碟機 C: 的資料夾";
    finds_nothing: "The subject finds nothing.", "診断プログラムは何も見つけません。", "진단 프로그램이 아무것도 찾지 못합니다.", "診斷程式沒有找到任何問題。";
    finds(what): "The subject finds {what}", "診断結果 {what}", "진단 결과 {what}", "診斷結果 {what}";
    advises(what): "The subject gives the advice {what}", "助言 {what}", "조언 {what}", "建議 {what}";
    about(cause, what): "{cause}, about {what}", "{cause} ({what} について)", "{cause}({what} 관련)", "{cause} (關於 {what})";
    evidence: "Evidence:", "根拠:", "근거:", "依據：";
    recommends(remedy): "Recommended remedy: {remedy}", "推奨される対処: {remedy}", "권장되는 해결 방법: {remedy}", "建議的補救方法：{remedy}";
    not_checked: "Not checked:", "調べられなかったもの:", "확인하지 못한 것:", "未檢查的項目：";
    cannot_explain(step, because): "The subject cannot explain a failure at {step}: {because}",
        "診断プログラムは {step} での失敗を説明できません: {because}", "진단 프로그램이 {step}의 실패를 설명할 수 없습니다: {because}",
        "診斷程式無法說明 {step} 的失敗：{because}";
    no_diagnosis(why): "There is no diagnosis: {why}", "診断はありません: {why}", "진단이 없습니다: {why}", "沒有診斷：{why}";
    and_more(count): "and {count} more", "ほか {count} 件", "외 {count}개", "還有 {count} 項";
}

impl Frame {
    /// The name of a beat of a play: nothing breaks in a check or a control.
    pub fn beat(self, beat: Beat, kind: PlayKind) -> String {
        match (beat, kind) {
            (Beat::Broken, PlayKind::Check | PlayKind::Control) => self.changed(),
            (Beat::Healthy, _) => self.healthy(),
            (Beat::Broken, _) => self.broken(),
            (Beat::Diagnosed, _) => self.diagnosed(),
            (Beat::Repaired, _) => self.repaired(),
            (Beat::HealthyAgain, _) => self.healthy_again(),
        }
    }

    /// One line on what an operation does.
    pub fn task(self, operation: Operation) -> String {
        match operation {
            Operation::DownloadCredentials => self.download_credentials(),
            Operation::Register => self.register(),
            Operation::SetPassphrase => self.set_passphrase(),
            Operation::Activate => self.activate(),
            Operation::Backup => self.backup(),
            Operation::ScheduledBackup => self.scheduled_backup(),
            Operation::Restore => self.restore(),
        }
    }

    /// What a play of this kind is about; nothing of one that is about a failure.
    pub fn kind(self, kind: PlayKind) -> Option<String> {
        match kind {
            PlayKind::Failure => None,
            PlayKind::Check => Some(self.is_a_check()),
            PlayKind::Step => Some(self.is_a_step()),
            PlayKind::Control => Some(self.is_a_control()),
            PlayKind::Compound => Some(self.is_a_compound()),
        }
    }
}

#[cfg(test)]
mod tests;
