use super::command;

#[test]
fn no_value_of_a_variable_is_told() {
    let words = ["run", "--subject-env", "KEY=secret", "--subject-env=HOME", "--subject-env=A=b"];
    let words = words.into_iter().map(str::to_owned);
    let told = command(words);
    assert!(!told.contains("secret") && !told.contains("A=b"), "{told}");
    assert!(told.contains("KEY=…") && told.contains("--subject-env=HOME"), "{told}");
}
