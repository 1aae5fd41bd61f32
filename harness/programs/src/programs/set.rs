//! `set`: the variables of the window, which no other window sees.

use async_trait::async_trait;
use marslab_model::Name;
use marslab_shell::Printed;
use marslab_shell::wording::{Texts, fill};

use crate::program::{Call, Program};

pub(super) struct Set;

#[async_trait]
impl Program for Set {
    fn name(&self) -> &'static str {
        "set"
    }

    fn about(&self) -> &'static str {
        "environment variables of the window"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["", "NAME", "NAME=VALUE"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let (typed, host) = (call.rest.clone(), call.host());
        let typed = typed.trim().trim_matches('"');
        let variables = call.window.variables(host);
        if let Some((name, value)) = typed.split_once('=').filter(|(name, _)| !name.is_empty()) {
            match value {
                "" => drop(variables.remove(&Name::new(name))),
                value => drop(variables.insert(Name::new(name), value.to_owned())),
            }
            return Printed::default();
        }
        let begins = |name: &Name| name.as_str().to_lowercase().starts_with(&typed.to_lowercase());
        let shown = variables.iter().filter(|(name, _)| begins(name));
        let text: String = shown.map(|(name, value)| format!("{name}={value}\n")).collect();
        if text.is_empty() {
            return Printed::failed(1, fill(call.text(&NOT_DEFINED), &[typed]));
        }
        Printed::ok(text)
    }
}

const NOT_DEFINED: Texts = Texts {
    en: "Environment variable {} not defined\n",
    ja: "環境変数 {} が定義されていません\n",
    ko: "{} 환경 변수가 정의되지 않았습니다.\n",
    zh: "尚未定義環境變數 {}\n",
};
