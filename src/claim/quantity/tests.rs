//! Figures as a copy editor reads them: each line is a text and, for every figure in it, `span = value unit [form] <noun> {base} ^change`.

use std::{fmt::Write as _, sync::Arc};

use proptest::prelude::*;

use super::*;
use crate::{
    document::{self, Format},
    prose::Prose,
};

fn prose(text: &str) -> Prose {
    Prose::read(Arc::new(document::parse(text.into(), Format::Plain)))
}

/// A figure in one line.
fn show(prose: &Prose, mention: &Mention) -> String {
    let MentionKind::Quantity(q) = &mention.kind else { unreachable!("only quantities are read here") };
    let mut out = format!("{} = ", prose.str(mention.span));
    let hedge = match q.approximation {
        Approximation::None => "",
        Approximation::About => "~",
        Approximation::Nearly => "-~",
        Approximation::JustOver => "+~",
    };
    out.push_str(hedge);
    let (low, high) = (q.low.map(|d| d.normalize().to_string()), q.high.map(|d| d.normalize().to_string()));
    match (low, high) {
        (Some(l), Some(h)) if l == h => out.push_str(&l),
        (Some(l), Some(h)) => write!(out, "{l}{}{h}", if q.high_open { "..<" } else { ".." }).unwrap(),
        (Some(l), None) => write!(out, "{}{l}", if q.low_open { ">" } else { ">=" }).unwrap(),
        (None, Some(h)) => write!(out, "{}{h}", if q.high_open { "<" } else { "<=" }).unwrap(),
        (None, None) => out.push('?'),
    }
    if let Some(unit) = &q.unit {
        write!(out, " {}", unit.name).unwrap();
        if let Some(per) = &unit.per {
            write!(out, "/{per}").unwrap();
        }
    }
    if q.form != Form::Cardinal {
        write!(out, " [{:?}]", q.form).unwrap();
    }
    if let Some(entity) = q.entity {
        write!(out, " <{}>", prose.str(entity)).unwrap();
    }
    if let Some(base) = q.base {
        write!(out, " {{{}}}", prose.str(base)).unwrap();
    }
    if let Some(change) = q.change {
        let direction = match change.direction {
            Some(Direction::Up) => "up ",
            Some(Direction::Down) => "down ",
            None => "",
        };
        write!(out, " ^{direction}{:?}", change.extent).unwrap();
    }
    out
}

fn figures(text: &str) -> Vec<String> {
    let prose = prose(text);
    // Superlatives have tests of their own.
    let figure = |m: &&Mention| matches!(&m.kind, MentionKind::Quantity(q) if q.rank.is_none());
    read(&prose).iter().filter(figure).map(|m| show(&prose, m)).collect()
}

#[track_caller]
fn check(text: &str, expect: &[&str]) {
    assert_eq!(figures(text), expect, "in {text:?}");
}

#[test]
fn digits_and_words() {
    check("Police counted 40,000 people.", &["40,000 = 40000 <people>"]);
    check("Officials gave 40 000 as the total.", &["40 000 = 40000"]);
    check("Twenty-one thousand tickets were sold.", &["Twenty-one thousand = 21000 <tickets>"]);
    check("Ninety-nine flights were cancelled.", &["Ninety-nine = 99 <flights>"]);
    check("The page is at https://example.org/1234/5678 today.", &[]);
    check("Write to desk24@example.org now.", &[]);
}

#[test]
fn mixed_and_scaled() {
    check("The firm is worth 4.7 billion euros.", &["4.7 billion euros = 4700000000 EUR <firm>"]);
    check("They lost 2 million 300 thousand euros.", &["2 million 300 thousand euros = 2300000 EUR"]);
    check("The site has 130M users and 20K editors.", &["130M = 130000000 <users>", "20K = 20000 <editors>"]);
    check("A £5bn plan and a €2mn grant were agreed.", &["£5bn = 5000000000 GBP <plan>", "€2mn = 2000000 EUR <grant>"]);
    check("Some 3 hundred thousand forms arrived.", &["Some 3 hundred thousand = ~300000 <forms>"]);
    check("The £1.8million two storey house was sold.", &["£1.8million = 1800000 GBP <house>", "two = 2 <house>"]);
    check("Between three and five million visitors came.", &["Between three and five million = 3000000..5000000 <visitors>"]);
    check("They saw 5--7 boats, 12\u{34f}\u{a0}000 birds.", &["5--7 = 5..7 <boats>", "12\u{34f}\u{a0}000 = 12000 <birds>"]);
    check("They expect $3–5 billion in revenue.", &["$3–5 billion = 3000000000..5000000000 USD"]);
    check("It could take three to five million years.", &["three to five million years = 3000000..5000000 year"]);
}

