//! How days and weekdays of the calendar library are stored in an index.

use borsh::{
    BorshDeserialize, BorshSerialize,
    io::{ErrorKind, Read, Result, Write},
};
use jiff::civil::{Date, Weekday};

/// A day as a number of the form 20260309.
pub(super) fn put_day<W: Write>(day: &Option<Date>, writer: &mut W) -> Result<()> {
    day.map(|d| i32::from(d.year()) * 10_000 + i32::from(d.month()) * 100 + i32::from(d.day())).serialize(writer)
}

pub(super) fn get_day<R: Read>(reader: &mut R) -> Result<Option<Date>> {
    let Some(number) = Option::<i32>::deserialize_reader(reader)? else { return Ok(None) };
    let (year, rest) = (number.div_euclid(10_000), number.rem_euclid(10_000));
    let year = i16::try_from(year).map_err(|_| ErrorKind::InvalidData)?;
    Ok(Some(Date::new(year, (rest / 100) as i8, (rest % 100) as i8).map_err(|_| ErrorKind::InvalidData)?))
}

/// A weekday as its number, Monday 1; 0 for none.
pub(super) fn put_weekday<W: Write>(weekday: &Option<Weekday>, writer: &mut W) -> Result<()> {
    weekday.map_or(0, Weekday::to_monday_one_offset).serialize(writer)
}

pub(super) fn get_weekday<R: Read>(reader: &mut R) -> Result<Option<Weekday>> {
    match i8::deserialize_reader(reader)? {
        0 => Ok(None),
        number => Weekday::from_monday_one_offset(number).map(Some).map_err(|_| ErrorKind::InvalidData.into()),
    }
}

/// A weekday that is there.
pub(super) fn put_this_weekday<W: Write>(weekday: &Weekday, writer: &mut W) -> Result<()> {
    put_weekday(&Some(*weekday), writer)
}

pub(super) fn get_this_weekday<R: Read>(reader: &mut R) -> Result<Weekday> {
    get_weekday(reader)?.ok_or_else(|| ErrorKind::InvalidData.into())
}
