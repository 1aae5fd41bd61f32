//! Parts of a run, for several machines: every part knows of the whole.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// One of the parts into which a run is split.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub struct Shard {
    /// Its number, from 1.
    pub number: NonZeroU32,
    /// How many parts there are.
    pub of: NonZeroU32,
}

/// Why a text names no part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("expected I/N with 1 ≤ I ≤ N, such as 2/8")]
pub struct ShardError;

impl Shard {
    /// The part with a number, from 1.
    pub fn new(number: u32, of: u32) -> Option<Self> {
        let shard = Self { number: NonZeroU32::new(number)?, of: NonZeroU32::new(of)? };
        (number <= of).then_some(shard)
    }

    /// What belongs to it: neighbours, which cost about the same, go to different parts.
    pub fn select<T: Copy>(self, all: &[T]) -> Vec<T> {
        let size = |it: NonZeroU32| usize::try_from(it.get()).unwrap_or(usize::MAX);
        all.iter().copied().skip(size(self.number) - 1).step_by(size(self.of)).collect()
    }
}

impl FromStr for Shard {
    type Err = ShardError;

    fn from_str(text: &str) -> Result<Self, ShardError> {
        let (number, of) = text.split_once('/').ok_or(ShardError)?;
        let parse = |text: &str| text.parse().map_err(|_no_number| ShardError);
        Self::new(parse(number)?, parse(of)?).ok_or(ShardError)
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Shard, ShardError};

    #[test]
    fn a_shard_is_typed_as_a_fraction() {
        assert_eq!("2/8".parse(), Ok(Shard::new(2, 8).unwrap()));
        assert_eq!(Shard::new(2, 8).unwrap().to_string(), "2/8");
        for typed in ["", "2", "0/8", "9/8", "1/0", "-1/8", "1/8/2", "a/b"] {
            assert_eq!(typed.parse::<Shard>(), Err(ShardError), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn every_play_is_in_one_shard(count in 0..200_usize, of in 1..20_u32) {
            let all: Vec<usize> = (0..count).collect();
            let shards = (1..=of).map(|number| Shard::new(number, of).unwrap().select(&all));
            let shards: Vec<Vec<usize>> = shards.collect();
            let sizes = || shards.iter().map(Vec::len);
            prop_assert!(sizes().max().unwrap() - sizes().min().unwrap() <= 1);
            let mut together = shards.concat();
            together.sort_unstable();
            prop_assert_eq!(together, all);
        }
    }
}
