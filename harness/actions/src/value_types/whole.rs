//! [`Whole`]: an integer within bounds.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// An integer from `MIN` to `MAX`, both of which a `T` can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Whole<T, const MIN: i64, const MAX: i64>(T);

impl<T: Copy, const MIN: i64, const MAX: i64> Whole<T, MIN, MAX> {
    /// The number.
    pub const fn get(self) -> T {
        self.0
    }
}

/// 0, for bounds that contain it.
impl<T: Default, const MIN: i64, const MAX: i64> Default for Whole<T, MIN, MAX> {
    fn default() -> Self {
        Self(T::default())
    }
}

impl<'de, T: TryFrom<i64>, const MIN: i64, const MAX: i64> Deserialize<'de> for Whole<T, MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader::<T, MIN, MAX>(PhantomData)).map(Self)
    }
}

struct Reader<T, const MIN: i64, const MAX: i64>(PhantomData<T>);

impl<T: TryFrom<i64>, const MIN: i64, const MAX: i64> Reader<T, MIN, MAX> {
    fn bounded<E: Error>(number: impl TryInto<i64> + fmt::Display + Copy) -> Result<T, E> {
        let within = number.try_into().ok().filter(|number| (MIN..=MAX).contains(number));
        let read = within.and_then(|number| T::try_from(number).ok());
        read.ok_or_else(|| E::custom(format_args!("must be from {MIN} to {MAX}, not {number}")))
    }
}

impl<T: TryFrom<i64>, const MIN: i64, const MAX: i64> Visitor<'_> for Reader<T, MIN, MAX> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an integer from {MIN} to {MAX}")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        Self::bounded(number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        Self::bounded(number)
    }

    fn visit_i128<E: Error>(self, number: i128) -> Result<T, E> {
        Self::bounded(number)
    }

    fn visit_u128<E: Error>(self, number: u128) -> Result<T, E> {
        Self::bounded(number)
    }
}

impl<T, const MIN: i64, const MAX: i64> JsonSchema for Whole<T, MIN, MAX> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Integer_{MIN}_{MAX}").into()
    }

    fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": MIN, "maximum": MAX })
    }
}
