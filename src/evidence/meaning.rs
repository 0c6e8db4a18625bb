//! How near in meaning two words are, by static word vectors. What they are and where they are from: `data/README.md`.
//!
//! Nearness is a hint for alignment, never a proof: words that exclude each other ("rose", "fell"; "boy", "girl") are near, too.

use std::sync::LazyLock;

/// Cosines up to this one are chance: 95 of 100 random pairs of common words lie below it.
const CHANCE: f32 = 0.2;

/// A row of the table is a number of lots.
const LOT: usize = 16;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(include_bytes!("data/vectors.bin")));

/// The direction of a word in the space of meanings: a handle, as cheap to copy as an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Vector(u16);

impl Vector {
    /// How near the two are: 0 unrelated, from about 0.3 related, from about 0.5 mostly synonyms or forms of one word, 1 the same.
    #[must_use]
    pub fn similarity(self, other: Self) -> f32 {
        if self == other {
            return 1.0;
        }
        ((TABLE.cosine(self.0, other.0) - CHANCE) / (1.0 - CHANCE)).clamp(0.0, 1.0)
    }
}

/// The vector of a folded word. A word with hyphens that has none of its own takes that of its last part: "ex-minister", "warming-tents".
#[must_use]
pub fn vector(word: &str) -> Option<Vector> {
    TABLE.find(word).map(|i| Vector(TABLE.row(i)))
}

/// How near in meaning two folded words are, 0 to 1 as [`Vector::similarity`] says; `None` if they differ and one is unknown.
#[must_use]
pub fn similarity(a: &str, b: &str) -> Option<f32> {
    if a == b {
        return Some(1.0);
    }
    Some(vector(a)?.similarity(vector(b)?))
}

/// What is known of a folded word: its [`vector`], and how rare it is, from 0 ("the") to 1 (unknown). Rarity is linear in the logarithm of the
/// frequency rank, as inverse document frequency about is.
pub(super) fn look_up(word: &str) -> (f32, Option<Vector>) {
    TABLE.find(word).map_or((1.0, None), |i| (f32::from(TABLE.rarity[i]) / 255.0, Some(Vector(TABLE.row(i)))))
}

/// The parts of the file, whose layout `data/make_vectors.py` gives.
struct Table {
    offsets: &'static [u8],
    rows: &'static [u8],
    rarity: &'static [u8],
    letters: &'static [u8],
    scales: &'static [u8],
    values: &'static [u8],
    words: usize,
    dims: usize,
}

impl Table {
    fn new(file: &'static [u8]) -> Self {
        let number = |i: usize| u32_at(file, i) as usize;
        let (words, rows, dims) = (number(1), number(2), number(3));
        debug_assert!(file.starts_with(b"CDV1") && dims.is_multiple_of(LOT));
        let (offsets, rest) = file[16..].split_at(4 * (words + 1));
        let (row, rest) = rest.split_at(2 * words);
        let (rarity, rest) = rest.split_at(words);
        let (letters, rest) = rest.split_at(u32_at(offsets, words) as usize);
        let (scales, values) = rest.split_at(4 * rows);
        Self { offsets, rows: row, rarity, letters, scales, values, words, dims }
    }

    /// The index of a word, or of the last part of a word with hyphens.
    fn find(&self, word: &str) -> Option<usize> {
        self.index(word.as_bytes()).or_else(|| self.index(word.rsplit_once('-')?.1.as_bytes()))
    }

