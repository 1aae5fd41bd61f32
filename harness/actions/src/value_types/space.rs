//! [`Space`]: an amount of space on a volume.

use std::fmt;

use marslab_model::Name;
use marslab_model::world::Machine;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;

use super::ParamError;
use crate::edit::selection;

/// An amount of space: a number of MiB, or a share such as `"5 % of data - 40"`. Shares are of the selected data or of the
/// volume, whose sizes differ from world to world; what is added or taken away is in MiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Space {
    percent: u64,
    of: Whole,
    /// Added to the share, in MiB; all of it where there is no share.
    mib: i64,
}

/// What a share is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whole {
    Data,
    Volume,
}

impl Space {
    /// The bytes on this volume of a machine; `None` if it has no volume of that name.
    pub fn bytes(self, machine: &Machine, volume: &Name) -> Option<u64> {
        let whole = match self.of {
            Whole::Data => selection::bytes(machine),
            Whole::Volume => machine.volumes.get(volume)?.size,
        };
        let share = u128::from(whole) * u128::from(self.percent) / 100;
        let share = u64::try_from(share).unwrap_or(u64::MAX);
        let more = self.mib.unsigned_abs().saturating_mul(1 << 20);
        Some(if self.mib < 0 { share.saturating_sub(more) } else { share.saturating_add(more) })
    }

    const fn of_mib(mib: i64) -> Self {
        Self { percent: 0, of: Whole::Volume, mib }
    }

    fn parse(text: &str) -> Option<Self> {
        let (percent, rest) = text.split_once('%')?;
        let rest = rest.trim().strip_prefix("of ")?.trim_start();
        let (whole, mib) = match rest.split_once(['+', '-']) {
            Some((whole, mib)) => {
                let mib = i64::from(mib.trim().parse::<u32>().ok()?);
                (whole, if rest.contains('-') { -mib } else { mib })
            }
            None => (rest, 0),
        };
        let of = match whole.trim() {
            "data" => Whole::Data,
            "volume" => Whole::Volume,
            _ => return None,
        };
        let percent = percent.trim().parse().ok().filter(|percent| (0..=1000).contains(percent))?;
        Some(Self { percent, of, mib })
    }
}

impl<'de> Deserialize<'de> for Space {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl Visitor<'_> for Reader {
    type Value = Space;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number of MiB, or a share such as `\"5 % of data - 40\"`")
    }

    fn visit_i64<E: Error>(self, mib: i64) -> Result<Space, E> {
        let is_number = mib >= 0;
        is_number
            .then(|| Space::of_mib(mib))
            .ok_or_else(|| E::custom(ParamError::NotASpace(mib.to_string())))
    }

    fn visit_u64<E: Error>(self, mib: u64) -> Result<Space, E> {
        let mib = i64::try_from(mib)
            .map_err(|_too_large| E::custom(ParamError::NotASpace(mib.to_string())))?;
        self.visit_i64(mib)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Space, E> {
        Space::parse(text).ok_or_else(|| E::custom(ParamError::NotASpace(text.to_owned())))
    }
}

impl JsonSchema for Space {
    fn schema_name() -> Cow<'static, str> {
        "Space".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "anyOf": [
                { "type": "integer", "minimum": 0 },
                { "type": "string", "pattern": r"^\s*\d+\s*%\s*of (data|volume)\s*([+-]\s*\d+\s*)?$" },
            ]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Space, Whole};

    #[test]
    fn shares_are_read() {
        let check = |text: &str, expected| assert_eq!(Space::parse(text), expected, "{text}");
        let share = |percent, of, mib| Some(Space { percent, of, mib });
        check("5 % of data - 40", share(5, Whole::Data, -40));
        check("10% of volume+1", share(10, Whole::Volume, 1));
        check("80 % of data", share(80, Whole::Data, 0));
        for bad in
            ["", "5", "5 %", "5 % of nothing", "5 % of data - x", "-5 % of data", "5 % of data * 2"]
        {
            check(bad, None);
        }
    }
}
