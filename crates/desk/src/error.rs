//! Why the desk did not do it.

use crate::ticket::TicketRef;

/// Each reads as a sentence for the person who asked; [`DeskError::code`] is for catalogues. What the desk said is plain
/// text of one line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeskError {
    /// There was no usable answer, and this try stored nothing.
    #[error("The ticket system cannot be reached ({0}). This time nothing was stored there.")]
    Unreachable(String),
    /// The service account is not let in.
    #[error("The ticket system does not let Deskbell in ({0}). Ask your administrator.")]
    SignIn(String),
    /// The service account may not do this.
    #[error("The ticket system does not allow this ({0}).")]
    NoRight(String),
    /// Missing, or not reached by the person asking.
    #[error("There is no such ticket.")]
    NotFound,
    #[error("The ticket system refused this: {0}")]
    Refused(String),
    /// It cannot be sent as it is; the desk was not asked.
    #[error("This cannot be sent to the ticket system: {0}.")]
    Unfit(&'static str),
    /// It may have been stored. The same again, with the same mark, looks first.
    #[error(
        "The ticket system gave no clear answer ({0}); perhaps it is stored. Try again: it will not be stored twice."
    )]
    Unclear(String),
    /// The ticket is there, but not all its articles. The same again, with the same marks, completes it.
    #[error("Ticket {} was made, but not all of the conversation is in it. {why}", ticket.number)]
    Incomplete { ticket: TicketRef, why: Box<DeskError> },
}

impl DeskError {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "desk_unreachable",
            Self::SignIn(_) => "desk_sign_in",
            Self::NoRight(_) => "desk_no_right",
            Self::NotFound => "not_found",
            Self::Refused(_) => "desk_refused",
            Self::Unfit(_) => "desk_unfit",
            Self::Unclear(_) => "desk_unclear",
            Self::Incomplete { .. } => "desk_incomplete",
        }
    }

    /// The same, of something that only reads.
    pub(crate) fn of_reading(self) -> Self {
        match self {
            Self::Unclear(why) => Self::Unreachable(why),
            other => other,
        }
    }

    /// Whether something may be stored all the same. Zammad has left tickets without an article behind a refusal (its issue 2421).
    pub(crate) fn leaves_doubt(&self) -> bool {
        matches!(self, Self::Unclear(_) | Self::Refused(_))
    }
}
