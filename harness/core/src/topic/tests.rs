use marslab_model::Operation;
use marslab_model::world::Language;

use super::{of, operation};
use crate::LANGUAGES;
use crate::facts::Topic;

const ENGLISH: Language = Language::English;
const JAPANESE: Language = Language::Japanese;
const KOREAN: Language = Language::Korean;
const CHINESE: Language = Language::ChineseTraditional;

/// Messages and headings of the articles (mars-facts 2), and what a customer says where there are none.
const TEXTS: &[(Topic, Language, &str)] = &[
    (
        Topic::Registration,
        ENGLISH,
        "Invalid vault credentials provided. The file is either corrupted or does not have the latest credentials associated with recovery service. (ID: 34513)",
    ),
    (
        Topic::Registration,
        JAPANESE,
        "無効なコンテナーの資格情報が指定されました。ファイルが破損しているか、最新の資格情報が回復サービスと関連付けられていません。(ID: 34513)",
    ),
    (
        Topic::Registration,
        KOREAN,
        "잘못된 자격 증명 모음이 제공되었습니다. 파일이 손상되었거나 복구 서비스와 연결된 최신 자격 증명이 없습니다. (ID: 34513)",
    ),
    (
        Topic::Registration,
        CHINESE,
        "提供的保存庫認證無效。 檔案已損毀或沒有與復原服務關聯的最新認證。 (識別碼：34513)",
    ),
    (
        Topic::Registration,
        ENGLISH,
        "Unable to read the vault credentials file provided. (ID: 34528) Please download a new vault credentials file and try again.",
    ),
    (
        Topic::OtherVault,
        ENGLISH,
        "The specified vault credential file cannot be used as it is not downloaded from the vault associated with this server. (ID: 100110) Please provide appropriate vault credentials.",
    ),
    (
        Topic::Restore,
        ENGLISH,
        "An error was encountered while performing an operation for NO_PARAM. 1)Retry this operation after the issue has been fixed. (0x186FB)",
    ),
    (
        Topic::Job,
        ENGLISH,
        "The current operation failed due to an internal service error \"Resource not provisioned in service stamp\". Please retry the operation after some time. (ID: 230006)",
    ),
    (Topic::Job, ENGLISH, "The backup operation has completed with warnings.\n(0x80070570)"),
    (
        Topic::Job,
        ENGLISH,
        "Azure Backup service version and Microsoft Azure Recovery Services Agent do not match. Please install the latest version of Microsoft Azure Recovery Services Agent",
    ),
    (
        Topic::Job,
        ENGLISH,
        "Backup failed due to insufficient storage in volume  where the scratch folder is located",
    ),
    (
        Topic::Job,
        ENGLISH,
        "Microsoft Azure Recovery Services Agent was unable to access the scratch location to initialize VHD",
    ),
    (
        Topic::Job,
        ENGLISH,
        "Microsoft Azure Recovery Services Agent was unable to access backup checksum stored in scratch location",
    ),
    (
        Topic::Job,
        ENGLISH,
        "Backup failed as none of the items specified as part of the backup policy exist. Go to Schedule Backup",
    ),
    (
        Topic::Job,
        ENGLISH,
        "The encryption passphrase for this server is not set. Please configure an encryption passphrase",
    ),
    (
        Topic::Job,
        ENGLISH,
        "Windows Azure Backup Agent was unable to create a snapshot of the selected volume",
    ),
    (Topic::Schedule, ENGLISH, "Job could not be started as another job was in progress"),
    (Topic::Download, ENGLISH, "Failed to download the vault credential file. (ID: 403)"),
    (Topic::Download, ENGLISH, "Unable to download vault credential file"),
    (
        Topic::Download,
        JAPANESE,
        "コンテナー資格情報ファイルをダウンロードできませんでした。 (ID: 403)",
    ),
    (Topic::Download, JAPANESE, "コンテナーの資格情報ファイルをダウンロードできない"),
    (Topic::Download, KOREAN, "자격 증명 모음 파일을 다운로드하지 못했습니다. (ID: 403)"),
    (Topic::Download, KOREAN, "자격 증명 모음 파일을 다운로드할 수 없음"),
    (Topic::Download, CHINESE, "無法下載保存庫認證檔案。 (識別碼：403)"),
    (Topic::Download, CHINESE, "無法下載保存庫認證檔"),
    (
        Topic::Connection,
        ENGLISH,
        "The Microsoft Azure Recovery Service Agent was unable to connect to Microsoft Azure Backup. (ID: 100050) Check your network settings",
    ),
    (
        Topic::Connection,
        JAPANESE,
        "Microsoft Azure Recovery Services Agent は Microsoft Azure Backup に接続できませんでした。(ID: 100050)",
    ),
    (
        Topic::Connection,
        KOREAN,
        "Microsoft Azure 복구 서비스 에이전트를 Microsoft Azure Backup에 연결할 수 없습니다. (ID: 100050)",
    ),
    (
        Topic::Connection,
        CHINESE,
        "Microsoft Azure 復原服務代理程式無法連線至 Microsoft Azure 備份。(識別碼：100050)\n(407) 需要 Proxy 驗證",
    ),
    (
        Topic::Key,
        ENGLISH,
        "Failed to set the encryption key for secure backups. Activation did not succeed completely but the encryption passphrase was saved to the following file.\nC:\\p.txt",
    ),
    (
        Topic::Key,
        JAPANESE,
        "セキュリティで保護されたバックアップ用に暗号化キーを設定できませんでした。ライセンス認証は完全には成功しませんでした",
    ),
    (
        Topic::Key,
        KOREAN,
        "안전한 백업을 위한 암호화 키를 설정하지 못했습니다. 정품 인증을 완전히 성공 하지 못했지만",
    ),
    (
        Topic::Key,
        CHINESE,
        "無法設定安全備份的加密金鑰。啟動未完全成功，但是加密複雜密碼已儲存至下列檔案",
    ),
    (
        Topic::Activation,
        ENGLISH,
        "The activation did not complete successfully. The current operation failed due to an internal service error [0x1FC07].",
    ),
    (
        Topic::Activation,
        JAPANESE,
        "ライセンス認証は正常に完了しませんでした。サービスの内部エラー [0x1FC07] が発生した",
    ),
    (Topic::Activation, JAPANESE, "ライセンス認証が正常に完了しませんでした"),
    (
        Topic::Activation,
        KOREAN,
        "정품 인증이 완료되지 않았습니다. 내부 서비스 오류 [0x1FC07]로 인해",
    ),
    (
        Topic::Activation,
        CHINESE,
        "啟動沒有成功完成。由於發生內部服務錯誤 [0x1FC07]，導致目前的操作失敗",
    ),
    (
        Topic::Passphrase,
        ENGLISH,
        "Error 34506. The encryption passphrase stored on this computer is not correctly configured.",
    ),
    (Topic::Passphrase, ENGLISH, "Encryption passphrase not correctly configured"),
    (
        Topic::Passphrase,
        JAPANESE,
        "エラー 34506。このコンピューター用に保存されている暗号化のパスフレーズは、正しく構成されていません",
    ),
    (Topic::Passphrase, JAPANESE, "暗号化のパスフレーズが正しく構成されていません"),
    (
        Topic::Passphrase,
        KOREAN,
        "34506 오류입니다. 이 컴퓨터에 저장 된 암호화의 암호가 제대로 구성 되지 않았습니다.",
    ),
    (Topic::Passphrase, KOREAN, "암호화 암호가 올바르게 구성되지 않았습니다."),
    (Topic::Passphrase, CHINESE, "錯誤 34506。未正確設定儲存於此電腦上的加密複雜密碼"),
    (Topic::Passphrase, CHINESE, "未正確設定加密複雜密碼"),
    (Topic::Schedule, ENGLISH, "The scheduled backup did not start by itself."),
    (Topic::Schedule, ENGLISH, "Backups don't run according to the schedule"),
    (Topic::Schedule, JAPANESE, "スケジュールされたバックアップが自動的に開始されません。"),
    (Topic::Schedule, JAPANESE, "バックアップがスケジュールに従って実行されません"),
    (Topic::Schedule, KOREAN, "예약된 백업이 자동으로 시작되지 않습니다."),
    (Topic::Schedule, KOREAN, "백업 일정에 따라 실행 안 함"),
    (Topic::Schedule, CHINESE, "排程備份沒有自動開始，手動啟動的備份則運作正常。"),
    (Topic::Schedule, CHINESE, "備份未依據排程執行"),
    (Topic::Restore, ENGLISH, "I started a restore, but the recovery volume has not been mounted."),
    (Topic::Restore, JAPANESE, "復元を開始しましたが、回復ボリュームがマウントされません。"),
    (Topic::Restore, KOREAN, "복원을 시작했지만 복구 볼륨이 탑재되지 않습니다."),
    (Topic::Restore, CHINESE, "我已開始還原，但復原磁碟區沒有掛接成功。"),
];

