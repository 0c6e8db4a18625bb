//! A Brill tagger: each word has its most frequent part of speech, which patches then change by what stands around it.

use std::{
    ops::{BitAnd, BitOr, Not, Shl, Shr},
    sync::LazyLock,
};

use rustc_hash::FxHashMap;

/// Parts of speech of Universal Dependencies, as the model names them. A tag is an index into this list; 0 is an unknown word.
const NAMES: [&str; 17] = [
    "", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM",
    "VERB",
];

/// A part of speech in the model's terms.
pub(super) type Upos = u8;

/// The tag of a name.
pub(super) const fn upos(name: &str) -> Upos {
    let mut i = 0;
    while i < NAMES.len() {
        if const_eq(NAMES[i], name) {
            return i as Upos;
        }
        i += 1;
    }
    panic!("no part of speech of this name")
}

const fn const_eq(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// What must hold around a word for a patch to apply.
#[derive(Debug)]
enum Condition {
    /// The word at a distance begins like the one of this index, as far as the shorter of the two goes: so the model was trained.
    Word(isize, usize),
    /// The tag at a distance.
    At(isize, Upos),
    /// A tag from here up to a distance, or from a distance up to here; the farther end excluded.
    Any(isize, Upos),
    /// The tags before and after.
    Between(Upos, Upos),
}

#[derive(Debug)]
struct Patch {
    from: Upos,
    to: Upos,
    conditions: Vec<Condition>,
    /// The tags and words without which it cannot apply, one bit each.
    needs: u64,
}

struct Model {
    words: FxHashMap<&'static str, Upos>,
    patches: Vec<Patch>,
    /// The words that patches ask for.
    asked: Vec<&'static str>,
    /// Which of them begin with each ASCII character.
    initials: [Vec<usize>; 128],
}

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let words = include_str!("data/tagger-words.txt")
        .lines()
        .filter_map(|line| line.rsplit_once(' '))
        .map(|(word, tag)| (word, upos(tag)));
    let mut asked = Vec::new();
    let patches = include_str!("data/tagger-patches.txt").lines().filter_map(|line| patch(line, &mut asked)).collect();
    let initials =
        std::array::from_fn(|c| (0..asked.len()).filter(|&i| asked[i].as_bytes()[0].to_ascii_lowercase() == c as u8).collect());
    Model { words: words.collect(), patches, asked, initials }
});

/// Reads a line: "PART ADP if word 0 to & any 2 DET".
fn patch(line: &'static str, asked: &mut Vec<&'static str>) -> Option<Patch> {
    let (tags, conditions) = line.split_once(" if ")?;
    let (from, to) = tags.split_once(' ')?;
    let condition = |text: &'static str| {
        let mut parts = text.splitn(3, ' ');
        let (kind, a, b) = (parts.next()?, parts.next()?, parts.next()?);
        Some(match kind {
            "word" => {
                let index = asked.iter().position(|word| *word == b).unwrap_or_else(|| {
                    asked.push(b);
                    asked.len() - 1
                });
                Condition::Word(a.parse().ok()?, index)
            }
            "at" => Condition::At(a.parse().ok()?, upos(b)),
            "any" => Condition::Any(a.parse().ok()?, upos(b)),
            _ => Condition::Between(upos(a), upos(b)),
        })
    };
    let (from, conditions): (_, Vec<_>) = (upos(from), conditions.split(" & ").filter_map(condition).collect());
    let needs = conditions.iter().fold(1u64 << from, |needs, c| match *c {
        Condition::Word(_, asked) => needs | 1 << (FIRST_ASKED + asked),
        Condition::At(_, tag) | Condition::Any(_, tag) => needs | 1 << tag,
        Condition::Between(before, after) => needs | 1 << before | 1 << after,
    });
    Some(Patch { from, to: upos(to), conditions, needs })
}

