//! Days, times and moments. The catalogue has the names and their order, jiff the zone: see `docs/decisions/0017`.

use crate::Words;
use jiff::Zoned;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

impl Words {
    /// `Sunday, 22 November 2026`
    pub fn day(&self, day: Date) -> String {
        let weekday = day.weekday().to_monday_one_offset();
        let args = [
            ("weekday", self.say("time-weekday", &[("n", weekday.into())]).into()),
            ("day", day.day().to_string().into()),
            ("month", self.say("time-month", &[("n", day.month().into())]).into()),
            ("year", day.year().to_string().into()),
        ];
        self.say("time-day", &args)
    }

    /// `13:20`
    pub fn clock(&self, time: Time) -> String {
        let two = |n: i8| format!("{n:02}");
        let args = [("hour", two(time.hour()).into()), ("minute", two(time.minute()).into())];
        self.say("time-clock", &args)
    }

    /// `Sunday, 22 November 2026, 13:20 (UTC+1)`: no doubt about when that was.
    pub fn moment(&self, at: &Zoned) -> String {
        let args = [
            ("day", self.day(at.date()).into()),
            ("clock", self.clock(at.time()).into()),
            ("offset", offset(at.offset()).into()),
        ];
        self.say("time-moment", &args)
    }
}

/// `UTC`, `UTC+1`, `UTC−3:30`
fn offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '−' } else { '+' };
    let (hours, minutes) = (seconds.abs() / 3_600, seconds.abs() / 60 % 60);
    match (hours, minutes) {
        (0, 0) => "UTC".to_owned(),
        (_, 0) => format!("UTC{sign}{hours}"),
        _ => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(language: &str) -> Vec<String> {
        let at = [
            "2026-11-22T13:20:59+01:00[Europe/Berlin]",
            "2026-03-01T00:05:00+00:00[UTC]",
            "2026-07-06T09:00:00-02:30[America/St_Johns]",
        ];
        let moment = |at: &&str| Words::of(language).moment(&at.parse::<Zoned>().unwrap());
        at.iter().map(moment).collect()
    }

    #[test]
    fn a_moment_reads_as_people_write_it_and_names_its_distance_from_utc() {
        assert_eq!(
            moments("en"),
            [
                "Sunday, 22 November 2026, 13:20 (UTC+1)",
                "Sunday, 1 March 2026, 00:05 (UTC)",
                "Monday, 6 July 2026, 09:00 (UTC−2:30)",
            ]
        );
        assert_eq!(moments("de")[0], "Sonntag, 22. November 2026, 13:20 Uhr (UTC+1)");
        assert_eq!(moments("de")[1], "Sonntag, 1. März 2026, 00:05 Uhr (UTC)");
    }
}