#[test]
fn european_digits() {
    check("The hall holds 40.000 visitors.", &["40.000 = 40000 <visitors>"]);
    check("The town has 12.500 residents.", &["12.500 = 12500 <residents>"]);
    check("It weighs 12.500 grams.", &["12.500 grams = 12.5 gram"]);
    check("A coffee costs 2,50 euros.", &["2,50 euros = 2.5 EUR <coffee>"]);
    check("They wore shirts 22,24,26.", &[]);
}

#[test]
fn fractions() {
    check("Two-thirds of voters stayed away.", &["Two-thirds = 0.6666666666666666666666666667 [Fraction] <voters> {voters}"]);
    check("One in five pupils failed.", &["One in five = 0.2 [Fraction] <pupils>"]);
    check("Seven out of 10 teachers agreed.", &["Seven out of 10 = 0.7 [Fraction] <teachers>"]);
    check("They waited 3½ hours.", &["3½ hours = 3.5 hour"]);
    check("Two and a half million homes lost power.", &["Two and a half million = 2500000 <homes>"]);
    check("One million and a half were spent.", &["One million and a half = 1500000"]);
    check("Half a million letters were lost.", &["Half a million = 500000 <letters>"]);
    check("About half the houses burned.", &["About half = ~0.5 [Fraction] <houses> {the houses}"]);
    check(
        "A quarter of the city's 8.4 million residents left.",
        &["A quarter = 0.25 [Fraction] <residents> {the city's 8.4 million residents}", "8.4 million = 8400000 <residents>"],
    );
    check("The first half was dull.", &["first = 1 [Ordinal] <half>"]);
    check("The third quarter was quiet.", &["third = 3 [Ordinal] <quarter>"]);
    check("He was the third man.", &["third = 3 [Ordinal] <man>"]);
    check("The odds were 2/1.", &[]);
}

#[test]
fn groups_and_vague_amounts() {
    check("Two dozen cars were towed.", &["Two dozen = 24 <cars>"]);
    check("Half a dozen people fled.", &["Half a dozen = 6 <people>"]);
    check("Dozens of people were hurt.", &["Dozens = 20..<200 <people>"]);
    check("Tens of thousands of fans sang.", &["Tens of thousands = 10000..<100000 <fans>"]);
    check("Several hundred troops crossed.", &["Several hundred = 200..<1000 <troops>"]);
    check("A couple of hundred sheep were sold.", &["A couple of hundred = 200 <sheep>"]);
    check("A handful of protesters stayed.", &["A handful = 2..<10 <protesters>"]);
    check("Scores of homes burned.", &["Scores = 20..<200 <homes>"]);
    check("The scores were read out.", &[]);
    check("The couple left early.", &[]);
}

#[test]
fn one_and_zero() {
    check("A million people fled.", &["A million = 1000000 <people>"]);
    check("The talks lasted an hour.", &["an hour = 1 hour <talks>"]);
    check("It was the driest week in a decade.", &["a decade = 1 decade"]);
    check("She waited an hour and a half.", &["an hour and a half = 1.5 hour"]);
    check("No deaths were reported.", &["No = 0 <deaths>"]);
    check("None of the 12 hostages was hurt.", &["None = 0 <hostages> {the 12 hostages}", "12 = 12 <hostages>"]);
    check("Not one ballot was lost.", &["Not one = 0 <ballot>"]);
    check("Not a single ballot was lost.", &["Not a single = 0 <ballot>"]);
    check("It was not one of the best.", &[]);
    check("Not one of the 30 cars moved.", &["Not one = 0 <cars> {the 30 cars}", "30 = 30 <cars>"]);
    check("It was no surprise.", &[]);
    check("No one came.", &[]);
    check("One person died.", &["One = 1 <person>"]);
    check("This is one of the reasons.", &[]);
    check("They talked to one another.", &[]);
    check("One day he left.", &[]);
}

