//! What the sources say that one bearer is, and the words around their name.

use std::{cell::OnceCell, sync::Arc};

use rustc_hash::FxHashSet;

use crate::{
    claim::{self, Mention, MentionKind, Name, NameClass, NounRelation, Office, Reading, Role, RoleForm, offices, same_name},
    corpus::Source,
    evidence::{Evidence, mentions_of, sources_of},
    prose::{self, TokenKind},
    text::Span,
};

/// A role with what is known of its words.
pub(super) struct Told<'a> {
    pub(super) reading: &'a Reading,
    pub(super) role: &'a Role,
    /// Its noun, folded, without the stop of an abbreviation.
    pub(super) head: String,
    pub(super) office: Option<Office>,
    /// Its words that say which, folded and stemmed: those before and after the noun, and the owner's.
    pub(super) context: FxHashSet<String>,
    /// All its words in order.
    parts: Vec<Part>,
}

/// A word of a role.
pub(super) struct Part {
    /// Folded.
    pub(super) low: String,
    pub(super) stem: String,
    pub(super) span: Span,
    /// Whether it says which, where it stands before another: "fire" in "fire chief".
    tells: bool,
}

impl<'a> Told<'a> {
    pub(super) fn new(reading: &'a Reading, role: &'a Role) -> Self {
        let text = &reading.prose.document.prose;
        let head = key(role.head.of(text));
        let phrase = Span { start: role.span.start, end: role.span.end };
        // The office nearest to the noun.
        let office = offices(phrase.of(text)).into_iter().find(|o| {
            let end = phrase.start + o.span.end;
            end >= role.head.end || o.span.start + phrase.start <= role.head.start && end > role.head.start
        });
        let mut context = FxHashSet::default();
        let mut parts = Vec::new();
        let whole = role.owner.map_or(phrase, |o| o.cover(phrase));
        for token in tokens(reading, whole) {
            let word = prose::fold(reading.prose.str(token.span));
            let plain = matches!(token.kind, TokenKind::Word | TokenKind::Number);
            if plain && token.span != role.head && !prose::is_stopword(&word) && !word.starts_with(['\'', '’']) {
                context.insert(prose::stem(&word));
            }
            if !word.starts_with(['\'', '’']) {
                let stem = prose::stem(&word);
                parts.push(Part { tells: tells(reading, role.sentence, token, &word), low: word, stem, span: token.span });
            }
        }
        Self { reading, role, head, office, context, parts }
    }

