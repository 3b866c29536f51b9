//! What is said to a desk and what it says, in our words.

use crate::DeskError;
use crate::text::without_tags;
use domain::{Audience, ChatId, ClientId, Instant};
use std::fmt;

/// Most tickets or customers that one search returns.
pub const HITS_MAX: usize = 50;
/// Longest PDF that is attached.
pub const PDF_MAX_BYTES: usize = 20 * 1024 * 1024;
/// Longest text of an article, as HTML.
pub const HTML_MAX_BYTES: usize = 4 * 1024 * 1024;

/// The desk's own id of a ticket; means something only to that desk.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TicketId(pub String);

impl TicketId {
    /// As both foreign systems number tickets; another id is of no ticket there. `1,2` would be two in Znuny.
    pub(crate) fn numeric(&self) -> Option<&str> {
        let digits = !self.0.is_empty() && self.0.len() <= 18 && self.0.bytes().all(|byte| byte.is_ascii_digit());
        digits.then_some(&self.0)
    }
}

/// A ticket as the desk and as people know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketRef {
    pub id: TicketId,
    pub number: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    pub of: TicketRef,
    pub title: String,
    /// The queue, or the group in Zammad: see [`crate::Mapping`].
    pub queue: String,
    pub state: String,
    pub priority: String,
    pub owner: String,
    /// Login or address.
    pub customer: String,
    /// A ticket that was merged or removed takes no articles.
    pub takes_articles: bool,
}

pub enum Find {
    /// Part of the title.
    Text(String),
    Number(String),
    /// By login or address.
    Customer(String),
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewTicket {
    pub title: String,
    pub queue: String,
    pub state: String,
    pub priority: String,
    /// Login or address; whom the desk does not know becomes the customer that its configuration names for strangers.
    pub customer: Option<String>,
    /// Logins of agents there.
    pub owner: Option<String>,
    /// Where the desk knows such an agent: [`Meta::responsible`].
    pub responsible: Option<String>,
    /// Needed by the states of [`Meta::waiting`].
    pub pending: Option<Pending>,
}

/// When a ticket that waits comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pending {
    pub until: Instant,
    /// The same from now on: in what time zone a desk reads dates is not known.
    pub in_min: i64,
}

impl NewTicket {
    /// Its customer, or the one for strangers: both systems want one.
    pub(crate) fn customer_or<'a>(&'a self, stranger: &'a Option<String>) -> Result<&'a str, DeskError> {
        let customer = self.customer.as_deref().or(stranger.as_deref());
        customer.ok_or(DeskError::Unfit(
            "the ticket system wants a customer, and none is known",
        ))
    }
}

/// A conversation, or the part of it that one audience may read.
#[derive(Debug, Clone)]
pub struct Article {
    pub mark: Mark,
    /// [`Audience::Everyone`] includes the customer.
    pub audience: Audience,
    pub subject: String,
    pub html: String,
    /// The same without markup.
    pub text: String,
    pub pdf: Option<Pdf>,
    pub author: Author,
}

impl Article {
    /// The last line of the article in the desk, by which it is found again.
    pub(crate) fn line(&self) -> String {
        match self.audience {
            Audience::Everyone => format!("{}.visible", self.mark),
            Audience::AgentsOnly => format!("{}.internal", self.mark),
        }
    }

    /// The body as it is sent.
    pub(crate) fn marked_html(&self) -> String {
        format!("{}\n<p>{}</p>", self.html, self.line())
    }

    /// Whether this body, as text or HTML, is ours. What people wrote inside never counts: only the last line does.
    pub(crate) fn is_in(&self, body: &str) -> bool {
        let tail = body.char_indices().rev().nth(1_000).map_or(0, |(at, _)| at);
        let text = without_tags(&body[tail..]);
        text.lines().map(str::trim).rfind(|line| !line.is_empty()) == Some(&self.line())
    }
}

#[derive(Clone)]
pub struct Pdf {
    pub name: String,
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Pdf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} bytes", self.name, self.bytes.len())
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    pub name: String,
    pub email: Option<String>,
}

/// Tells an article or ticket from all others: the command that sends it, and the chat that is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub chat: ChatId,
    pub command: ClientId,
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "deskbell-{}.{}", self.chat, self.command)
    }
}

/// What a ticket can be given. A list is empty where the desk does not tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meta {
    pub queues: Vec<String>,
    pub states: Vec<String>,
    /// Those of the states that want to know until when.
    pub waiting: Vec<String>,
    pub priorities: Vec<String>,
    /// Who can be given a ticket.
    pub agents: Vec<Agent>,
    /// A ticket has an agent responsible for it beside its owner.
    pub responsible: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    pub login: String,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    pub login: String,
    /// Empty where the desk does not tell.
    pub name: String,
    pub email: String,
    pub company: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn only_the_last_line_tells_that_an_article_is_ours() {
        let article = Article {
            mark: Mark {
                chat: ChatId(Uuid::now_v7()),
                command: ClientId(Uuid::now_v7()),
            },
            audience: Audience::Everyone,
            subject: String::new(),
            html: "<p>Grüße</p>".to_owned(),
            text: String::new(),
            pdf: None,
            author: Author {
                name: String::new(),
                email: None,
            },
        };
        let line = article.line();
        assert!(article.is_in(&article.marked_html()));
        assert!(article.is_in(&format!("Grüße\r\n\r\n{line} \r\n\n")));
        assert!(article.is_in(&format!("{}<div><p>{line}</p>\n</div>", "ü".repeat(5_000))));
        assert!(!article.is_in(&format!("<p>{line}</p><p>said a customer</p>")));
        assert!(!article.is_in(&format!("I know {line}")));
        assert!(!article.is_in(""));
        let internal = Article {
            audience: Audience::AgentsOnly,
            ..article.clone()
        };
        assert!(!internal.is_in(&article.marked_html()));
    }
}
