//! Numbers as Windows prints them.

/// With a comma between thousands, as in all languages of the lab: `164,371,357,696`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A size with its largest unit (`StrFormatByteSizeW`): `153.1 GB`.
pub(crate) fn sized(bytes: u64) -> String {
    let (mut one, mut unit) = (1_u128, 0);
    while u128::from(bytes) >= one * 1024 && unit + 1 < UNITS.len() {
        one *= 1024;
        unit += 1;
    }
    let tenths = (u128::from(bytes) * 10 + one / 2) / one;
    let name = UNITS.get(unit).copied().unwrap_or_default();
    format!("{}.{} {name}", tenths / 10, tenths % 10)
}

const UNITS: [&str; 5] = ["bytes", "KB", "MB", "GB", "TB"];

#[cfg(test)]
mod tests;