#[test]
fn negative_numbers() {
    check("The economy grew by minus 0.3 percent.", &["minus 0.3 percent = -0.3 percent <economy> ^up By"]);
    check("It fell to -12C overnight.", &["-12C = -12 degree Celsius ^down To"]);
}

#[test]
fn years_are_no_figures() {
    check("He was born in 1984.", &[]);
    check("The 2015 plan was dropped.", &[]);
    check("The firm had 2,015 workers.", &["2,015 = 2015 <workers>"]);
    check("Some 2000 people came.", &["Some 2000 = ~2000 <people>"]);
    check("The 2012-2013 season was poor.", &[]);
    check("In the 1990s it was sold.", &[]);
}

#[test]
fn multiples() {
    check("Output is three times higher than before.", &["three times = 3 [Multiple] <Output>"]);
    check("The crowd was twice as large.", &["twice = 2 [Multiple] <crowd>"]);
    check("Prices rose threefold.", &["threefold = 3 [Multiple] <Prices> ^up By"]);
    check("Sales doubled to $5 million.", &["doubled = 2 [Multiple] <Sales> ^up By", "$5 million = 5000000 USD <Sales> ^up To"]);
    check("He voted three times.", &["three = 3 <times>"]);
    check("It was a double-digit loss.", &[]);
}

#[test]
fn names_and_codes() {
    check("A Boeing 737 landed at gate 4.", &[]);
    check("Section 427 applies to Channel 4.", &[]);
    check("The F-16 carried COVID-19 tests to the G7.", &[]);
    check("Call 555-1234 or +44 20 7946 0958.", &[]);
    check("The server is 192.168.1.2.", &[]);
    check("He lives at 4 Princess Street.", &[]);
    check("The No. 2 seed won.", &[]);
    check("Capital One gained.", &[]);
    check("It took 24/7 care after 9/11.", &[]);
}

#[test]
fn scores_and_tallies() {
    check("They won 3-2.", &["3-2 = 3..2 [Score]"]);
    check("The bill passed 52-48.", &["52-48 = 52..48 [Score]"]);
    check("They lost 1-2 at home.", &["1-2 = 1..2 [Score]"]);
    check("It lasts 3-5 days.", &["3-5 days = 3..5 day"]);
}

#[test]
fn bounds() {
    check("More than 40 drones were shot down.", &["More than 40 = >40 <drones>"]);
    check("Over 40 drones flew.", &["Over 40 = >40 <drones>"]);
    check("At least 40 drones flew.", &["At least 40 = >=40 <drones>"]);
    check("500+ seats are left.", &["500+ = >=500 <seats>"]);
    check("Forty or more ships sank.", &["Forty or more = >=40 <ships>"]);
    check("Fewer than 40 ships sank.", &["Fewer than 40 = <40 <ships>"]);
    check("Up to 40 ships sank.", &["Up to 40 = <=40 <ships>"]);
    check("As many as 40 ships sank.", &["As many as 40 = <=40 <ships>"]);
    check("No more than 40 ships sank.", &["No more than 40 = <=40 <ships>"]);
    check("Nearly 40 ships sank.", &["Nearly 40 = -~40 <ships>"]);
    check("Roughly 40 ships sank.", &["Roughly 40 = ~40 <ships>"]);
    check("Just over 40 ships sank.", &["Just over 40 = +~40 <ships>"]);
    check("Just under 40 ships sank.", &["Just under 40 = -~40 <ships>"]);
    check("Not quite 40 ships sank.", &["Not quite 40 = -~40 <ships>"]);
    check("It spent £4 million over three seasons.", &["£4 million = 4000000 GBP", "over three = >=3 <seasons>"]);
    check("Exactly 40 ships sank.", &["Exactly 40 = 40 <ships>"]);
}

#[test]
fn ranges() {
    check("Between 3 and 5 ships sank.", &["Between 3 and 5 = 3..5 <ships>"]);
    check("From 3 to 5 ships sank.", &["From 3 to 5 = 3..5 <ships>"]);
    check("They saw 8- to 16-metre waves.", &["8- to 16-metre = 8..16 metre <waves>"]);
    check("Prices rose 10 to 15 percent.", &["10 to 15 percent = 10..15 percent <Prices> ^up By"]);
    check("One or two points were scored.", &["One or two = 1..2 <points>"]);
}

