use marslab_model::host::{AttachError, FileError};
use marslab_model::world::Language;
use marslab_model::{Operation, WinPath};
use marslab_testing::TestHost;

use super::Console;
use crate::Product;
use crate::step::Step;
use crate::step_error::{Skipped, StepError};
use crate::testing::{PRODUCT_DATA, installed, intent};

const LANGUAGES: [Language; 4] =
    [Language::English, Language::Japanese, Language::Korean, Language::ChineseTraditional];

/// What is shown of a failure: the message's id and the text.
fn shown(
    host: &TestHost,
    product: &Product,
    (operation, step): (Operation, Step),
    error: &StepError,
) -> (String, String) {
    let console = Console { product, operation, host, user: &intent().user };
    let symptom = console.symptom(Some(step), error);
    (symptom.error, symptom.message)
}

fn answer(status: u16, code: &str) -> StepError {
    let (code, description) = (code.to_owned(), None);
    StepError::Answer { call: "GetVault", status, code, description }
}

fn left_out(why: Skipped) -> StepError {
    StepError::LeftOut { path: WinPath::new(r"D:\a"), why }
}

fn file(error: FileError) -> StepError {
    StepError::File { path: WinPath::new(r"C:\a"), error }
}

#[test]
fn a_proxy_that_asks_adds_a_line_in_the_machines_language() {
    for (language, line) in LANGUAGES.into_iter().zip([
        "\n(407) Proxy Authentication Required.",
        "\n(407) プロキシの認証が必要です",
        "\n(407) 프록시 인증이 필요 합니다.",
        "\n(407) 需要 Proxy 驗證",
    ]) {
        let host = installed().with(|machine| machine.language = language);
        let at = (Operation::Backup, Step::CheckConnectivity);
        let (id, asked) = shown(&host, &PRODUCT_DATA, at, &answer(407, ""));
        let (_, unasked) = shown(&host, &PRODUCT_DATA, at, &StepError::Probe);
        assert_eq!((id.as_str(), asked), ("100050", format!("{unasked}{line}")));
    }
}

#[test]
fn without_a_translation_the_message_is_english() {
    let korean = installed().with(|machine| machine.language = Language::Korean);
    let at = (Operation::Backup, Step::ReadRegistration);
    let seen =
        [&installed(), &korean].map(|it| shown(it, &PRODUCT_DATA, at, &StepError::NotRegistered));
    assert_eq!(seen[0], seen[1]);
}

#[test]
fn a_second_line_tells_the_error_or_the_file() {
    let host = installed();
    for (operation, step, error, expected, line) in [
        (
            Operation::SetPassphrase,
            Step::WriteKey,
            file(FileError::AccessDenied),
            "encryption-key-not-set",
            r"C:\Users\admin\Documents\SRV01_passphrase.txt",
        ),
        (
            Operation::Backup,
            Step::ReadItems,
            left_out(Skipped::Unread(FileError::Corrupt)),
            "backup-completed-with-warnings",
            "(0x80070570)",
        ),
        (
            Operation::Backup,
            Step::ReadItems,
            left_out(Skipped::Unsupported),
            "backup-completed-with-warnings",
            "(0x80070032)",
        ),
        (
            Operation::ScheduledBackup,
            Step::DownloadVersionPage,
            StepError::UpgradeRequired,
            "backup-completed-with-warnings",
            "A newer version of Windows Azure Backup Agent is required",
        ),
        (
            Operation::Restore,
            Step::AttachVolume,
            StepError::Attach(AttachError::NoInitiator),
            "volume-not-mounted",
            "(433)",
        ),
        (
            Operation::DownloadCredentials,
            Step::ShowVault,
            answer(500, "CloudInternalError"),
            "service-error",
            "(500) Internal Server Error.",
        ),
    ] {
        let (id, text) = shown(&host, &PRODUCT_DATA, (operation, step), &error);
        assert_eq!((id.as_str(), text.lines().nth(1)), (expected, Some(line)), "{text}");
    }
}

/// The same error at the same step is shown otherwise by a newer agent.
#[test]
fn a_newer_agent_has_messages_of_its_own() {
    for (version, full, denied) in [
        ("2.0.9248.0", "34506", "34506"),
        ("2.0.9249.0", "SalLowDiskSpace", "SalVhdInitializationError"),
    ] {
        let host = installed().with(|machine| {
            machine.software.values_mut().for_each(|it| version.clone_into(it));
        });
        for (error, expected) in [(FileError::DiskFull, full), (FileError::AccessDenied, denied)] {
            let at = (Operation::Backup, Step::ReserveScratchSpace);
            assert_eq!(shown(&host, &PRODUCT_DATA, at, &file(error)).0, expected, "{version}");
        }
    }
}

