//! Times of day and their zones.

use super::Words;
use crate::claim::date::{
    Clock, DayPart,
    lex::{self, Lex},
};
use crate::prose::Tag;

impl Words<'_> {
    /// A time of day.
    pub(super) fn clock(&self, i: usize) -> Option<(Clock, usize)> {
        let before = i.checked_sub(1);
        if let Some(spoken) = self.spoken(i) {
            let (zone, end) = self.zone(spoken.end).map_or((None, spoken.end), |(z, e)| (Some(z), e));
            return Some((Clock { minute: spoken.minute, twelve: spoken.twelve, zone }, end));
        }
        let mut twelve = false;
        let (minute, end) = match self.lex(i) {
            Lex::Noon(minute) => {
                let starts = before.is_none_or(|b| matches!(self.lex(b), Lex::Function | Lex::Int { .. } | Lex::Mark(_)));
                // "a midnight feast"
                let describes = before.is_some_and(|b| self.is(b, &["a", "his", "her", "their", "its"]))
                    && self.items.get(i + 1).is_some_and(|n| n.tag == Tag::Noun);
                if self.is_capital(i) && !starts || describes || self.names(i) {
                    return None;
                }
                (minute, i + 1)
            }
            Lex::Hour { hour, pm } => (u16::from(hour) * 60 + if pm { 720 } else { 0 }, i + 1),
            Lex::Colon { minute, meridiem } => {
                let (half, end) = match (meridiem, self.lex(i + 1)) {
                    (Some(pm), _) => (Some(pm), i + 1),
                    (None, Lex::Meridiem(pm)) if minute / 60 <= 12 => (Some(pm), i + 2),
                    _ => (None, i + 1),
                };
                match half {
                    Some(pm) => (minute % 720 + if pm { 720 } else { 0 }, end),
                    None => {
                        let zoned = self.zone(end).is_some();
                        let dubious = before.is_some_and(|b| {
                            self.is(b, &["in", "of", "a", "the"])
                                || self.items[b].tag == Tag::ProperNoun && matches!(self.lex(b), Lex::Other)
                        });
                        if dubious && !zoned {
                            return None;
                        }
                        twelve = (60..780).contains(&minute) && !zoned;
                        (minute, end)
                    }
                }
            }
            Lex::Decimal { whole, part, digits: 2 } if whole <= 23 && part < 60 => match self.lex(i + 1) {
                Lex::Meridiem(pm) if (1..=12).contains(&whole) => {
                    ((whole as u16 % 12 + if pm { 12 } else { 0 }) * 60 + part as u16, i + 2)
                }
                _ => return None,
            },
            Lex::Int { value, digits: 1..=2 } if (1..=12).contains(&value) => {
                let hour = value as u16 % 12 * 60;
                match self.lex(i + 1) {
                    Lex::Meridiem(pm) => (hour + if pm { 720 } else { 0 }, i + 2),
                    Lex::Noon(minute) => (minute, i + 2),
                    // "8-11 p.m.": the half of the day is written once.
                    Lex::Dash | Lex::Function if self.lex(i + 1) == Lex::Dash || self.is(i + 1, &["to", "and", "until"]) => {
                        let pm = match (self.lex(i + 2), self.lex(i + 3)) {
                            (Lex::Hour { pm, .. }, _) | (Lex::Int { digits: 1..=2, .. }, Lex::Meridiem(pm)) => pm,
                            (Lex::Colon { meridiem: Some(pm), .. }, _) | (Lex::Colon { .. }, Lex::Meridiem(pm)) => pm,
                            _ if self.is(i + 3, &["at"]) && self.lex(i + 4) == Lex::Part(DayPart::Night) => {
                                (6..12).contains(&value)
                            }
                            _ => return None,
                        };
                        (hour + if pm { 720 } else { 0 }, i + 1)
                    }
                    _ if self.is(i + 1, &["o'clock", "o’clock", "oclock", "in"]) => {
                        let (half, end) = self.half_of_day(i + 1);
                        if end == i + 1 {
                            return None;
                        }
                        twelve = half.is_none();
                        (hour + if half == Some(true) { 720 } else { 0 }, end)
                    }
                    _ if self.is(i + 1, &["at"]) && self.lex(i + 2) == Lex::Part(DayPart::Night) => {
                        (if value < 6 || value == 12 { hour } else { hour + 720 }, i + 3)
                    }
                    _ => return None,
                }
            }
            // "0830 GMT", "1500 hours"
            Lex::Int { value, digits: 3..=4 } if value / 100 < 24 && value % 100 < 60 => {
                let minute = (value / 100 * 60 + value % 100) as u16;
                match (self.zone(i + 1), self.lex(i + 1)) {
                    (Some((zone, end)), _) => return Some((Clock { minute, twelve, zone: Some(zone) }, end)),
                    // "330 p.m."
                    (_, Lex::Meridiem(pm)) if (60..780).contains(&minute) => (minute % 720 + if pm { 720 } else { 0 }, i + 2),
                    _ if self.is(i + 1, &["hours", "hrs"]) && self.text(i).len() == 4 && self.is(i.wrapping_sub(1), &["at"]) => {
                        (minute, i + 2)
                    }
                    _ => return None,
                }
            }
            _ => return None,
        };
        let (zone, end) = match self.zone(end) {
            Some((zone, end)) => (Some(zone), end),
            None => (None, end),
        };
        Some((Clock { minute, twelve, zone }, end))
    }

    /// The zone at `i`: "EST", "Eastern time", "local time".
    pub(super) fn zone(&self, i: usize) -> Option<(String, usize)> {
        let text = self.text(i);
        if text.is_empty() || !text.is_ascii() {
            return None;
        }
        let upper = text.trim_end_matches('.').replace('.', "").to_uppercase();
        let is_upper = text.bytes().all(|b| !b.is_ascii_lowercase());
        if lex::is_zone(&upper) && (is_upper || matches!(upper.as_str(), "GMT" | "UTC" | "PST" | "EST")) {
            return Some((upper, i + 1));
        }
        let end = (i + 1..i + 3).find(|&j| self.is(j, &["time"]))?;
        let named = (i..end).all(|j| self.is_capital(j) || self.is(j, &["local", "daylight", "standard", "summer"]));
        named.then(|| (upper, end + 1))
    }
}
