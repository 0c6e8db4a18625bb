//! An event with all that is to be known of it, and how that is written.

use crate::{
    calendar,
    random::Random,
    story::{Kind, Piece, Slot, Stories, Template},
    words::Words,
};

/// What articles and drafts are made from.
pub(crate) struct World {
    pub(crate) words: Words,
    pub(crate) stories: Stories,
    pub(crate) seed: u64,
}

/// Something that has happened.
pub(crate) struct Event<'a> {
    pub(crate) seed: u64,
    pub(crate) kind: &'a Kind,
    pub(crate) city: &'a str,
    pub(crate) country: &'a str,
    pub(crate) day: i64,
    pub(crate) values: Vec<Value>,
    /// Which facts of its kind there are to tell, the lede apart.
    pub(crate) facts: Vec<usize>,
    near: [String; 3],
    quotes: [String; 4],
    /// Words that come again and again in what is written of it, by class.
    topic: Vec<(char, Vec<&'static str>)>,
}

/// What stands in a slot.
#[derive(Clone, PartialEq)]
pub(crate) enum Value {
    /// It may grow by the next article.
    Count {
        n: u64,
        later: bool,
    },
    /// In hundred thousands.
    Money(u64),
    /// In tenths.
    Percent(u64),
    /// In tenths.
    Decimal(u64),
    Year(i64),
    /// In minutes.
    Clock(u64),
    /// Days from the first of January 1970.
    Date(i64),
    Person {
        role: &'static str,
        given: String,
        surname: String,
    },
    Org(String),
    Pick(&'static str),
}

/// Where on a page something stands that could be wrong.
#[derive(Clone)]
pub(crate) struct Mark {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) piece: Piece,
    /// Whether a person's name stands there in full.
    pub(crate) full: bool,
}

/// A page in the making.
#[derive(Default)]
pub(crate) struct Page {
    pub(crate) text: String,
    pub(crate) marks: Vec<Mark>,
    /// The slots of people who have been introduced.
    known: Vec<usize>,
}

impl<'a> Event<'a> {
    pub(crate) fn new(world: &'a World, seed: u64, day: i64) -> Self {
        let mut random = Random::new(&[seed]);
        let words = &world.words;
        let kind = random.pick(&world.stories.kinds);
        let (city, country) = random.zipf(&words.cities, 60.0);
        let topic = [('n', 24), ('s', 24), ('a', 14), ('v', 12), ('g', 6), ('r', 4)]
            .map(|(class, n)| (class, (0..n).map(|_| word(words, class, &mut random)).collect()));
        let values = kind.slots.iter().map(|slot| value(slot, words, country, day, &mut random)).collect();
        let mut common: Vec<usize> = (kind.own..kind.facts.len()).collect();
        random.shuffle(&mut common);
        let facts = (1..kind.own).chain(common.into_iter().take(10)).collect();
        let mut event = Self {
            seed,
            kind,
            city,
            country,
            day,
            values,
            facts,
            near: Default::default(),
            quotes: Default::default(),
            topic: topic.into(),
        };
        let mut write = |from: &[Template]| {
            let mut page = Page::default();
            let template = random.pick(from).clone();
            page.write(&event, &template, 0, 0, words, &mut random);
            page.text
        };
        let near = [(); 3].map(|()| write(&world.stories.near)).map(|n| n[..1].to_lowercase() + &n[1..]);
        let quotes = [(); 4].map(|()| write(&world.stories.quotes));
        event.near = near;
        event.quotes = quotes;
        event
    }

    /// The names of people other than this one, in full.
    pub(crate) fn others(&self, slot: usize) -> Vec<String> {
        let people = self.values.iter().enumerate().filter(|(i, _)| *i != slot);
        people
            .filter_map(
                |(_, v)| if let Value::Person { given, surname, .. } = v { Some(format!("{given} {surname}")) } else { None },
            )
            .collect()
    }

