use super::fill;

#[test]
fn gaps_are_filled_in_order() {
    assert_eq!(fill("the {} service of {}.", &["VSS", "SRV01"]), "the VSS service of SRV01.");
    assert_eq!(fill("{}", &["{}"]), "{}", "a value is not a gap");
    assert_eq!(fill("{} and {}", &["one"]), "one and ");
}