#[test]
fn respectively() {
    check("Sales and profit rose 5% and 8%, respectively.", &["5% = 5 percent <Sales> ^up By", "8% = 8 percent <profit> ^up By"]);
    check("Sales and profit rose 5%.", &["5% = 5 percent <profit> ^up By"]);
}

#[test]
fn two_bounds() {
    check("It has more than 10 and fewer than 40 rooms.", &["more than 10 and fewer than 40 = 10..<40 <rooms>"]);
    check("At least 3 died and fewer than 9 fled.", &["At least 3 = >=3", "fewer than 9 = <9"]);
    check("Turnout did not reach 50%.", &["did not reach 50% = <50 percent <Turnout>"]);
    check("Speeds must never exceed 90 mph.", &["must never exceed 90 mph = <=90 mile per hour <Speeds>"]);
    check("Turnout reached 50%.", &["50% = 50 percent <Turnout>"]);
}

#[test]
fn counted_nouns() {
    check("The 37-year-old royal said so.", &["37-year-old = 37 year [Age] <royal>"]);
    check("The 12-year-old left.", &["12-year-old = 12 year [Age]"]);
    check("They won nine of their last 14 matches.", &["nine = 9 <matches> {their last 14 matches}", "14 = 14 <matches>"]);
    check("They booked a 40% increase in earnings.", &["40% = 40 percent <earnings> ^up By"]);
    check(
        "More than half of the members (54%) agreed.",
        &["More than half = >0.5 [Fraction] <members> {the members}", "54% = 54 percent <members>"],
    );
    check("It was the team's third win of May.", &["third = 3 [Ordinal] <win>"]);
    check("A 6-year-old boy's mother wept.", &["6-year-old = 6 year [Age] <boy>"]);
    check("Profit passed the $10 billion mark.", &["$10 billion = 10000000000 USD <mark>"]);
    check("Six injured people and 40 residential buildings were counted.", &["Six = 6 <people>", "40 = 40 <buildings>"]);
    check("It has 28 state dinners a year.", &["28 = 28 <dinners>"]);
    check("Two pan-democratic veteran politicians spoke.", &["Two = 2 <politicians>"]);
    check("The blast killed 40 and wounded 60 others.", &["40 = 40", "60 = 60 <others>"]);
    check("Twelve of the 40 drones fell.", &["Twelve = 12 <drones> {the 40 drones}", "40 = 40 <drones>"]);
    check("The team had 31 league wins against them.", &["31 = 31 <wins>"]);
    check("More than 1.2 million of them fled.", &["More than 1.2 million = >1200000 {them}"]);
    check("The death toll rose to 12.", &["12 = 12 <toll> ^up To"]);
    check("The navy rescued 200 more.", &["200 = 200"]);
    check("The earnings per share in the quarter were $6.86.", &["$6.86 = 6.86 USD <earnings>"]);
    check("A profit of $3 million was booked.", &["$3 million = 3000000 USD <profit>"]);
}

#[test]
fn percentages() {
    check("Turnout was 58.3 percent.", &["58.3 percent = 58.3 percent <Turnout>"]);
    check("5% of voters agreed.", &["5% = 5 percent <voters> {voters}"]);
    check(
        "The rate rose 2 percentage points to 5 percent.",
        &["2 percentage points = 2 percentage point <rate> ^up By", "5 percent = 5 percent <rate> ^up To"],
    );
    check("The bank cut rates by 25 basis points.", &["25 basis points = 25 basis point <rates> ^down By"]);
    check("It raised rates by a quarter point.", &["a quarter point = 0.25 percentage point <rates> ^up By"]);
}

#[test]
fn money() {
    check(
        "He paid US$5 million (£4 million) and A$7 million.",
        &["US$5 million = 5000000 USD", "£4 million = 4000000 GBP", "A$7 million = 7000000 AUD"],
    );
    check("It cost 50 cents.", &["50 cents = 50 USD"]);
    check("It costs 3 dollars 50 cents.", &["3 dollars 50 cents = 3.5 USD"]);
    check("The lender owes 30 MUSD.", &["30 MUSD = 30000000 USD"]);
    check("They owe 5 million pounds.", &["5 million pounds = 5000000 GBP"]);
    check("They moved 5,000 pounds of coal.", &["5,000 pounds = 5000 pound <coal> {coal}"]);
}

