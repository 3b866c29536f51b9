//! When an agent is out of office: ranges of days in his own time zone.

use super::sessions::Signed;
use super::{App, AppError, profile};
use domain::{Instant, Kind, Refusal};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use store::Days;

/// Ranges one agent may have.
const RANGES_MAX: usize = 50;

/// An agent's ranges, ready to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absences {
    zone: TimeZone,
    /// By their first day.
    ranges: Vec<(Date, Date)>,
}

impl Absences {
    /// What of it can be read; it was checked when it was stored.
    pub fn new(zone: Option<&str>, days: &[Days]) -> Self {
        let day = |text: &str| text.parse::<Date>().ok();
        let mut ranges: Vec<_> = days
            .iter()
            .filter_map(|days| Some((day(&days.from)?, day(&days.to)?)))
            .collect();
        ranges.sort_unstable();
        let zone = zone.and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC);
        Self { zone, ranges }
    }

    /// The last day, if a range holds now; ranges that follow each other without a day between them are one.
    pub fn until(&self, now: Instant) -> Option<Date> {
        let now = Timestamp::from_microsecond(now.0).ok()?;
        let today = now.to_zoned(self.zone.clone()).date();
        let mut until = None;
        let mut first_after = today;
        for (from, to) in &self.ranges {
            if *from <= first_after && *to >= today {
                until = until.max(Some(*to));
                first_after = first_after.max(to.checked_add(1.day()).unwrap_or(*to));
            }
        }
        until
    }
}

impl App {
    /// An agent says in which days he is out of office; replaces what he said before.
    pub async fn set_out_of_office(&self, signed: &Signed, set: &wire::OutOfOffice) -> Result<(), AppError> {
        if signed.person.kind != Kind::Agent {
            return Err(Refusal::NotFound.into());
        }
        let (zone, ranges) = checked(set)?;
        self.store.set_out_of_office(signed.person.id, &zone, &ranges).await?;
        self.notice_changed_rights().await?;
        Ok(())
    }
}

/// The zone under its proper name, and the ranges in order. Says what is wrong.
fn checked(set: &wire::OutOfOffice) -> Result<(String, Vec<Days>), AppError> {
    if set.ranges.len() > RANGES_MAX {
        let why = format!("There are more than {RANGES_MAX} ranges.");
        return Err(AppError::UnfitDays(why));
    }
    let zone = profile::zone(&set.zone)?;
    let mut ranges = set.ranges.iter().map(range).collect::<Result<Vec<_>, _>>()?;
    ranges.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    Ok((zone, ranges))
}

fn range(range: &wire::DayRange) -> Result<Days, AppError> {
    let (from, to) = (day(&range.from)?, day(&range.to)?);
    if from > to {
        return Err(AppError::UnfitDays(format!("{from} comes after {to}.")));
    }
    Ok(Days { from, to })
}

