//! What people choose for all their devices, and their pictures.

use crate::db::{read, write_tx};
use crate::files::{Hash, hash};
use crate::{Store, StoreError, sql};
use domain::PersonId;
use domain::person::sort_key;

/// What is not set is as the browser has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    pub language: Option<String>,
    /// By its IANA name.
    pub zone: Option<String>,
    pub dates: Option<String>,
    /// The content that is his picture.
    pub picture: Option<Hash>,
}

impl Store {
    pub async fn profile(&self, person: PersonId) -> Result<Profile, StoreError> {
        type Row = (Option<String>, Option<String>, Option<String>, Option<Vec<u8>>);
        let row: Option<Row> =
            read!(&self.db, p => sqlx::query_as(sql::PROFILE).bind(person.0).fetch_optional(p).await)?;
        let Some((language, zone, dates, picture)) = row else {
            return Ok(Profile::default());
        };
        Ok(Profile {
            language,
            zone,
            dates,
            picture: picture.map(hash).transpose()?,
        })
    }

    /// The language somebody chose.
    pub async fn language_of(&self, person: PersonId) -> Result<Option<String>, StoreError> {
        Ok(self.profile(person).await?.language)
    }

    /// Replaces it; the picture stays, and the name where none is given.
    pub async fn set_profile(&self, person: PersonId, name: Option<&str>, profile: &Profile) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::RAISE_PERMISSION_EPOCH).execute(&mut *tx).await?;
            sqlx::query(sql::SET_PROFILE)
                .bind(person.0)
                .bind(&profile.language)
                .bind(&profile.zone)
                .bind(&profile.dates)
                .execute(&mut *tx)
                .await?;
            if let Some(name) = name {
                sqlx::query(sql::SET_NAME).bind(person.0).bind(name).bind(sort_key(name)).execute(&mut *tx).await?;
            }
        });
        Ok(())
    }

    /// Gives somebody another picture, or none. False, and nothing done, when its content is just being removed.
    pub async fn set_picture(&self, person: PersonId, picture: Option<&Hash>) -> Result<bool, StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::RAISE_PERMISSION_EPOCH).execute(&mut *tx).await?;
            sqlx::query(sql::RELEASE_PICTURE).bind(person.0).execute(&mut *tx).await?;
            sqlx::query(sql::REMOVE_PICTURE).bind(person.0).execute(&mut *tx).await?;
            if let Some(picture) = picture {
                let held = sqlx::query(sql::HOLD_CONTENT).bind(&picture[..]).execute(&mut *tx).await?.rows_affected();
                if held != 1 {
                    return Ok(false);
                }
                sqlx::query(sql::PUT_PICTURE).bind(person.0).bind(&picture[..]).execute(&mut *tx).await?;
            }
        });
        Ok(true)
    }

    /// The picture of somebody, and how many bytes it has.
    pub async fn picture(&self, person: PersonId) -> Result<Option<(Hash, u64)>, StoreError> {
        let row: Option<(Vec<u8>, i64)> =
            read!(&self.db, p => sqlx::query_as(sql::PICTURE).bind(person.0).fetch_optional(p).await)?;
        row.map(|(bytes, size)| Ok((hash(bytes)?, size as u64))).transpose()
    }
}