    pub(super) fn class(&self) -> Option<&'static str> {
        self.office.as_ref().map(|o| o.class).or_else(|| offices(&self.head).first().map(|o| o.class))
    }

    pub(super) fn is_kin(&self) -> bool {
        self.class() == Some("kin")
    }

    /// What it is called: the office in its plainest form, or the noun.
    pub(super) fn key(&self) -> &str {
        self.office.as_ref().filter(|o| o.class != "kin").map_or(&self.head, |o| o.name)
    }

    /// Whether it is a title in short, which everybody has on their own authority: "Sen.".
    pub(super) fn is_title(&self) -> bool {
        self.role.head.of(&self.reading.prose.document.prose).ends_with('.')
    }

    /// Whether it says little of a person.
    pub(super) fn is_loose(&self) -> bool {
        self.office.is_none() && claim::is_loose_role(&self.head)
    }

    /// Whether it is held for a time, and by one who may have held another before.
    pub(super) fn is_post(&self) -> bool {
        !matches!(self.class(), None | Some("kin" | "player" | "medicine" | "science" | "arts"))
    }

    /// The words in which the two differ before a word that they share: "education" and "health" of "education spokesman" and "health
    /// spokesman".
    pub(super) fn differing<'b>(&'b self, other: &'b Self) -> Option<(&'b Part, &'b Part)> {
        let pairs = |words: &'b [Part]| words.windows(2).filter(|w| w[0].tells).map(|w| (&w[0], w[1].stem.as_str()));
        let has = |t: &Self, word: &Part| t.parts.iter().any(|w| w.stem == word.stem);
        pairs(&self.parts).find_map(|(ours, slot)| {
            let (theirs, _) = pairs(&other.parts).find(|(_, s)| *s == slot)?;
            (!has(other, ours) && !has(self, theirs)).then_some((ours, theirs))
        })
    }

    /// Whether it is told as one of the past.
    pub(super) fn past(&self) -> bool {
        const PAST: [&str; 10] =
            ["former", "formerly", "ex", "retired", "late", "then", "onetime", "one-time", "previous", "acting"];
        let text = &self.reading.prose.document.prose;
        // "Former" opens a sentence as an owner's word, too.
        let from = text.floor_char_boundary((self.role.span.start as usize).saturating_sub(8));
        let before = prose::fold(text.get(from..self.role.span.start as usize).unwrap_or(""));
        let near = before.split(|c: char| !c.is_alphabetic()).any(|w| PAST.contains(&w));
        near || self.office.as_ref().is_some_and(|o| o.past)
            || self.role.modifiers.iter().any(|m| PAST.contains(&key(m.of(text)).as_str()))
            || self.head.starts_with("ex-")
    }

    /// The name of its bearer.
    pub(super) fn bearer(&self) -> &'a Mention {
        &self.reading.mentions[self.role.bearer as usize]
    }

    /// Whether its owner may be the owner of `other`: `None` where one has none.
    pub(super) fn same_owner(&self, other: &Self) -> Option<bool> {
        let people =
            |t: &Self| -> Vec<&'a Name> { t.role.owners.iter().filter_map(|&i| name(&t.reading.mentions[i as usize])).collect() };
        let (ours, theirs) = (people(self), people(other));
        if ours.is_empty() || theirs.is_empty() {
            return None;
        }
        Some(ours.iter().any(|a| theirs.iter().any(|b| same_name(a, b).agrees())))
    }

    /// The nouns right before the head that are no name, with the head: "fire chief" of "Turkish fire chief".
    pub(super) fn words(&self) -> Span {
        let mut words = self.role.head;
        if let Some(office) = self.office.as_ref() {
            let start = self.role.span.start;
            let span = Span { start: start + office.span.start, end: start + office.span.end };
            if span.overlaps(words) {
                words = words.cover(span);
            }
        }
        for modifier in self.role.modifiers.iter().rev() {
            if modifier.end <= words.start && (!self.is_noun(*modifier) || self.role.modifiers.is_empty()) {
                break;
            }
            words = words.cover(*modifier);
        }
        words
    }

    /// Whether a word before the head is a noun that says which, not a name.
    pub(super) fn is_noun(&self, modifier: Span) -> bool {
        let token = tokens(self.reading, modifier).next();
        let noun = token.is_some_and(|t| matches!(t.tag, prose::Tag::Noun | prose::Tag::ProperNoun) && t.kind == TokenKind::Word);
        let named = || {
            let all = mentions_of(self.reading, self.role.sentence as usize);
            all.map(|i| &self.reading.mentions[i]).any(|m| matches!(&m.kind, MentionKind::Name(n) if n.bare.overlaps(modifier)))
        };
        noun && !named()
    }

    /// Whether its sentence has another role's noun besides, and for nobody else: "an engineer who became prime minister".
    pub(super) fn has_beside(&self, head: &str) -> bool {
        let reading = self.reading;
        let bearer = |role: &Role| name(&reading.mentions[role.bearer as usize]).map(|n| &n.canonical);
        let is_anothers = |at: Span| reading.roles.iter().any(|r| r.head.overlaps(at) && bearer(r) != bearer(self.role));
        let mut others = reading.prose.tokens_of(self.role.sentence as usize).iter().filter(|t| !t.span.overlaps(self.role.head));
        self.head != head && others.any(|t| is_key(reading.prose.str(t.span), head) && !is_anothers(t.span))
    }

    /// Whether both say the same of the bearer, or one says it more widely.
    pub(super) fn goes_with(&self, other: &Self) -> bool {
        match (&self.office, &other.office) {
            (Some(a), Some(b)) if a.excludes(b) => false,
            (Some(a), Some(b)) if a.class == b.class => true,
            _ => claim::compare_roles(&self.head, &other.head) == NounRelation::Kind,
        }
    }
}

/// Whether a word is a noun, or an adjective for the field of an office, and no name.
fn tells(reading: &Reading, sentence: u32, token: &prose::Token, low: &str) -> bool {
    let noun = matches!(token.tag, prose::Tag::Noun | prose::Tag::ProperNoun) && token.kind == TokenKind::Word;
    let field = || offices(&format!("{low} minister")).first().is_some_and(|o| o.class == "minister" && o.name.starts_with(low));
    let named = || {
        let all = mentions_of(reading, sentence as usize).map(|i| &reading.mentions[i]);
        all.into_iter().any(|m| matches!(&m.kind, MentionKind::Name(n) if n.bare.overlaps(token.span)))
    };
    (noun || field()) && !claim::is_loose_role(low) && !named()
}

fn tokens(reading: &Reading, span: Span) -> impl Iterator<Item = &prose::Token> {
    let all = &reading.prose.tokens;
    let from = all.partition_point(|t| t.span.end <= span.start);
    all[from..].iter().take_while(move |t| t.span.start < span.end)
}

/// A noun as it is looked up.
pub(super) fn key(word: &str) -> String {
    let mut key = prose::fold(word);
    key.truncate(key.trim_end_matches('.').len());
    key
}

/// Whether a word is looked up as `key`: the same as [`key`], and for most words without making it.
fn is_key(word: &str, key: &str) -> bool {
    match word.is_ascii() {
        true => word.trim_end_matches('.').eq_ignore_ascii_case(key),
        false => self::key(word) == key,
    }
}