    pub(crate) fn quote(&self, n: usize) -> &str {
        &self.quotes[n]
    }

    fn word(&self, words: &'a Words, class: char, random: &mut Random) -> &'a str {
        let topic = self.topic.iter().find(|(c, _)| *c == class).filter(|(_, list)| !list.is_empty());
        match topic {
            Some((_, list)) if random.chance(0.3) => list[random.below(list.len())],
            _ => word(words, class, random),
        }
    }
}

fn word(words: &Words, class: char, random: &mut Random) -> &'static str {
    let list = match class {
        'n' => &words.nouns,
        's' => &words.plurals,
        'a' => &words.adjectives,
        'v' => &words.pasts,
        'g' => &words.gerunds,
        _ => &words.adverbs,
    };
    list[random.rank(list.len(), 25.0)]
}

fn value(slot: &Slot, words: &Words, country: &str, day: i64, random: &mut Random) -> Value {
    let mut args = slot.rest.split(' ');
    let mut number = || args.next().and_then(|a| a.parse::<i64>().ok()).unwrap_or_else(|| panic!("no number: {}", slot.rest));
    match slot.kind {
        "count" => {
            let n = random.size(number() as f64, number() as f64 + 0.99) as u64;
            // Large counts are seldom given to the last digit.
            let round = match n {
                20_000.. if random.chance(0.8) => 1_000,
                2_000.. if random.chance(0.6) => 100,
                300.. if random.chance(0.4) => 10,
                _ => 1,
            };
            Value::Count { n: n / round * round, later: slot.rest.ends_with("later") }
        }
        "money" => {
            let n = random.size(number() as f64 * 10.0, number() as f64 * 10.0) as u64;
            Value::Money(if n > 200 { n / 10 * 10 } else { n })
        }
        "percent" => {
            let n = random.between(number() * 10, number() * 10) as u64;
            Value::Percent(if random.chance(0.6) { (n / 10).max(1) * 10 } else { n })
        }
        "decimal" => Value::Decimal(random.between(number() * 10 + 1, number() * 10 + 9) as u64),
        "year" => Value::Year(random.between(number(), number())),
        "clock" => Value::Clock(random.below(288) as u64 * 5),
        "date" => Value::Date(day + random.between(number(), number())),
        "person" => {
            let role = if slot.rest == "ROLE" { words.roles[random.rank(words.roles.len(), 30.0)] } else { slot.rest };
            Value::Person { role, given: words.given(random), surname: words.surname(random) }
        }
        "org" => Value::Org(organization(slot.rest, words, country, random)),
        "pick" => {
            let choices: Vec<&str> = slot.rest.split('|').collect();
            Value::Pick(choices[random.below(choices.len())])
        }
        _ => panic!("unknown kind of slot: {}", slot.kind),
    }
}

