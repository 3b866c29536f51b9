//! How the pages of this installation look: what it is called, its colour, its logo.

use super::portraits::made_anew;
use super::{App, AppError, hex};
use domain::Colour;
use domain::look::Accent;
use sha2::{Digest, Sha256};

/// What a page is told of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// In place of the product's own name.
    pub name: Option<String>,
    /// Whether [`App::look_css`] has anything.
    pub colour: bool,
    /// Where the logo is.
    pub logo: Option<String>,
}

impl App {
    pub async fn page_look(&self) -> Result<Look, AppError> {
        let settings = self.settings();
        Ok(Look {
            name: Some(settings.service_name.trim().to_owned()).filter(|name| !name.is_empty()),
            colour: !settings.accent_colour.is_empty(),
            logo: self.store.logo_hash().await?.map(|hash| logo_path(&hex(&hash))),
        })
    }

    /// The colours of pages where they are not the product's own.
    pub fn look_css(&self) -> String {
        let chosen = Colour::try_from(self.settings().accent_colour.clone());
        chosen.map(Accent::css).unwrap_or_default()
    }

    /// The logo, a PNG, and what names it in hex.
    pub async fn logo(&self) -> Result<Option<(Vec<u8>, String)>, AppError> {
        let found = self.store.logo().await?;
        Ok(found.map(|(logo, hash)| (logo, hex(&hash))))
    }
}

/// A PNG made anew from what was sent, and what names it.
pub(super) async fn logo_of(sent: Vec<u8>) -> Result<(Vec<u8>, Vec<u8>), AppError> {
    let made = tokio::task::spawn_blocking(move || made_anew(&sent)).await;
    let made = made.map_err(|_| AppError::Busy)?.ok_or(AppError::UnfitPicture)?;
    let hash = Sha256::digest(&made)[..16].to_vec();
    Ok((made, hash))
}

/// Its name holds a hash of it.
pub(super) fn logo_path(hash: &str) -> String {
    format!("/look/{hash}.png")
}
