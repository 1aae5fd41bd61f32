//! [`Ticket`]: what a customer says, in their language.

use std::fmt;

use marslab_model::world::Language;
use marslab_model::{Complaint, Operation};
use serde::{Deserialize, Serialize};

/// What a trainee begins with: the symptom, and nothing of its cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Ticket {
    /// The number of the ticket: it tells nothing.
    pub id: String,
    /// What the customer says.
    pub complaint: Complaint,
}

impl fmt::Display for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Complaint { machine, operation, message, language, .. } = &self.complaint;
        let [ticket, server, tried, says] = labels(*language);
        let operation = operation_name(*operation, *language);
        writeln!(f, "{ticket} {}", self.id)?;
        writeln!(f, "{server}: {machine}")?;
        writeln!(f, "{tried}: {operation}")?;
        writeln!(f, "{says}:")?;
        message.lines().try_for_each(|line| writeln!(f, "  {line}"))
    }
}

const fn labels(language: Language) -> [&'static str; 4] {
    match language {
        Language::English => ["Ticket", "Server", "What was tried", "The customer says"],
        Language::Japanese => ["チケット", "サーバー", "試した操作", "お客様の申告"],
        Language::Korean => ["티켓", "서버", "시도한 작업", "고객의 설명"],
        Language::ChineseTraditional => ["工單", "伺服器", "嘗試的作業", "客戶的說明"],
    }
}

/// What was tried, in the terms of the articles.
const fn operation_name(operation: Operation, language: Language) -> &'static str {
    let [en, ja, ko, zh] = match operation {
        Operation::DownloadCredentials => [
            "downloading the vault credentials file from the portal",
            "ポータルからのコンテナー資格情報ファイルのダウンロード",
            "포털에서 자격 증명 모음 파일 다운로드",
            "從入口網站下載保存庫認證檔",
        ],
        Operation::Register => [
            "registering the server with the vault",
            "コンテナーへのサーバーの登録",
            "자격 증명 모음에 서버 등록",
            "向保存庫註冊伺服器",
        ],
        Operation::SetPassphrase => [
            "setting the encryption passphrase",
            "暗号化パスフレーズの設定",
            "암호화 암호 설정",
            "設定加密複雜密碼",
        ],
        Operation::Activate => {
            ["activating the server", "サーバーのアクティブ化", "서버 활성화", "啟用伺服器"]
        }
        Operation::Backup => ["backing up now", "今すぐバックアップ", "지금 백업", "立即備份"],
        Operation::ScheduledBackup => {
            ["the scheduled backup", "スケジュールされたバックアップ", "예약된 백업", "排程備份"]
        }
        Operation::Restore => [
            "mounting a recovery point as a volume",
            "回復ポイントのボリュームとしてのマウント",
            "복구 지점을 볼륨으로 탑재",
            "將復原點掛接為磁碟區",
        ],
    };
    match language {
        Language::English => en,
        Language::Japanese => ja,
        Language::Korean => ko,
        Language::ChineseTraditional => zh,
    }
}