pub(crate) fn organization(kind: &str, words: &Words, country: &str, random: &mut Random) -> String {
    let name = words.surname(random);
    let ends: &[&str] = match kind {
        "river" => &["River"],
        "school" => &["High School", "Middle School", "Elementary School", "Academy"],
        "union" => &["Workers Union", "Trades Union", "Employees Association"],
        "company" => &[
            "Industries",
            "Holdings",
            "Foods",
            "Energy",
            "Motors",
            "Systems",
            "Brothers",
            "Pharma",
            "Logistics",
            "Textiles",
            "Steel",
            "Group",
            "Electric",
            "Chemicals",
            "Airways",
            "Paper",
        ],
        "charity" => &["Foundation", "Children's Fund", "Relief Society"],
        "party" => &["Alliance", "Reform Party", "People's Party", "Labor Party", "Progress Party"],
        "hospital" => &["General Hospital", "Memorial Hospital", "Medical Center"],
        "library" => &["Public Library", "Memorial Library"],
        "university" => &["University", "Institute of Technology", "State University", "College"],
        "journal" => &["Journal of Medicine", "Review of Public Health", "Annals of Medicine"],
        "team" => &["United", "Rovers", "Athletic", "Wanderers", "City", "Rangers"],
        "stadium" => &["Stadium", "Park", "Arena"],
        "carrier" => &["Coaches", "Lines", "Tours", "Travel"],
        "forest" => &["National Forest", "State Forest"],
        "mine" => &["Mine", "Colliery", "Pit"],
        "act" => &["Act", "Security Act", "Press Act", "Land Act"],
        "movement" => &["Movement", "Front", "Network", "Committee"],
        "square" => &["Square"],
        "museum" => &["Museum", "Gallery", "Museum of Art", "Collection"],
        "farm" => &["Farm", "Farms", "Dairy", "Orchards"],
        "laboratory" => &["Laboratory", "Institute"],
        "bank" => return format!("Bank of {country}"),
        "rocket" => &["3", "5", "9", "II", "Heavy"],
        "agency" => &["Emergency Service", "District Council", "Inspectorate", "Safety Board", "Regional Office", "Space Agency"],
        "reservoir" => &["Reservoir", "Dam"],
        "paper" => &["Herald", "Courier", "Times", "Gazette"],
        "hotel" => &["Hotel", "Inn", "Lodge"],
        "palace" => &["Palace"],
        "bridge" => &["Bridge"],
        _ => panic!("unknown kind of organisation: {kind}"),
    };
    format!("{name} {}", random.pick(ends))
}

impl Value {
    /// As it stands in the article with this number.
    pub(crate) fn show(&self, version: u64) -> String {
        match self {
            Self::Count { n, later } => {
                let n = if *later { n + (n * version).div_ceil(4) } else { *n };
                const SMALL: [&str; 10] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
                SMALL.get(n as usize).map_or_else(|| thousands(n), |word| (*word).to_owned())
            }
            Self::Money(n) if *n >= 10_000 => format!("${} billion", tenths(n / 1_000)),
            Self::Money(n) => format!("${} million", tenths(*n)),
            Self::Percent(n) => format!("{} percent", tenths(*n)),
            Self::Decimal(n) => format!("{}.{}", n / 10, n % 10),
            Self::Year(year) => year.to_string(),
            Self::Clock(minutes) => {
                let (hour, minute) = (minutes / 60, minutes % 60);
                let half = if hour < 12 { "a.m." } else { "p.m." };
                let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
                if minute == 0 { format!("{hour} {half}") } else { format!("{hour}:{minute:02} {half}") }
            }
            Self::Date(day) => calendar::short(*day),
            Self::Person { given, surname, .. } => format!("{given} {surname}"),
            Self::Org(name) => name.clone(),
            Self::Pick(choice) => (*choice).to_owned(),
        }
    }
}

fn tenths(n: u64) -> String {
    if n.is_multiple_of(10) { thousands(n / 10) } else { format!("{}.{}", thousands(n / 10), n % 10) }
}

fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn ordinal(n: u64) -> String {
    const SMALL: [&str; 10] = ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];
    let end = match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    SMALL.get(n as usize).map_or_else(|| format!("{n}{end}"), |s| (*s).to_owned())
}

impl Page {
    /// Writes a template as the article with this number has it; `fact` decides beside which place it happened.
    pub(crate) fn write(
        &mut self,
        event: &Event,
        template: &Template,
        fact: usize,
        version: u64,
        words: &Words,
        random: &mut Random,
    ) {
        let begin = self.text.len();
        self.pieces(event, template, fact, version, words, random);
        if let Some(first) = self.text[begin..].chars().next() {
            self.text.replace_range(begin..=begin, &first.to_ascii_uppercase().to_string());
        }
    }

