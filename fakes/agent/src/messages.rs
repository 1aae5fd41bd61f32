//! What the console shows when an operation fails, in the four languages of the lab.
//!
//! Texts with a source are quoted to the letter, with their odd spaces and missing full stops. They are the translations of the
//! articles (mars-facts 2); the product's own may differ.

use marslab_model::world::Language;
use marslab_model::{Symptom, WinPath};

/// A message on the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Message {
    /// 34513 (mars-facts E1).
    InvalidCredentials,
    /// 34528 (mars-facts 3.6); English only.
    UnreadableCredentials,
    /// 100110 (mars-facts 1.9); English only.
    OtherVault,
    /// 403, in the portal (mars-facts E2).
    DownloadFailed,
    /// 100050 (mars-facts E3), with a second line where a proxy asked for credentials.
    NoConnection { proxy_asks: ProxyAsks },
    /// The encryption key (mars-facts E4); the message ends with the file that the passphrase was saved to.
    KeyNotSet { file: WinPath },
    /// 0x1FC07 (mars-facts E5).
    ActivationFailed,
    /// 34506 (mars-facts E6).
    PassphraseNotConfigured,
    /// "Cannot connect to CBEngine" (mars-facts 1.9); English only.
    EngineUnreachable,
    /// After a registration was lost (mars-facts 1.9); English only.
    NotConfigured,
    /// 230006 (mars-facts 1.9); English only.
    NotProvisioned,
    /// No passphrase was set (mars-facts 1.10); English only.
    PassphraseNotSet,
    /// A job runs already (mars-facts 1.9); English only.
    AnotherJob,
    /// The messages of newer agents about the scratch folder (mars-facts 1.9); English only.
    Scratch(ScratchError),
    /// None of the selected items exists (mars-facts 1.10); English only.
    NoItems,
    /// Volumes that change cannot be read without a snapshot (mars-facts 1.10); English only.
    SnapshotNotTaken,
    /// Event 10 (mars-facts 5.5), English only. A second line † has the code of the first file that was left out
    /// (mars-facts 1.9).
    CompletedWithWarnings { code: u32 },
    /// Event 11 (mars-facts 5.5) in the lab's own words †: no source quotes the console.
    CompletedWithErrors,
    /// What a customer says of E7, where the product shows nothing; the lab's own words †.
    ScheduleNotStarted,
    /// What a customer says of E8, where the articles quote nothing; the lab's own words †. Where the mount ended with a
    /// Win32 error, a second line has its number.
    VolumeNotMounted { code: Option<u32> },
    /// There is nothing to restore; the lab's own words †.
    NoRecoveryPoints,
    /// The portal did not unregister the server; the lab's own words †.
    UnregisterFailed,
}

/// What a newer agent could not do in the scratch folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScratchError {
    /// Store the metadata: the volume is full.
    LowDiskSpace,
    /// Create the virtual disk for the metadata.
    Vhd,
    /// Open the checksums of an earlier backup.
    ChecksumStore,
}

/// Whether a proxy asked for credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProxyAsks {
    /// It answered 407.
    Credentials,
    /// There is no proxy, or it did not ask.
    Nothing,
}

