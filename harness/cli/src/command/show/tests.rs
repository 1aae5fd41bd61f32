use super::{ItemKind, run};
use crate::error::CliError;
use marslab_model::world::Language;

#[track_caller]
fn shown(words: &[&str]) -> Result<String, CliError> {
    let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
    let mut out = Vec::new();
    run(&mut out, &words, Language::English)?;
    Ok(String::from_utf8(out).unwrap())
}

#[test]
fn every_item_has_a_page() {
    for kind in ItemKind::ALL {
        assert!(!kind.names().is_empty());
        for name in kind.names() {
            let page = shown(&[kind.word(), name]).unwrap();
            assert!(page.starts_with(&format!("{} {name}\n  ", kind.word())), "{page}");
        }
    }
}

#[test]
fn an_ambiguous_name() {
    let error = shown(&["iscsi-service-stopped"]).unwrap_err();
    let CliError::Ambiguous { kinds, .. } = error else { panic!("{error}") };
    assert_eq!(kinds, ["scenario", "failure", "cause"]);
}

#[test]
fn unknown_names() {
    let hint = |words| match shown(words).unwrap_err() {
        CliError::Unknown { noun, suggestion, .. } => (noun, suggestion.to_string()),
        other => panic!("{other}"),
    };
    assert_eq!(hint(&["block"]), ("name", "did you mean `blocks`?".to_owned()));
    assert_eq!(hint(&["fault", "bloks"]), ("fault", "did you mean `blocks`?".to_owned()));
    assert_eq!(hint(&["faul", "blocks"]), ("kind", "did you mean `fault`?".to_owned()));
    assert_eq!(
        hint(&["cause", "file-held-by-antivirus"]).1,
        "it is a failure: `marslab show failure file-held-by-antivirus`"
    );
    assert_eq!(hint(&["kek-mising"]), ("name", "did you mean `kek-missing`?".to_owned()));
    assert_eq!(
        hint(&["proxy-auth-required"]),
        ("name", "did you mean `proxy-authentication-required`?".to_owned())
    );
    assert_eq!(hint(&["teapot"]), ("name", "`marslab list` shows all names".to_owned()));
    assert_eq!(hint(&["cause"]), ("name", "`marslab list causes` shows all names".to_owned()));
    assert_eq!(hint(&["cause", "teapot"]).1, "`marslab list causes` shows all names");
}

#[test]
fn the_fields_of_the_world() {
    let page = shown(&["world", "services/MSiSCSI"]).unwrap();
    assert_eq!(
        page,
        "machines/SRV01/services/MSiSCSI
  A service.

  account     \"LocalSystem\"                        The account that it runs as.
  display     \"Microsoft iSCSI Initiator Service\"  Its display name.
  responding  true                                 Whether it answers its callers while it runs.
  start       \"automatic\"                          When it starts. (automatic, manual, disabled)
  state       \"running\"                            Whether it runs. (running, stopped)
"
    );
    let top = shown(&["world"]).unwrap();
    assert!(top.contains("  machines  ") && !top.contains("cast"), "{top}");
    let error = shown(&["world", "servces"]).unwrap_err().to_string();
    assert_eq!(error, "`machines/SRV01` has no `servces`; did you mean `services`?");
}
