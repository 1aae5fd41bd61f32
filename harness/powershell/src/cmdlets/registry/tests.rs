use marslab_model::KeyPath;

use super::{full, key_of};

#[test]
fn paths_are_keys() {
    for (path, key) in [
        (r"HKLM:\SOFTWARE\X", r"HKLM\SOFTWARE\X"),
        (r"hklm:SOFTWARE/X\", r"HKLM\SOFTWARE\X"),
        (r"Registry::HKEY_LOCAL_MACHINE\SOFTWARE", r"HKLM\SOFTWARE"),
        (r"Microsoft.PowerShell.Core\Registry::HKEY_USERS\S-1-5-18", r"HKU\S-1-5-18"),
        (r"HKCU:\", "HKCU"),
    ] {
        assert_eq!(key_of(path).unwrap().as_str(), key);
    }
    for path in [r"C:\x", r"HKLM\SOFTWARE", "x", r"HKXX:\x", ""] {
        assert_eq!(key_of(path), None, "{path}");
    }
    assert_eq!(full(&KeyPath::new(r"HKLM\X")), r"HKEY_LOCAL_MACHINE\X");
}