impl Message {
    /// The number that the product prints, or the lab's name for a message without one.
    pub(crate) fn error(&self) -> &'static str {
        match self {
            Self::InvalidCredentials => "34513",
            Self::UnreadableCredentials => "34528",
            Self::OtherVault => "100110",
            Self::DownloadFailed => "403",
            Self::NoConnection { .. } => "100050",
            Self::KeyNotSet { .. } => "encryption-key-not-set",
            Self::ActivationFailed => "0x1FC07",
            Self::PassphraseNotConfigured => "34506",
            Self::EngineUnreachable => "obengine-unreachable",
            Self::NotConfigured => "not-configured",
            Self::NotProvisioned => "230006",
            Self::PassphraseNotSet => "passphrase-not-set",
            Self::AnotherJob => "another-job-in-progress",
            Self::Scratch(ScratchError::LowDiskSpace) => "SalLowDiskSpace",
            Self::Scratch(ScratchError::Vhd) => "SalVhdInitializationError",
            Self::Scratch(ScratchError::ChecksumStore) => "SalChecksumStoreInitializationFailed",
            Self::NoItems => "backup-items-missing",
            Self::SnapshotNotTaken => "snapshot-not-created",
            Self::CompletedWithWarnings { .. } => "backup-completed-with-warnings",
            Self::CompletedWithErrors => "backup-completed-with-errors",
            Self::ScheduleNotStarted => "schedule-not-started",
            Self::VolumeNotMounted { .. } => "volume-not-mounted",
            Self::NoRecoveryPoints => "no-recovery-points",
            Self::UnregisterFailed => "unregister-failed",
        }
    }

    /// What the console shows in a language.
    pub(crate) fn symptom(&self, language: Language) -> Symptom {
        let mut message = self.texts().of(language).to_owned();
        match self {
            Self::NoConnection { proxy_asks: ProxyAsks::Credentials } => {
                message.push('\n');
                message.push_str(PROXY_AUTHENTICATION.of(language));
            }
            Self::KeyNotSet { file } => {
                message.push('\n');
                message.push_str(file.as_str());
            }
            Self::CompletedWithWarnings { code } => {
                let line = format!("\n(0x{code:08x})");
                message.push_str(&line);
            }
            Self::VolumeNotMounted { code: Some(code) } => {
                for piece in ["\n(", &code.to_string(), ")"] {
                    message.push_str(piece);
                }
            }
            _ => {}
        }
        Symptom { error: self.error().to_owned(), message }
    }

    fn texts(&self) -> &'static Texts {
        match self {
            Self::InvalidCredentials => &INVALID_CREDENTIALS,
            Self::UnreadableCredentials => &UNREADABLE_CREDENTIALS,
            Self::OtherVault => &OTHER_VAULT,
            Self::DownloadFailed => &DOWNLOAD_FAILED,
            Self::NoConnection { .. } => &NO_CONNECTION,
            Self::KeyNotSet { .. } => &KEY_NOT_SET,
            Self::ActivationFailed => &ACTIVATION_FAILED,
            Self::PassphraseNotConfigured => &PASSPHRASE_NOT_CONFIGURED,
            Self::EngineUnreachable => &ENGINE_UNREACHABLE,
            Self::NotConfigured => &NOT_CONFIGURED,
            Self::NotProvisioned => &NOT_PROVISIONED,
            Self::PassphraseNotSet => &PASSPHRASE_NOT_SET,
            Self::AnotherJob => &ANOTHER_JOB,
            Self::Scratch(ScratchError::LowDiskSpace) => &LOW_DISK_SPACE,
            Self::Scratch(ScratchError::Vhd) => &VHD,
            Self::Scratch(ScratchError::ChecksumStore) => &CHECKSUM_STORE,
            Self::NoItems => &NO_ITEMS,
            Self::SnapshotNotTaken => &SNAPSHOT_NOT_TAKEN,
            Self::CompletedWithWarnings { .. } => &COMPLETED_WITH_WARNINGS,
            Self::CompletedWithErrors => &COMPLETED_WITH_ERRORS,
            Self::ScheduleNotStarted => &SCHEDULE_NOT_STARTED,
            Self::VolumeNotMounted { .. } => &VOLUME_NOT_MOUNTED,
            Self::NoRecoveryPoints => &NO_RECOVERY_POINTS,
            Self::UnregisterFailed => &UNREGISTER_FAILED,
        }
    }
}

/// One message in every language in which it is known.
struct Texts {
    english: &'static str,
    others: Option<Translations>,
}

struct Translations {
    japanese: &'static str,
    korean: &'static str,
    chinese: &'static str,
}

impl Texts {
    /// The text in a language; in English where no translation is known.
    fn of(&self, language: Language) -> &'static str {
        let Some(others) = &self.others else { return self.english };
        match language {
            Language::English => self.english,
            Language::Japanese => others.japanese,
            Language::Korean => others.korean,
            Language::ChineseTraditional => others.chinese,
        }
    }

    const fn english(english: &'static str) -> Self {
        Self { english, others: None }
    }
}

const INVALID_CREDENTIALS: Texts = Texts {
    english: "Invalid vault credentials provided. The file is either corrupted or does not have the latest credentials associated with recovery service. (ID: 34513)",
    others: Some(Translations {
        japanese: "無効なコンテナーの資格情報が指定されました。ファイルが破損しているか、最新の資格情報が回復サービスと関連付けられていません。(ID: 34513)",
        korean: "잘못된 자격 증명 모음이 제공되었습니다. 파일이 손상되었거나 복구 서비스와 연결된 최신 자격 증명이 없습니다. (ID: 34513)",
        chinese: "提供的保存庫認證無效。 檔案已損毀或沒有與復原服務關聯的最新認證。 (識別碼：34513)",
    }),
};

