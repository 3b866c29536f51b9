//! When a channel takes chats, and what it says to who comes.
//!
//! Hours are local times of one zone; which local time it is, and when a local time is, the caller knows.

use crate::look::fit_language;
use serde::{Deserialize, Serialize};

const SPANS_MAX: usize = 10;
const HOLIDAYS_MAX: usize = 400;
const NAME_MAX: usize = 100;
const LANGUAGES_MAX: usize = 50;
const TEXT_MAX: usize = 300;
const ZONE_MAX: usize = 100;
/// Minutes of a day.
const DAY: u16 = 1_440;

/// Hours of each weekday, and days without any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// IANA name of the time zone they are meant in.
    pub zone: String,
    /// Monday first.
    pub week: [Vec<Span>; 7],
    pub holidays: Vec<Holiday>,
}

/// From a minute of the day to before another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    pub from: u16,
    pub to: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// Not where it is every year.
    pub year: Option<u16>,
    pub month: u8,
    pub day: u8,
    pub name: String,
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    pub year: u16,
    pub month: u8,
    pub day: u8,
    /// 0 is Monday.
    pub weekday: usize,
}

/// What a channel says in one language; empty for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelText {
    /// A code as `de`.
    pub language: String,
    /// Where somebody is there.
    pub welcome: String,
    /// Where nobody is.
    pub away: String,
}

impl ChannelText {
    /// Says why they cannot be shown.
    pub fn fit(all: &[Self]) -> Result<(), String> {
        if all.len() > LANGUAGES_MAX {
            return Err(format!("a channel has texts in at most {LANGUAGES_MAX} languages"));
        }
        for (n, text) in all.iter().enumerate() {
            fit_language(&text.language)?;
            if all[..n].iter().any(|other| other.language == text.language) {
                return Err(format!("there are two texts in {}", text.language));
            }
            let lines = [&text.welcome, &text.away];
            if lines.iter().any(|line| line.chars().count() > TEXT_MAX) {
                return Err(format!("a text has at most {TEXT_MAX} characters"));
            }
            if lines.iter().any(|line| line.chars().any(char::is_control)) {
                return Err("a text is one line".into());
            }
        }
        Ok(())
    }
}

impl Hours {
    /// Says why they cannot be meant.
    pub fn fit(&self) -> Result<(), String> {
        if self.zone.is_empty() || self.zone.len() > ZONE_MAX {
            return Err("a time zone is missing".into());
        }
        for spans in &self.week {
            if spans.len() > SPANS_MAX {
                return Err(format!("a day has at most {SPANS_MAX} spans"));
            }
            if spans.iter().any(|span| span.from >= span.to || span.to > DAY) {
                return Err("a span ends after it begins, on the same day".into());
            }
            if spans.windows(2).any(|pair| pair[0].to > pair[1].from) {
                return Err("the spans of a day follow each other and do not overlap".into());
            }
        }
        if self.holidays.len() > HOLIDAYS_MAX {
            return Err(format!("there are at most {HOLIDAYS_MAX} holidays"));
        }
        for holiday in &self.holidays {
            if !holiday.is_a_day() {
                return Err(format!("{}: there is no such day", holiday.name));
            }
            if holiday.name.chars().count() > NAME_MAX {
                return Err(format!("a holiday's name has at most {NAME_MAX} characters"));
            }
        }
        Ok(())
    }

    pub fn open_at(&self, date: Date, minute: u16) -> bool {
        self.spans(date)
            .iter()
            .any(|span| (span.from..span.to).contains(&minute))
    }

    /// The first minute of this day, not before `minute`, at which it opens.
    pub fn opens(&self, date: Date, minute: u16) -> Option<u16> {
        self.spans(date)
            .iter()
            .map(|span| span.from)
            .find(|from| *from >= minute)
    }

