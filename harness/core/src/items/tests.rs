use marslab_model::WinPath;
use marslab_model::world::FileAttribute;

use super::{examine, selected};
use crate::config::Config;
use crate::testing::Machine;

fn of(items: &str) -> Config {
    Config { items: Some(items.to_owned()), ..Config::default() }
}

#[test]
fn items_are_parted_by_semicolons() {
    let of = |items: &str| selected(&of(items));
    assert_eq!(of(r"D:\Data"), [WinPath::new(r"D:\Data")]);
    assert_eq!(of(r" D:\Data ;; C:\Users;"), [r"D:\Data", r"C:\Users"].map(WinPath::new));
    assert_eq!(selected(&Config::default()), []);
}

#[test]
fn folders_are_gone_through_to_the_bottom() {
    let host = Machine::healthy()
        .sized(r"D:\Data\a\b\c.bin", 7)
        .sized(r"D:\Database\x.bin", 1_000)
        .with(|machine| {
            let linked = machine.files.get_mut(&WinPath::new(r"D:\Data\a\b\c.bin")).unwrap();
            linked.attributes = [FileAttribute::HardLink].into();
        })
        .host();
    let all = examine(&host, &of(r"D:\Data")).unwrap();
    assert_eq!(all.bytes, (200 << 30) + 7);
    assert_eq!(all.unsupported, [WinPath::new(r"D:\Data\a\b\c.bin")]);
    let one = examine(&host, &of(r"D:\Data\a\b\c.bin;E:\")).unwrap();
    assert_eq!(one.bytes, 7);
    assert_eq!(examine(&host, &Config::default()).unwrap().bytes, 0);
}

#[test]
fn what_is_excluded_is_left_out() {
    let without = |excluded: &str| Config {
        exclusions: Some(excluded.to_owned()),
        ..of(r"D:\Data;E:\Archive")
    };
    assert_eq!(selected(&without(r"E:\Archive")), [WinPath::new(r"D:\Data")]);
    assert_eq!(selected(&without(r"D:\Data\2019; E:\")), [WinPath::new(r"D:\Data")]);
    let bytes = |excluded: &str| {
        let host = Machine::healthy().host();
        examine(&host, &without(excluded)).unwrap().bytes >> 30
    };
    assert_eq!(bytes(r"D:\Dat"), 200);
    assert_eq!(bytes(r"D:\Data\customers.mdf"), 80);
    assert_eq!(bytes(r"d:\data\2019"), 120);
    assert_eq!(bytes(r"D:\Data"), 0);
}