#[test]
fn every_message_is_known_in_its_language() {
    for (topic, language, text) in TEXTS {
        assert_eq!(of(text, &LANGUAGES), Some(*topic), "{text}");
        assert_eq!(of(text, &[*language]), Some(*topic), "{text}");
    }
}

#[test]
fn the_words_of_a_message_do_without_its_number() {
    for (topic, language, text) in TEXTS {
        let kept = text.chars().filter(|c| !c.is_ascii_digit());
        let text: String = kept.collect();
        assert_eq!(of(&text, &[*language]), Some(*topic), "{text}");
    }
}

#[test]
fn a_message_is_of_one_topic() {
    for (topic, _, text) in TEXTS {
        let text: String = text.chars().filter(|c| !c.is_ascii_digit()).collect();
        for language in LANGUAGES {
            let found = of(&text, &[language]);
            assert!(found.is_none() || found == Some(*topic), "{text}: {found:?}");
        }
    }
}

#[test]
fn blanks_and_full_width_forms_do_not_matter() {
    for text in [
        "（ID：34513）",
        "(Id :\u{3000}34513)",
        "(識別碼: 34513)",
        "（識別碼：３４５１３）",
        "無効な コンテナーの 資格情報",
        "ＩＮＶＡＬＩＤ　vault  credentials provided",
        "잘못된자격증명 모음",
        // Only the number tells it from other internal errors.
        "failed due to an internal service error [0x7DC]. Please retry the operation after sometime.",
    ] {
        assert_eq!(of(text, &LANGUAGES), Some(Topic::Registration), "{text}");
    }
    let passphrase = "暗号化のパスフレーズは, 正しく構成されていません";
    assert_eq!(of(passphrase, &LANGUAGES), Some(Topic::Passphrase));
}