#[test]
fn measures_and_rates() {
    check(
        "He drove 100 miles (160 km) at 70 mph.",
        &["100 miles = 100 mile", "160 km = 160 kilometre", "70 mph = 70 mile per hour"],
    );
    check("It was 30°C (86°F) in the shade.", &["30°C = 30 degree Celsius", "86°F = 86 degree Fahrenheit"]);
    check(
        "They pump 20,000 barrels per day at $80 a barrel.",
        &["20,000 barrels per day = 20000 barrel/day", "$80 a barrel = 80 USD/barrel"],
    );
    check("It pays $0.91 per diluted share.", &["$0.91 per diluted share = 0.91 USD/share"]);
    check("It burns 8 litres per 100 km.", &["8 litres per 100 km = 8 litre/100 kilometre"]);
    check("A room is £50 per person per night.", &["£50 per person per night = 50 GBP/night per person <room>"]);
    check("Land sold at $20 per square metre.", &["$20 per square metre = 20 USD/square metre <Land>"]);
    check("The field makes 40,000 bpd.", &["40,000 bpd = 40000 barrel/day"]);
    check("A £26,000-a-year cap was set.", &["£26,000-a-year = 26000 GBP/year <cap>"]);
    check("He is 5 feet 6 inches tall.", &["5 feet 6 inches = 66 inch"]);
    check("The flight took 2 hours and 10 minutes.", &["2 hours and 10 minutes = 130 minute <flight>"]);
    check("He is 5 feet 6 and his son is 6'2\".", &["5 feet 6 = 66 inch", "6'2\" = 74 inch <son>"]);
    check("They sailed 5 feet 6 days ago.", &["5 feet = 5 foot", "6 days = 6 day"]);
    check("She won the 400m hurdles; 400m residents voted.", &["400m = 400 metre", "400m = 400000000 <residents>"]);
    check(
        "The lake rose by 2, 3 and 4 metres.",
        &["2 = 2 metre <lake> ^up By", "3 = 3 metre <lake> ^up By", "4 metres = 4 metre <lake> ^up By"],
    );
    check("A 6-foot-2 guard scored.", &["6-foot-2 = 74 inch <guard>"]);
    check("He ran 5 in Paris.", &["5 = 5"]);
}

#[test]
fn symbols_of_science() {
    check("Take 5 kN·m and 5 N m.", &["5 kN·m = 5 kilonewton metre", "5 N m = 5 newton metre"]);
    check("It held 20 kg/m3 and 7 kg m^-3.", &["20 kg/m3 = 20 kilogram/cubic metre", "7 kg m^-3 = 7 kilogram/cubic metre"]);
    check("The air had 12 µg/m³ of soot.", &["12 µg/m³ = 12 microgram/cubic metre <soot> {soot}"]);
    check("Give 20 mg/kg/day.", &["20 mg/kg/day = 20 milligram/day per kilogram"]);
    check("It flew at 30 cm/ms.", &["30 cm/ms = 30 centimetre per millisecond"]);
    check("It blinks at 4e14 s-1.", &["4e14 s-1 = 400000000000000 inverse second"]);
    check("At 5 MPa it needs 230 V.", &["5 MPa = 5 megapascal", "230 V = 230 volt"]);
    check("A load of 20 (kg) and 30 [cm].", &["20 (kg) = 20 kilogram <load>", "30 [cm] = 30 centimetre"]);
    check("He is 40 (m).", &["40 = 40"]);
    check("He has 3 moles and 12 bars.", &["3 = 3 <moles>", "12 = 12 <bars>"]);
    check("Seat 12A is free.", &[]);
    check("He lives at 5 N Main Street.", &[]);
    check("We saw 5 V Festival tents.", &["5 = 5 <tents>"]);
    check("Some 5 x 10^3 cells, 5 × 10³ cells.", &["Some 5 x 10^3 = ~5000 <cells>", "5 × 10³ = 5000 <cells>"]);
    check("It has 3 x 10 cells.", &["3 = 3 <x>", "10 = 10 <cells>"]);
    check("It weighs 45 ± 3 kg, give or take.", &["45 ± 3 kg = 42..48 kilogram"]);
}

