//! `setx`: the registry's variables; a window that is open does not see them, and services only after a restart.

use async_trait::async_trait;
use marslab_model::Name;
use marslab_model::host::RegistryValue;
use marslab_model::names::KeyPath;
use marslab_shell::Printed;
use marslab_shell::wording::Texts;

use crate::program::{Call, Program};

pub(super) struct Setx;

#[async_trait]
impl Program for Setx {
    fn name(&self) -> &'static str {
        "setx"
    }

    fn about(&self) -> &'static str {
        "environment variables, for good"
    }

    fn usage(&self) -> &'static [&'static str] {
        &["NAME VALUE [/m]"]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let (switches, words) = call.switches();
        let [name, value] = words.as_slice() else {
            return Printed::failed(1, "ERROR: Invalid syntax.\nType \"SETX /?\" for usage.\n");
        };
        let key = match switches.as_slice() {
            [] => r"HKCU\Environment",
            [machine] if machine == "/m" => MACHINE,
            _ => {
                return Printed::failed(1, "ERROR: Invalid syntax.\nType \"SETX /?\" for usage.\n");
            }
        };
        if key == MACHINE && !call.is_administrator() {
            return Printed::failed(1, "ERROR: Access to the registry path is denied.\n");
        }
        let value = RegistryValue::Text(value.clone());
        call.host().set_registry_value(call.who(), &KeyPath::new(key), &Name::new(name), value);
        Printed::ok(format!("\n{}\n", call.text(&SAVED)))
    }
}

const MACHINE: &str = r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment";

const SAVED: Texts = Texts {
    en: "SUCCESS: Specified value was saved.",
    ja: "成功: 指定した値は保存されました。",
    ko: "성공: 지정한 값을 저장했습니다.",
    zh: "成功: 已經儲存指定的值。",
};