#[test]
fn what_a_server_refuses_is_not_shown_as_a_failure_to_connect() {
    let host = installed();
    for (operation, step, error, expected) in [
        (Operation::DownloadCredentials, Step::UploadCertificate, answer(403, ""), "403"),
        (Operation::DownloadCredentials, Step::SignInToPortal, StepError::NoUpn, "403"),
        (Operation::DownloadCredentials, Step::SignInToPortal, answer(400, ""), "403"),
        (
            Operation::DownloadCredentials,
            Step::UploadCertificate,
            answer(409, "ReadOnlyDisabledSubscription"),
            "403",
        ),
        (
            Operation::DownloadCredentials,
            Step::ShowVault,
            answer(404, ""),
            "credentials-not-downloaded",
        ),
        (Operation::Restore, Step::ListRecoveryPoints, answer(409, ""), "request-refused"),
        (Operation::Restore, Step::ListRecoveryPoints, answer(500, ""), "service-error"),
        (Operation::Restore, Step::ListRecoveryPoints, answer(401, ""), "100050"),
        (
            Operation::Restore,
            Step::OfferRecoveryPoint,
            answer(409, "KeyDiffers"),
            "volume-not-mounted",
        ),
        (Operation::Restore, Step::OfferRecoveryPoint, answer(302, ""), "100050"),
        (Operation::Backup, Step::SendBackup, answer(409, "KeyDiffers"), "34506"),
        (Operation::Backup, Step::SendBackup, answer(409, ""), "backup-completed-with-errors"),
        (Operation::Backup, Step::SendBackup, StepError::Url, "100050"),
        (Operation::SetPassphrase, Step::SendKey, answer(404, ""), "encryption-key-not-set"),
        (Operation::Activate, Step::ActivateMachine, answer(407, ""), "100050"),
    ] {
        let (id, text) = shown(&host, &PRODUCT_DATA, (operation, step), &error);
        assert_eq!(id, expected, "{operation} {step} {error:?}: {text}");
    }
}

/// A service that has an internal error is not a way that is blocked, and no article has a job end with errors for it. Before
/// the agent has reached any service by TLS, a 5xx can be that of a proxy.
#[test]
fn an_error_of_the_service_is_shown_as_one() {
    use Operation::{Activate, Backup, DownloadCredentials, Register, Restore, SetPassphrase};
    let host = installed();
    let ours = || answer(500, "CloudInternalError");
    for (operation, step, error, expected) in [
        (Register, Step::CheckConnectivity, ours(), "0x7DC"),
        (Register, Step::CheckConnectivity, answer(503, ""), "34513"),
        (Register, Step::DownloadVersionPage, answer(503, ""), "0x7DC"),
        (Register, Step::SignInAsRegistered, answer(503, ""), "0x7DC"),
        (Register, Step::RegisterMachine, ours(), "0x7DC"),
        (Register, Step::RegisterMachine, answer(400, ""), "34513"),
        (SetPassphrase, Step::SendKey, answer(500, ""), "service-error"),
        (Activate, Step::SignIn, ours(), "service-error"),
        (Activate, Step::ActivateMachine, ours(), "0x1FC07"),
        (Activate, Step::ActivateMachine, answer(503, ""), "0x1FC07"),
        (Backup, Step::CheckConnectivity, ours(), "service-error"),
        (Backup, Step::CheckConnectivity, answer(503, ""), "100050"),
        (Backup, Step::DownloadVersionPage, answer(503, ""), "service-error"),
        (Backup, Step::DiscoverAuthority, answer(500, ""), "service-error"),
        (Backup, Step::SignIn, answer(500, ""), "service-error"),
        (Backup, Step::SendBackup, answer(500, ""), "service-error"),
        (Restore, Step::OfferRecoveryPoint, answer(500, ""), "service-error"),
        (DownloadCredentials, Step::SignInToPortal, answer(500, ""), "service-error"),
        (DownloadCredentials, Step::UploadCertificate, ours(), "service-error"),
    ] {
        let (id, text) = shown(&host, &PRODUCT_DATA, (operation, step), &error);
        assert_eq!(id, expected, "{operation} {step} {error:?}: {text}");
    }
}

/// The access control service is retired: only a backup has a message of its own for that (KB 4096064).
#[test]
fn an_agent_that_signs_in_at_the_retired_service_does_not_match() {
    let host = installed();
    let gone = || StepError::Url;
    for (operation, error, expected) in [
        (Operation::Backup, gone(), "0x1FBD3"),
        (Operation::ScheduledBackup, gone(), "0x1FBD3"),
        (Operation::Backup, answer(407, ""), "100050"),
        (Operation::Register, gone(), "34513"),
        (Operation::Restore, gone(), "100050"),
    ] {
        let at = (operation, Step::SignInAtAccessControl);
        assert_eq!(shown(&host, &PRODUCT_DATA, at, &error).0, expected, "{operation}");
    }
}

#[test]
fn without_a_row_the_console_shows_what_the_server_says() {
    let at = (Operation::Backup, Step::SendBackup);
    let seen = shown(&installed(), &Product::default(), at, &answer(409, ""));
    let text = "The remote server returned an error: (409) Conflict.";
    assert_eq!(seen, ("answer".to_owned(), text.to_owned()));
}