    fn spans(&self, date: Date) -> &[Span] {
        let free = self.holidays.iter().any(|holiday| holiday.is(date));
        if free { &[] } else { &self.week[date.weekday % 7] }
    }
}

impl Holiday {
    fn is(&self, date: Date) -> bool {
        (self.month, self.day) == (date.month, date.day) && self.year.is_none_or(|year| year == date.year)
    }

    fn is_a_day(&self) -> bool {
        let leap = self
            .year
            .is_none_or(|year| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
        let days = match self.month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => 0,
        };
        (1..=days).contains(&self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, Holiday, Hours, Span};

    const NOON: u16 = 720;

    fn at_work() -> Hours {
        let day = vec![Span { from: 540, to: NOON }, Span { from: 780, to: 1_020 }];
        Hours {
            zone: "Europe/Berlin".into(),
            week: [day.clone(), day.clone(), day.clone(), day.clone(), day, vec![], vec![]],
            holidays: vec![
                Holiday {
                    year: None,
                    month: 12,
                    day: 25,
                    name: "Christmas".into(),
                },
                Holiday {
                    year: Some(2026),
                    month: 11,
                    day: 27,
                    name: "Party".into(),
                },
            ],
        }
    }

    fn day(year: u16, month: u8, day: u8, weekday: usize) -> Date {
        Date {
            year,
            month,
            day,
            weekday,
        }
    }

    #[test]
    fn a_channel_is_open_from_the_first_minute_of_a_span_to_before_its_last() {
        let (hours, monday) = (at_work(), day(2026, 11, 23, 0));
        let open = |minute| hours.open_at(monday, minute);
        let of_day: Vec<bool> = [539, 540, NOON - 1, NOON, 779, 780, 1_019, 1_020].map(open).into();
        assert_eq!(of_day, [false, true, true, false, false, true, true, false]);
        assert_eq!(hours.opens(monday, 0), Some(540));
        assert_eq!(hours.opens(monday, 541), Some(780));
        assert_eq!(hours.opens(monday, 781), None);
        assert_eq!(hours.opens(day(2026, 11, 28, 5), 0), None);
    }

    #[test]
    fn a_holiday_is_of_one_year_or_of_each() {
        let hours = at_work();
        assert!(!hours.open_at(day(2026, 11, 27, 4), 600));
        assert!(hours.open_at(day(2027, 11, 26, 4), 600));
        assert!(!hours.open_at(day(2026, 12, 25, 4), 600));
        assert!(!hours.open_at(day(2028, 12, 25, 0), 600));
    }

    #[test]
    fn hours_that_cannot_be_meant_are_refused() {
        assert_eq!(at_work().fit(), Ok(()));
        let refused = |wrong: &dyn Fn(&mut Hours)| {
            let mut hours = at_work();
            wrong(&mut hours);
            assert!(hours.fit().is_err(), "{hours:?}");
        };
        refused(&|hours| hours.zone.clear());
        refused(&|hours| hours.week[0] = vec![Span { from: 600, to: 600 }]);
        refused(&|hours| hours.week[0] = vec![Span { from: 600, to: 1_441 }]);
        refused(&|hours| hours.week[0] = vec![Span { from: 540, to: 700 }, Span { from: 690, to: 720 }]);
        refused(&|hours| hours.week[0] = vec![Span { from: 780, to: 800 }, Span { from: 540, to: 600 }]);
        refused(&|hours| {
            hours.week[6] = (0..11)
                .map(|n| Span {
                    from: n * 2,
                    to: n * 2 + 1,
                })
                .collect()
        });
        for (year, month, day) in [
            (None, 0, 1),
            (None, 13, 1),
            (None, 4, 31),
            (Some(2027), 2, 29),
            (None, 2, 30),
        ] {
            let name = String::from("No day");
            refused(&|hours| {
                hours.holidays = vec![Holiday {
                    year,
                    month,
                    day,
                    name: name.clone(),
                }]
            });
        }
    }
}
