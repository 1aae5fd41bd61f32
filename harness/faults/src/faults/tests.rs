use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use marslab_model::{Change, Name, WinPath, World};
use marslab_wire::pkcs12::{self, Bundle, Salts};
use marslab_wire::x509::{self, SelfSigned};

use super::{FAULTS, fault};
use crate::settings::{SETTINGS, setting};
use marslab_actions::edit::credentials;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_actions::testing::{check_entry, check_table, example, read};
use marslab_base as base;

const NOW: &str = "2019-05-20T03:00:00Z";

/// A downloaded credentials file with the parts that faults use.
static DOWNLOADED: LazyLock<String> = LazyLock::new(|| {
    let key = x509::make_rsa_key(1).unwrap();
    let now = NOW.parse().unwrap();
    let spec = SelfSigned {
        subject: "Windows Azure Tools".to_owned(),
        not_before: now,
        not_after: now,
        client_auth: true,
    };
    let bundle = Bundle { certificate: x509::self_signed(&spec, &key).unwrap(), key };
    let packed = pkcs12::write(&bundle, "vault-east", "", &Salts::from_seed(1)).unwrap();
    format!(
        r"{{
            path = 'C:\Users\admin\Downloads\vault-east_Mon May 20 2019.VaultCredentials',
            text = '{NAMES}<ManagementCert>{}</ManagementCert>',
        }}",
        STANDARD.encode(packed)
    )
});

const NAMES: &str = "<ResourceName>vault-east</ResourceName><Location>japaneast</Location>";

/// The healthy world, the same with each setting as in its example, one in which the server is registered, and one in
/// which credentials were downloaded.
fn worlds() -> Vec<World> {
    let healthy = base::healthy(NOW.parse().unwrap());
    let mut worlds = vec![healthy.clone()];
    for kind in SETTINGS {
        let mut world = healthy.clone();
        make(&mut world, &example(kind).changes(&healthy).unwrap());
        worlds.push(world);
    }
    let mut registered = healthy.clone();
    let registering = example(fault("registered-with").unwrap()).changes(&healthy).unwrap();
    make(&mut registered, &registering);
    worlds.push(registered);
    let mut downloaded = healthy.clone();
    make(&mut downloaded, &changes("file-content", &DOWNLOADED, &healthy).unwrap());
    worlds.push(downloaded);
    worlds
}

fn make(world: &mut World, changes: &[Change]) {
    for change in changes {
        world.apply(change).unwrap();
    }
}

#[test]
fn every_file_is_a_fault() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/faults");
    check_table(folder, FAULTS, &["tests"], &[]);
    FAULTS.iter().for_each(|kind| check_entry(kind));
}

#[test]
fn every_example_applies_to_some_world_and_changes_it() {
    for kind in FAULTS {
        let fault = example(kind);
        let mut refusals = Vec::new();
        let applies = worlds().into_iter().any(|world| match fault.changes(&world) {
            Ok(changes) => {
                let mut broken = world.clone();
                make(&mut broken, &changes);
                assert_ne!(broken, world, "`{}` changes nothing", kind.name);
                true
            }
            Err(why) => {
                refusals.push(why.to_string());
                false
            }
        });
        assert!(applies, "`{}` applies to no world: {refusals:?}", kind.name);
    }
}

#[track_caller]
fn changes(name: &str, parameters: &str, world: &World) -> Result<Vec<Change>, NotApplicable> {
    let fault: std::sync::Arc<dyn Fault> = read(fault(name).unwrap(), parameters).unwrap();
    fault.changes(world)
}

#[test]
fn a_fault_says_why_it_does_not_apply() {
    let healthy = base::healthy(NOW.parse().unwrap());
    let mut behind_proxy = healthy.clone();
    make(&mut behind_proxy, &example(setting("behind-proxy").unwrap()).changes(&healthy).unwrap());
    let asks = "{ schemes = ['basic'], user = 'u' }";
    let refused = changes("proxy-asks", asks, &healthy).unwrap_err();
    assert_eq!(refused.to_string(), "the network has no proxy");
    let elsewhere = "{ schemes = ['basic'], user = 'u', proxy = '10.0.0.6:3128' }";
    let refused = changes("proxy-asks", elsewhere, &behind_proxy).unwrap_err();
    assert_eq!(refused.to_string(), "there is no proxy `10.0.0.6:3128`");
    let refused = changes("file-missing", r"{ path = 'C:\absent.txt' }", &healthy).unwrap_err();
    assert_eq!(refused.to_string(), r"`SRV01` has no file `C:\absent.txt`");
    for without in ["{ exceptions = ['<local>'] }", "{ https-address = '10.0.0.5:8081' }"] {
        let refused = changes("system-proxy", without, &healthy).unwrap_err();
        assert_eq!(refused.to_string(), "also give the proxy's `address`");
    }
}

