//! How people get in, as administrators see to it: sessions, links for choosing a password, second factors.

use super::{Admin, PAGE_AND_ONE, account, administered, change, page, part_of};
use crate::app::sessions::session_view;
use crate::app::{AppError, links, view};
use domain::{Instant, Kind, PersonId, Refusal};
use serde_json::json;
use store::{AdminChange, PersonRow, Purpose};
use uuid::Uuid;

/// Longest name of a language.
const LANGUAGE_MAX: usize = 64;

impl Admin<'_> {
    /// A page of everybody's sessions, the newest first: of those whose name, login or address has `part` in it, behind a place.
    pub async fn sessions_page(&self, part: &str, after: Option<&str>) -> Result<wire::AdminSessions, AppError> {
        let part = part_of(part);
        let (at, begins) = after
            .map(read_place)
            .transpose()?
            .unwrap_or((Instant(i64::MAX), Uuid::max()));
        let since = self.app.sessions_since();
        let place = (at, &begins.as_bytes()[..]);
        let found = self.app.store.sessions_page(&part, since, place, PAGE_AND_ONE).await?;
        let (page, more) = page(found);
        let last = page.last().filter(|_| more).map(|last| last.session.created_at);
        let mut sessions = Vec::new();
        for of in page {
            sessions.push(wire::AdminSession {
                person: of.person.0,
                kind: view::kind(of.kind),
                name: of.name,
                login: of.login.unwrap_or_default(),
                session: session_view(of.session, None),
            });
        }
        let next = last
            .zip(sessions.last())
            .map(|(at, last)| format!("{}.{}", at.0, last.session.id));
        Ok(wire::AdminSessions { sessions, next })
    }

    /// Ends a session of whomever, by its name.
    pub async fn end_session_named(&self, name: Uuid) -> Result<(), AppError> {
        change!(self, {
            let found = self.app.store.session_named(name.as_bytes()).await?;
            let (token_hash, person) = found.ok_or(Refusal::NotFound)?;
            let row = self.somebody(person).await?;
            let told = json!({ "session": "ended" });
            let change = AdminChange::EndSession { token_hash };
            ((), [administered(change, account(row.kind, person), None, told)])
        })
    }

    /// Ends all sessions of somebody.
    pub async fn end_sessions_of(&self, id: PersonId) -> Result<(), AppError> {
        change!(self, {
            let row = self.somebody(id).await?;
            let told = json!({ "sessions": "ended" });
            let change = AdminChange::EndSessions { id };
            ((), [administered(change, account(row.kind, id), None, told)])
        })
    }

    /// Makes a link by which somebody chooses his password, and tells it or mails it; the one made before opens nothing any more.
    pub async fn make_link(&self, id: PersonId, asks: &wire::MakeLink) -> Result<wire::MadeLink, AppError> {
        if asks.language.len() > LANGUAGE_MAX {
            return Err(AppError::BadInput("language is none".into()));
        }
        let row = self.somebody(id).await?;
        if !row.valid {
            return Err(AppError::BadInput("the account is not valid".into()));
        }
        let (change, word, link) = if asks.mail {
            self.app.address_of(id).await?.ok_or(Refusal::NoAddress)?;
            let letter = self.app.invitation_letter(id, &asks.language)?;
            (AdminChange::PutLetter(letter), "mailed", None)
        } else {
            let (link, token) = links::new_link(id, Purpose::Invitation)?;
            let address = self.app.link_address(row.kind, &token);
            (AdminChange::PutLink(link), "made", Some(address))
        };
        let made = wire::MadeLink {
            link,
            hours: links::INVITATION_H,
        };
        change!(self, {
            let told = json!({ "link": word });
            let made = made.clone();
            (made, [administered(change.clone(), account(row.kind, id), None, told)])
        })
    }

    /// Takes the second factor of somebody who lost it; all his sessions end.
    pub async fn remove_factor_of(&self, id: PersonId) -> Result<(), AppError> {
        change!(self, {
            let row = self.somebody(id).await?;
            self.app.store.factor(id).await?.ok_or(Refusal::NotFound)?;
            let (old, new) = (json!({ "second_factor": true }), json!({ "second_factor": false }));
            let change = AdminChange::RemoveFactor { id };
            ((), [administered(change, account(row.kind, id), old, new)])
        })
    }

    /// The same by his login.
    pub async fn remove_factor_named(&self, kind: Kind, login: &str) -> Result<(), AppError> {
        let id = self.app.account_named(kind, login).await?;
        self.remove_factor_of(id).await
    }

    /// A link for somebody by his login, as it is printed.
    pub async fn invite_named(&self, kind: Kind, login: &str) -> Result<wire::MadeLink, AppError> {
        let id = self.app.account_named(kind, login).await?;
        let asks = wire::MakeLink {
            mail: false,
            language: String::new(),
        };
        self.make_link(id, &asks).await
    }

    /// Whether a group asks for a second factor of all who hold a key on it. It is asked for from now on.
    pub async fn guard_group(&self, name: &str, guarded: bool) -> Result<bool, AppError> {
        change!(self, {
            let id = self.app.group_named(name).await?;
            let is = self.app.store.guarded_groups().await?.contains(&id);
            let change = (is != guarded).then(|| {
                let (old, new) = (json!({ "second_factor": is }), json!({ "second_factor": guarded }));
                let change = AdminChange::GuardGroup { id, guarded };
                administered(change, ("group", id.0.to_string()), old, new)
            });
            (change.is_some(), Vec::from_iter(change))
        })
    }

    /// Somebody with a login.
    async fn somebody(&self, id: PersonId) -> Result<PersonRow, AppError> {
        let row = self.app.store.person(id).await?;
        let row = row.filter(|row| row.login.is_some() && row.kind != Kind::PublicUser);
        Ok(row.ok_or(Refusal::NotFound)?)
    }
}

/// Where a page ended: when its last session was made, and what that is called.
fn read_place(text: &str) -> Result<(Instant, Uuid), AppError> {
    let read = || {
        let (at, name) = text.split_once('.')?;
        Some((Instant(at.parse().ok()?), name.parse().ok()?))
    };
    read().ok_or_else(|| AppError::BadInput("after is no place in the list".into()))
}
