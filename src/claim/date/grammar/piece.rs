//! Pieces of a period: "the first Tuesday of October", "the last week of May", "the first nine months of 2024".

use super::{Read, Words, is_period};
use crate::claim::date::{DateForm, DateMention, Piece, PieceUnit, ShiftUnit, lex::Lex, resolve};

impl Words<'_> {
    pub(super) fn piece(&self, i: usize) -> Read {
        let nth = match self.lex(i) {
            Lex::Ordinal(n) => i8::try_from(n).ok()?,
            Lex::Relative(-1) if self.is(i, &["last"]) => -1,
            _ => return None,
        };
        let mut at = i + 1;
        let count = match self.lex(at) {
            Lex::Int { value, digits: 1..=2 } => u8::try_from(value).ok()?,
            Lex::Cardinal(n) => u8::try_from(n).ok()?,
            // "the first few days"
            Lex::Vague => 5,
            Lex::Half => return None,
            _ => 1,
        };
        if !matches!(self.lex(at), Lex::Weekday { .. } | Lex::Weekend | Lex::Unit { .. }) {
            at += 1;
        }
        let unit = match self.lex(at) {
            Lex::Weekday { day, .. } => PieceUnit::Weekday(resolve::weekday(day)?),
            Lex::Weekend => PieceUnit::Weekend,
            Lex::Unit { unit, short: false } => match unit {
                ShiftUnit::Day => PieceUnit::Day,
                ShiftUnit::Week => PieceUnit::Week,
                ShiftUnit::Month => PieceUnit::Month,
                ShiftUnit::Quarter => PieceUnit::Quarter,
                ShiftUnit::Year => PieceUnit::Year,
                _ => return None,
            },
            _ => return None,
        };
        // "in": "the first Tuesday in October", but "the third month in office".
        let named = matches!(unit, PieceUnit::Weekday(_) | PieceUnit::Weekend | PieceUnit::Week);
        if !(self.is(at + 1, &["of"]) || named && self.is(at + 1, &["in"])) || count == 0 || nth == 0 {
            return None;
        }
        let (mut m, end) = self.period(at + 2)?;
        m.piece = Some(Piece { nth, count, unit });
        match unit {
            PieceUnit::Day if count == 1 && m.month.is_some() && nth > 0 => {
                (m.form, m.day, m.piece) = (DateForm::Day, u8::try_from(nth).ok(), None);
                if !super::valid(&m) {
                    return None;
                }
            }
            PieceUnit::Day if count == 1 => m.form = DateForm::Day,
            PieceUnit::Weekday(weekday) => (m.form, m.weekday) = (DateForm::Weekday, Some(weekday)),
            PieceUnit::Month => m.form = DateForm::Month,
            // "the third quarter of 2021" is one of its own.
            PieceUnit::Quarter if count == 1 && nth > 0 => return None,
            PieceUnit::Quarter => m.form = DateForm::Quarter,
            PieceUnit::Year => m.form = DateForm::Year,
            PieceUnit::Day | PieceUnit::Week | PieceUnit::Weekend => m.form = DateForm::Week,
        }
        Some((m, end))
    }

    /// A period of which a piece can be meant: "October 2014", "the month", "next year", "fiscal 2022".
    fn period(&self, at: usize) -> Read {
        let the = self.is(at, &["the"]);
        let at = at + usize::from(the);
        let (m, end) = match self.lex(at) {
            Lex::Month { month, short } => {
                let mut m = DateMention::new(DateForm::Month);
                m.month = Some(month);
                let stop = usize::from(short && self.text(at + 1) == "." && self.glued(at));
                match self.year_after(at + 1 + stop) {
                    Some((year, end)) => {
                        m.year = Some(year);
                        (m, end)
                    }
                    None => self.with_year_shift(m, at + 1 + stop),
                }
            }
            Lex::Unit { unit: unit @ (ShiftUnit::Week | ShiftUnit::Month | ShiftUnit::Quarter | ShiftUnit::Year), .. } if the => {
                let mut m = DateMention::new(form_of(unit));
                (m.shift, m.shift_unit) = (Some(0), Some(unit));
                (m, at + 1)
            }
            Lex::Int { .. } => self.year(at).or_else(|| {
                let year = crate::claim::date::year::plain(self.items[at])?;
                Some((DateMention { year: Some(year), ..DateMention::new(DateForm::Year) }, at + 1))
            })?,
            _ if self.is(at, &["fiscal"]) => {
                let at = at + 1 + usize::from(matches!(self.lex(at + 1), Lex::Unit { unit: ShiftUnit::Year, .. }));
                self.year(at)?
            }
            _ => self.date(at)?,
        };
        (is_period(&m) && m.piece.is_none()).then_some((m, end))
    }
}

pub(super) fn form_of(unit: ShiftUnit) -> DateForm {
    match unit {
        ShiftUnit::Week | ShiftUnit::Weekend => DateForm::Week,
        ShiftUnit::Month => DateForm::Month,
        ShiftUnit::Quarter | ShiftUnit::Season => DateForm::Quarter,
        ShiftUnit::Year => DateForm::Year,
        ShiftUnit::Decade | ShiftUnit::Century => DateForm::Decade,
        _ => DateForm::Relative,
    }
}
