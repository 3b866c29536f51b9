//! One-time links: how somebody who forgot his password, or never had one, chooses it.
//!
//! - Whether anybody goes by what was typed is found out when the letter is written, and not when it is asked for: the answer is the same,
//!   and so is the work.
//! - A link's token is made when its letter goes out, or when an administrator takes it; its hash is stored. Looking at a link does not use
//!   it up, since programs that look at letters do.

use super::limits::Network;
use super::sessions::{SessionKey, kind_of, random_token};
use super::{App, AppError, passwords};
use crate::clock;
use domain::{Kind, PersonId};
use store::{Link, NewLink, Purpose};
use wire::Surface;

/// For how long the link in a letter about a forgotten password opens something.
pub(super) const RESET_MIN: i64 = 30;
/// The same of an invitation.
pub(super) const INVITATION_H: i64 = 72;
/// Longest login or address that is looked for, in bytes.
const WHO_MAX: usize = 254;
/// Longest name of a language.
const LANGUAGE_MAX: usize = 64;

impl App {
    /// Asks for a letter to whoever goes by this login or address. The answer says nothing about whether there is anybody.
    pub async fn forgotten(&self, asks: &wire::Forgotten, network: Network) -> Result<(), AppError> {
        let who = asks.who.trim();
        self.count_try(&format!("forgotten {:?} {who}", asks.surface), network)?;
        if asks.surface == Surface::Visitor || asks.language.len() > LANGUAGE_MAX {
            return Err(AppError::BadInput("surface or language is none".into()));
        }
        if who.is_empty() || who.len() > WHO_MAX || who.chars().any(char::is_control) {
            return Err(AppError::BadInput("a login or an e-mail address is needed".into()));
        }
        self.write_forgotten(kind_of(asks.surface), who, &asks.language, network)
            .await
    }

    /// What a link opens; it stays good.
    pub async fn link(&self, surface: Surface, token: &str, network: Network) -> Result<wire::LinkView, AppError> {
        self.count_comer(network)?;
        let link = self.open_link(surface, token).await?;
        Ok(wire::LinkView {
            purpose: match link.purpose {
                Purpose::Reset => wire::LinkPurpose::Reset,
                Purpose::Invitation => wire::LinkPurpose::Invitation,
            },
            name: link.name,
            login: link.login,
            expires_at: link.expires_at.ms(),
        })
    }

    /// Uses a link up: whom it is for has this password now, and is signed in nowhere. Of several who use it at once one does.
    pub async fn use_link(
        &self,
        surface: Surface,
        asks: &wire::UseLink,
        network: Network,
    ) -> Result<wire::LinkUsed, AppError> {
        self.count_comer(network)?;
        passwords::fit_to_set(&asks.password)?;
        let link = self.open_link(surface, &asks.token).await?;
        let hash = self.doors.hasher.hash(&asks.password).await?;
        let key = SessionKey::of(&asks.token);
        if !self.store.use_link(&key.0, link.person, &hash, clock::now()).await? {
            return Err(AppError::LinkGone);
        }
        self.shared.presence.end_person(link.person, None);
        self.notice_changed_rights().await?;
        Ok(wire::LinkUsed { login: link.login })
    }

    async fn open_link(&self, surface: Surface, token: &str) -> Result<Link, AppError> {
        let link = self.store.link(&SessionKey::of(token).0, clock::now()).await?;
        link.filter(|link| link.kind == kind_of(surface))
            .ok_or(AppError::LinkGone)
    }

    /// The address of a link for somebody of this kind. The token stands behind the `#`, which browsers keep to themselves.
    pub(super) fn link_address(&self, kind: Kind, token: &str) -> String {
        let place = match kind {
            Kind::Agent => "agent",
            Kind::CustomerUser | Kind::PublicUser => "portal",
        };
        format!("{}/{place}/link#{token}", self.own_address())
    }
}

/// A new link, and its token, which is told once.
pub(super) fn new_link(person: PersonId, purpose: Purpose) -> Result<(NewLink, String), AppError> {
    let (token, at) = (random_token()?, clock::now());
    let link = NewLink {
        token_hash: SessionKey::of(&token).0,
        person,
        purpose,
        at,
        expires_at: match purpose {
            Purpose::Reset => at.plus_s(RESET_MIN * 60),
            Purpose::Invitation => at.plus_s(INVITATION_H * 3_600),
        },
    };
    Ok((link, token))
}
