use marslab_base::ADMIN;
use marslab_model::Name;
use marslab_model::host::{HostControl as _, System as _};

use crate::tests::{of, with};

#[test]
fn the_clock_is_kept_in_local_time() {
    // Seconds ahead of true UTC, minutes of the zone's offset, the machine's idea of UTC.
    for (ahead, offset, expected) in [
        (9 * 3600, 540, "2019-05-21T00:00:00Z"),
        (9 * 3600, 480, "2019-05-21T01:00:00Z"),
        (9 * 3600, 0, "2019-05-21T09:00:00Z"),
        (9 * 3600 + 600, 540, "2019-05-21T00:10:00Z"),
        (-5 * 3600, -300, "2019-05-21T00:00:00Z"),
        (0, 540, "2019-05-20T15:00:00Z"),
        (i64::MAX, -720, "9999-12-30T22:00:00.999999999Z"),
    ] {
        let machine = with(|world| {
            of(world).clock.ahead_seconds = ahead;
            of(world).clock.zone.utc_offset_minutes = offset;
        });
        assert_eq!(machine.now().to_string(), expected, "{ahead} {offset}");
    }
}

#[test]
fn browsers_and_certificates_are_kept() {
    use marslab_model::host::CertificateInfo;
    let machine = with(|_| {});
    let user = Name::new(ADMIN);
    assert_eq!(machine.portal_session(&user), Ok(None));
    machine.keep_portal_session(&user, "cookie");
    assert_eq!(machine.portal_session(&user), Ok(Some("cookie".to_owned())));
    assert_eq!(machine.users(), Ok([Name::new(ADMIN)].into()));
    assert_eq!(machine.cached_answer(&user, "https://x/"), Ok(None));
    let der = vec![1].into();
    let info = CertificateInfo { thumbprint: Name::new("AB"), subject: "CN=x".to_owned(), der };
    machine.install_certificate(&info, &[2]);
    assert_eq!(machine.certificates(), Ok(vec![info]));
    assert_eq!(machine.private_key(&Name::new("ab")), Some(vec![2]));
    machine.remove_certificate(&Name::new("ab"));
    assert_eq!(machine.private_key(&Name::new("ab")), None);
    assert_eq!(machine.full_name(), Name::new("srv01.contoso.example"));
    assert_eq!(machine.make_rsa_key(), b"key");
}

#[test]
fn a_machine_goes_by_its_computer_name() {
    let machine = with(|world| of(world).computer_name = "SRV07".to_owned());
    assert_eq!(machine.computer_name(), Name::new("srv07"));
    assert_eq!(machine.full_name(), Name::new("SRV07.contoso.example"));
}

#[test]
fn the_programs_of_another_computer_are_seen_from_here() {
    let machine = with(|world| {
        let other = world.machines.get_mut(&Name::new("SRV02")).unwrap();
        other.software.remove(&Name::new("Windows PowerShell"));
    });
    let other = machine.software_of(&Name::new("srv02")).unwrap().unwrap();
    let agent = Name::new("Microsoft Azure Recovery Services Agent");
    assert_eq!(other.into_keys().collect::<Vec<_>>(), [agent]);
    assert_eq!(machine.software().unwrap().len(), 2);
    assert_eq!(machine.software_of(&Name::new("SRV03")), Ok(None));
}
