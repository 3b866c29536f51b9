//! What people choose for all their devices: how they are called, language, time zone, how days are written.

use super::files::hex;
use super::sessions::{Signed, with_account};
use super::{App, AppError};
use domain::{Kind, PersonId, Refusal, text};
use jiff::tz::TimeZone;

/// Longest name of a language or a zone, in bytes.
const WORD_MAX: usize = 64;

impl App {
    /// Replaces what somebody chose. Only agents name themselves: a customer user is called what his company calls him.
    pub async fn set_profile(&self, signed: &Signed, set: &wire::Profile) -> Result<(), AppError> {
        with_account(signed)?;
        let person = &signed.person;
        let name = set.name.as_deref().map(text::name).transpose()?;
        if name.is_some() && person.kind != Kind::Agent {
            return Err(Refusal::NotAllowed.into());
        }
        let profile = store::Profile {
            language: set.language.as_deref().map(language).transpose()?,
            zone: set.zone.as_deref().map(zone).transpose()?,
            dates: set.dates.map(|dates| date_word(dates).to_owned()),
            picture: None,
        };
        self.store.set_profile(person.id, name.as_deref(), &profile).await?;
        self.notice_changed_rights().await?;
        Ok(())
    }

    /// What somebody chose, and what names his picture.
    pub(super) async fn profile(&self, person: PersonId) -> Result<(wire::Profile, Option<String>), AppError> {
        let stored = self.store.profile(person).await?;
        let profile = wire::Profile {
            name: None,
            language: stored.language,
            zone: stored.zone,
            dates: stored.dates.as_deref().and_then(dates),
        };
        Ok((profile, stored.picture.as_ref().map(picture_name)))
    }
}

/// What a picture is called: another picture is called otherwise.
pub(super) fn picture_name(hash: &[u8; 32]) -> String {
    hex(hash)[..16].to_owned()
}

/// A language by its tag, as browsers write it.
fn language(given: &str) -> Result<String, AppError> {
    let fits = (2..=WORD_MAX).contains(&given.len()) && given.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    match fits {
        true => Ok(given.to_owned()),
        false => Err(AppError::BadInput("language is none".into())),
    }
}

/// A time zone under its proper name.
pub(super) fn zone(given: &str) -> Result<String, AppError> {
    let unknown = || AppError::UnfitDays(format!("There is no time zone {given:.64}."));
    if given.len() > WORD_MAX {
        return Err(unknown());
    }
    let zone = TimeZone::get(given).map_err(|_| unknown())?;
    Ok(zone.iana_name().ok_or_else(unknown)?.to_owned())
}

const DATES: [(wire::DateFormat, &str); 3] = [
    (wire::DateFormat::Iso, "iso"),
    (wire::DateFormat::DayFirst, "day_first"),
    (wire::DateFormat::MonthFirst, "month_first"),
];

fn date_word(format: wire::DateFormat) -> &'static str {
    DATES
        .iter()
        .find(|(is, _)| *is == format)
        .map_or("iso", |(_, word)| word)
}

fn dates(word: &str) -> Option<wire::DateFormat> {
    DATES.iter().find(|(_, is)| *is == word).map(|(format, _)| *format)
}
