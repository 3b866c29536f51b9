//! Files attached to articles: sent by the article's author once it is written, read by whoever reads the article.

use super::super::files::{Body, Content, FileRefusal, Sending};
use super::super::{App, AppError};
use crate::clock;
use domain::{ClientId, File, Kind, Person, Refusal, TicketId, file};
use store::{ATTACHMENTS, Attached};

impl App {
    /// Attaches a file to an article of his. The same client id with the same content and name stores nothing.
    pub async fn attach_file(
        &self,
        person: &Person,
        id: TicketId,
        n: i64,
        sending: &Sending,
        body: impl Body,
    ) -> Result<(), AppError> {
        self.articles_of(person, id).await?;
        if !self.store.is_article_of(id, n, person.id).await? {
            return Err(Refusal::NotFound.into());
        }
        let cid = ClientId(sending.cid);
        if let Some((of, there)) = self.store.sent_file(person.id, cid, id).await? {
            let hash = self.hash_file(person, sending, body).await?;
            // A picture was perhaps written anew before it was stored.
            let same = of == n && there.name == file::name(&sending.name, there.kind);
            return match same && (there.hash == hash || there.kind.is_picture()) {
                true => Ok(()),
                false => Err(Refusal::CidReused.into()),
            };
        }
        let (turn, file) = self.receive_file(person, sending, body).await?;
        // He may have lost the ticket while it came.
        self.articles_of(person, id).await?;
        let attached = self.store.attach_file((id, n), person, cid, &file, clock::now());
        let attached = attached.await?;
        drop(turn);
        match attached {
            Attached::Done => Ok(()),
            Attached::CidReused => Err(Refusal::CidReused.into()),
            Attached::NotHis => Err(Refusal::NotFound.into()),
            Attached::Full => Err(AppError::File(FileRefusal::TooMany { limit: ATTACHMENTS })),
            Attached::Going => Err(AppError::Busy),
        }
    }

    /// A file of an article by their numbers, and its content.
    pub async fn attached_file(
        &self,
        person: &Person,
        id: TicketId,
        n: i64,
        file: i64,
    ) -> Result<(File, Content), AppError> {
        let found = self.store.article_file(id, n, file).await?;
        // The article first, the verdict afterwards.
        self.articles_of(person, id).await?;
        let (visible, file) = found.ok_or(Refusal::NotFound)?;
        if !visible && person.kind != Kind::Agent {
            return Err(Refusal::NotFound.into());
        }
        let content = self.stored_content(&file).await?;
        Ok((file, content))
    }

    /// Refused where he may not read the ticket.
    async fn articles_of(&self, person: &Person, id: TicketId) -> Result<(), AppError> {
        match person.kind {
            Kind::Agent => drop(self.ticket_of(person, id).await?),
            Kind::CustomerUser | Kind::PublicUser => drop(self.ticket_of_customer(person, id).await?),
        }
        Ok(())
    }
}