    /// Writes a fact, and for most what sets it apart from the same of another event: that too is the same in every article.
    pub(crate) fn fact(&mut self, event: &Event, fact: usize, wording: usize, version: u64, world: &World) {
        let mut random = Random::new(&[event.seed, 9, fact as u64]);
        self.write(event, &event.kind.facts[fact][wording], fact, version, &world.words, &mut random);
        let mut random = Random::new(&[event.seed, 10, fact as u64]);
        if random.chance(0.75) && self.text.ends_with('.') && !self.text.ends_with("m.") {
            self.text.pop();
            let detail = random.pick(&world.stories.details).clone();
            self.go_on(event, &detail, &world.words, &mut random);
            self.text.push('.');
        }
    }

    /// Writes on in the same sentence.
    pub(crate) fn go_on(&mut self, event: &Event, template: &Template, words: &Words, random: &mut Random) {
        self.pieces(event, template, 0, 0, words, random);
    }

    fn pieces(&mut self, event: &Event, template: &Template, fact: usize, version: u64, words: &Words, random: &mut Random) {
        for piece in template {
            match *piece {
                // "p.m." ends a sentence with one stop.
                Piece::Text(text) if text.starts_with('.') && self.text.ends_with('.') => self.text.push_str(&text[1..]),
                Piece::Text(text) => self.text.push_str(text),
                Piece::Slot(slot) => self.slot(event, slot, version),
                Piece::Ordinal(slot) => {
                    let Value::Count { n, .. } = event.values[slot] else { panic!("an ordinal of what is no count") };
                    self.mark(*piece, &ordinal(n), true);
                }
                Piece::Quote(n) => self.mark(*piece, &event.quotes[n], true),
                Piece::Near => self.text.push_str(&event.near[fact % 3]),
                Piece::City => self.mark(*piece, event.city, true),
                Piece::Country => self.text.push_str(event.country),
                Piece::Weekday => self.mark(*piece, calendar::weekday(event.day), true),
                Piece::Date => self.mark(*piece, &calendar::short(event.day), true),
                Piece::Word(class) => self.word(event.word(words, class, random)),
                Piece::Surname => self.text.push_str(&words.surname(random)),
                Piece::Person => {
                    let name = format!("{} {}", words.given(random), words.surname(random));
                    self.text.push_str(&name);
                }
                Piece::AnyCity => self.text.push_str(&random.zipf(&words.cities, 60.0).0),
                Piece::Number => self.text.push_str(&thousands(random.size(2.0, 9_999.0) as u64)),
                Piece::Year => self.text.push_str(&random.between(1850, 2022).to_string()),
                Piece::Role => self.word(words.roles[random.rank(words.roles.len(), 30.0)]),
            }
        }
    }

    /// A name in a headline needs no introduction.
    pub(crate) fn introduce_all(&mut self, event: &Event) {
        self.known.extend(0..event.values.len());
    }

    /// Another event begins.
    pub(crate) fn forget(&mut self) {
        self.known.clear();
    }

    fn slot(&mut self, event: &Event, slot: usize, version: u64) {
        match &event.values[slot] {
            Value::Person { surname, .. } if self.known.contains(&slot) => self.mark(Piece::Slot(slot), surname, false),
            Value::Person { role, .. } => {
                self.known.push(slot);
                self.text.push_str(role);
                self.text.push(' ');
                self.mark(Piece::Slot(slot), &event.values[slot].show(version), true);
            }
            value => self.mark(Piece::Slot(slot), &value.show(version), true),
        }
    }

    fn mark(&mut self, piece: Piece, text: &str, full: bool) {
        let start = self.text.len();
        self.text.push_str(text);
        self.marks.push(Mark { start, end: self.text.len(), piece, full });
    }

    /// A word, with "an" before it where "a" stands.
    fn word(&mut self, word: &str) {
        let article = self.text.ends_with(" a ") || self.text == "A " || self.text.ends_with(" A ");
        if article && word.starts_with(['a', 'e', 'i', 'o', 'u']) {
            self.text.pop();
            self.text.push_str("n ");
        }
        self.text.push_str(word);
    }
}
