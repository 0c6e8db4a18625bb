//! The words that the articles are made of: lists of the program, and names made up of syllables.

use std::collections::{HashMap, HashSet};

use crate::random::{Random, hash};

macro_rules! names {
    ($file:literal) => {
        include_str!(concat!("../../src/claim/data/names/", $file))
    };
}

/// Words by what they can do in a sentence, the commonest first.
pub(crate) struct Words {
    pub(crate) nouns: Vec<&'static str>,
    pub(crate) plurals: Vec<&'static str>,
    pub(crate) adjectives: Vec<&'static str>,
    pub(crate) pasts: Vec<&'static str>,
    pub(crate) gerunds: Vec<&'static str>,
    pub(crate) adverbs: Vec<&'static str>,
    pub(crate) roles: Vec<&'static str>,
    given: Vec<String>,
    surnames: Vec<String>,
    /// Cities with their countries.
    pub(crate) cities: Vec<(String, String)>,
}

impl Words {
    pub(crate) fn load() -> Self {
        // Words with vectors are the commoner ones, those of the second list the rarer ones. Within each the order is any.
        let common: HashSet<&str> = names!("kin.txt").split_whitespace().collect();
        let mut ranked: Vec<(u8, u64, &str, &str)> = Vec::new();
        for line in names!("ordinary.txt").lines() {
            let (word, class) = line.split_once('\t').unwrap_or((line, "f"));
            ranked.push((u8::from(!common.contains(word)), hash(word), word, class));
        }
        ranked.extend(names!("english.txt").lines().map(|word| (2, hash(word), word, guess(word))));
        // Words for peoples have a capital.
        let peoples = concat!(names!("demonyms.txt"), "\n", names!("peoples.txt")).to_lowercase();
        let peoples: HashSet<&str> = peoples.split_whitespace().collect();
        ranked
            .retain(|(_, _, word, _)| !peoples.contains(word) && word.len() > 2 && word.bytes().all(|b| b.is_ascii_lowercase()));
        ranked.sort_unstable();
        let all: HashSet<&str> = ranked.iter().map(|r| r.2).collect();
        let of = |wanted: fn(&str, &str, &HashSet<&str>) -> bool| {
            ranked.iter().filter(|(_, _, word, class)| wanted(word, class, &all)).map(|r| r.2).collect::<Vec<_>>()
        };
        Self {
            nouns: of(|w, c, all| c == "n" && !plural(w, all)),
            plurals: of(|w, c, all| c == "n" && plural(w, all)),
            adjectives: of(|w, c, _| c == "a" && !w.ends_with("est") && !w.ends_with("er")),
            pasts: of(|w, c, _| c == "v" && w.ends_with("ed")),
            gerunds: of(|w, c, _| c == "v" && w.ends_with("ing") && w.len() > 5),
            adverbs: of(|w, c, _| c == "r" && w.ends_with("ly")),
            roles: names!("roles.txt").lines().filter(|r| r.bytes().all(|b| b.is_ascii_lowercase() || b == b' ')).collect(),
            given: by_hash(names!("given.txt")),
            surnames: by_hash(names!("surnames.txt")),
            cities: cities(),
        }
    }

    pub(crate) fn given(&self, random: &mut Random) -> String {
        random.zipf(&self.given, 40.0).clone()
    }

    /// One of the list or, as often, an invented one.
    pub(crate) fn surname(&self, random: &mut Random) -> String {
        if random.chance(0.5) { random.zipf(&self.surnames, 60.0).clone() } else { invented(random) }
    }
}

fn plural(word: &str, all: &HashSet<&str>) -> bool {
    word.strip_suffix('s').is_some_and(|stem| all.contains(stem) || stem.strip_suffix('e').is_some_and(|s| all.contains(s)))
        || word.strip_suffix("ies").is_some_and(|stem| all.contains(format!("{stem}y").as_str()))
}

/// The class of a word of which the lists do not say it.
fn guess(word: &str) -> &'static str {
    const ADJECTIVES: &[&str] = &["ous", "ful", "less", "ive", "ic", "al", "able", "ible", "ish", "ary"];
    match word {
        w if w.ends_with("ly") => "r",
        w if w.ends_with("ing") || w.ends_with("ed") => "v",
        w if ADJECTIVES.iter().any(|a| w.ends_with(a)) => "a",
        _ => "n",
    }
}

