//! Which articles are one text: a wire story that five papers print is one voice with five names.
//!
//! Each article has a signature of its runs of words, by MinHash: of every run's hash under each of many functions only the least is kept,
//! and the share of functions under which two articles have the same least is about the share of all their runs that both have.

use crate::{claim::Reading, document::BlockKind, prose::TokenKind, text::fold_char};

/// Words in a run. Five words in a row seldom come twice in what two people write of one event, quotations apart.
const RUN: usize = 5;
/// Functions of the hash. With so many, the share is right within 0.06 in two cases of three.
const FUNCTIONS: usize = 64;
/// Of each least hash sixteen bits are kept, after so many of the lowest, which depend on few of the run's: enough, that others seldom are
/// the same.
const DROPPED: u32 = 6;
/// Fewest runs of a text that can be called a copy.
const LEAST_RUNS: u32 = 16;
/// Fewest functions that must agree: what a short text has in common with one many times as long cannot be told from chance.
const LEAST_SAME: usize = 8;
/// The share of the shorter article from which on the two are one text. Copies that are cut or have another lede keep more; an update of
/// which half is new, less. See `tests/scale/README.md`.
pub const SAME_TEXT: f32 = 0.7;

/// What is known of an article's runs of words. The same in every release, so that it can be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// How many runs there are.
    runs: u32,
    least: [u16; FUNCTIONS],
}

impl Signature {
    /// Of an article, without its headline and what stands around it.
    #[must_use]
    pub fn of(reading: &Reading) -> Self {
        let prose = &reading.prose;
        let told = prose.sentences.iter().filter(|s| {
            let kind = prose.document.blocks[s.block as usize].kind;
            !matches!(kind, BlockKind::Heading | BlockKind::Boilerplate)
        });
        let tokens = told.flat_map(|s| &prose.tokens[s.tokens.start as usize..s.tokens.end as usize]);
        let words = tokens.filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number));
        Self::of_words(words.map(|t| prose.str(t.span)))
    }

    fn of_words<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut least = [u32::MAX; FUNCTIONS];
        let mut last = [0_u64; RUN];
        let mut runs = 0_u32;
        for (i, word) in words.enumerate() {
            last.rotate_left(1);
            last[RUN - 1] = hash(word);
            if i + 1 >= RUN {
                let run = last.iter().fold(0, |run: u64, word| run.rotate_left(11).wrapping_add(*word));
                take(&mut least, mix(run) as u32);
                runs = runs.saturating_add(1);
            }
        }
        Self { runs, least: least.map(|l| (l >> DROPPED) as u16) }
    }

    /// To be kept.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let least = self.least.iter().flat_map(|l| l.to_le_bytes());
        self.runs.to_le_bytes().into_iter().chain(least).collect()
    }

    /// What was kept; none if it is not a signature.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (runs, rest) = bytes.split_first_chunk()?;
        if rest.len() != FUNCTIONS * size_of::<u16>() {
            return None;
        }
        let mut least = [0; FUNCTIONS];
        for (l, bytes) in least.iter_mut().zip(rest.as_chunks().0) {
            *l = u16::from_le_bytes(*bytes);
        }
        Some(Self { runs: u32::from_le_bytes(*runs), least })
    }
}

/// About which share of the runs of the shorter text the other has too: 0 to 1. Nothing for texts too short to say.
#[must_use]
pub fn similarity(a: &Signature, b: &Signature) -> f32 {
    let same = a.least.iter().zip(&b.least).filter(|(a, b)| a == b).count();
    let shorter = a.runs.min(b.runs);
    if shorter < LEAST_RUNS || same < LEAST_SAME {
        return 0.0;
    }
    // Of all runs, those that both have; from that, of the shorter's.
    let of_all = same as f32 / FUNCTIONS as f32;
    let both = of_all / (1.0 + of_all) * (a.runs as f32 + b.runs as f32);
    (both / shorter as f32).min(1.0)
}

/// For each article the first one that is one text with it, by way of others too: itself where there is none before.
#[must_use]
pub fn groups(signatures: &[&Signature]) -> Vec<usize> {
    let mut first: Vec<usize> = (0..signatures.len()).collect();
    for (i, a) in signatures.iter().enumerate() {
        for (j, b) in signatures[..i].iter().enumerate() {
            let (of_a, of_b) = (first[i], first[j]);
            if of_a != of_b && similarity(a, b) >= SAME_TEXT {
                let (from, to) = (of_a.max(of_b), of_a.min(of_b));
                first[..=i].iter_mut().filter(|f| **f == from).for_each(|f| *f = to);
            }
        }
    }
    first
}