/// A day of a year of four digits, as it is written: so days sort like their texts.
fn day(text: &str) -> Result<String, AppError> {
    let unfit = || AppError::UnfitDays(format!("{text:.20} is no day; write it as 2026-12-01."));
    let day: Date = text.parse().map_err(|_| unfit())?;
    let written = day.to_string();
    if written != text || !(1_970..=9_999).contains(&day.year()) {
        return Err(unfit());
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proof::Lane;

    fn days(from: &str, to: &str) -> Days {
        Days {
            from: from.into(),
            to: to.into(),
        }
    }

    fn at(utc: &str) -> Instant {
        let at: Timestamp = utc.parse().expect("an instant");
        Instant(at.as_microsecond())
    }

    /// One instant after the other on both sides of midnight, in zones on both sides of the date line.
    #[test]
    fn a_range_begins_and_ends_at_midnight_where_the_agent_is() {
        let lane = Lane::part("presence", "out of office across zones and midnight");
        let december = [days("2026-12-01", "2026-12-05")];
        for (zone, first, last) in [
            ("Europe/Oslo", "2026-11-30T23:00:00Z", "2026-12-05T23:00:00Z"),
            ("Pacific/Auckland", "2026-11-30T11:00:00Z", "2026-12-05T11:00:00Z"),
            ("Pacific/Kiritimati", "2026-11-30T10:00:00Z", "2026-12-05T10:00:00Z"),
            ("America/St_Johns", "2026-12-01T03:30:00Z", "2026-12-06T03:30:00Z"),
            ("Pacific/Pago_Pago", "2026-12-01T11:00:00Z", "2026-12-06T11:00:00Z"),
        ] {
            let out = Absences::new(Some(zone), &december);
            let until = |utc: &str, off_s: i64| out.until(at(utc).plus_s(off_s)).map(|day| day.to_string());
            let last_day = Some("2026-12-05".to_owned());
            for (got, expected) in [
                (until(first, -1), None),
                (until(first, 0), last_day.clone()),
                (until(last, -1), last_day),
                (until(last, 0), None),
            ] {
                lane.case();
                if got != expected {
                    lane.violation(format!("{zone}: {got:?} instead of {expected:?}"));
                }
            }
        }
        lane.finish();
    }

    /// The night in which the clock goes back has 25 hours and is one day.
    #[test]
    fn a_day_is_a_day_when_the_clock_goes_back() {
        let out = Absences::new(Some("Europe/Berlin"), &[days("2026-10-25", "2026-10-25")]);
        assert_eq!(out.until(at("2026-10-24T21:59:59Z")), None);
        assert!(out.until(at("2026-10-24T22:00:00Z")).is_some());
        assert!(out.until(at("2026-10-25T22:59:59Z")).is_some());
        assert_eq!(out.until(at("2026-10-25T23:00:00Z")), None);
    }

    #[test]
    fn ranges_that_meet_are_one_absence() {
        let ranges = [
            days("2026-12-20", "2026-12-24"),
            days("2026-12-25", "2027-01-06"),
            days("2027-01-08", "2027-01-09"),
            days("2026-12-21", "2026-12-22"),
        ];
        let out = Absences::new(Some("UTC"), &ranges);
        let until = |utc: &str| out.until(at(utc)).map(|day| day.to_string());
        assert_eq!(until("2026-12-21T12:00:00Z").as_deref(), Some("2027-01-06"));
        assert_eq!(until("2027-01-07T12:00:00Z"), None);
        assert_eq!(until("2027-01-08T12:00:00Z").as_deref(), Some("2027-01-09"));
    }

    #[test]
    fn what_is_no_range_of_days_is_refused_with_the_reason() {
        let set = |zone: &str, from: &str, to: &str| wire::OutOfOffice {
            zone: zone.into(),
            ranges: vec![wire::DayRange {
                from: from.into(),
                to: to.into(),
            }],
        };
        let why = |set: &wire::OutOfOffice| match checked(set) {
            Err(AppError::UnfitDays(why)) => why,
            other => panic!("not refused: {other:?}"),
        };
        assert_eq!(
            why(&set("Europe/Oslo", "2026-12-05", "2026-12-01")),
            "2026-12-05 comes after 2026-12-01."
        );
        for text in [
            "2026-02-30",
            "20261201",
            "2026-12-01T00:00",
            "+012026-12-01",
            "tomorrow",
            "",
            "0001-01-01",
        ] {
            let why = why(&set("Europe/Oslo", text, "2026-12-01"));
            assert!(why.ends_with("is no day; write it as 2026-12-01."), "{why}");
        }
        for zone in ["Europe/Atlantis", "", "../../etc/passwd", &"x".repeat(5_000)] {
            assert!(why(&set(zone, "2026-12-01", "2026-12-01")).starts_with("There is no time zone"));
        }
        let many = wire::OutOfOffice {
            ranges: vec![set("", "2026-12-01", "2026-12-01").ranges.remove(0); 51],
            zone: "Europe/Oslo".into(),
        };
        assert_eq!(why(&many), "There are more than 50 ranges.");
        let (zone, ranges) = checked(&set("europe/oslo", "2026-12-01", "2026-12-05")).expect("fit");
        assert_eq!((zone.as_str(), ranges.len()), ("Europe/Oslo", 1));
    }
}
