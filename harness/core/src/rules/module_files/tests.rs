use marslab_model::WinPath;
use marslab_model::host::FileError;

use super::RULE;
use crate::facts::areas;
use crate::testing::{Machine, assert_cause, assert_silent, assert_unchecked, look};

const FOLDER: &str =
    r"C:\Program Files\Microsoft Azure Recovery Services Agent\bin\Modules\MSOnlineBackup";

fn path(file: &str) -> String {
    format!(r"{FOLDER}\{file}")
}

#[test]
fn missing_files_are_found() {
    for file in ["MSOnlineBackup.psd1", "MSOnlineBackup.dll"] {
        let seen = look(&RULE, Machine::healthy().without_file(&path(file)));
        assert_cause(&seen, "module-missing", Some(FOLDER), "copy-module");
    }
}

#[test]
fn damaged_files_are_found() {
    for (file, content) in [
        ("MSOnlineBackup.dll", ""),
        ("MSOnlineBackup.dll", "garbage"),
        ("MSOnlineBackup.psd1", ""),
        ("MSOnlineBackup.psd1", "@{ RootModule = 'MSOnlineBackup.dll'"),
        ("MSOnlineBackup.psd1", "RootModule = 'MSOnlineBackup.dll'"),
        ("MSOnlineBackup.psd1", "@{\r\n    ModuleVersion = '2.0'\r\n}"),
        ("MSOnlineBackup.psd1", "\u{0}\u{0}\u{0}"),
    ] {
        let seen = look(&RULE, Machine::healthy().file(&path(file), content));
        assert_cause(&seen, "module-corrupt", Some(FOLDER), "copy-module");
    }
}

#[test]
fn a_sound_module_is_fine() {
    assert_silent(&look(&RULE, Machine::healthy()));
    let one_line = "\u{feff}@{ ModuleVersion = '2.0'; rootmodule = \"MSOnlineBackup.dll\" } ";
    assert_silent(&look(&RULE, Machine::healthy().file(&path("MSOnlineBackup.psd1"), one_line)));
    let commented =
        "# made by hand\r\n@{\r\nRootModule = '.\\MSOnlineBackup.dll' # the library\r\n}\r\n";
    assert_silent(&look(&RULE, Machine::healthy().file(&path("MSOnlineBackup.psd1"), commented)));
}

#[test]
fn a_locked_file_is_not_judged() {
    let locked = Machine::healthy().with(|machine| {
        let dll = WinPath::new(path("MSOnlineBackup.dll"));
        machine.unreadable.insert(dll, FileError::SharingViolation);
    });
    assert_unchecked(&look(&RULE, locked), areas::AGENT_FILES);
}
