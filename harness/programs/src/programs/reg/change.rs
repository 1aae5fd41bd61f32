//! `reg add`, `reg delete`.

use marslab_model::host::RegistryValue;
use marslab_model::{Content, Name};
use marslab_shell::wording::{Texts, fill};
use marslab_shell::{Printed, messages};

use super::key::{Line, missing, syntax};
use crate::program::Call;

/// Adds a key, or sets a value.
pub(super) fn add(call: &Call<'_>) -> Printed {
    let line = match Line::read(call, "ADD", &["/f"]) {
        Ok(line) => line,
        Err(refused) => return refused,
    };
    if !may_write(call, &line) {
        return denied(call);
    }
    let (host, who) = (call.host(), call.who());
    let Some(name) = &line.value else {
        host.create_registry_key(who, &line.key);
        return done(call);
    };
    let data = line.data.clone().unwrap_or_default();
    let Some(value) = value_of(line.kind.as_deref().unwrap_or("REG_SZ"), &data) else {
        return syntax("ADD");
    };
    let before = host.registry_value(who, &line.key, name).ok().flatten();
    if before.is_some() && !line.has("/f") {
        let question = format!("Value {name} exists, overwrite(Yes/No)? ");
        if let Some(cancelled) = cancelled(call, &question) {
            return cancelled;
        }
    }
    host.set_registry_value(who, &line.key, name, value);
    done(call)
}

/// Deletes a key with all below it, or values.
pub(super) fn delete(call: &Call<'_>) -> Printed {
    let line = match Line::read(call, "DELETE", &["/f", "/va"]) {
        Ok(line) => line,
        Err(refused) => return refused,
    };
    if !line.exists(call) {
        return missing(call);
    }
    if !may_write(call, &line) {
        return denied(call);
    }
    let (host, who) = (call.host(), call.who());
    let values = host.registry_values(who, &line.key).unwrap_or_default();
    let doomed: Option<Vec<Name>> = match &line.value {
        Some(name) if !values.contains_key(name) => return missing(call),
        Some(name) => Some(vec![name.clone()]),
        None if line.has("/va") => Some(values.into_keys().collect()),
        None => None,
    };
    if !line.has("/f") {
        let question = match &line.value {
            Some(name) => format!("Delete the registry value {name} (Yes/No)? "),
            None => format!("Permanently delete the registry key {} (Yes/No)? ", line.shown),
        };
        if let Some(cancelled) = cancelled(call, &question) {
            return cancelled;
        }
    }
    match doomed {
        Some(names) => names.iter().for_each(|it| host.remove_registry_value(who, &line.key, it)),
        None => {
            host.remove_registry_key(who, &line.key);
        }
    }
    done(call)
}

/// What the program asks is answered through a pipe (`echo y | reg delete …`); without an answer nothing is done.
fn cancelled(call: &Call<'_>, question: &str) -> Option<Printed> {
    let answer = call.input.as_deref().unwrap_or_default().trim_start();
    if answer.to_ascii_lowercase().starts_with('y') {
        return None;
    }
    Some(Printed::failed(1, format!("{question}\nThe operation was canceled by the user.\n")))
}

/// A user changes the own hive; the machine's is the administrators'.
fn may_write(call: &Call<'_>, line: &Line) -> bool {
    call.is_administrator() || line.shown.starts_with("HKEY_CURRENT_USER")
}

fn denied(call: &Call<'_>) -> Printed {
    let text = fill(call.text(&ERROR), &[&messages::of(call.language(), 5)]);
    Printed::failed(1, text)
}

fn done(call: &Call<'_>) -> Printed {
    Printed::ok(format!("{}\n", call.text(&DONE)))
}

/// A value from its type and data. † The lab keeps text with variables, and lists, as plain text.
fn value_of(kind: &str, data: &str) -> Option<RegistryValue> {
    match kind {
        "REG_SZ" | "REG_EXPAND_SZ" | "REG_MULTI_SZ" => Some(RegistryValue::Text(data.to_owned())),
        "REG_DWORD" => {
            let number = match data.strip_prefix("0x") {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => data.parse(),
            };
            number.ok().map(RegistryValue::Number)
        }
        "REG_BINARY" => {
            let digits: Option<Vec<u32>> = data.chars().map(|digit| digit.to_digit(16)).collect();
            let digits = digits.filter(|digits| digits.len().is_multiple_of(2))?;
            let (pairs, _) = digits.as_chunks::<2>();
            let byte = |[high, low]: &[u32; 2]| u8::try_from(high * 16 + low).ok();
            let bytes: Option<Vec<u8>> = pairs.iter().map(byte).collect();
            Some(RegistryValue::Binary(Content::from(bytes?)))
        }
        _ => None,
    }
}

const DONE: Texts = Texts {
    en: "The operation completed successfully.",
    ja: "この操作を正しく終了しました。",
    ko: "작업을 완료했습니다.",
    zh: "操作順利完成。",
};

const ERROR: Texts =
    Texts { en: "ERROR: {}\n", ja: "エラー: {}\n", ko: "오류: {}\n", zh: "錯誤: {}\n" };
