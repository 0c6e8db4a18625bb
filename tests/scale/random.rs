//! A small generator of random numbers, so that the same seed writes the same articles with every version of every library.

/// SplitMix64, of Steele, Lea and Flood.
#[derive(Clone)]
pub(crate) struct Random(u64);

impl Random {
    /// One stream for each list of numbers.
    pub(crate) fn new(parts: &[u64]) -> Self {
        let mut state = Self(0x9e37_79b9_7f4a_7c15);
        for part in parts {
            state.0 ^= part.wrapping_mul(0xff51_afd7_ed55_8ccd);
            state.0 = state.next();
        }
        state
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to, but not including, 1.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// Both ends included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1) as usize) as i64
    }

    /// Small numbers as often as large ones of the next size: 2 to 20 as often as 20 to 200.
    pub(crate) fn size(&mut self, low: f64, high: f64) -> f64 {
        low * (high / low).powf(self.unit())
    }

    pub(crate) fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// The commonest first, after the law of Zipf and Mandelbrot: the word at rank r about 1 / (r + flat) of the time.
    pub(crate) fn zipf<'a, T>(&mut self, from: &'a [T], flat: f64) -> &'a T {
        &from[self.rank(from.len(), flat)]
    }

    /// The rank of one of so many, after that law.
    pub(crate) fn rank(&mut self, of: usize, flat: f64) -> usize {
        let rank = flat * ((of as f64 + flat) / flat).powf(self.unit()) - flat;
        (rank as usize).min(of - 1)
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// A hash of a word that no release changes (FNV-1a).
pub(crate) fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
