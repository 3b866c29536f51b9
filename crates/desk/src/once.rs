//! Nothing is stored twice, though answers get lost.
//!
//! Neither system knows a command's id. So what is sent bears a mark, it is looked for before anything is sent, and
//! looked for again when the answer left doubt. Nothing is sent a second time within one call: a desk that is slow may still
//! be at it.

use crate::ticket::{HTML_MAX_BYTES, PDF_MAX_BYTES};
use crate::{Article, DeskError, Mark, NewTicket, Ticket, TicketId, TicketRef};

/// What a system can do; none of it looks before it acts.
#[async_trait::async_trait]
pub trait Steps: Send + Sync {
    /// The ticket made with this mark.
    async fn made(&self, mark: &Mark) -> Result<Option<TicketRef>, DeskError>;

    async fn make(&self, ticket: &NewTicket, first: &Article) -> Result<TicketRef, DeskError>;

    /// A ticket, and whether this article is in it.
    async fn look(&self, ticket: &TicketId, article: &Article) -> Result<Option<(Ticket, bool)>, DeskError>;

    async fn add(&self, ticket: &TicketId, article: &Article) -> Result<(), DeskError>;
}

pub async fn create(desk: &dyn Steps, ticket: &NewTicket, articles: &[Article]) -> Result<TicketRef, DeskError> {
    let first = articles.first().ok_or(DeskError::Unfit("there is no text"))?;
    articles.iter().try_for_each(fits)?;
    let made = match desk.made(&first.mark).await? {
        Some(made) => made,
        None => make(desk, ticket, first).await?,
    };
    // The first one too: the ticket may have been made, and its article not.
    for article in articles {
        append(desk, &made.id, article)
            .await
            .map_err(|why| DeskError::Incomplete {
                ticket: made.clone(),
                why: Box::new(why),
            })?;
    }
    Ok(made)
}

pub async fn append(desk: &dyn Steps, id: &TicketId, article: &Article) -> Result<(), DeskError> {
    fits(article)?;
    let (ticket, there) = desk.look(id, article).await?.ok_or(DeskError::NotFound)?;
    if there {
        return Ok(());
    }
    if !ticket.takes_articles {
        return Err(DeskError::Refused(format!("the ticket is {}", ticket.state)));
    }
    let Err(error) = desk.add(id, article).await else {
        return Ok(());
    };
    if error.leaves_doubt() && matches!(desk.look(id, article).await, Ok(Some((_, true)))) {
        return Ok(());
    }
    Err(error)
}

async fn make(desk: &dyn Steps, ticket: &NewTicket, first: &Article) -> Result<TicketRef, DeskError> {
    let error = match desk.make(ticket, first).await {
        Ok(made) => return Ok(made),
        Err(error) => error,
    };
    if error.leaves_doubt()
        && let Ok(Some(made)) = desk.made(&first.mark).await
    {
        return Ok(made);
    }
    Err(error)
}

fn fits(article: &Article) -> Result<(), DeskError> {
    if article.html.len() > HTML_MAX_BYTES {
        return Err(DeskError::Unfit("the conversation is too long"));
    }
    if article.pdf.as_ref().is_some_and(|pdf| pdf.bytes.len() > PDF_MAX_BYTES) {
        return Err(DeskError::Unfit("the PDF is too large"));
    }
    Ok(())
}