#[test]
fn a_file_of_another_vault_names_that_vault() {
    let mut world = base::healthy(NOW.parse().unwrap());
    let made = changes("file-content", &DOWNLOADED, &world).unwrap();
    make(&mut world, &made);
    let made = changes("downloaded-from", "{ vault = 'vault-west', minutes-later = 5 }", &world);
    make(&mut world, &made.unwrap());
    let path = r"C:\Users\admin\Downloads\vault-west_Mon May 20 2019.VaultCredentials";
    let file = &world.machines[&Name::new(base::MACHINE)].files[&WinPath::new(path)];
    let text = str::from_utf8(file.content.bytes()).unwrap();
    let names = "<ResourceName>vault-west</ResourceName><Location>japanwest</Location>";
    assert!(text.starts_with(names), "{text}");
    // The same key as in the first file, under another certificate.
    let keys: Vec<_> = [DOWNLOADED.as_str(), text].map(private_key).into();
    assert_eq!(keys[0], keys[1]);
    assert!(keys[0].is_some());
    assert_eq!(file.modified.to_string(), "2019-05-20T03:05:00Z");
    let vault = &world.cloud.vaults[&Name::new("vault-west")];
    let certificates =
        &world.cloud.tenants[&Name::new(base::TENANT)].applications[&vault.client_id];
    let latest = Name::new(vault.latest_certificate.as_str());
    assert!(certificates.certificates.contains_key(&latest));
    let refused = changes("downloaded-from", "{ vault = 'none', minutes-later = 5 }", &world);
    assert_eq!(refused.unwrap_err().to_string(), "there is no vault `none`");
}

fn private_key(text: &str) -> Option<Vec<u8>> {
    let packed = STANDARD.decode(credentials::element(text, "ManagementCert")?).ok()?;
    Some(pkcs12::read(&packed, "").ok()?.key)
}

#[test]
fn a_path_is_named_in_one_way_and_renamed_in_one_way() {
    let world = base::healthy(NOW.parse().unwrap());
    let refused = |name, parameters| changes(name, parameters, &world).unwrap_err().to_string();
    let both = r"{ path = 'D:\Data', newest-in = 'D:\Data', denies = ['SYSTEM'] }";
    assert_eq!(refused("access-list", both), "give either `path` or `newest-in`");
    let none = r"{ newest-in = 'C:\Nowhere', denies = ['SYSTEM'] }";
    assert_eq!(refused("access-list", none), r"`C:\Nowhere` contains no file");
    let both = r"{ path = 'D:\Data', to = 'Old', append = '.txt' }";
    assert_eq!(refused("path-renamed", both), "give either `to` or `append`");
    let elsewhere = r"{ path = 'D:\Data', to = 'Old\Data' }";
    assert_eq!(refused("path-renamed", elsewhere), r"invalid name `Old\Data`");
    let absent = r"{ path = 'D:\Absent', to = 'Old' }";
    assert_eq!(refused("path-renamed", absent), r"there is no file or folder `D:\Absent`");
    assert_eq!(
        refused("noted-for-repair", r"{ path = 'D:\Absent' }"),
        r"there is no file `D:\Absent`"
    );
}

#[test]
fn blocking_twice_is_refused() {
    let mut world = base::healthy(NOW.parse().unwrap());
    let blocks = "{ to = ['*.windows.net', '40.126.0.0/18'], action = 'reset', port = 443 }";
    let made = changes("blocks", blocks, &world).unwrap();
    make(&mut world, &made);
    let names: Vec<String> = world.network.firewall.keys().map(ToString::to_string).collect();
    assert_eq!(names, ["10 block *.windows.net port 443", "10 block 40.126.0.0/18 port 443"]);
    assert!(changes("blocks", blocks, &world).is_err());
    assert!(changes("blocks", "{ to = ['*.windows.net'] }", &world).is_ok());
}

