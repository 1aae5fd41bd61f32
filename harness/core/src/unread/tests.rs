use marslab_model::host::{Account, FileError, Files as _, Hooked, ReadError, Registry as _};
use marslab_model::{Diagnosis, Unchecked};
use marslab_testing::MockHost;

use super::Unread;
use crate::facts::areas;

const SYSTEM: Account = Account::System;

#[test]
fn only_what_could_not_be_read_is_noted_once() {
    let mut host = MockHost::new();
    host.expect_registry_value().times(2).returning(|_, _, _| Err(ReadError::AccessDenied));
    host.expect_registry_values().times(1).returning(|_, _| Ok([].into()));
    host.expect_read_file().times(1).returning(|_, _| Err(FileError::AccessDenied));
    let noted = Hooked::new(&host, Unread::default());
    for _ in 0..2 {
        let denied = noted.registry_value(&SYSTEM, &"HKLM\\A".into(), &"b".into());
        assert_eq!(denied, Err(ReadError::AccessDenied));
    }
    assert!(noted.registry_values(&SYSTEM, &"HKLM\\A".into()).unwrap().is_empty());
    assert!(noted.read_file(&SYSTEM, &r"C:\a".into()).is_err());
    let unchecked = noted.hook().added_to(Diagnosis::healthy()).unchecked;
    let because =
        format!(r"registry-value as SYSTEM, key HKLM\A, name b: {}", ReadError::AccessDenied);
    assert_eq!(unchecked, [Unchecked { what: areas::MACHINE.to_owned(), because }]);
}
