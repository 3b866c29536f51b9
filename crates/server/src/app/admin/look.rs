//! The logo of this installation. Name and colour are settings.

use super::{Admin, administered, change};
use crate::app::look::{logo_of, logo_path};
use crate::app::{AppError, PICTURE_MAX, hex};
use domain::Colour;
use domain::look::Accent;
use serde_json::{Value, json};
use store::AdminChange;

impl Admin<'_> {
    pub async fn look_now(&self) -> Result<wire::AdminLook, AppError> {
        let logo = self.app.store.logo_hash().await?;
        let chosen = Colour::try_from(self.app.settings().accent_colour.clone()).ok();
        let view = |chosen| {
            Accent::of(chosen).map(|it| wire::AccentView {
                colour: it.ground.into(),
                contrast: (it.ground.contrast(it.on_ground) * 100.0) as u32,
                as_chosen: it.ground == chosen,
            })
        };
        Ok(wire::AdminLook {
            logo: logo.map(|hash| logo_path(&hex(&hash))),
            accents: chosen.map(view).into_iter().flatten().collect(),
        })
    }

    /// Pages show this logo from now on (PNG).
    pub async fn set_logo(&self, sent: Vec<u8>) -> Result<(), AppError> {
        if sent.len() > PICTURE_MAX {
            return Err(AppError::UnfitPicture);
        }
        let (logo, hash) = logo_of(sent).await?;
        change!(self, {
            let was = self.app.store.logo_hash().await?;
            let put = AdminChange::PutLogo {
                logo: logo.clone(),
                hash: hash.clone(),
            };
            let put = administered(put, of(), told(was.as_deref()), told(Some(&hash)));
            ((), Vec::from_iter((was.as_ref() != Some(&hash)).then_some(put)))
        })
    }

    pub async fn remove_logo(&self) -> Result<(), AppError> {
        change!(self, {
            let was = self.app.store.logo_hash().await?;
            let remove = administered(AdminChange::RemoveLogo, of(), told(was.as_deref()), told(None));
            ((), Vec::from_iter(was.is_some().then_some(remove)))
        })
    }
}

/// As the log names it.
fn of() -> (&'static str, String) {
    ("look", "logo".to_owned())
}

fn told(hash: Option<&[u8]>) -> Value {
    json!({ "logo": hash.map(hex) })
}
