use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::{
    claim::MentionKind,
    document::{self, Format},
};

/// The names of a text, each as "text|class" with P, L, O, X for the class, "=canonical" where it differs, "~" for a demonym, "?" if
/// doubtful, and "(role)".
fn names(text: &str) -> Vec<String> {
    let prose = Arc::new(Prose::read(Arc::new(document::parse(text.into(), Format::Plain))));
    let mut mentions = read(&prose);
    resolve(&prose, &mut mentions);
    let shown = |m: &Mention| {
        let MentionKind::Name(name) = &m.kind else { unreachable!() };
        let bare = prose.str(name.bare);
        let class = match name.class {
            NameClass::Person => 'P',
            NameClass::Place => 'L',
            NameClass::Organization => 'O',
            NameClass::Other => 'X',
        };
        let canonical = if name.canonical == bare { String::new() } else { format!("={}", name.canonical) };
        let role = name.role.map(|r| format!("({})", prose.str(r))).unwrap_or_default();
        let demonym = if name.demonym { "~" } else { "" };
        let doubtful = if name.doubtful { "?" } else { "" };
        format!("{bare}|{class}{demonym}{doubtful}{canonical}{role}")
    };
    mentions.iter().map(shown).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(names(text), expected, "{text}");
}

#[test]
fn people_with_their_roles() {
    check(
        "Latvian Foreign Minister Andris Ozols met Ruta Berzina, the bank's chief economist, on Monday. Ozols thanked her.",
        &[
            "Latvian|L~=Latvia",
            "Andris Ozols|P(Latvian Foreign Minister)",
            "Ruta Berzina|P(the bank's chief economist)",
            "Ozols|P=Andris Ozols",
        ],
    );
    check("Her special envoy Peter Lang and adviser Ines Roth left.", &["Peter Lang|P(special envoy)", "Ines Roth|P(adviser)"]);
    check(
        "Mr. Lang, Gov. Ann Webb and Dr. J.K. O’Neil agreed.",
        &["Lang|P(Mr.)", "Ann Webb|P(Gov.)", "J.K. O’Neil|P=J.K. O'Neil(Dr.)"],
    );
    check("He met former Prime Minister Rune Moen.", &["Rune Moen|P(former Prime Minister)"]);
    check("On Monday Prime Minister Hale met five clerks.", &["Hale|P(Prime Minister)"]);
    check("The President Hotel opened.", &["President Hotel|O"]);
    check("The mayor of Oslo, Ines Roth, left.", &["Oslo|L", "Ines Roth|P(The mayor of Oslo)"]);
    check("He met the mayor, Ines Roth, and a clerk.", &["Ines Roth|P"]);
    check("He met Ursula van der Berg and Omar al-Hariri Jr.", &["Ursula van der Berg|P", "Omar al-Hariri Jr.|P"]);
    check("Nokia CEO Mika Laine resigned.", &["Nokia|O", "Mika Laine|P(Nokia CEO)"]);
}

#[test]
fn titles_alone_are_no_names() {
    check("The President and the Prime Minister said so. I agree.", &[]);
    check("The French President left.", &["French|L~=France"]);
}

#[test]
fn sentence_starts_and_headlines() {
    check("Mourners gathered. Shelling continued. Five people died. We've seen it.", &[]);
    check("Talks resumed in Oslo. Former minister Kari Dahl spoke.", &["Oslo|L", "Kari Dahl|P(Former minister)"]);
    check("Minister Visits Flooded Towns As Rain Falls On Norway", &["Norway|L"]);
    check("Governor Calls Five-Hour Talks in Lagos Far-Reaching", &["Lagos|L"]);
    check("On Monday and in May it rained; Christmas was dry.", &[]);
    check("He bought MORE bread HERE and watched TV with the CEO.", &[]);
}

#[test]
fn places_and_their_people() {
    check("Ukrainians fled to eastern Poland and North Carolina.", &["Ukrainians|L~=Ukraine", "Poland|L", "North Carolina|L"]);
    check("LISBON, Portugal (AP) — The U.S.-led force left.", &["LISBON|L=Lisbon", "Portugal|L", "AP|O", "U.S.|L=United States"]);
    check("A Russia-installed mayor and pro-Russian units in Saint-Denis.", &["Russia|L", "Russian|L~=Russia", "Saint-Denis|L"]);
}

#[test]
fn organisations() {
    check(
        "The World Trade Organization (WTO), the Bank of Norway and Smith & Sons met. The WTO agreed.",
        &[
            "World Trade Organization|O",
            "WTO|O=World Trade Organization",
            "Bank of Norway|O",
            "Smith & Sons|O",
            "WTO|O=World Trade Organization",
        ],
    );
    check(
        "The Ministry of Labour and Welfare and the Centers for Storm Research and Relief told Reuters.",
        &["Ministry of Labour and Welfare|O", "Centers for Storm Research and Relief|O", "Reuters|O"],
    );
    check(
        "Norwegian Defense Ministry staff met Norwegian Rune Moen there.",
        &["Norwegian Defense Ministry|O", "Norwegian|L~=Norway", "Rune Moen|P"],
    );
}

#[test]
fn numbers_in_names() {
    check("A Boeing 747 landed near Section 12 as Channel 9 filmed it.", &["Boeing 747|X", "Section 12|X", "Channel 9|X"]);
    check("In Oslo 40 people met. Dahl, 42, left.", &["Oslo|L", "Dahl|P"]);
}