#[test]
fn money_as_it_is_spoken() {
    check("It cost 15 dollars 50.", &["15 dollars 50 = 15.5 USD"]);
    check("It cost 15 dollars 50 times.", &["15 dollars = 15 USD <times>", "50 = 50 <times>"]);
    check("It sold for R12,000, then R5m.", &["R12,000 = 12000 ZAR", "R5m = 5000000 ZAR"]);
    check("Take the R12 road.", &[]);
    check("A fee of RM42 was paid.", &["RM42 = 42 MYR <fee>"]);
}

#[test]
fn measures_left_out() {
    check(
        "Kent may take 310 million litres a year from it and Surrey 270 million.",
        &["310 million litres a year = 310000000 litre/year", "270 million = 270000000 litre/year"],
    );
    check("He won $5 million and Ann 3 medals.", &["$5 million = 5000000 USD", "3 = 3 <medals>"]);
}

#[test]
fn tallies_and_clocks() {
    check("It passed by 312 votes to 298.", &["312 = 312 <votes>", "298 = 298 <votes>"]);
    check("He gave 12 games to 3 children.", &["12 = 12 <games>", "3 = 3 <children>"]);
    check(
        "About half voted, a third were away.",
        &["About half = ~0.5 [Fraction]", "a third = 0.3333333333333333333333333333 [Fraction]"],
    );
    check("Two men died and a third was hurt.", &["Two = 2 <men>", "third = 3 [Ordinal]"]);
    check("He woke at 10 to 8.", &[]);
    check("The favourite ran at 5 to 2.", &["5 to 2 = 5..2 [Score]"]);
}

#[test]
fn adjective_measures() {
    check("The five-hour talks ended.", &["five-hour = 5 hour <talks>"]);
    check("The 28-point plan failed.", &["28 = 28 <plan>"]);
    check("A 3-bedroom home was sold.", &["3 = 3 <home>"]);
    check("A three-day, 200-mile march began.", &["three-day = 3 day <march>", "200-mile = 200 mile <march>"]);
    check("It was a 20 minute walk.", &["20 minute = 20 minute <walk>"]);
    check("It was about a 20-minute walk.", &["about a 20-minute = ~20 minute <walk>"]);
}

#[test]
fn changes() {
    check("Sales rose 5%.", &["5% = 5 percent <Sales> ^up By"]);
    check("Sales rose to 5%.", &["5% = 5 percent <Sales> ^up To"]);
    check("Sales fell by 5 points.", &["5 = 5 <points> ^down By"]);
    check("Sales rose from 3% to 5%.", &["3% = 3 percent <Sales> ^up From", "5% = 5 percent <Sales> ^up To"]);
    check(
        "Unemployment fell to 4.1%, down from 4.3%.",
        &["4.1% = 4.1 percent <Unemployment> ^down To", "4.3% = 4.3 percent <Unemployment> ^down From"],
    );
    check("Shares were up 1.2%.", &["1.2% = 1.2 percent <Shares> ^up By"]);
    check("Net debt fell below $25 billion.", &["below $25 billion = <25000000000 USD <debt> ^down To"]);
    check(
        "Income rose by $2.3 million, or 12%, to $21 million.",
        &[
            "$2.3 million = 2300000 USD <Income> ^up By",
            "12% = 12 percent <Income> ^up By",
            "$21 million = 21000000 USD <Income> ^up To",
        ],
    );
    check("They may use 310 litres, 70 more than before.", &["310 litres = 310 litre", "70 = 70 ^up By"]);
    check(
        "Sales rose by a third to £4.5m.",
        &["a third = 0.3333333333333333333333333333 [Fraction] <Sales> ^up By", "£4.5m = 4500000 GBP <Sales> ^up To"],
    );
    check("She lost three children; he lost three kilos.", &["three = 3 <children>", "three kilos = 3 kilogram ^down By"]);
    check(
        "Profit fell 12% year on year to 3 million yen.",
        &["12% = 12 percent <Profit> ^down By", "3 million yen = 3000000 JPY <Profit> ^down To"],
    );
    check("Contracts above $250,000 were signed.", &["above $250,000 = >250000 USD"]);
    check("Crime was cut by half.", &["half = 0.5 [Fraction] <Crime> ^down By"]);
    check("Women make up 52% of the audience.", &["52% = 52 percent <audience> {the audience}"]);
    check("The charity raised $7,000.", &["$7,000 = 7000 USD <charity>"]);
    check("They set it up one week before.", &["one week = 1 week"]);
}

