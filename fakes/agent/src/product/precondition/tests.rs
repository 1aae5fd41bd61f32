use marslab_model::host::{Account, Cmdlet, FileError};
use marslab_model::{Operation, Outcome};
use marslab_testing::TestHost;

use crate::testing::{
    INSTALL, PRODUCT_DATA, additions, events, installed, operated, registered, scheduled, text_of,
};
use crate::{Product, Step};

const KEY: &str = r"HKLM\SOFTWARE\Acme";

/// The product with a precondition of this step, call and need.
#[track_caller]
fn product(step: &str, call: &str, needs: &str) -> Product {
    let text = format!(
        r#"
        [[message]]
        id = "acme/mode"
        code = "0x1FBD3"
        source = "a ticket"
        text.en = "The mode is wrong."

        [[precondition]]
        step = "{step}"
        call = {{ {call} }}
        {needs}
        message = "acme/mode"
        source = "a ticket"
        "#
    );
    PRODUCT_DATA.with(additions(&text)).unwrap()
}

const MODE: &str = r"registry-value = { key = 'HKLM\SOFTWARE\Acme', name = 'Mode' }";

/// How an operation fails: the id of the message and the step; nothing where it succeeds.
fn failure(operation: Operation, host: &TestHost, product: &Product) -> Option<(String, Step)> {
    let ended = operated(operation, host, product, &|_| {});
    match ended.outcome {
        Outcome::Succeeded => None,
        Outcome::Failed(symptom) => Some((symptom.error, ended.stopped_at.unwrap())),
    }
}

/// Whether `find-scratch-folder` is passed, after which an activation goes on to the key, of which there is none.
#[track_caller]
fn passes(host: &TestHost, product: &Product) -> bool {
    let (error, step) = failure(Operation::Activate, host, product).unwrap();
    match (error.as_str(), step) {
        ("0x1FC07", Step::OpenKey) => true,
        ("acme/mode", Step::FindScratchFolder) => false,
        other => panic!("{other:?}"),
    }
}

fn starting_a_job() -> TestHost {
    scheduled(vec![Cmdlet { name: "Start-OBBackup".to_owned(), who: Account::System }])
}

#[test]
fn an_operation_stops_at_the_step_whose_precondition_does_not_hold() {
    let present = product("find-scratch-folder", MODE, "needs = 'present'");
    assert!(!passes(&registered(), &present));
    assert!(passes(&registered().with_value(KEY, "Mode", "open"), &present));
    let absent = product("find-scratch-folder", MODE, "needs = 'absent'");
    assert!(passes(&registered(), &absent));
    assert!(!passes(&registered().with_value(KEY, "Mode", "open"), &absent));
}

#[test]
fn a_value_or_a_part_of_the_answer_is_compared() {
    let open = "at = '/ok/text'\nneeds = { is = 'open' }";
    let number = "at = '/ok'\nneeds = { is = { number = 4 } }";
    let closed = "at = '/ok/text'\nneeds = { is-not = 'open' }";
    for (needs, value, expected) in [
        (open, Some("open"), true),
        (open, Some("shut"), false),
        (open, None, false),
        (closed, Some("open"), false),
        (closed, Some("shut"), true),
        (closed, None, true),
        (number, Some("4"), false),
    ] {
        let host = registered();
        let host = match value {
            Some(value) => host.with_value(KEY, "Mode", value),
            None => host,
        };
        let product = product("find-scratch-folder", MODE, needs);
        assert_eq!(passes(&host, &product), expected, "{needs} {value:?}");
    }
    let host = registered().with_value(KEY, "Mode", 4_u32);
    assert!(passes(&host, &product("find-scratch-folder", MODE, number)));
}

#[test]
fn what_a_refused_call_did_not_find_is_not_there() {
    let call = r"file-info = { path = 'C:\acme.txt' }";
    let host = || registered().with_file(r"C:\acme.txt", b"", 1);
    for (needs, absent, present) in [
        ("needs = 'present'", false, true),
        ("needs = 'absent'", true, false),
        ("at = '/refused/code'\nneeds = { is = 'not-found' }", true, false),
    ] {
        let product = product("find-scratch-folder", call, needs);
        let seen = (passes(&registered(), &product), passes(&host(), &product));
        assert_eq!(seen, (absent, present), "{needs}");
    }
    let product = product("find-scratch-folder", call, "needs = 'present'");
    let denied = host();
    denied.machine().barred.insert(r"C:\acme.txt".into(), FileError::AccessDenied);
    assert!(!passes(&denied, &product));
    let log = text_of(&denied, &format!(r"{INSTALL}\Temp\CBEngineCurr.errlog")).unwrap();
    let line = "Exception in file-info | Params: {Data = }{Message = access is denied (5)}{HResult = 0x80070005}";
    assert!(log.contains(line), "{log}");
}

#[test]
fn only_operations_that_enter_the_step_check_it() {
    let product = product("begin-job", MODE, "operations = ['backup']\nneeds = 'present'");
    let stopped = Some(("acme/mode".to_owned(), Step::BeginJob));
    let host = registered();
    assert_eq!(failure(Operation::Backup, &host, &product), stopped);
    assert!(events(&host).is_empty(), "no job has begun");
    let (error, _) = failure(Operation::Restore, &registered(), &product).unwrap();
    assert_eq!(error, "100050");
    let host = starting_a_job();
    let (error, _) = failure(Operation::ScheduledBackup, &host, &product).unwrap();
    assert_eq!(error, "100050");
}

#[test]
fn a_failed_job_has_the_number_of_the_message() {
    let host = registered();
    let product = product("start-engine", MODE, "needs = 'present'");
    assert_eq!(failure(Operation::Backup, &host, &product).unwrap().0, "acme/mode");
    let history = text_of(&host, &format!(r"{INSTALL}\Temp\JobHistory.tsv")).unwrap();
    assert!(history.contains("\t8007000D\t130003\tThe data is invalid."), "{history}");
}

#[test]
fn a_schedule_that_a_precondition_stops_shows_its_message() {
    let product = product("take-snapshot", MODE, "needs = 'present'");
    let host = starting_a_job();
    let seen = failure(Operation::ScheduledBackup, &host, &product);
    assert_eq!(seen, Some(("acme/mode".to_owned(), Step::TakeSnapshot)));
    assert_eq!(events(&host), [18]);
}

#[test]
fn the_portal_checks_them_too() {
    let product = product("read-proxy-settings", MODE, "needs = 'present'");
    let seen = failure(Operation::DownloadCredentials, &installed(), &product);
    assert_eq!(seen, Some(("acme/mode".to_owned(), Step::ReadProxySettings)));
}
