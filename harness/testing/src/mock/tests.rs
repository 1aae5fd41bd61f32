use marslab_model::host::{
    Account, Answer, Call, FileError, Files as _, Hook, Hooked, HostRead, Network as _, ReadError,
    System as _,
};
use marslab_model::net::TlsLayer;
use marslab_model::{Address, Connection, DialError, Name};
use mockall::predicate::eq;

use super::MockHost;

/// What a test does with calls, and with answers.
#[derive(Default)]
struct Change {
    before: Option<fn(&mut Call)>,
    after: Option<fn(&mut Answer)>,
}

impl Hook for Change {
    fn before(&self, call: &mut Call) {
        self.before.into_iter().for_each(|change| change(call));
    }

    fn after(&self, _host: &dyn HostRead, _call: &Call, answer: &mut Answer) {
        self.after.into_iter().for_each(|change| change(answer));
    }
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

#[test]
fn a_hook_changes_arguments_and_answers() {
    let (user, path) = (Account::User(Name::new("a")), r"C:\a".into());
    let mut host = MockHost::new();
    host.expect_read_file()
        .with(eq(Account::System), eq(marslab_model::WinPath::new(r"C:\a")))
        .once()
        .returning(|_, _| Ok("text".into()));
    let hook = Change {
        before: Some(|call| *call.account_mut().unwrap() = Account::System),
        after: Some(|answer| *answer = Answer::ReadFile(Err(FileError::AccessDenied))),
    };
    let denied = Hooked::new(&host, hook).read_file(&user, &path);
    assert_eq!(denied, Err(FileError::AccessDenied));
}

/// The call falls through to the host itself, as its meaning is unknown.
#[test]
fn a_call_or_answer_of_another_method_is_not_taken() {
    let other_call = Change { before: Some(|call| *call = Call::Now {}), after: None };
    let other_answer =
        Change { before: None, after: Some(|answer| *answer = Answer::Os(Err(DENIED))) };
    for (hook, times) in [(other_call, 1), (other_answer, 2)] {
        let mut host = MockHost::new();
        host.expect_users().times(times).returning(|| Ok([Name::new("a")].into()));
        assert_eq!(Hooked::new(&host, hook).users(), Ok([Name::new("a")].into()));
    }
}

const DENIED: ReadError = ReadError::AccessDenied;

#[test]
fn only_calls_of_accounts_have_one() {
    let mut host = MockHost::new();
    host.expect_registry_subkeys()
        .with(eq(Account::System), eq(marslab_model::KeyPath::new("HKLM")))
        .once()
        .returning(|_, _| Err(DENIED));
    let mut call = Call::RegistrySubkeys { who: Account::User(Name::new("a")), key: "HKLM".into() };
    *call.account_mut().unwrap() = Account::System;
    let answer = block_on(call.make(&host));
    assert_eq!(answer, Answer::RegistrySubkeys(Err(DENIED)));
    assert_eq!(answer.read_error(), Some(DENIED));
    assert_eq!(Call::Users {}.account_mut(), None);
    assert_eq!(Call::Resolve { name: "a".into() }.account_mut(), None);
    // How a file cannot be opened is an answer about the file.
    assert_eq!(Answer::ReadFile(Err(FileError::AccessDenied)).read_error(), None);
}

#[test]
fn a_hook_can_take_a_connection_and_has_none_to_give() {
    let to = Address::new("a", 443);
    let dial = |opened: bool, after: fn(&mut Answer)| {
        let mut host = MockHost::new();
        host.expect_dial().once().returning(move |_, _| {
            let (stream, _) = tokio::io::duplex(1);
            let open = || Connection { stream: Box::new(stream), tls: TlsLayer::ChainOnly };
            opened.then(open).ok_or(DialError::Refused)
        });
        let hook = Change { before: None, after: Some(after) };
        block_on(Hooked::new(&host, hook).dial(&Account::System, &to)).map(drop)
    };
    assert_eq!(dial(true, |_| {}), Ok(()));
    assert_eq!(dial(true, |it| *it = Answer::Dial(Err(DialError::Reset))), Err(DialError::Reset));
    assert_eq!(dial(false, |it| *it = Answer::Dial(Ok(()))), Err(DialError::Refused));
}
