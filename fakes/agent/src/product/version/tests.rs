use super::{AgentVersion, AgentVersions};

fn range(from: Option<&str>, below: Option<&str>) -> AgentVersions {
    AgentVersions {
        from: from.map(AgentVersion::installed),
        below: below.map(AgentVersion::installed),
    }
}

#[test]
fn versions_compare_as_numbers() {
    let newer = range(Some("2.0.9249"), None);
    let older = range(None, Some("2.0.9249.0"));
    for (version, is_newer) in [
        ("", false),
        ("unknown", false),
        ("2.0.9248.9", false),
        ("2.0.999.0", false),
        ("2.0.9249", true),
        ("2.0.9249.0", true),
        ("2.0.10000.0", true),
        ("2.1", true),
    ] {
        let version = AgentVersion::installed(version);
        assert_eq!(newer.contains(&version), is_newer, "{version:?}");
        assert_eq!(older.contains(&version), !is_newer, "{version:?}");
    }
}

#[test]
fn a_range_covers_those_within_it() {
    let any = range(None, None);
    let [newer, older, some] = [
        range(Some("2.0.5"), None),
        range(None, Some("2.0.9")),
        range(Some("2.0.5"), Some("2.0.9")),
    ];
    for (wide, narrow, expected) in [
        (&any, &newer, true),
        (&newer, &any, false),
        (&older, &any, false),
        (&newer, &some, true),
        (&older, &some, true),
        (&some, &newer, false),
        (&some, &older, false),
        (&newer, &older, false),
        (&some, &some, true),
    ] {
        assert_eq!(wide.covers(narrow), expected, "{wide:?} {narrow:?}");
    }
    assert!(any.is_any() && !newer.is_any() && !older.is_any());
}

#[test]
fn what_is_no_version_is_refused() {
    let read = |text: &str| serde_json::from_value::<AgentVersion>(text.into());
    assert_eq!(read("2.0.9249.0").unwrap(), AgentVersion::installed("2.0.9249"));
    for text in ["", "2.x", "2..0", "v2.0"] {
        let error = read(text).unwrap_err().to_string();
        assert_eq!(error, format!("`{text}` is not a version such as `2.0.9249.0`"));
    }
}