/// The most frequent tag of a word; 0 if the model has never met it.
pub(super) fn most_frequent(word: &str) -> Upos {
    // No entry is longer.
    let mut small = [0; 40];
    if word.is_ascii() && word.len() <= small.len() {
        let small = &mut small[..word.len()];
        small.copy_from_slice(word.as_bytes());
        small.make_ascii_lowercase();
        return std::str::from_utf8(small).ok().and_then(|w| MODEL.words.get(w)).copied().unwrap_or(0);
    }
    let small = word.to_lowercase();
    MODEL.words.get(&*small).or_else(|| MODEL.words.get(&*small.replace('’', "'"))).copied().unwrap_or(0)
}

/// Words of a sentence, one bit each.
trait Set:
    Copy
    + Eq
    + BitAnd<Output = Self>
    + BitOr<Output = Self>
    + Not<Output = Self>
    + Shl<usize, Output = Self>
    + Shr<usize, Output = Self>
{
    const NONE: Self;
    const ONE: Self;
    fn first(self) -> usize;
}

impl Set for u64 {
    const NONE: Self = 0;
    const ONE: Self = 1;
    fn first(self) -> usize {
        self.trailing_zeros() as usize
    }
}

impl Set for u128 {
    const NONE: Self = 0;
    const ONE: Self = 1;
    fn first(self) -> usize {
        self.trailing_zeros() as usize
    }
}

/// Words of a sentence that are looked at together: longer sentences are tables and lists.
const WIDTH: usize = 128;

/// Applies the patches to the tags of the words of one sentence; `word` gives the word of an index.
pub(super) fn patch_tags<'a>(tags: &mut [Upos], word: impl Fn(usize) -> &'a str) {
    if tags.len() <= 64 {
        return patch_part::<u64>(tags, word);
    }
    for (part, tags) in tags.chunks_mut(WIDTH).enumerate() {
        patch_part::<u128>(tags, |i| word(part * WIDTH + i));
    }
}

/// More words than patches ask for.
const ASKED: usize = 32;

/// The bit of the first of them in [`Patch::needs`], behind those of the tags.
const FIRST_ASKED: usize = 32;

/// The words of a part of a sentence that a condition may ask for.
struct Having<S> {
    /// For each tag, the words that have it: a patch is then a few shifts for all words at once.
    tags: [S; NAMES.len()],
    /// For each word that patches ask for, the words that begin like it.
    asked: [S; ASKED],
}

fn patch_part<'a, S: Set>(tags: &mut [Upos], word: impl Fn(usize) -> &'a str) {
    let model = &*MODEL;
    let mut having = Having { tags: [S::NONE; NAMES.len()], asked: [S::NONE; ASKED] };
    for (i, tag) in tags.iter().enumerate() {
        let bit = S::ONE << i;
        having.tags[*tag as usize] = having.tags[*tag as usize] | bit;
        for_each_alike(model, word(i), |asked| having.asked[asked] = having.asked[asked] | bit);
    }
    // The tags that some word has or has had, and the words: most sentences lack some, and with them most patches.
    let mut present = (0..NAMES.len()).filter(|tag| having.tags[*tag] != S::NONE).fold(0u64, |all, tag| all | 1 << tag);
    present |= (0..ASKED).filter(|asked| having.asked[*asked] != S::NONE).fold(0, |all, asked| all | 1 << (FIRST_ASKED + asked));
    for patch in &model.patches {
        if patch.needs & !present != 0 {
            continue;
        }
        // Words before this one are done; what they have become counts for those after them.
        let mut todo = !S::NONE;
        loop {
            let mut found = having.tags[patch.from as usize] & todo;
            for condition in &patch.conditions {
                if found == S::NONE {
                    break;
                }
                found = found & condition.holds(&having);
            }
            if found == S::NONE {
                break;
            }
            let i = found.first();
            todo = !S::NONE << i << 1;
            let bit = S::ONE << i;
            having.tags[patch.from as usize] = having.tags[patch.from as usize] & !bit;
            having.tags[patch.to as usize] = having.tags[patch.to as usize] | bit;
            present |= 1 << patch.to;
            tags[i] = patch.to;
        }
    }
}