/// Hashes a word as it is compared (FNV-1a).
fn hash(word: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut byte = |b: u8| hash = (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
    if word.is_ascii() {
        word.bytes().for_each(|b| byte(b.to_ascii_lowercase()));
    } else {
        word.chars().for_each(|c| fold_char(c, |c| c.encode_utf8(&mut [0; 4]).bytes().for_each(&mut byte)));
    }
    hash
}

/// The end of SplitMix64.
const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The functions: what each multiplies by.
const FACTORS: [u32; FUNCTIONS] = {
    let mut factors = [0; FUNCTIONS];
    let mut i = 0;
    while i < FUNCTIONS {
        factors[i] = mix((i as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)) as u32 | 1;
        i += 1;
    }
    factors
};

/// Takes a run into account under each function. One multiplication is enough, since `run` is a good hash itself.
fn take(least: &mut [u32; FUNCTIONS], run: u32) {
    for (least, factor) in least.iter_mut().zip(&FACTORS) {
        *least = (*least).min(run.wrapping_mul(*factor));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        claim,
        document::{self, Format},
        prose::Prose,
    };

    const WIRE: &str = "Ferry runs aground off Skelvik, 214 passengers taken off\n\nBy Una Braddock, Northern Wire\n\nMarch 9, 2026\n\n\
        SKELVIK (Northern Wire) — A ferry with 214 passengers on board ran onto rocks off the harbor of Skelvik early on Monday and began \
        to take on water, the coast guard said.\n\nAll passengers and the crew of 19 were taken off within two hours by fishing boats and \
        two helicopters. Eleven people were treated for cuts and for the cold, none of them in danger, according to the hospital.\n\n\
        The captain, Orla Venn, told the coast guard that the steering had failed minutes after the ship left the pier at 5:40 a.m. \
        \"She simply did not answer the wheel,\" Venn was quoted as saying in a first report.\n\nThe ferry, the Astrid Marie, was built in \
        1991 and was last in dock in November. Its owner, Sund Lines, has had two other groundings in the past ten years; in both, \
        inspectors found fault with the pilots and not with the ships.\n\nA salvage vessel was expected on Tuesday evening. Oil had not \
        been seen on the water, but booms were laid around the ship and the mussel farms in the bay were told to stop their harvest.\n\n\
        The line carries about 90,000 people a year between the islands and is the only one that runs in winter. Buses will go by way of \
        the bridge at Tormo until another ship has been found, the county said, which makes the way to school three hours longer for \
        some.\n";
    const OTHER: &str = "Islanders wake to sirens as the Astrid Marie strikes rocks\n\nBy Pell Andersson, The Skelvik Post\n\nMarch 9, 2026\n\n\
        Hanne Odd was making coffee when she saw the lights of the ferry stand still where no ship should. By the time she had found her \
        boots, her neighbors were already pushing out their boats.\n\nThe Astrid Marie hit the Hound, a reef that every child here can \
        point to, at about a quarter to six on Monday with 214 passengers. Nobody was killed. Fishermen brought most of them in, wrapped \
        in sails and oilskins, and the school opened its gymnasium.\n\n\"She simply did not answer the wheel,\" Captain Orla Venn is said to \
        have told the coast guard. On the pier few doubted it. The ship is 35 years old, and people have complained about it for years, to \
        the county, to Sund Lines and to this newspaper.\n\nEleven people went to the hospital. The county promised buses by way of Tormo, \
        which did not please the parents who stood in the gymnasium with their children and did the sums.\n";
    /// The next day: half of it is new.
    const UPDATE: &str = "Divers find gash in grounded ferry; one passenger dies\n\nBy Una Braddock, Northern Wire\n\nMarch 10, 2026\n\n\
        SKELVIK (Northern Wire) — A passenger who was taken off the ferry that ran aground near Skelvik died in the hospital on Tuesday, \
        and divers found a gash of nine meters in the hull of the ship.\n\nThe dead man, who was 71, had been pulled from the water after \
        he jumped. Fourteen people in all were treated, three more than had been counted at first, a doctor said at a news conference. \
        Prosecutors opened an inquiry and took the ship's papers from the offices of the owner.\n\n\
        The captain, Orla Venn, told the coast guard that the steering had failed minutes after the ship left the pier at 5:40 a.m. \
        \"She simply did not answer the wheel,\" Venn was quoted as saying in a first report.\n\nThe ferry, the Astrid Marie, was built in \
        1991 and was last in dock in November. Its owner, Sund Lines, has had two other groundings in the past ten years; in both, \
        inspectors found fault with the pilots and not with the ships.\n\nThe salvage vessel put out again before noon because of the \
        swell and will try once more on Thursday. A thin film of oil had reached the inner bay by then, where volunteers were raking straw \
        along the beach, and the mussel farmers asked for money from the state.\n";

    fn signature(text: &str) -> Signature {
        let document = document::parse(text.into(), Format::Plain);
        Signature::of(&claim::read(Arc::new(Prose::read(Arc::new(document)))))
    }

    #[track_caller]
    fn check(a: &str, b: &str, one_text: bool) {
        let (a, b) = (signature(a), signature(b));
        let found = similarity(&a, &b);
        assert_eq!(found, similarity(&b, &a));
        assert_eq!(found >= SAME_TEXT, one_text, "{found}");
        assert_eq!(groups(&[&a, &b]), if one_text { [0, 0] } else { [0, 1] });
    }

    fn cut(text: &str, paragraphs: usize) -> String {
        text.split("\n\n").take(paragraphs).collect::<Vec<_>>().join("\n\n")
    }

    #[test]
    fn copies_of_a_wire_story_are_one_text() {
        check(WIRE, WIRE, true);
        // Trimmed at the end.
        check(WIRE, &cut(WIRE, 7), true);
        check(WIRE, &cut(WIRE, 6), true);
        // With another headline and byline, capitals and quotation marks.
        let body = WIRE.split_once("A ferry").unwrap().1;
        check(WIRE, &format!("All safe after ferry strikes rocks\n\nFrom wire reports\n\nA ferry{body}"), true);
        check(WIRE, &WIRE.replace('"', "”").replace("coast guard", "Coast Guard"), true);
        // With another lede, and one sentence out.
        let rest =
            WIRE.split_once("All passengers").unwrap().1.replace("Oil had not been seen on the water, but", "As a precaution,");
        let lede =
            "Two hundred people had to leave a sinking ferry before breakfast on Monday after it struck a reef near the town.";
        check(WIRE, &format!("Ferry strikes reef\n\n{lede}\n\nAll passengers{rest}"), true);
    }

    #[test]
    fn stories_of_one_event_are_several_texts() {
        check(WIRE, OTHER, false);
        check(WIRE, UPDATE, false);
        check(OTHER, UPDATE, false);
        // A brief of two sentences says too little, and so does nothing.
        check(WIRE, "The coast guard said so.", false);
        check("", "", false);
    }

    #[test]
    fn headlines_and_forms_are_no_part_of_it() {
        let form = format!("{WIRE}\nSign up for the Northern Wire morning newsletter\n");
        assert_eq!(signature(WIRE), signature(&form));
    }

    #[test]
    fn copies_are_grouped_by_way_of_others() {
        let (tail, head) = (WIRE.split_once("The captain").unwrap().1, cut(WIRE, 6));
        let all = [OTHER, &head, UPDATE, WIRE, tail].map(signature);
        assert!(similarity(&all[1], &all[4]) < SAME_TEXT);
        assert_eq!(groups(&all.each_ref()), [0, 1, 2, 1, 1]);
        assert!(groups(&[]).is_empty());
    }

    #[test]
    fn signatures_are_the_same_in_every_release() {
        let signature = signature(WIRE);
        let bytes = signature.to_bytes();
        assert_eq!(Signature::from_bytes(&bytes).as_ref(), Some(&signature));
        assert_eq!(Signature::from_bytes(&bytes[1..]), None);
        assert_eq!(Signature::from_bytes(&[]), None);
        let words = Signature::of_words("Los médicos del río no dijeron nada".split(' '));
        assert_eq!(words.runs, 3);
        assert_eq!(words, Signature::of_words("los medicos del rio no dijeron nada".split(' ')));
        assert_eq!(words.least[..4], [61_023, 63_164, 34_815, 59_901]);
    }
}