#[test]
fn ordinals() {
    check("The third victim died in the fifth straight month.", &["third = 3 [Ordinal] <victim>", "fifth = 5 [Ordinal] <month>"]);
    check("He lives on the 21st floor.", &["21st = 21 [Ordinal] <floor>"]);
    check("The first lady spoke.", &[]);
    check("At first it rained.", &[]);
    check("I second that.", &[]);
    check("The 19th century ended.", &[]);
    check("The FIRST contest was held.", &[]);
}

#[test]
fn ages() {
    check("A 6-year-old girl cried.", &["6-year-old = 6 year [Age] <girl>"]);
    check("The boy, 6, cried.", &["6 = 6 year [Age] <boy>"]);
    check("Jane Doe (34) spoke.", &["34 = 34 year [Age] <Doe>"]);
    check("A girl of six cried.", &["six = 6 year [Age] <girl>"]);
    check("A man aged 60 spoke.", &["60 = 60 year [Age] <man>"]);
    check("She is in her 30s.", &["30s = 30..39 year [Age]"]);
    check("He is in his late fifties.", &["fifties = 50..59 year [Age]"]);
    check("A 10-year-old law was struck down.", &["10-year-old = 10 year [Age] <law>"]);
    check("The 17- and 12-year-olds left.", &["17 = 17 year [Age]", "12-year-olds = 12 year [Age]"]);
    check("She has sons aged nine and 11.", &["nine = 9 year [Age] <sons>", "11 = 11 year [Age] <sons>"]);
    check("She was 17 when she left.", &["17 = 17 year [Age]"]);
    check("He died at 79.", &["79 = 79 year [Age]"]);
    check("He turned 13 on Monday.", &["13 = 13 year [Age]"]);
    check("The two, both 27, sang.", &["two = 2", "27 = 27 year [Age] <two>"]);
    check("She turned 50.", &["50 = 50 year [Age]"]);
    check("People over 65 may vote.", &["over 65 = >65 year [Age] <People>"]);
    check("He walked for 6 days.", &["6 days = 6 day"]);
}

/// The step of the last digit written, beside the text of the numeral.
#[track_caller]
fn step(text: &str, expect: &[(&str, &str)]) {
    let prose = prose(text);
    let found: Vec<(String, String)> = read(&prose)
        .iter()
        .filter_map(|m| match &m.kind {
            MentionKind::Quantity(q) => Some((prose.str(q.numeral).to_owned(), q.step.normalize().to_string())),
            _ => None,
        })
        .collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(found, expect, "in {text:?}");
}

#[test]
fn precision_as_written() {
    step("It is 3.5 km away.", &[("3.5", "0.1")]);
    step("It cost $3.1 billion.", &[("3.1 billion", "100000000")]);
    step("It has 40,000 users.", &[("40,000", "1")]);
    step("It has forty thousand users.", &[("forty thousand", "1000")]);
    step("It has 130M users.", &[("130M", "1000000")]);
    step("Up 1.20%.", &[("1.20", "0.01")]);
    step("It has 3–5 million users.", &[("3–5 million", "1000000")]);
}

#[test]
fn absurd_figures_are_not_read() {
    check("It has 99999999999999999999999999999999999999999999999999 users.", &[]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn any_text_reads(text in "([0-9]{1,4}|[0-9]{18,25}|septillion|hundred|several |or |to |and |in |more than |half |quarter |percent|%|- |[a-z]{1,6}|[ ,.$%°½/:'’“–-]|three|million|half|a |twenty|dozen|£|of |year|old|\\PC){0,40}") {
        let prose = prose(&text);
        let mentions = read(&prose);
        let mut end = 0;
        for m in &mentions {
            prop_assert!(m.span.start >= end && m.span.end > m.span.start);
            prop_assert!(prose.document.prose.get(m.span.range()).is_some());
            let MentionKind::Quantity(q) = &m.kind else { unreachable!() };
            prop_assert!(m.span.contains(q.numeral));
            for span in [q.entity, q.modifiers, q.base, q.qualifier].into_iter().flatten() {
                prop_assert!(prose.document.prose.get(span.range()).is_some());
            }
            end = m.span.end;
        }
    }
}
