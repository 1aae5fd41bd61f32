use marslab_model::world::VolumeKind;
use marslab_model::{Name, WinPath};
use marslab_testing::TestHost;
use marslab_testing::machine::volume;

use super::{DOWNLOADS_ID, SHELL_FOLDERS_KEY, dotnet_ticks, newest};
use crate::testing::{NOW, installed};

const FILE: &str = "vault-east_Tue May 21 2019.VaultCredentials";

fn at(host: TestHost, folder: &str, name: &str, modified: &str) -> TestHost {
    let path = format!("{folder}\\{name}");
    let host = host.with_file(&path, b"", 0);
    host.machine().files.get_mut(&WinPath::new(path)).unwrap().modified = modified.parse().unwrap();
    host
}

#[track_caller]
fn check(host: &TestHost, expected: Option<&str>) {
    let found = newest(host, &Name::new(r"CORP\admin")).ok();
    assert_eq!(found, expected.map(WinPath::new));
}

const DOWNLOADS: &str = r"C:\Users\admin\Downloads";
const EARLIER: &str = "2019-05-20T10:00:00Z";
const LATER: &str = "2019-05-22T10:00:00Z";

#[test]
fn the_newest_file_that_looks_like_credentials_is_picked() {
    check(&installed(), None);
    let host = at(installed(), DOWNLOADS, FILE, NOW);
    let host = at(host, DOWNLOADS, "vault-east_Mon May 20 2019.VaultCredentials", EARLIER);
    let host = at(host, DOWNLOADS, "setup.log", LATER);
    check(&host, Some(r"C:\Users\admin\Downloads\vault-east_Tue May 21 2019.VaultCredentials"));
    let host = at(host, DOWNLOADS, "vault-west_Wed May 22 2019.VaultCredentials.txt", LATER);
    check(&host, Some(r"C:\Users\admin\Downloads\vault-west_Wed May 22 2019.VaultCredentials.txt"));
}

#[test]
fn files_on_other_machines_are_picked_unless_there_is_a_local_one_as_new() {
    let host = at(installed(), "Z:", FILE, NOW);
    let host = at(host, r"\\files\home\admin", FILE, NOW).with_value(
        SHELL_FOLDERS_KEY,
        DOWNLOADS_ID,
        r"\\files\home\admin",
    );
    host.machine().volumes.insert("Z:".into(), volume(1000, 500));
    check(&host, Some(r"\\files\home\admin\vault-east_Tue May 21 2019.VaultCredentials"));

    host.machine().files.remove(&WinPath::new(format!(r"\\files\home\admin\{FILE}")));
    host.machine().volumes.get_mut(&Name::new("Z:")).unwrap().kind = VolumeKind::Network;
    check(&host, Some(r"Z:\vault-east_Tue May 21 2019.VaultCredentials"));

    let host = at(host, DOWNLOADS, FILE, NOW);
    check(&host, Some(r"C:\Users\admin\Downloads\vault-east_Tue May 21 2019.VaultCredentials"));
}

#[test]
fn ticks_count_from_the_year_one() {
    assert_eq!(dotnet_ticks("1970-01-01T00:00:00Z".parse().unwrap()), 621_355_968_000_000_000);
    assert_eq!(
        dotnet_ticks("2021-12-31T00:00:34.8599629Z".parse().unwrap()),
        637_765_056_348_599_629
    );
}
