use std::sync::Arc;

use jiff::civil::date;

use super::*;
use crate::{claim::MentionKind, document};

/// Dates of a text published on Tuesday, 8 April 2025, as "words=earliest..latest".
fn dates(text: &str) -> String {
    let mut document = document::parse(Arc::from(text), document::Format::Plain);
    document.meta.published = Some(date(2025, 4, 8));
    let prose = Prose::read(Arc::new(document));
    let shown = read(&prose).into_iter().map(|m| {
        let MentionKind::Date(d) = &m.kind else { unreachable!() };
        let clock = d
            .clock
            .as_ref()
            .map_or(String::new(), |c| format!(" {:02}:{:02}{}", c.minute / 60, c.minute % 60, c.zone.as_deref().unwrap_or("")));
        let days = match (d.earliest, d.latest) {
            (Some(a), Some(b)) if a == b => a.to_string(),
            (Some(a), Some(b)) => format!("{a}..{b}"),
            _ => "?".to_owned(),
        };
        format!("{}={days}{clock}", prose.str(m.span))
    });
    shown.collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn check(text: &str, expect: &str) {
    assert_eq!(dates(text), expect, "{text}");
}

#[test]
fn weekdays() {
    check("The minister resigned on Friday.", "Friday=2025-04-04");
    check("The minister spoke Tuesday in Oslo.", "Tuesday=2025-04-08");
    check("The minister will speak on Friday.", "Friday=2025-04-11");
    check("Voters decided on Sunday, March 30, and again last Friday.", "Sunday, March 30=2025-03-30; last Friday=2025-04-04");
    check("He sat in the Sun and read the Sunday Times.", "");
}

#[test]
fn calendar() {
    check("It opened on Aug. 7, 2015, and closed on 9 March 2016.", "Aug. 7, 2015=2015-08-07; 9 March 2016=2016-03-09");
    check("The law of 2015-08-07 was changed in June 2019.", "2015-08-07=2015-08-07; June 2019=2019-06-01..2019-06-30");
    check("The form was dated 3/4/2024.", "3/4/2024=2024-03-04..2024-04-03");
    check("It ran from December to May 2020.", "December=2019-12-01..2019-12-31; May 2020=2020-05-01..2020-05-31");
    check("Talks were held on August 10-12, 2012.", "August 10=2012-08-10; 12, 2012=2012-08-12");
    check("On 31 June 2022 and on February 20-30, 2022.", "");
    check("They may march in the fall, a second time.", "");
    check("June Smith and April Jones won.", "");
}

#[test]
fn newspapers_and_weekends() {
    check(
        "See “Budget”, Toronto Sun, May 3, 2020, and Mail on Sunday, 3 May 2020.",
        "May 3, 2020=2020-05-03; 3 May 2020=2020-05-03",
    );
    check("It ran Saturday and Sunday, April 5 and 6.", "Saturday=2025-04-05; Sunday=2025-04-06; April 5=2025-04-05");
    check("It was sunny on Sun., April 6, 2025.", "Sun., April 6, 2025=2025-04-06");
}

#[test]
fn pieces() {
    check("It fell on the last Tuesday of October 2024.", "last Tuesday of October 2024=2024-10-29");
    check("It snowed in the first week of March.", "first week of March=2025-03-01..2025-03-07");
    check("Sales rose in the first nine months of 2024.", "first nine months of 2024=2024-01-01..2024-09-30");
    check("It will end on the last day of May.", "last day of May=2025-05-31");
    check("The week of May 5 will be dry.", "week of May 5=2025-05-05..2025-05-11");
    check("It rose from last year’s third quarter.", "last year’s third quarter=2024-07-01..2024-09-30");
    check("It grew since the turn of the century.", "turn of the century=1995-01-01..2004-12-31");
    check("She had the last week of her life in mind, and the first month in office.", "");
    check("It was warm in the mid-90s and cold in the 60s.", "mid-90s=1992-07-01..1997-07-01; 60s=1960-01-01..1969-12-31");
    check("Highs will be in the 80s and degrees in the 40s.", "");
}

#[test]
fn sets() {
    check("It opens every Tuesday and Friday.", "Tuesday=?; Friday=?");
    check("Sundays it is closed.", "Sundays=?");
    check("It came two Fridays ago.", "two Fridays ago=2025-03-28");
}

#[test]
fn named_days() {
    check("They met on Thanksgiving and at Easter 2024.", "Thanksgiving=2024-11-28; Easter 2024=2024-03-31");
    check("It closed before Memorial Day last year.", "Memorial Day last year=2024-05-27");
    check("It will reopen after Labor Day.", "Labor Day=2025-09-01");
    check("They will meet next Easter, as this Thanksgiving.", "next Easter=2025-04-20; this Thanksgiving=2025-11-27");
    check("It closed for the Labor Day weekend.", "Labor Day weekend=2024-08-31..2024-09-02");
    check("It was a new year and a good friday, with lent money.", "friday=2025-04-04");
    check("They flew to Easter Island and to Christmas Island.", "");
    check("It opened on Christmas Eve and during Ramadan.", "Christmas Eve=2024-12-24; Ramadan=2025-02-28..2025-03-31");
}

#[test]
fn years() {
    check("It fell in 2015 and rose in the early 2000s.", "2015=2015-01-01..2015-12-31; early 2000s=2000-01-01..2004-12-30");
    check("Some 2015 people came, 2,015 in all.", "");
    check("In the '90s and the 1980s it grew.", "'90s=1990-01-01..1999-12-31; 1980s=1980-01-01..1989-12-31");
    check(
        "In the 2014-15 season and in 2016–2017 they won.",
        "2014=2014-01-01..2014-12-31; 15=2015-01-01..2015-12-31; 2016=2016-01-01..2016-12-31; 2017=2017-01-01..2017-12-31",
    );
    check(
        "It rained in the summer of 2013 and in May last year.",
        "summer of 2013=2013-06-01..2013-08-31; May last year=2024-05-01..2024-05-31",
    );
    check("Sales rose in the third quarter of 2021.", "third quarter of 2021=2021-07-01..2021-09-30");
}

#[test]
fn relative() {
    check("She said yesterday that she left 35 years ago.", "yesterday=2025-04-07; 35 years ago=1990-01-01..1990-12-31");
    check("They want it by the end of the year.", "end of the year=2025-12-31");
    check(
        "The report for the year ended in June is due in early May.",
        "June=2024-06-01..2024-06-30; early May=2025-05-01..2025-05-15",
    );
    check(
        "It rained this January and over the past few days.",
        "this January=2025-01-01..2025-01-31; past few days=2025-03-30..2025-04-08",
    );
    check("They want it by year-end or at the end of May.", "year-end=2025-12-31; end of May=2025-05-16..2025-05-31");
    check("It took a year to end it.", "");
    check("It happened last month.", "last month=2025-03-01..2025-03-31");
    check("It took five hours and nearly four years.", "");
    check("Three weeks later the mill closed.", "Three weeks later=?");
}

#[test]
fn clocks() {
    check("Doors open at 5 pm EST on Friday.", "5 pm EST on Friday=2025-04-11 17:00EST");
    check("The quake struck at 0830 GMT on Monday.", "0830 GMT on Monday=2025-04-07 08:30GMT");
    check("The blast came at 4:30 a.m. local time.", "4:30 a.m. local time=2025-04-08 04:30LOCAL");
    check(
        "It began at half past three and ended at a quarter to six in the evening.",
        "half past three=2025-04-08 03:30; a quarter to six in the evening=2025-04-08 17:45",
    );
    check(
        "Doors open at 7.30pm, close at ten thirty p.m. and shut at three o'clock.",
        "7.30pm=2025-04-08 19:30; ten thirty p.m.=2025-04-08 22:30; three o'clock=2025-04-08 03:00",
    );
    check("They voted five to three and paid a quarter to the church.", "");
}

/// The first date of `a`, published on `day_a`, against that of `b`.
#[track_caller]
fn alike(a: &str, b: &str, expect: DateLikeness) {
    let first = |text: &str, day: Date| {
        let mut document = document::parse(Arc::from(text), document::Format::Plain);
        document.meta.published = Some(day);
        match read(&Prose::read(Arc::new(document))).swap_remove(0).kind {
            MentionKind::Date(d) => *d,
            _ => unreachable!(),
        }
    };
    // A Friday and the Thursday before.
    let (a, b) = (first(a, date(2025, 12, 5)), first(b, date(2025, 12, 4)));
    assert_eq!(same(&a, &b), expect, "{a:?} {b:?}");
    assert_eq!(same(&b, &a), expect, "the other way");
}

#[test]
fn likeness() {
    use DateLikeness::{Compatible, Different, Same};
    alike("It fell yesterday.", "It fell today.", Same);
    alike("It fell on Thursday.", "It fell today.", Same);
    alike("It fell on Wednesday.", "It fell today.", Different);
    alike("It fell this week.", "It fell on Tuesday.", Compatible);
    alike("It fell last week.", "It fell yesterday.", Different);
    alike("It opened in 2015.", "It opened in May 2015.", Compatible);
    alike("It opened in June 2015.", "It opened in May 2015.", Different);
    alike("It opened in the 1980s.", "It opened in 1985.", Compatible);
    alike("It died 35 years ago.", "It died 32 years ago.", Different);
    alike("It died 35 years ago.", "It died in 1990.", Same);
    alike("It died 35 years ago.", "It died in 1991.", Compatible);
    alike("It will open this fall.", "It would open in October.", Compatible);
    alike("It will end by the end of the decade.", "It will end by 2030.", Compatible);
    alike("It began at 5 p.m. EST.", "It began at 2200 GMT.", Same);
    alike("It began at 5 p.m.", "It began at 6 p.m.", Different);
    alike("It began at half past three.", "It began at 3:30 p.m.", Same);
    alike("It opens every Tuesday.", "It opens every Thursday.", Different);
    alike("It fell on the first Tuesday of May.", "It fell on the last Tuesday of May.", Different);
    alike("It closed on Mother’s Day.", "It closed on March 10.", DateLikeness::Incomparable);
    alike("It began at about 5 p.m.", "It began at 5:10 p.m.", Same);
    alike("It began in early June.", "It began in late June.", Different);
    alike("It grew most since 2018.", "It fell in early 2023.", DateLikeness::Incomparable);
    alike("It grew most since 2018.", "It grew most since 2016.", Different);
    alike("It grew since January.", "It fell in early 2023.", DateLikeness::Incomparable);
    alike("It will end in 2031.", "It will end by 2030.", Different);
    alike("It came two days later.", "It came three days later.", Different);
    alike("It came on Friday night.", "It came on Friday morning.", Different);
}

#[test]
fn weekday_and_date_that_disagree() {
    let right = |text: &str| {
        let prose = Prose::read(Arc::new(document::parse(Arc::from(text), document::Format::Plain)));
        read(&prose).iter().find_map(|m| match &m.kind {
            MentionKind::Date(d) => wrong_weekday(d, None).map(|(day, _)| day.weekday()),
            _ => None,
        })
    };
    assert_eq!(right("They met on Monday, March 4, 2025."), Some(Weekday::Tuesday));
    assert_eq!(right("They met on Tuesday, March 4, 2025."), None);
}

/// Spans lie on character boundaries, in order, without overlaps.
fn sound(text: &str) {
    let mut document = document::parse(Arc::from(text), document::Format::Plain);
    document.meta.published = Some(date(2024, 2, 29));
    let prose = Prose::read(Arc::new(document));
    let mut end = 0;
    for m in read(&prose) {
        assert!(m.span.start >= end && !m.span.is_empty(), "{text:?} {:?}", m.span);
        assert!(text.get(m.span.range()).is_some(), "{text:?} {:?}", m.span);
        end = m.span.end;
        let MentionKind::Date(d) = &m.kind else { unreachable!() };
        assert!(d.earliest <= d.latest, "{text:?} {d:?}");
        assert_ne!(same(d, d), DateLikeness::Different, "{text:?} {d:?}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,60}") {
        sound(&text);
    }

    #[test]
    fn any_mixture_of_dates_is_read(words in proptest::collection::vec(proptest::sample::select(vec![
        "Monday", "last", "next", "this", "May", "March", "Aug.", "Feb", "29", "31", "2015", "1999", "2024-02-30", "3/4/2024", "'90s", "1990s",
        "5", "p.m.", "5pm", "17:00", "24:59", "EST", "GMT", "local", "time", "noon", "ago", "two", "a", "few", "half", "days", "years", "weeks",
        "later", "before", "after", "yesterday", "the", "of", "in", "early", "mid-July", "-", "–", ",", "and", "to", "quarter", "third", "20th",
        "century", "summer", "Christmas", "weekend", "end", "2014-15", "99999999", "0000", "10/10/9999", "9999-12-31", "will", "said", "é", "\n",
        "32", "1000", "centuries", "decades", "4000", "from", "now", "[", "]", "night",
    ]), 0..14), glue in "[ ]{0,1}") {
        sound(&words.join(if glue.is_empty() { " " } else { &glue }));
    }
}
