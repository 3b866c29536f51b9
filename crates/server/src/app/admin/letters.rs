//! E-mail that has not arrived for certain.

use super::{Admin, PAGE_AND_ONE, administered, change, page, subject};
use crate::app::AppError;
use domain::{Instant, Refusal};
use serde_json::json;
use store::{AdminChange, EffectState, OpenEffect};
use uuid::Uuid;

impl Admin<'_> {
    /// A page of the letters that have not arrived, newest first, before the one that `before` names.
    pub async fn letters(&self, before: Option<&str>) -> Result<wire::AdminLetters, AppError> {
        let place = before.and_then(place).unwrap_or((Instant(i64::MAX), Uuid::max()));
        let (rows, more) = page(self.app.store.open_effects(place, PAGE_AND_ONE).await?);
        let next = rows.last().filter(|_| more);
        Ok(wire::AdminLetters {
            next: next.map(|last| format!("{}.{}", last.created_at.0, last.id)),
            letters: rows.into_iter().map(letter).collect(),
            sends_mail: self.app.sends_mail(),
        })
    }

    /// Has a letter tried anew that failed, or perhaps arrived.
    pub async fn send_again(&self, id: Uuid) -> Result<(), AppError> {
        change!(self, {
            let state = self.app.store.effect_state(id).await?.ok_or(Refusal::NotFound)?;
            if !matches!(state, EffectState::Failed | EffectState::Perhaps) {
                return Err(Refusal::ChangedMeanwhile.into());
            }
            let (old, new) = (json!({ "state": state.word() }), json!({ "state": "waiting" }));
            let change = AdminChange::SendAgain { effect: id };
            ((), [administered(change, subject("letter", id), old, new)])
        })
    }
}

fn place(text: &str) -> Option<(Instant, Uuid)> {
    let (at, id) = text.split_once('.')?;
    Some((Instant(at.parse().ok()?), id.parse().ok()?))
}

fn letter(row: OpenEffect) -> wire::AdminLetter {
    wire::AdminLetter {
        id: row.id,
        at: row.created_at.ms(),
        due_at: (row.state == EffectState::Waiting).then(|| row.due_at.ms()),
        state: row.state.word().into(),
        said: row.said,
        tries: row.tries,
        person: row.person,
        ticket: row.ticket_number,
    }
}
