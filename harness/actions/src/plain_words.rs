//! What the parser says of a value of the wrong type, in words that need no programming.

use std::borrow::Cow;

/// The message in plain words; itself where it already is.
pub(crate) fn plain(message: &str) -> Cow<'_, str> {
    if let Some(rest) = message.strip_prefix("unknown variant ") {
        return format!("unknown value {rest}").into();
    }
    let found =
        ["invalid type: ", "invalid value: "].iter().find_map(|it| message.strip_prefix(it));
    let parts = found.and_then(|rest| rest.rsplit_once(", expected "));
    match parts {
        Some((found, expected)) => {
            format!("expected {}, not {}", kind(expected), value(found)).into()
        }
        None => message.into(),
    }
}

/// What was expected.
fn kind(expected: &str) -> Cow<'_, str> {
    if let Some((_, bounds)) = BOUNDS.iter().find(|(name, _)| *name == expected) {
        return format!("an integer {bounds}").into();
    }
    match expected {
        "a boolean" => "`true` or `false`".into(),
        "a sequence" => "an array".into(),
        "a map" => "a table".into(),
        "string or map" => "a string".into(),
        other if other.starts_with("struct ") => "a table".into(),
        other => other.into(),
    }
}

/// What was found: `integer `5``, `string "x"`, `sequence`.
fn value(found: &str) -> String {
    let found = found.split(" as ").next().unwrap_or(found);
    match found {
        "sequence" => "an array".to_owned(),
        "map" => "a table".to_owned(),
        text if text.starts_with("string ") => format!("`{}`", text.trim_start_matches("string ")),
        other => {
            other.find('`').map_or_else(|| other.to_owned(), |at| other.split_at(at).1.to_owned())
        }
    }
}

/// The integers that a parameter can be without bounds of its own.
const BOUNDS: [(&str, &str); 10] = [
    ("u8", "from 0 to 255"),
    ("u16", "from 0 to 65535"),
    ("u32", "from 0 to 4294967295"),
    ("u64", "that is 0 or more"),
    ("usize", "that is 0 or more"),
    ("i32", "from -2147483648 to 2147483647"),
    ("i64", "with at most 18 digits"),
    ("a nonzero u16", "from 1 to 65535"),
    ("a nonzero u32", "from 1 to 4294967295"),
    ("a nonzero usize", "that is 1 or more"),
];

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn types_of_a_programming_language_are_not_shown() {
        let check = |message: &str, expected: &str| assert_eq!(plain(message), expected);
        check(
            r#"invalid type: string "5 GB", expected u64"#,
            r#"expected an integer that is 0 or more, not `"5 GB"`"#,
        );
        check(
            "invalid value: integer `-5`, expected u32",
            "expected an integer from 0 to 4294967295, not `-5`",
        );
        check(
            "invalid type: integer `18446744073709551616` as i128, expected u64",
            "expected an integer that is 0 or more, not `18446744073709551616`",
        );
        check(
            "invalid value: integer `0`, expected a nonzero u16",
            "expected an integer from 1 to 65535, not `0`",
        );
        check(
            "invalid type: floating point `1.5`, expected i64",
            "expected an integer with at most 18 digits, not `1.5`",
        );
        check("invalid type: map, expected a sequence", "expected an array, not a table");
        check("invalid type: sequence, expected a string", "expected a string, not an array");
        check("invalid type: boolean `true`, expected struct X", "expected a table, not `true`");
        check(
            "unknown variant `dropp`, expected one of `drop`, `reset`",
            "unknown value `dropp`, expected one of `drop`, `reset`",
        );
        check("invalid path `x`", "invalid path `x`");
    }
}
