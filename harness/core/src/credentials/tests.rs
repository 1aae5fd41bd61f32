use marslab_model::WinPath;
use marslab_model::host::FileError;

use super::{Content, CredentialsFile, service_host};
use crate::testing::{CREDENTIALS, ISSUED, Machine, credentials_xml};

fn newest(machine: Machine) -> Option<CredentialsFile> {
    CredentialsFile::newest(&machine.host())
}

#[test]
fn the_newest_file_is_read() {
    let file = newest(Machine::unregistered()).unwrap();
    assert_eq!((file.path.as_str(), file.on_network), (CREDENTIALS, false));
    assert_eq!(file.document().unwrap().vault.name, "vault-east");
    let newer = CREDENTIALS.replace("east_Mon", "west_Mon");
    let machine = Machine::unregistered();
    let machine =
        machine.dated_file(&newer, &credentials_xml("vault-west"), "2019-06-03T08:30:00Z");
    assert_eq!(newest(machine).unwrap().document().unwrap().vault.name, "vault-west");
}

#[test]
fn what_cannot_be_read_is_told_from_what_is_damaged() {
    let locked = Machine::unregistered().with(|machine| {
        machine.unreadable.insert(WinPath::new(CREDENTIALS), FileError::SharingViolation);
    });
    assert_eq!(newest(locked).unwrap().content, Content::Unreadable(FileError::SharingViolation));
    let damaged = newest(Machine::unregistered().dated_file(CREDENTIALS, "?", ISSUED)).unwrap();
    assert!(matches!(damaged.content, Content::Damaged(_)));
    assert_eq!(newest(Machine::unregistered().without_file(CREDENTIALS)), None);
}

#[test]
fn whatever_was_downloaded_may_tell_the_service() {
    let told = |machine: Machine| {
        service_host(&machine.host())
            .map(|host| host.as_str().split('.').nth(1).unwrap().to_owned())
    };
    let of = |region: &str| credentials_xml("vault-east").replace(".jpe.", &format!(".{region}."));
    let (newer, later) = (CREDENTIALS.replace("east_Mon", "west_Mon"), "2019-06-03T08:30:00Z");
    let good = Machine::unregistered;
    assert_eq!(told(good()).as_deref(), Some("jpe"));
    // The newest file comes first, and an older one where that tells nothing.
    assert_eq!(told(good().dated_file(&newer, &of("weu"), later)).as_deref(), Some("weu"));
    assert_eq!(told(good().dated_file(&newer, "", later)).as_deref(), Some("jpe"));
    // One of another name is asked last, however new it is.
    let renamed = format!("{newer}.xml");
    assert_eq!(told(good().dated_file(&renamed, &of("weu"), later)).as_deref(), Some("jpe"));
    let alone = good().without_file(CREDENTIALS).dated_file(&renamed, &of("weu"), later);
    assert_eq!(told(alone).as_deref(), Some("weu"));
    assert_eq!(told(good().without_file(CREDENTIALS)), None);
}