const DOWNLOAD_FAILED: Texts = Texts {
    english: "Failed to download the vault credential file. (ID: 403)",
    others: Some(Translations {
        japanese: "コンテナー資格情報ファイルをダウンロードできませんでした。 (ID: 403)",
        korean: "자격 증명 모음 파일을 다운로드하지 못했습니다. (ID: 403)",
        chinese: "無法下載保存庫認證檔案。 (識別碼：403)",
    }),
};

const NO_CONNECTION: Texts = Texts {
    english: "The Microsoft Azure Recovery Service Agent was unable to connect to Microsoft Azure Backup. (ID: 100050) Check your network settings and ensure that you are able to connect to the internet.",
    others: Some(Translations {
        japanese: "Microsoft Azure Recovery Services Agent は Microsoft Azure Backup に接続できませんでした。(ID: 100050) ネットワーク設定を調べて、インターネットに接続できることを確認してください",
        korean: "Microsoft Azure 복구 서비스 에이전트를 Microsoft Azure Backup에 연결할 수 없습니다. (ID: 100050) 네트워크 설정을 확인 하 고 인터넷에 연결할 수 있는지 확인 합니다.",
        chinese: "Microsoft Azure 復原服務代理程式無法連線至 Microsoft Azure 備份。(識別碼：100050) 請檢查您的網路設定，並確保您能夠連線至網際網路",
    }),
};

/// The second line under 100050 (mars-facts E3).
const PROXY_AUTHENTICATION: Texts = Texts {
    english: "(407) Proxy Authentication Required.",
    others: Some(Translations {
        japanese: "(407) プロキシの認証が必要です",
        korean: "(407) 프록시 인증이 필요 합니다.",
        chinese: "(407) 需要 Proxy 驗證",
    }),
};

const KEY_NOT_SET: Texts = Texts {
    english: "Failed to set the encryption key for secure backups. Activation did not succeed completely but the encryption passphrase was saved to the following file.",
    others: Some(Translations {
        japanese: "セキュリティで保護されたバックアップ用に暗号化キーを設定できませんでした。ライセンス認証は完全には成功しませんでしたが、暗号化パスフレーズが次のファイルに保存されました",
        korean: "안전한 백업을 위한 암호화 키를 설정하지 못했습니다. 정품 인증을 완전히 성공 하지 못했지만 하지만 암호화 암호가 다음 파일에 저장 되었습니다.",
        chinese: "無法設定安全備份的加密金鑰。啟動未完全成功，但是加密複雜密碼已儲存至下列檔案",
    }),
};

const ACTIVATION_FAILED: Texts = Texts {
    english: "The activation did not complete successfully. The current operation failed due to an internal service error [0x1FC07]. Retry the operation after some time. If the issue persists, please contact Microsoft support.",
    others: Some(Translations {
        japanese: "ライセンス認証は正常に完了しませんでした。サービスの内部エラー [0x1FC07] が発生したため、現在の操作を実行できませんでした。しばらくしてから操作を再試行してください。問題が解決しない場合は、Microsoft サポートにお問い合わせください",
        korean: "정품 인증이 완료되지 않았습니다. 내부 서비스 오류 [0x1FC07]로 인해 현재 작업이 실패했습니다. 작업을 잠시 후에 다시 시도하세요. 문제가 계속되면 Microsoft 지원에 문의하세요.",
        chinese: "啟動沒有成功完成。由於發生內部服務錯誤 [0x1FC07]，導致目前的操作失敗。請稍後再重試此操作。如果問題持續發生，請連絡 Microsoft 支援服務",
    }),
};

const PASSPHRASE_NOT_CONFIGURED: Texts = Texts {
    english: "Error 34506. The encryption passphrase stored on this computer is not correctly configured.",
    others: Some(Translations {
        japanese: "エラー 34506。このコンピューター用に保存されている暗号化のパスフレーズは、正しく構成されていません",
        korean: "34506 오류입니다. 이 컴퓨터에 저장 된 암호화의 암호가 제대로 구성 되지 않았습니다.",
        chinese: "錯誤 34506。未正確設定儲存於此電腦上的加密複雜密碼",
    }),
};

