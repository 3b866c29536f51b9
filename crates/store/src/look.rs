//! The logo of this installation.

use crate::db::read;
use crate::{Store, StoreError, sql};

impl Store {
    /// What names the logo; nothing where there is none.
    pub async fn logo_hash(&self) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(read!(&self.db, p => sqlx::query_scalar(sql::LOGO_HASH).fetch_optional(p).await)?)
    }

    /// The logo, a PNG, and what names it.
    pub async fn logo(&self) -> Result<Option<(Vec<u8>, Vec<u8>)>, StoreError> {
        Ok(read!(&self.db, p => sqlx::query_as(sql::LOGO).fetch_optional(p).await)?)
    }
}