#[test]
fn other_texts_are_about_nothing() {
    for text in [
        "",
        "34513",
        "(ID: 345130)",
        "(ID: 34513) (ID: 100050) (407) 0x1FC07",
        "(ID: 34529)",
        "Is there anything on this server that stands in the way of its backups?",
        "The Microsoft Azure Recovery Services Agent cannot connect to the OBEngine service.",
    ] {
        assert_eq!(of(text, &LANGUAGES), None, "{text}");
    }
    assert_eq!(of("(識別碼：403)", &[ENGLISH, JAPANESE, KOREAN]), None);
    assert_eq!(of("無法下載保存庫認證檔", &[ENGLISH, JAPANESE, KOREAN]), None);
}

#[test]
fn what_was_told_holds_unless_the_message_is_of_others() {
    let check = |told, text, expected| assert_eq!(operation(told, text, &LANGUAGES), expected);
    check(Operation::Backup, "(ID: 403)", Operation::DownloadCredentials);
    check(Operation::Backup, "(ID: 100050)", Operation::Backup);
    check(Operation::Restore, "(ID: 100050)", Operation::Restore);
    check(
        Operation::Restore,
        "Error 34506. The encryption passphrase stored on this computer is not correctly configured.",
        Operation::Backup,
    );
    check(
        Operation::ScheduledBackup,
        "錯誤 34506。未正確設定儲存於此電腦上的加密複雜密碼",
        Operation::ScheduledBackup,
    );
    check(Operation::Register, "It does not work.", Operation::Register);
}
