//! By which words the core tells what a message is about (mars-facts 2; the headings of the articles, too).
//!
//! What a customer says where the product shows nothing is †: schedule and restore. Newer messages (mars-facts 1.9, 1.10) are
//! known in English only, and stand so on machines of every language.

use marslab_model::Operation;
use marslab_model::world::Language;

/// What a message is about: a section of the articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    /// 34513; 34528, 0x7DC.
    Registration,
    /// 100110.
    OtherVault,
    /// 403.
    Download,
    /// 100050.
    Connection,
    /// The encryption key.
    Key,
    /// 0x1FC07.
    Activation,
    /// 34506.
    Passphrase,
    /// A backup job: 230006, 0x1FBD3 and other newer messages.
    Job,
    /// The schedule.
    Schedule,
    /// The restore.
    Restore,
}

impl Topic {
    /// The operations that show such a message, the usual one first.
    pub(crate) fn operations(self) -> &'static [Operation] {
        match self {
            Self::Registration => &[Operation::Register],
            Self::OtherVault => &[Operation::Register, Operation::Restore],
            Self::Download => &[Operation::DownloadCredentials],
            Self::Connection => &[
                Operation::Backup,
                Operation::ScheduledBackup,
                Operation::Restore,
                Operation::SetPassphrase,
                Operation::Activate,
                Operation::Register,
            ],
            Self::Key => &[Operation::SetPassphrase],
            Self::Activation => &[Operation::Activate],
            Self::Passphrase | Self::Job => &[Operation::Backup, Operation::ScheduledBackup],
            Self::Schedule => &[Operation::ScheduledBackup],
            Self::Restore => &[Operation::Restore],
        }
    }
}

/// The numbers that messages print. 34506 and 407 stand without a label, and are left to the words around them.
pub(crate) const MESSAGE_CODES: [(&str, Topic); 9] = [
    ("34513", Topic::Registration),
    ("34528", Topic::Registration),
    ("100110", Topic::OtherVault),
    ("230006", Topic::Job),
    ("403", Topic::Download),
    ("100050", Topic::Connection),
    ("0x1FC07", Topic::Activation),
    ("0x7DC", Topic::Registration),
    ("0x186FB", Topic::Restore),
];

/// Words that a message in a language has, in every version of its text.
pub(crate) const MESSAGE_FRAGMENTS: &[(Language, &str, Topic)] = &[
    (Language::English, "Invalid vault credentials", Topic::Registration),
    (Language::Japanese, "無効なコンテナーの資格情報", Topic::Registration),
    (Language::Korean, "잘못된 자격 증명 모음", Topic::Registration),
    (Language::ChineseTraditional, "保存庫認證無效", Topic::Registration),
    (Language::English, "download the vault credential file", Topic::Download),
    (Language::English, "download vault credential file", Topic::Download),
    (Language::Japanese, "資格情報ファイルをダウンロードでき", Topic::Download),
    (Language::Korean, "자격 증명 모음 파일을 다운로드", Topic::Download),
    (Language::ChineseTraditional, "無法下載保存庫認證檔", Topic::Download),
    (Language::English, "unable to connect to Microsoft Azure Backup", Topic::Connection),
    (Language::Japanese, "Microsoft Azure Backup に接続できません", Topic::Connection),
    (Language::Korean, "Microsoft Azure Backup에 연결할 수 없", Topic::Connection),
    (Language::ChineseTraditional, "無法連線至 Microsoft Azure 備份", Topic::Connection),
    (Language::English, "Failed to set the encryption key", Topic::Key),
    (Language::Japanese, "暗号化キーを設定できません", Topic::Key),
    (Language::Korean, "암호화 키를 설정하지 못", Topic::Key),
    (Language::ChineseTraditional, "無法設定安全備份的加密金鑰", Topic::Key),
    (Language::English, "activation did not complete", Topic::Activation),
    (Language::Japanese, "ライセンス認証は正常に完了しません", Topic::Activation),
    (Language::Japanese, "ライセンス認証が正常に完了しません", Topic::Activation),
    (Language::Korean, "정품 인증이 완료되지 않", Topic::Activation),
    (Language::ChineseTraditional, "啟動沒有成功完成", Topic::Activation),
    (
        Language::English,
        "passphrase stored on this computer is not correctly configured",
        Topic::Passphrase,
    ),
    (Language::English, "passphrase not correctly configured", Topic::Passphrase),
    (Language::Japanese, "パスフレーズは、正しく構成されていません", Topic::Passphrase),
    (Language::Japanese, "パスフレーズが正しく構成されていません", Topic::Passphrase),
    (Language::Korean, "암호가 제대로 구성 되지 않", Topic::Passphrase),
    (Language::Korean, "암호가 올바르게 구성되지 않", Topic::Passphrase),
    (Language::ChineseTraditional, "未正確設定儲存於此電腦上的加密複雜密碼", Topic::Passphrase),
    (Language::ChineseTraditional, "未正確設定加密複雜密碼", Topic::Passphrase),
    (Language::English, "Unable to read the vault credentials file", Topic::Registration),
    (
        Language::English,
        "not downloaded from the vault associated with this server",
        Topic::OtherVault,
    ),
    (Language::English, "Resource not provisioned in service stamp", Topic::Job),
    (
        Language::English,
        "service version and Microsoft Azure Recovery Services Agent do not match",
        Topic::Job,
    ),
    (Language::English, "backup operation has completed with warnings", Topic::Job),
    (Language::English, "insufficient storage in volume", Topic::Job),
    (Language::English, "access the scratch location to initialize VHD", Topic::Job),
    (Language::English, "access backup checksum stored in scratch location", Topic::Job),
    (
        Language::English,
        "none of the items specified as part of the backup policy exist",
        Topic::Job,
    ),
    (Language::English, "passphrase for this server is not set", Topic::Job),
    (Language::English, "unable to create a snapshot of the selected volume", Topic::Job),
    (Language::English, "another job was in progress", Topic::Schedule),
    (Language::English, "scheduled backup did not start", Topic::Schedule),
    (Language::English, "don't run according to", Topic::Schedule),
    (Language::Japanese, "スケジュールされたバックアップが自動的に開始されません", Topic::Schedule),
    (Language::Japanese, "スケジュールに従って実行されません", Topic::Schedule),
    (Language::Korean, "예약된 백업이 자동으로 시작되지 않", Topic::Schedule),
    (Language::Korean, "일정에 따라 실행 안 함", Topic::Schedule),
    (Language::ChineseTraditional, "排程備份沒有自動開始", Topic::Schedule),
    (Language::ChineseTraditional, "備份未依據排程執行", Topic::Schedule),
    (Language::English, "recovery volume has not been mounted", Topic::Restore),
    (Language::English, "error was encountered while performing an operation for", Topic::Restore),
    (Language::Japanese, "回復ボリュームがマウントされません", Topic::Restore),
    (Language::Korean, "복구 볼륨이 탑재되지 않", Topic::Restore),
    (Language::ChineseTraditional, "復原磁碟區沒有掛接", Topic::Restore),
];
