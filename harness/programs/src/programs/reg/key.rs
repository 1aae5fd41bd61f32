//! What the lines of `reg` have in common: the key, options, texts.

use marslab_model::Name;
use marslab_model::host::RegistryValue;
use marslab_model::names::KeyPath;
use marslab_shell::Printed;
use marslab_shell::wording::Texts;

use crate::program::Call;

/// A line's key and options.
pub(super) struct Line {
    /// The key, with the hive's full name, as it is printed.
    pub(super) shown: String,
    /// The same as a key.
    pub(super) key: KeyPath,
    /// The value that is meant: `/v NAME`, `/ve`.
    pub(super) value: Option<Name>,
    /// `/t`.
    pub(super) kind: Option<String>,
    /// `/d`.
    pub(super) data: Option<String>,
    /// The switches without a value, in lower case.
    pub(super) switches: Vec<String>,
}

impl Line {
    /// Reads what stands behind the verb.
    pub(super) fn read(call: &Call<'_>, verb: &str, known: &[&str]) -> Result<Self, Printed> {
        let Some(typed) = call.arg(1) else { return Err(syntax(verb)) };
        let shown = full_key(typed).ok_or_else(|| invalid_key(verb))?;
        let key = KeyPath::new(&shown);
        let (value, kind, data, switches) = (None, None, None, Vec::new());
        let mut line = Self { shown, key, value, kind, data, switches };
        let mut words = call.args.iter().skip(2);
        while let Some(word) = words.next() {
            let lower = word.to_ascii_lowercase();
            let mut next = || words.next().cloned().ok_or_else(|| syntax(verb));
            match lower.as_str() {
                "/v" => line.value = Some(Name::from(next()?)),
                "/ve" => line.value = Some(Name::new("")),
                "/t" if verb == "ADD" => line.kind = Some(next()?.to_ascii_uppercase()),
                "/d" if verb == "ADD" => line.data = Some(next()?),
                "/reg:32" | "/reg:64" => {}
                switch if known.contains(&switch) => line.switches.push(lower),
                _ => return Err(syntax(verb)),
            }
        }
        Ok(line)
    }

    /// Whether a switch was given.
    pub(super) fn has(&self, switch: &str) -> bool {
        self.switches.iter().any(|it| it == switch)
    }

    /// Whether the key exists: it has values or keys below it, or the key above lists it.
    pub(super) fn exists(&self, call: &Call<'_>) -> bool {
        let (host, who) = (call.host(), call.who());
        if !host.registry_values(who, &self.key).unwrap_or_default().is_empty()
            || !host.registry_subkeys(who, &self.key).unwrap_or_default().is_empty()
        {
            return true;
        }
        let Some((above, name)) = self.shown.rsplit_once('\\') else { return true };
        let listed = host.registry_subkeys(who, &KeyPath::new(above)).unwrap_or_default();
        let last = |key: &KeyPath| Name::new(key.as_str().rsplit('\\').next().unwrap_or_default());
        listed.iter().any(|key| last(key) == Name::new(name))
    }
}

/// The line is not understood.
pub(super) fn syntax(verb: &str) -> Printed {
    Printed::failed(1, format!("ERROR: Invalid syntax.\nType \"REG {verb} /?\" for usage.\n"))
}

fn invalid_key(verb: &str) -> Printed {
    Printed::failed(1, format!("ERROR: Invalid key name.\nType \"REG {verb} /?\" for usage.\n"))
}

/// Neither key nor value is there.
pub(super) fn missing(call: &Call<'_>) -> Printed {
    Printed::failed(1, format!("{}\n", call.text(&MISSING)))
}

/// `HKLM\…` as `HKEY_LOCAL_MACHINE\…`.
fn full_key(typed: &str) -> Option<String> {
    let typed = typed.trim_end_matches('\\');
    let (hive, below) = match typed.split_once('\\') {
        Some((hive, below)) => (hive, Some(below)),
        None => (typed, None),
    };
    let full = HIVES.iter().find(|(short, long)| {
        hive.eq_ignore_ascii_case(short) || hive.eq_ignore_ascii_case(long)
    })?;
    Some(match below {
        Some(below) => format!("{}\\{below}", full.1),
        None => full.1.to_owned(),
    })
}

/// `    Name    REG_SZ    data`.
pub(super) fn value_line(name: &Name, value: &RegistryValue) -> String {
    let name = if name.as_str().is_empty() { "(Default)" } else { name.as_str() };
    let (kind, data) = match value {
        RegistryValue::Text(text) => ("REG_SZ", text.clone()),
        RegistryValue::Number(number) => ("REG_DWORD", format!("0x{number:x}")),
        RegistryValue::Binary(content) => {
            ("REG_BINARY", content.bytes().iter().map(|byte| format!("{byte:02X}")).collect())
        }
    };
    format!("    {name}    {kind}    {data}")
}

const HIVES: [(&str, &str); 5] = [
    ("HKLM", "HKEY_LOCAL_MACHINE"),
    ("HKCU", "HKEY_CURRENT_USER"),
    ("HKU", "HKEY_USERS"),
    ("HKCR", "HKEY_CLASSES_ROOT"),
    ("HKCC", "HKEY_CURRENT_CONFIG"),
];

const MISSING: Texts = Texts {
    en: "ERROR: The system was unable to find the specified registry key or value.",
    ja: "エラー: 指定されたレジストリ キーまたは値が見つかりませんでした。",
    ko: "오류: 지정된 레지스트리 키나 값을 찾을 수 없습니다.",
    zh: "錯誤: 系統找不到指定的登錄機碼或值。",
};
