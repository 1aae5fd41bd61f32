//! What is drawn for a play: from the seed and the play's name, never from what else is played.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use ring::digest::{SHA256, digest};

/// A source of draws for one purpose.
pub(super) struct Draw(ChaCha8Rng);

impl Draw {
    /// The draws of a play for a purpose.
    pub(super) fn new(seed: u64, play: &str, purpose: &str) -> Self {
        let digest = digest(&SHA256, format!("{seed}\n{purpose}\n{play}").as_bytes());
        let mut seed = [0; 32];
        seed.copy_from_slice(digest.as_ref());
        Self(ChaCha8Rng::from_seed(seed))
    }

    /// A number below `end`, which is not 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.0.next_u64() % end).unwrap_or(0)
    }

    /// One of these; `None` if there are none.
    pub(super) fn one_of<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }

    /// Brings a list into another order.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (2..=list.len()).rev() {
            list.swap(end - 1, self.below(end));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Draw;

    #[test]
    fn a_draw_follows_from_seed_play_and_purpose_alone() {
        let drawn = |seed, play, purpose| {
            let mut list: Vec<u8> = (0..32).collect();
            Draw::new(seed, play, purpose).shuffle(&mut list);
            list
        };
        assert_eq!(drawn(1, "a", "order"), drawn(1, "a", "order"));
        for other in [drawn(2, "a", "order"), drawn(1, "b", "order"), drawn(1, "a", "past")] {
            assert_ne!(drawn(1, "a", "order"), other);
            let mut sorted = other.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, (0..32).collect::<Vec<u8>>());
        }
    }
}