#[test]
fn a_resolver_answers_for_names_and_not_as_it_should() {
    let mut world = base::healthy(NOW.parse().unwrap());
    let refused =
        |name, parameters, world: &World| changes(name, parameters, world).unwrap_err().to_string();
    let range = "{ answers = 'page', by = 'names', to = ['203.0.113.0/24'] }";
    let why = "a DNS server cannot redirect the address range `203.0.113.0/24`";
    assert_eq!(refused("captive-portal", range, &world), why);
    assert_eq!(
        refused("resolver-answers", "{ aaaa = 'records' }", &world),
        "both kinds of queries would be answered correctly"
    );
    for (parameters, why) in [
        ("{ zone = 'windows.net' }", "the queries would be answered correctly"),
        (
            "{ zone = 'windows.net', answers = 'refused', with = ['10.9.9.9'] }",
            "with addresses in place of their own, the names have an answer",
        ),
        (
            "{ zone = 'windows.net', delivery = { seconds = 3 }, with = ['10.9.9.9'] }",
            "no server is asked for names that the DNS server has addresses for",
        ),
    ] {
        assert_eq!(refused("zone-answers", parameters, &world), why);
    }
    for (name, parameters) in [
        ("zone-answers", "{ zone = 'windows.net', with = ['10.9.9.9'] }"),
        ("zone-answers", "{ zone = 'windows.net', answers = 'refused' }"),
        ("zone-answers", "{ zone = 'windows.net', delivery = { seconds = 600 } }"),
        ("resolver-answers", "{ delivery = { whole-over-udp = false, over-tcp = false } }"),
    ] {
        assert!(changes(name, parameters, &world).is_ok(), "{parameters}");
    }
    let names = "{ answers = 'page', by = 'names', to = ['*.windows.net', 'www.msftncsi.com'] }";
    let made = changes("captive-portal", names, &world).unwrap();
    make(&mut world, &made);
    let overrides = world.network.resolver.overrides.keys().map(ToString::to_string);
    assert_eq!(
        overrides.collect::<Vec<_>>(),
        ["10 portal *.windows.net", "10 portal www.msftncsi.com"]
    );
}

#[test]
fn only_a_text_that_is_there_is_edited_and_not_without_bounds() {
    let world = base::healthy(NOW.parse().unwrap());
    let log = r"path = 'C:\Windows\Temp\setup.log'";
    let refused = |parameters: &str| {
        changes("file-edited", &format!("{{ {log}, {parameters} }}"), &world)
            .unwrap_err()
            .to_string()
    };
    let path = r"`C:\Windows\Temp\setup.log`";
    assert_eq!(
        refused("replace = 'nowhere', with = ''"),
        format!("{path} does not contain the text to replace")
    );
    assert_eq!(
        refused("replace = '', with = 'x'"),
        format!("{path} does not contain the text to replace")
    );
    let long = format!("replace = 'ok', with = '{}'", "x".repeat((1 << 20) + 1));
    assert_eq!(refused(&long), "the file would grow by more than 1048576 bytes");
}

#[test]
fn numbers_out_of_range_are_refused_when_they_are_read() {
    let refused = |name: &str, parameters: &str| {
        let problems = read(fault(name).unwrap(), parameters).unwrap_err();
        problems.into_iter().map(|it| it.message).collect::<Vec<_>>()
    };
    assert_eq!(
        refused("clock-shifted", "{ seconds = -99999999999 }"),
        ["`clock-shifted`: must be from -315360000 to 315360000, not -99999999999"]
    );
    assert_eq!(
        refused("time-passes", "{ hours = 999999, minutes = 601 }"),
        [
            "`time-passes`: must be from 1 to 26280, not 999999",
            "`time-passes`: must be from 0 to 59, not 601"
        ]
    );
    let folder = r"folder = 'C:\Windows\Temp', extension = 'tmp'";
    assert_eq!(
        refused("numbered-files", &format!("{{ {folder}, count = 4000000000 }}")),
        ["`numbered-files`: must be from 1 to 10000000, not 4000000000"]
    );
    assert_eq!(
        refused("file-damaged", r"{ path = 'C:\a', keep-percent = 200 }"),
        ["`file-damaged`: must be from 0 to 99, not 200"]
    );
    assert_eq!(
        refused("vault-holds", "{ machines = 0 }"),
        ["`vault-holds`: must be from 1 to 1000, not 0"]
    );
    assert_eq!(
        refused("browser-cached", "{ status = 99 }"),
        ["`browser-cached`: must be from 200 to 599, not 99"]
    );
}

#[test]
fn shifts_add_up_to_no_more_than_one_may_be() {
    let mut world = base::healthy(NOW.parse().unwrap());
    let most = "{ seconds = 315360000 }";
    let made = changes("clock-shifted", most, &world).unwrap();
    make(&mut world, &made);
    assert_eq!(
        changes("clock-shifted", most, &world).unwrap_err().to_string(),
        "the clock would be wrong by more than ten years"
    );
    assert_eq!(
        changes("clock-shifted", "{ seconds = 0 }", &world).unwrap_err().to_string(),
        "`seconds` is 0, which changes nothing"
    );
}
