//! Days as numbers from the first of January 1970.

pub(crate) const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
pub(crate) const WEEKDAYS: [&str; 7] = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];

/// Year, month and day, after Howard Hinnant's civil_from_days.
pub(crate) fn civil(day: i64) -> (i64, usize, i64) {
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month as usize, of_year - (153 * shifted + 2) / 5 + 1)
}

/// "2026-03-09"
pub(crate) fn iso(day: i64) -> String {
    let (year, month, day) = civil(day);
    format!("{year}-{month:02}-{day:02}")
}

/// "March 9"
pub(crate) fn short(day: i64) -> String {
    let (_, month, day) = civil(day);
    format!("{} {day}", MONTHS[month - 1])
}

/// "March 9, 2026"
pub(crate) fn long(day: i64) -> String {
    format!("{}, {}", short(day), civil(day).0)
}

pub(crate) fn weekday(day: i64) -> &'static str {
    WEEKDAYS[day.rem_euclid(7) as usize]
}