#[test]
fn two_of_one_surname_stay_apart() {
    check("Ann Berg and Leo Berg spoke. Berg left.", &["Ann Berg|P", "Leo Berg|P", "Berg|P"]);
    check(
        "Donald A. Hale spoke. Donald Hale left. Hale ate.",
        &["Donald A. Hale|P", "Donald Hale|P=Donald A. Hale", "Hale|P=Donald A. Hale"],
    );
}

#[test]
fn likeness() {
    use Likeness::{Contains, Different, Misspelled, Same, Short, Variant};
    let mut wrong = Vec::new();
    for (a, b, expected) in [
        ("Ruta Berzina", "Rūta Bērziņa", Same),
        ("Berzina", "Ruta Berzina", Short),
        ("Bill Hale", "William Hale", Variant),
        ("J. Hale", "John Hale", Short),
        ("John Hale", "Jane Hale", Different),
        ("George W. Hale", "George H.W. Hale", Different),
        ("Kim Sung-ho", "Kim Sung Ho", Same),
        ("Omar Hariri", "Omar al-Hariri", Variant),
        ("Muhammad Hale", "Mohammed Hale", Variant),
        ("Sergey Petrovsky", "Sergei Petrovskiy", Variant),
        ("Rustam Umarin", "Rustam Umerin", Misspelled),
        ("Helga Schmidt", "Helga Schmitt", Misspelled),
        ("Kiev", "Kyiv", Variant),
        ("Austria", "Australia", Different),
        ("Kherson", "Khersun", Misspelled),
        ("Kuschner", "Kushner", Misspelled),
        ("Sara Lindqvist", "Sarah Lindqvist", Misspelled),
        ("Tom Aldwin", "Tim Aldwin", Misspelled),
        ("Dmitrii Ostrovskij", "Dmitry Ostrovsky", Variant),
        ("Yaser al-Khatib", "Yasir el-Khateeb", Variant),
        ("Zhou Xiaoping", "Chou Hsiao-ping", Variant),
        ("Tübingen", "Tuebingen", Variant),
        ("Jürgen Möller", "Juergen Moeller", Variant),
        ("Jurgen Muller", "Jurgen Mueller", Misspelled),
        ("Ann Hale-Roth", "Hale-Roth", Short),
        ("Ines", "Ines Hale", Contains),
        ("Kim", "Kim Sung-ho", Short),
        ("Orban Laszlo", "Laszlo Orban", Variant),
        ("President Ann Hale", "Ann Hale", Same),
        ("Dr. Hale", "Ann Hale", Short),
        ("Ann Hale, PhD", "Ann Hale", Same),
        ("Pavel Ivanov", "Pavel Ivanova", Different),
        ("Northgate Fund V", "Northgate Fund VI", Different),
        ("Bank of Iran", "Bank of Iraq", Different),
        ("Velta Health", "Velda Health", Misspelled),
        ("Nordic Harbour Works AG", "NHW AG", Variant),
        ("Tidewater Gesellschaft mit beschränkter Haftung", "Tidewater GmbH", Variant),
        ("Tidewater Intl. Corp.", "Tidewater International", Variant),
        ("Miami", "Florida", Contains),
        ("Miami", "Texas", Different),
        ("Norway", "Scandinavia", Contains),
        ("France", "European Union", Contains),
        ("Kremlin", "Russia", Variant),
        ("White House", "United States", Variant),
        ("NATO", "North Atlantic Treaty Organization", Variant),
        ("Tidewater Inc.", "Tidewater", Variant),
        ("Tidewater", "Tidewater Motor Company", Short),
        ("Ministry of Defence", "Defense Ministry", Variant),
        ("Defense Ministry", "Norwegian Defense Ministry", Short),
        ("World Labour Organisation", "World Labor Organization", Variant),
        ("North Korea", "South Korea", Different),
        ("Boeing 747", "Boeing 737", Different),
    ] {
        let found = [compare_text(a, b), compare_text(b, a)];
        if found != [expected; 2] {
            wrong.push(format!("{a} | {b}: {found:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Words, marks and capitals in any order.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[A-Za-z’'.&-]{1,9}",
        "(The|of|and|Mr\\.|President|U\\.S\\.|French|Bank|van|de|al-|St\\.|Jr\\.|\\$|’s|\"|“|”|,|\\.|:|\\(|\\)|[0-9]{1,4}|McDonald)",
        "\\PC{1,4}",
    ];
    prop::collection::vec(word, 0..40).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn any_text_gives_spans_in_order(text in prop_oneof![text(), any::<String>()]) {
        let prose = Arc::new(Prose::read(Arc::new(document::parse(text.as_str().into(), Format::Plain))));
        let mut mentions = read(&prose);
        resolve(&prose, &mut mentions);
        let mut end = 0;
        for mention in &mentions {
            let MentionKind::Name(name) = &mention.kind else { unreachable!() };
            prop_assert!(mention.span.start >= end);
            end = mention.span.end;
            for span in [Some(mention.span), Some(name.bare), name.role].into_iter().flatten() {
                prop_assert!(text.get(span.range()).is_some_and(|s| !s.is_empty()));
            }
            prop_assert!(!name.canonical.is_empty());
            prop_assert_eq!(same(name, name), Likeness::Same);
        }
    }

    #[test]
    fn comparison_is_symmetric(a in "[A-Za-z. -]{0,24}", b in "[A-Za-z. -]{0,24}") {
        prop_assert_eq!(compare_text(&a, &b), compare_text(&b, &a));
    }
}
