use marslab_model::world::Cast;

use toml::de::DeTable;

use super::{fill_in, filled_in};

#[track_caller]
fn check(text: &str, expected: Result<&str, &str>) {
    let mut problems = Vec::new();
    let filled = filled_in(text, &Cast::plain(), &(0..0), &mut problems);
    match expected {
        Ok(expected) => {
            assert!(problems.is_empty(), "{text}: {problems:?}");
            assert_eq!(filled, expected);
        }
        Err(expected) => {
            let found = format!("{problems:?}");
            assert!(found.contains(expected), "{text}: {found}");
        }
    }
}

#[test]
fn roles_are_replaced() {
    check("{proxy}", Ok("10.0.0.5:8080"));
    check("PROXY {dead-proxy}; DIRECT", Ok("PROXY 10.0.0.6:8080; DIRECT"));
    check("{machine}.{domain}", Ok("SRV01.contoso.example"));
    check(r"{data-drive}\Data-old", Ok(r"D:\Data-old"));
    check("no role", Ok("no role"));
    check("", Ok(""));
}

#[test]
fn other_braces_are_text() {
    check("{{proxy}}", Ok("{proxy}"));
    check("{{{proxy}}}", Ok("{{proxy}}"));
    check("@{ RootModule = 'x' }", Ok("@{ RootModule = 'x' }"));
    check("{374DE290-123F-4565-9164-39C4925E467B}", Ok("{374DE290-123F-4565-9164-39C4925E467B}"));
    check("{}, {{}} and {proxy", Ok("{}, {{}} and {proxy"));
}

#[test]
fn an_unknown_role_is_reported() {
    check("{proxi}", Err("did you mean `{proxy}`?"));
    check("{a-role-of-your-own}", Err("write `{{a-role-of-your-own}}`"));
}

#[test]
fn keys_have_roles_too() {
    let mut file = DeTable::parse("'{vault}' = '{machine}'\n'{{vault}}' = 1").unwrap().into_inner();
    fill_in(&mut file, &Cast::plain(), &mut Vec::new());
    let keys: Vec<&str> = file.keys().map(|key| key.get_ref().as_ref()).collect();
    assert_eq!(keys, ["vault-east", "{vault}"]);
    assert_eq!(file["vault-east"].get_ref().as_str(), Some("SRV01"));
}