/// Gives the words that patches ask for and `word` begins like.
fn for_each_alike(model: &Model, word: &str, mut each: impl FnMut(usize)) {
    let initial = match word.chars().next() {
        Some('’') => b'\'',
        Some(c) if c.is_ascii() => (c as u8).to_ascii_lowercase(),
        Some(_) => return,
        None => return (0..model.asked.len()).for_each(each),
    };
    for &i in &model.initials[initial as usize] {
        if begin_alike(word, model.asked[i]) {
            each(i);
        }
    }
}

/// Whether two words are alike as far as the shorter one goes.
fn begin_alike(word: &str, begins: &str) -> bool {
    word.chars().map(|c| if c == '’' { '\'' } else { c }).zip(begins.chars()).all(|(a, b)| a.eq_ignore_ascii_case(&b))
}

impl Condition {
    /// The words for which it holds, given what each word has.
    fn holds<S: Set>(&self, having: &Having<S>) -> S {
        let tagged = |tag: Upos, distance| shifted(having.tags[tag as usize], distance);
        match *self {
            Self::Word(distance, asked) => shifted(having.asked[asked], distance),
            Self::At(distance, tag) => tagged(tag, distance),
            Self::Any(distance, tag) if distance < 0 => {
                let near = (distance..0).fold(S::NONE, |near, d| near | tagged(tag, d));
                // The farthest word must be there.
                near & !S::NONE << distance.unsigned_abs()
            }
            Self::Any(distance, tag) => (0..distance).fold(S::NONE, |near, d| near | tagged(tag, d)),
            Self::Between(before, after) => tagged(before, -1) & tagged(after, 1),
        }
    }
}

/// The words that stand `distance` before the given ones: whose neighbour at that distance is one of them.
fn shifted<S: Set>(words: S, distance: isize) -> S {
    if distance < 0 { words << distance.unsigned_abs() } else { words >> distance.unsigned_abs() }
}

#[cfg(test)]
mod tests {
    use harper_brill::{Tagger as _, brill_tagger};

    use super::*;

    /// The library's tags of some words, and ours.
    #[track_caller]
    fn check(sentence: &str) {
        let words: Vec<String> = sentence.split_whitespace().map(str::to_owned).collect();
        let library: Vec<String> =
            brill_tagger().tag_sentence(&words).into_iter().map(|tag| tag.map_or(String::new(), |t| format!("{t:?}"))).collect();
        let mut tags: Vec<Upos> = words.iter().map(|w| most_frequent(w)).collect();
        patch_tags(&mut tags, |i| &words[i]);
        let ours: Vec<&str> = tags.iter().map(|t| NAMES[*t as usize]).collect();
        assert_eq!(ours, library, "{sentence}");
    }

    #[test]
    fn tags_are_the_library_s() {
        check("");
        check("The mayor said that she had been told to leave the port by noon .");
        check("Have they as much to do with that , as we do with this ?");
        check("There 's a record number of boats more than 40 years old in the harbour , which the city has to run .");
        check("Like the others , he did n't have what it takes ; one of them did , about three times as often as that .");
    }

    proptest::proptest! {
        #[test]
        fn any_words_are_tagged_alike(words in proptest::collection::vec(proptest::sample::select(include_str!("data/tagger-words.txt").lines().collect::<Vec<_>>()), 0..20),
            often in proptest::collection::vec(proptest::sample::select("that to as this of in have do there more like about is was a the for on one , .".split(' ').collect::<Vec<_>>()), 20)) {
            let mixed: Vec<&str> = words.iter().zip(&often).flat_map(|(word, often)| [word.rsplit_once(' ').map_or("", |w| w.0), often]).collect();
            check(&mixed.join(" "));
        }
    }
}