    fn index(&self, word: &[u8]) -> Option<usize> {
        let (mut low, mut high) = (0, self.words);
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.word(middle).cmp(word) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    fn word(&self, i: usize) -> &[u8] {
        &self.letters[u32_at(self.offsets, i) as usize..u32_at(self.offsets, i + 1) as usize]
    }

    fn row(&self, i: usize) -> u16 {
        u16::from_le_bytes([self.rows[2 * i], self.rows[2 * i + 1]])
    }

    fn cosine(&self, a: u16, b: u16) -> f32 {
        let row = |i: u16| &self.values[usize::from(i) * self.dims..][..self.dims];
        let scale = |i: u16| f32::from_bits(u32_at(self.scales, usize::from(i)));
        let signed = |byte: u8| i32::from(byte.cast_signed());
        // In lots of a fixed length, for which the compiler knows instructions that take them at once.
        let ((ours, _), (theirs, _)) = (row(a).as_chunks::<LOT>(), row(b).as_chunks::<LOT>());
        let dot_of = |(x, y): (&[u8; LOT], &[u8; LOT])| (0..LOT).map(|i| signed(x[i]) * signed(y[i])).sum::<i32>();
        let dot: i32 = ours.iter().zip(theirs).map(dot_of).sum();
        // At most 112 × 127², which a float holds exactly.
        #[expect(clippy::cast_precision_loss)]
        let dot = dot as f32;
        dot * scale(a) * scale(b)
    }
}

/// The number at an index of a run of little-endian `u32`.
fn u32_at(bytes: &[u8], i: usize) -> u32 {
    u32::from_le_bytes([bytes[4 * i], bytes[4 * i + 1], bytes[4 * i + 2], bytes[4 * i + 3]])
}

#[cfg(test)]
mod tests {
    use super::{TABLE, look_up, similarity, vector};

    #[track_caller]
    fn near(a: &str, b: &str, at_least: f32) {
        let s = similarity(a, b).unwrap();
        assert!(s >= at_least, "{a}, {b}: {s}");
    }

    #[track_caller]
    fn far(a: &str, b: &str, at_most: f32) {
        let s = similarity(a, b).unwrap();
        assert!(s <= at_most, "{a}, {b}: {s}");
    }

    #[test]
    fn synonyms_and_forms_of_one_word_are_near() {
        near("wounded", "injured", 0.5);
        near("physician", "doctor", 0.8);
        near("truce", "ceasefire", 0.5);
        near("lawyer", "attorney", 0.8);
        near("purchased", "bought", 0.8);
        near("turnout", "voters", 0.3);
        near("truck", "lorry", 0.4);
        near("mice", "mouse", 0.8);
        near("flooding", "floods", 0.7);
        near("shareholder", "stockholders", 0.6);
        near("policemen", "police", 0.5);
        near("killed", "killed", 1.0);
    }

    #[test]
    fn unrelated_words_are_far() {
        for (a, b) in [
            ("shareholder", "mud"),
            ("verdict", "goalkeeper"),
            ("girl", "plant"),
            ("table", "envoy"),
            ("helicopter", "dividend"),
            ("nurse", "turbine"),
            ("percent", "jury"),
            ("minister", "gravel"),
        ] {
            far(a, b, 0.15);
        }
    }

    #[test]
    fn what_happened_to_people_is_told_apart() {
        far("killed", "injured", 0.4);
        far("missing", "rescued", 0.4);
        assert!(similarity("wounded", "injured") > similarity("wounded", "killed"));
    }

    #[test]
    fn unknown_words_are_only_like_themselves() {
        assert_eq!(vector("qwzx"), None);
        assert_eq!(similarity("qwzx", "mouse"), None);
        assert_eq!(similarity("qwzx", "qwzx"), Some(1.0));
        assert_eq!(vector(""), None);
        assert_eq!(vector("-"), None);
        assert_eq!(vector("ß-é"), None);
        assert_eq!(vector("ex-minister"), vector("minister"));
    }

    #[test]
    fn rarity_follows_frequency() {
        let words = ["the", "people", "ministry", "landslide", "kleptomaniacs", "qwzx"];
        let rarity = |word: &str| look_up(word).0;
        assert!(words.is_sorted_by(|a, b| rarity(a) < rarity(b)), "{:?}", words.map(rarity));
    }

    #[test]
    fn the_file_is_sound() {
        assert!((1..TABLE.words).all(|i| TABLE.word(i - 1) < TABLE.word(i)));
        assert!((0..TABLE.words).all(|i| usize::from(TABLE.row(i)) < TABLE.values.len() / TABLE.dims));
        assert_eq!(TABLE.scales.len() / 4 * TABLE.dims, TABLE.values.len());
    }
}