fn name(mention: &Mention) -> Option<&Name> {
    if let MentionKind::Name(name) = &mention.kind { Some(name) } else { None }
}

/// What the sources say of one bearer.
pub(super) struct Held<'e> {
    /// Each role with its source.
    pub(super) roles: Vec<(&'e Arc<Source>, Told<'e>)>,
    /// The words of the sentences that name the bearer and of those that follow, but for roles of others.
    near: OnceCell<FxHashSet<String>>,
    /// Words for what others are, in the same sources.
    pub(super) others: FxHashSet<String>,
    sources: Vec<Around<'e>>,
}

/// A source, with what stands around the names of the bearer.
struct Around<'e> {
    reading: &'e Reading,
    /// The sentences that name the bearer, and those that go on about them.
    sentences: FxHashSet<usize>,
    /// Nouns for others.
    taken: FxHashSet<Span>,
}

impl<'e> Held<'e> {
    /// What the sources say of the bearer of a name; nothing if no source names them, or the name may be that of two people.
    pub(super) fn of(bearer: &Name, evidence: &'e [Evidence]) -> Option<Self> {
        let mut held = Self { roles: Vec::new(), near: OnceCell::new(), others: FxHashSet::default(), sources: Vec::new() };
        let mut bearers: Vec<&Name> = Vec::new();
        for (_, source) in sources_of(evidence) {
            let reading = &source.reading;
            let mut is_bearer = vec![false; reading.mentions.len()];
            let mut sentences: FxHashSet<usize> = FxHashSet::default();
            for (i, mention) in reading.mentions.iter().enumerate() {
                let Some(other) = name(mention).filter(|n| n.class == NameClass::Person) else { continue };
                if !same_name(bearer, other).agrees() {
                    continue;
                }
                if !bearers.iter().any(|b| b.canonical == other.canonical) {
                    if bearers.iter().any(|b| !same_name(b, other).agrees()) {
                        return None;
                    }
                    bearers.push(other);
                }
                is_bearer[i] = true;
                let at = mention.sentence as usize;
                sentences.insert(at);
                // The next sentence goes on about the bearer, unless it names another.
                let names_other = at + 1 < reading.prose.sentences.len()
                    && mentions_of(reading, at + 1)
                        .filter_map(|i| name(&reading.mentions[i]))
                        .any(|n| n.class == NameClass::Person && !same_name(bearer, n).agrees());
                if !names_other {
                    sentences.insert(at + 1);
                }
            }
            let mut taken: FxHashSet<Span> = FxHashSet::default();
            for role in &reading.roles {
                if is_bearer[role.bearer as usize] {
                    held.roles.push((source, Told::new(reading, role)));
                } else if !matches!(role.form, RoleForm::Described) {
                    taken.insert(role.head);
                    held.others.insert(Told::new(reading, role).key().to_owned());
                }
            }
            held.sources.push(Around { reading, sentences, taken });
        }
        (!bearers.is_empty()).then_some(held)
    }

    /// Whether a folded word stands anywhere in the sources.
    pub(super) fn has(&self, head: &str) -> bool {
        let words = |around: &Around<'e>| around.reading.prose.tokens.iter().filter(|t| t.kind == TokenKind::Word);
        self.sources.iter().any(|a| words(a).any(|token| is_key(a.reading.prose.str(token.span), head)))
    }

    fn near(&self) -> &FxHashSet<String> {
        self.near.get_or_init(|| {
            let mut near = FxHashSet::default();
            for Around { reading, sentences, taken } in &self.sources {
                let close = sentences.iter().filter(|i| **i < reading.prose.sentences.len());
                let tokens = close.flat_map(|i| reading.prose.tokens_of(*i));
                let words = tokens.filter(|t| t.kind == TokenKind::Word && !taken.contains(&t.span));
                near.extend(words.map(|token| key(reading.prose.str(token.span))));
            }
            near
        })
    }

    /// Whether a word that goes with this noun stands near the bearer's name: the noun itself, one of its stem ("chairs" for "chairman"),
    /// a synonym.
    pub(super) fn is_near(&self, head: &str) -> bool {
        /// Letters that a noun may have beyond its stem.
        const ENDING: usize = 3;
        /// Letters of the shortest stem.
        const STEM: usize = 4;
        self.near().iter().any(|word| {
            let common = head.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
            common >= STEM && common + ENDING >= head.len()
                || word == head
                || !claim::is_loose_role(word) && claim::compare_roles(word, head) == NounRelation::Kind
        }) || self.near().contains("dr") && claim::compare_roles("doctor", head) == NounRelation::Kind && head != "nurse"
    }

    /// Whether a word, or another form of it, stands near the bearer's name.
    pub(super) fn says(&self, stem: &str) -> bool {
        self.near().iter().any(|word| prose::stem(word) == stem)
    }
}
