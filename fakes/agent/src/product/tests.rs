use crate::product::{Additions, Product};
use crate::testing::{PRODUCT_DATA, additions};

const MESSAGE: &str = r#"
    [[message]]
    id = "acme/expired"
    source = "a ticket"
    text.en = "The policy has expired."
"#;

/// The mistakes that a file with a message of its own makes.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let more = additions(&format!("{MESSAGE}{text}"));
    let found = PRODUCT_DATA.with(more).err().unwrap_or_default();
    assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), expected, "{text}");
}

fn row(keys: &str) -> String {
    format!("[[shown]]\n{keys}\nmessage = \"acme/expired\"\nsource = \"a ticket\"\n")
}

fn precondition(keys: &str) -> String {
    format!(
        "[[precondition]]\n{keys}\ncall = {{ os = {{}} }}\nneeds = \"present\"\nmessage = \"acme/expired\"\nsource = \"a ticket\"\n"
    )
}

#[test]
fn additions_may_tell_a_case_from_others() {
    check("", &[]);
    check(&row("steps = ['send-backup']\ncodes = ['PolicyExpired']"), &[]);
    check(&row("operations = ['activate', 'backup']\nsteps = ['open-key', 'write-settings']"), &[]);
    check(&precondition("step = 'read-registration'"), &[]);
    let more = additions(&[MESSAGE, &row("codes = ['PolicyExpired']")].concat());
    let product = PRODUCT_DATA.with(more).unwrap();
    assert_eq!(product.shown().first().unwrap().message.as_str(), "acme/expired");
    assert_eq!(product.messages().len(), PRODUCT_DATA.messages().len() + 1);
}

#[test]
fn every_mistake_is_told_with_its_place() {
    check(MESSAGE, &["`[[message]]` number 2: message `acme/expired` already exists"]);
    check(
        &row("codes = ['A']\nsecond-line = { message = 'acme/more' }"),
        &["`[[shown]]` number 1: unknown message `acme/more`"],
    );
    check(
        &row("operations = ['register']\nsteps = ['send-backup']"),
        &["`[[shown]]` number 1: `register` does not enter `send-backup`"],
    );
    check(
        &[row("codes = ['A', 'B']"), row("codes = ['B']\nstatuses = ['409']")].concat(),
        &[
            "`[[shown]]` number 2: the row is never reached: number 1 comes first and matches the same",
        ],
    );
    check(
        &[
            precondition("operations = ['restore']\nstep = 'send-backup'"),
            precondition("step = 'sign-in'\nat = 'ok'"),
        ]
        .concat(),
        &[
            "`[[precondition]]` number 1: `restore` does not enter `send-backup`",
            "`[[precondition]]` number 2: `ok` is not a JSON pointer such as `/ok`",
        ],
    );
}

#[test]
fn no_row_of_the_product_may_be_replaced() {
    let replaces = "`[[shown]]` number 1: the row takes the place of one that is there and shows `34506`; name more of what is special about it";
    check(&row("steps = ['send-backup']\ncodes = ['KeyDiffers', 'PolicyExpired']"), &[replaces]);
    check(&row("steps = ['send-backup']\ncodes = ['KeyDiffers']\nstatuses = ['409']"), &[]);
    check(
        &row("steps = ['send-backup']\ncodes = ['KeyDiffers']\nagent = { below = '2.0.9083' }"),
        &[],
    );
}

#[test]
fn what_no_table_knows_is_refused_when_it_is_read() {
    for (text, expected) in [
        (row("steps = ['decide']"), "unknown variant `decide`"),
        (row("kinds = ['unknown']"), "unknown variant `unknown`"),
        (row("operations = ['repair']"), "unknown variant `repair`"),
        (row("statuses = ['9xx']"), "`9xx` is neither a status, `409`, nor a class, `4xx`"),
        (row("agent = { from = 'new' }"), "`new` is not a version such as `2.0.9249.0`"),
        (row("second-line = 'path'"), "unknown variant `path`"),
        (row("cause = 'clock'"), "unknown field `cause`"),
        (precondition("step = 'sign-in'").replace("os =", "decide ="), "unknown variant `decide`"),
        (
            precondition("step = 'sign-in'").replace("os = {}", "os = { key = 'HKLM' }"),
            "the call `os` has no argument `key`",
        ),
        (precondition("step = 'sign-in'").replace("present", "there"), "unknown variant `there`"),
    ] {
        let error = toml::from_str::<Additions>(&text).unwrap_err().to_string();
        assert!(error.contains(expected), "{text}\n{error}");
    }
}

#[test]
fn a_product_is_data() {
    let written = serde_json::to_value(&*PRODUCT_DATA).unwrap();
    let part = |name: &str| written[name].as_array().cloned().unwrap_or_default();
    let messages: Vec<_> = written["messages"].as_object().unwrap().values().collect();
    let again = serde_json::json!({
        "message": messages, "shown": part("shown"), "precondition": part("preconditions"),
    });
    let again = Product::default().with(serde_json::from_value(again).unwrap()).unwrap();
    assert_eq!(again, *PRODUCT_DATA);
}