const ENGINE_UNREACHABLE: Texts = Texts::english(
    "The Microsoft Azure Recovery Services Agent cannot connect to the OBEngine service.",
);

const NOT_CONFIGURED: Texts =
    Texts::english("Azure Backups have not been configured for this server");

const UNREADABLE_CREDENTIALS: Texts = Texts::english(
    "Unable to read the vault credentials file provided. (ID: 34528) Please download a new vault credentials file and try again.",
);

const OTHER_VAULT: Texts = Texts::english(
    "The specified vault credential file cannot be used as it is not downloaded from the vault associated with this server. (ID: 100110) Please provide appropriate vault credentials.",
);

const NOT_PROVISIONED: Texts = Texts::english(
    "The current operation failed due to an internal service error \"Resource not provisioned in service stamp\". Please retry the operation after some time. (ID: 230006)",
);

const PASSPHRASE_NOT_SET: Texts = Texts::english(
    "The encryption passphrase for this server is not set. Please configure an encryption passphrase",
);

const ANOTHER_JOB: Texts =
    Texts::english("Job could not be started as another job was in progress");

/// With the article's two blanks.
const LOW_DISK_SPACE: Texts = Texts::english(
    "Backup failed due to insufficient storage in volume  where the scratch folder is located",
);

const VHD: Texts = Texts::english(
    "Microsoft Azure Recovery Services Agent was unable to access the scratch location to initialize VHD",
);

const CHECKSUM_STORE: Texts = Texts::english(
    "Microsoft Azure Recovery Services Agent was unable to access backup checksum stored in scratch location",
);

const COMPLETED_WITH_WARNINGS: Texts =
    Texts::english("The backup operation has completed with warnings.");

const NO_ITEMS: Texts = Texts::english(
    "Backup failed as none of the items specified as part of the backup policy exist. Go to Schedule Backup and update the list of items with existing files and folders that require backup.",
);

const SNAPSHOT_NOT_TAKEN: Texts = Texts::english(
    "Windows Azure Backup Agent was unable to create a snapshot of the selected volume",
);

const COMPLETED_WITH_ERRORS: Texts = Texts {
    english: "The backup operation has completed with errors. Not all of the selected items could be backed up.",
    others: Some(Translations {
        japanese: "バックアップ操作はエラーで終了しました。選択した項目の一部をバックアップできませんでした。",
        korean: "백업 작업이 오류와 함께 완료되었습니다. 선택한 항목 중 일부를 백업하지 못했습니다.",
        chinese: "備份作業已完成，但發生錯誤。部分選取的項目無法備份。",
    }),
};

const SCHEDULE_NOT_STARTED: Texts = Texts {
    english: "The scheduled backup did not start by itself. A backup that I start by hand works.",
    others: Some(Translations {
        japanese: "スケジュールされたバックアップが自動的に開始されません。手動で開始したバックアップは動作します。",
        korean: "예약된 백업이 자동으로 시작되지 않습니다. 수동으로 시작한 백업은 작동합니다.",
        chinese: "排程備份沒有自動開始，手動啟動的備份則運作正常。",
    }),
};

const VOLUME_NOT_MOUNTED: Texts = Texts {
    english: "I started a restore, but the recovery volume has not been mounted.",
    others: Some(Translations {
        japanese: "復元を開始しましたが、回復ボリュームがマウントされません。",
        korean: "복원을 시작했지만 복구 볼륨이 탑재되지 않습니다.",
        chinese: "我已開始還原，但復原磁碟區沒有掛接成功。",
    }),
};

const NO_RECOVERY_POINTS: Texts = Texts {
    english: "The vault has no recovery points of this server.",
    others: Some(Translations {
        japanese: "コンテナーにこのサーバーの回復ポイントがありません。",
        korean: "자격 증명 모음에 이 서버의 복구 지점이 없습니다.",
        chinese: "保存庫中沒有此伺服器的復原點。",
    }),
};

const UNREGISTER_FAILED: Texts = Texts {
    english: "The server could not be unregistered from the vault.",
    others: Some(Translations {
        japanese: "コンテナーからサーバーの登録を解除できませんでした。",
        korean: "자격 증명 모음에서 서버의 등록을 취소하지 못했습니다.",
        chinese: "無法從保存庫取消註冊伺服器。",
    }),
};

#[cfg(test)]
mod tests;
