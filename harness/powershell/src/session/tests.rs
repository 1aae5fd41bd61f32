use std::collections::BTreeMap;

use marslab_model::Name;

use super::expand;

#[test]
fn variables_are_expanded_once() {
    let variables: BTreeMap<Name, String> = [("SystemRoot", r"C:\Windows"), ("Loop", "%Loop%")]
        .map(|(a, b)| (Name::new(a), b.to_owned()))
        .into();
    for (text, expanded) in [
        (r"%systemroot%\x;%SystemRoot%", r"C:\Windows\x;C:\Windows"),
        ("%Loop%", "%Loop%"),
        ("%Unknown%", "%Unknown%"),
        ("50% of", "50% of"),
        ("%a%SystemRoot%", "%a%SystemRoot%"),
    ] {
        assert_eq!(expand(&variables, text), expanded, "{text}");
    }
}
