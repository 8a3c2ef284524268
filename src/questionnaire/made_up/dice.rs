//! Chance that falls the same way every time: a small generator with a seed (SplitMix64). Nothing secret comes of it.

/// Dice that were marked.
pub(super) struct Dice(u64);

impl Dice {
    /// Dice that always fall the same way for the same seed.
    pub(super) fn marked(seed: u64) -> Self {
        Self(seed)
    }

    /// Dice that fall in a way of their own for each name.
    pub(super) fn named(seed: u64, name: &str) -> Self {
        name.bytes().fold(Self(seed), |mut dice, letter| Self(dice.next() ^ u64::from(letter)))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`; 0 when there is none below it.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % limit).unwrap_or_default()
    }

    /// A number from `least` to `most`; `least` when there is none between them.
    pub(super) fn between(&mut self, least: i64, most: i64) -> i64 {
        let count = most.saturating_sub(least).saturating_add(1).max(1).unsigned_abs();
        least.saturating_add_unsigned(self.next() % count)
    }

    /// True one time in so many.
    pub(super) fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of these.
    pub(super) fn one_of<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }
}
