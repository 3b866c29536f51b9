//! Whether a channel is within its hours, in its own time zone.

use crate::clock;
use domain::hours::Date;
use domain::{Hours, Instant};
use jiff::civil;
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};
use store::Channel;

/// Days that are looked through for the next hours.
const DAYS: i64 = 366;

/// Without hours it is open always.
pub(super) fn open_now(channel: &Channel) -> bool {
    let Some(hours) = &channel.hours else { return true };
    let now = local(hours, clock::now());
    hours.open_at(date(now.date()), minute(now.time()))
}

/// When it opens, if it is closed now and opens within a year.
pub(super) fn opens_at(channel: &Channel) -> Option<Instant> {
    channel
        .hours
        .as_ref()
        .and_then(|hours| opens_after(hours, clock::now()))
}

fn opens_after(hours: &Hours, now: Instant) -> Option<Instant> {
    let now = local(hours, now);
    if hours.open_at(date(now.date()), minute(now.time())) {
        return None;
    }
    (0..DAYS).find_map(|n| {
        let day = now.date().checked_add(n.days()).ok()?;
        let from = if n == 0 { minute(now.time()) } else { 0 };
        let opens = hours.opens(date(day), from)?;
        let time = civil::time((opens / 60) as i8, (opens % 60) as i8, 0, 0);
        let at = day.to_datetime(time).to_zoned(now.time_zone().clone()).ok()?;
        Some(Instant(at.timestamp().as_microsecond()))
    })
}

fn local(hours: &Hours, at: Instant) -> Zoned {
    let zone = TimeZone::get(&hours.zone).unwrap_or(TimeZone::UTC);
    jiff::Timestamp::from_microsecond(at.0)
        .unwrap_or_default()
        .to_zoned(zone)
}

fn date(date: civil::Date) -> Date {
    Date {
        year: date.year().unsigned_abs(),
        month: date.month().unsigned_abs(),
        day: date.day().unsigned_abs(),
        weekday: usize::from(date.weekday().to_monday_zero_offset().unsigned_abs()),
    }
}

fn minute(time: civil::Time) -> u16 {
    u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::opens_after;
    use domain::hours::{Holiday, Span};
    use domain::{Hours, Instant};

    fn at(text: &str) -> Instant {
        Instant(text.parse::<jiff::Zoned>().unwrap().timestamp().as_microsecond())
    }

    #[test]
    fn the_next_opening_is_told_in_the_zone_of_the_channel() {
        let day = vec![Span { from: 540, to: 1_020 }];
        let hours = Hours {
            zone: "Europe/Berlin".into(),
            week: [day.clone(), day.clone(), day.clone(), day.clone(), day, vec![], vec![]],
            holidays: vec![Holiday {
                year: None,
                month: 3,
                day: 30,
                name: "Nobody".into(),
            }],
        };
        for (now, opens) in [
            // On the day itself, the day after, over the weekend.
            ("2026-11-27T07:00[Asia/Tokyo]", Some("2026-11-27T09:00[Europe/Berlin]")),
            (
                "2026-11-26T17:00[Europe/Berlin]",
                Some("2026-11-27T09:00[Europe/Berlin]"),
            ),
            (
                "2026-11-27T18:00[Europe/Berlin]",
                Some("2026-11-30T09:00[Europe/Berlin]"),
            ),
            // Over the night in which the clock is put forward, and a holiday.
            (
                "2026-03-27T18:00[Europe/Berlin]",
                Some("2026-03-31T09:00[Europe/Berlin]"),
            ),
            ("2026-11-27T10:00[Europe/Berlin]", None),
        ] {
            assert_eq!(opens_after(&hours, at(now)), opens.map(at), "{now}");
        }
        let never = Hours {
            week: Default::default(),
            ..hours
        };
        assert_eq!(opens_after(&never, at("2026-11-27T10:00[UTC]")), None);
    }
}
