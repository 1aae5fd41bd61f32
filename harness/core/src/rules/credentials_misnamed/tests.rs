use super::RULE;
use crate::testing::{
    CREDENTIALS, ISSUED, Machine, assert_cause, assert_silent, credentials_xml, look,
};

const LATER: &str = "2019-06-04T00:00:00Z";

fn with(name: &str, text: &str, modified: &str) -> Machine {
    let path = format!(r"C:\Users\admin\Downloads\{name}");
    Machine::healthy().dated_file(&path, text, modified)
}

#[test]
fn a_newer_file_with_another_extension_is_found() {
    let xml = credentials_xml("vault-east");
    for machine in
        [with("a.xml", &xml, LATER), with("a.xml", &xml, ISSUED).without_file(CREDENTIALS)]
    {
        let path = r"C:\Users\admin\Downloads\a.xml";
        let (cause, remedy) = ("credentials-misnamed", "download-new-credentials");
        assert_cause(&look(&RULE, machine), cause, Some(path), remedy);
    }
}

#[test]
fn other_files_are_nobodys_matter() {
    let xml = credentials_xml("vault-east");
    assert_silent(&look(&RULE, Machine::healthy()));
    assert_silent(&look(&RULE, with("a.xml", &xml, "2019-05-01T00:00:00Z")));
    assert_silent(&look(&RULE, with("a.xml", "<a/>", LATER)));
    assert_silent(&look(&RULE, with("a.VAULTCREDENTIALS", &xml, LATER)));
}