fn by_hash(list: &'static str) -> Vec<String> {
    let mut words: Vec<&str> = list.lines().filter(|w| w.bytes().all(|b| b.is_ascii_lowercase())).collect();
    words.sort_by_key(|w| hash(w));
    words.into_iter().map(title).collect()
}

/// Cities whose names are plain, in any order.
fn cities() -> Vec<(String, String)> {
    // Of several names of a country, the one that its people are listed under.
    let english: HashSet<String> =
        names!("demonyms.txt").lines().filter_map(|l| Some(l.split('\t').next()?.to_lowercase())).collect();
    let mut countries = HashMap::new();
    let mut found = Vec::new();
    for line in names!("places.txt").lines() {
        let mut fields = line.split('\t');
        let name = fields.next().unwrap_or_default();
        for place in fields {
            let code = place[1..].split('.').next().unwrap_or_default();
            match place.as_bytes()[0] {
                b'c' => {
                    let known = countries.entry(code).or_insert_with(|| title(name));
                    if english.contains(name) {
                        *known = title(name);
                    }
                }
                b't' | b'k' => {
                    found.push((name, code));
                    break;
                }
                _ => {}
            }
        }
    }
    let plain = |n: &str| n.bytes().all(|b| b.is_ascii_lowercase() || b == b' ' || b == b'-') && n.split(' ').count() < 3;
    found.retain(|(name, code)| plain(name) && name.len() > 3 && countries.contains_key(code));
    found.sort_by_key(|(name, _)| hash(name));
    found.into_iter().map(|(name, code)| (title(name), countries[code].clone())).collect()
}

/// With capitals, but for little words within.
pub(crate) fn title(name: &str) -> String {
    const LITTLE: &[&str] = &["of", "and", "the", "on", "de", "del", "la", "le", "sur", "upon", "am", "an", "der"];
    let mut out = String::new();
    for (i, word) in name.split_inclusive([' ', '-']).enumerate() {
        if i > 0 && LITTLE.contains(&word.trim_end_matches([' ', '-'])) {
            out.push_str(word);
        } else {
            out.push_str(&word[..1].to_uppercase());
            out.push_str(&word[1..]);
        }
    }
    out
}

/// A name that nobody has to have.
fn invented(random: &mut Random) -> String {
    const STARTS: &[&str] = &[
        "Bar", "Bel", "Bran", "Cal", "Car", "Cor", "Dal", "Dar", "Dor", "El", "Fal", "Far", "Gar", "Gel", "Hal", "Har", "Hol",
        "Ir", "Jan", "Jor", "Kal", "Kel", "Kor", "Lan", "Lor", "Mal", "Mar", "Mor", "Nar", "Nor", "Ol", "Or", "Pal", "Per",
        "Quil", "Ran", "Ros", "Sal", "Ser", "Sol", "Tal", "Tam", "Tor", "Ul", "Val", "Ver", "Wal", "Wex", "Win", "Yar", "Zan",
        "Zel", "Oye", "Adi", "Chi", "Mbe", "Ngo", "Ika", "Sha", "Tre", "Kru", "Gri", "Sto", "Pra", "Bla",
    ];
    const MIDDLES: &[&str] = &[
        "", "", "", "a", "e", "i", "o", "an", "en", "in", "ber", "der", "mi", "ni", "ra", "ri", "ro", "la", "li", "lo", "va",
        "vi", "sha", "the", "ka", "da", "du", "go", "me", "no",
    ];
    const ENDS: &[&str] = &[
        "bach", "berg", "by", "cott", "croft", "dale", "den", "dez", "don", "escu", "ez", "feld", "field", "ford", "gard", "ham",
        "holm", "ic", "ides", "ini", "kins", "kova", "land", "ley", "lin", "lund", "man", "mann", "mere", "mond", "nen", "ney",
        "off", "oglu", "ola", "oni", "ov", "owski", "quist", "rell", "rick", "ros", "sen", "ski", "son", "stad", "stein",
        "stone", "strom", "tano", "ton", "vale", "van", "vic", "ville", "well", "wick", "wood", "worth", "yan", "zadeh",
    ];
    format!("{}{}{}", random.pick(STARTS), random.pick(MIDDLES), random.pick(ENDS))
}
