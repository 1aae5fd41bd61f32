use super::{Query, address};

#[test]
fn fields_come_back_as_they_went_in() {
    let fields = [("pane", "registry"), ("key", r"HKLM\A & B=C%"), ("value", "")];
    let written = address(&fields);
    assert_eq!(written, "/?pane=registry&key=HKLM%5CA+%26+B%3DC%25");
    let read = Query::of(written.trim_start_matches("/?"));
    for (name, value) in fields {
        assert_eq!(read.get(name), value);
    }
}

#[test]
fn a_form_leads_back_to_the_page_only() {
    for (back, expected) in [
        ("/?pane=files", "/?pane=files"),
        ("", "/"),
        ("//evil.example/", "/"),
        ("http://evil.example/", "/"),
        ("/enter?token=x", "/"),
    ] {
        let form = Query::of(
            &form_urlencoded::Serializer::new(String::new()).append_pair("back", back).finish(),
        );
        assert_eq!(form.back(), expected);
    }
}
