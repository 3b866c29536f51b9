//! Why the app did not do it, and how each reader learns of it.

use super::FileRefusal;
use desk::DeskError;
use domain::Refusal;
use std::time::Duration;
use store::{StoreError, WriteError};
use wire::Problem;

#[derive(Debug, thiserror::Error)]
pub enum AppError {
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// No valid session.
    #[error("not signed in")]
    SignedOut,
    /// Login or password is wrong; which of them is not said.
    #[error("wrong login or password")]
    WrongLogin,
    /// Login and password are right, and there is a second factor.
    #[error("a code of the second factor is needed")]
    FactorNeeded,
    /// Wrong, of another time, or used before; which of these is not said.
    #[error("wrong code")]
    WrongCode,
    /// Asked of him by a group; nothing else is done before.
    #[error("a second factor has to be set up first")]
    FactorOwed,
    /// Asked of him by a group: he cannot be without.
    #[error("a group asks for a second factor")]
    FactorRequired,
    /// Its secret was sealed with another key than this process has.
    #[error("the second factor cannot be read with the key of this process")]
    FactorUnreadable,
    /// A one-time link, or an offer, that was used or ran out, or never was.
    #[error("the link was used or ran out")]
    LinkGone,
    /// No picture that is taken.
    #[error("the picture is not taken")]
    UnfitPicture,
    /// A page could not prove who is there; the sentence says to its makers why.
    #[error("the signed identity is not valid: {0}")]
    Unidentified(&'static str),
    #[error("the setup code is wrong or was used")]
    WrongSetupCode,
    /// Too short or too long to be set.
    #[error("a password has at least 10 characters and at most 256 bytes")]
    UnfitPassword,
    /// A range of days, or a time zone, that is none; the sentence says which.
    #[error("{0}")]
    UnfitDays(String),
    /// On the command line: nothing of this name.
    #[error("there is no {what} {name}")]
    Missing { what: &'static str, name: String },
    #[error("the input is not understood: {0}")]
    BadInput(String),
    #[error("too many tries")]
    Limited { retry_after: Duration },
    #[error("the file was not taken: {0:?}")]
    File(FileRefusal),
    /// A file's content is missing or cannot be reached.
    #[error("the content of the file cannot be reached")]
    FileGone,
    /// Nothing was done; the same again later may go through.
    #[error("too much is waiting")]
    Busy,
    /// It may have been done. The same again with the same client id finds out.
    #[error("unknown whether it was stored")]
    Unknown,
    /// The connected ticket system did not do it.
    #[error(transparent)]
    Desk(DeskError),
    /// It is not one of ours: tickets are in the connected ticket system.
    #[error("tickets are in the connected ticket system")]
    TicketsElsewhere,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<DeskError> for AppError {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::NotFound => Self::Refused(Refusal::NotFound),
            other => Self::Desk(other),
        }
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<WriteError> for AppError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::CidReused => Self::Refused(Refusal::CidReused),
            WriteError::Capped => Self::Refused(Refusal::MailCapped),
            WriteError::FenceMoved | WriteError::ContentGone | WriteError::Busy => Self::Busy,
            WriteError::Unknown(_) | WriteError::Stopped => Self::Unknown,
        }
    }
}

impl AppError {
    /// HTTP status for the code (the live connection sends the problem alone).
    pub fn status(&self) -> u16 {
        match self {
            Self::Refused(refusal) => match refusal {
                Refusal::NotFound => 404,
                Refusal::EmptyText | Refusal::TooLong { .. } | Refusal::NoAddress => 422,
                Refusal::MailCapped => 429,
                Refusal::NotAllowed | Refusal::NotOffered | Refusal::PersonNotAllowed | Refusal::RoleTooHigh => 403,
                _ => 409,
            },
            Self::SignedOut | Self::WrongLogin | Self::FactorNeeded | Self::WrongCode => 401,
            Self::WrongSetupCode | Self::FactorOwed | Self::Unidentified(_) => 403,
            Self::FactorRequired => 409,
            Self::LinkGone => 410,
            Self::UnfitPicture => 422,
            Self::FactorUnreadable => 503,
            Self::Missing { .. } => 404,
            Self::BadInput(_) | Self::UnfitPassword | Self::UnfitDays(_) => 422,
            Self::Limited { .. } => 429,
            Self::Desk(DeskError::Unfit(_)) => 422,
            Self::Desk(DeskError::Refused(_) | DeskError::NoRight(_)) | Self::TicketsElsewhere => 409,
            Self::Desk(_) => 503,
            Self::File(refusal) => match refusal {
                FileRefusal::Empty | FileRefusal::NotWhole | FileRefusal::PictureTooLarge => 422,
                FileRefusal::TooLarge { .. } => 413,
                FileRefusal::TooSlow => 408,
                FileRefusal::TypeNotTaken => 415,
                FileRefusal::TooMany { .. } => 409,
                FileRefusal::OverDay { .. } => 429,
                FileRefusal::NoRoom => 507,
            },
            Self::Store(StoreError::Taken(_) | StoreError::LastAdministrator) => 409,
            Self::Store(StoreError::Capped) => 429,
            Self::Busy | Self::Unknown | Self::FileGone | Self::Store(_) => 503,
        }
    }

    pub fn problem(&self) -> Problem {
        let (code, say, next) = self.words();
        let mut problem = Problem {
            code: code.into(),
            say: say.into(),
            next: next.into(),
            retry_after_ms: None,
            by: None,
            limit: None,
            told: None,
        };
        match self {
            Self::Refused(Refusal::AlreadyTaken { by }) => {
                problem.say = format!("{by} took this chat first.");
                problem.by = Some(by.clone());
            }
            Self::Refused(Refusal::TooLong { limit }) => problem.limit = Some(*limit as u64),
            Self::File(FileRefusal::TooMany { limit }) => problem.limit = Some(*limit as u64),
            Self::File(FileRefusal::TooLarge { limit } | FileRefusal::OverDay { limit }) => {
                problem.limit = Some(*limit)
            }
            Self::BadInput(why) => problem.say = format!("The request is not understood: {why}."),
            Self::UnfitDays(why) => problem.say = why.clone(),
            Self::Unidentified(why) => problem.say = format!("This page could not show who you are: {why}."),
            Self::Desk(error) => {
                problem.say = error.to_string();
                problem.told = Some(told(error).to_owned()).filter(|told| !told.is_empty());
                if let DeskError::Incomplete { ticket, .. } = error {
                    problem.by = Some(ticket.number.clone());
                }
            }
            Self::Store(StoreError::Taken(_) | StoreError::LastAdministrator | StoreError::Capped) => {}
            // Rounded up: who came at once would come too early.
            Self::Limited { retry_after } => problem.retry_after_ms = Some(retry_after.as_millis() as u64 + 1),
            Self::Busy | Self::Unknown | Self::Store(_) => problem.retry_after_ms = Some(1_000),
            _ => {}
        }
        problem
    }

    fn words(&self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Refused(refusal) => refusal_words(refusal),
            Self::File(refusal) => file_words(refusal),
            Self::FileGone => (
                "file_gone",
                "This file cannot be reached right now.",
                "Try again later; if it stays, tell the operator.",
            ),
            Self::SignedOut => (
                "signed_out",
                "You are not signed in any more.",
                "Sign in again; what you typed is kept.",
            ),
            Self::WrongLogin => (
                "wrong_login",
                "Login and password do not match.",
                "Check both and try again.",
            ),
            Self::FactorNeeded => (
                "second_factor_needed",
                "This account has a second factor.",
                "Enter the code that your device shows now, or a recovery code.",
            ),
            Self::WrongCode => (
                "wrong_code",
                "This code is not valid, or was used already.",
                "Wait for the next code and enter that, or enter a recovery code.",
            ),
            Self::FactorOwed => (
                "second_factor_owed",
                "Your rights ask for a second factor.",
                "Set one up first; then everything is here.",
            ),
            Self::FactorRequired => (
                "second_factor_required",
                "Your rights ask for a second factor.",
                "Set up another one in its place instead.",
            ),
            Self::FactorUnreadable => (
                "second_factor_unreadable",
                "Codes cannot be checked here right now.",
                "Use a recovery code, and tell the operator: the key file is missing or another one.",
            ),
            Self::LinkGone => (
                "link_gone",
                "This link was used, or its time is over.",
                "Ask for a new one.",
            ),
            Self::UnfitPicture => (
                "unfit_picture",
                "This picture is not taken.",
                "Choose a PNG with at most 512 pixels on each side and 300 kB.",
            ),
            Self::Store(StoreError::Capped) => refusal_words(&Refusal::MailCapped),
            Self::Unidentified(_) => (
                "unidentified",
                "This page could not show who you are.",
                "Reload the page and try again.",
            ),
            Self::WrongSetupCode => (
                "wrong_setup_code",
                "This setup code is not valid.",
                "Use the code that the service printed at its last start.",
            ),
            Self::UnfitPassword => (
                "unfit_password",
                "A password has at least 10 characters and at most 256 bytes.",
                "Choose another password.",
            ),
            Self::UnfitDays(_) => (
                "unfit_days",
                "These are no days or no time zone.",
                "Check the days and the time zone.",
            ),
            Self::Missing { .. } => ("not_found", "There is nothing of this name.", "Check the name."),
            Self::Store(StoreError::Taken(_)) => ("taken", "This name is taken.", "Choose another one."),
            Self::Store(StoreError::LastAdministrator) => (
                "last_administrator",
                "Nobody could administer any more.",
                "Give somebody else the key rw on the group admin first.",
            ),
            Self::BadInput(_) => (
                "bad_input",
                "The request is not understood.",
                "See the API description at /api/openapi.json.",
            ),
            Self::Limited { .. } => (
                "too_many",
                "That was too much in a short time.",
                "Wait a moment and try again.",
            ),
            Self::Busy => (
                "busy",
                "The service has too much to do right now; nothing was changed.",
                "Try again in a moment.",
            ),
            Self::Unknown => (
                "unknown",
                "It is not known yet whether this was stored.",
                "Send it again with the same id: it will be stored once.",
            ),
            Self::Desk(error) => (error.code(), "The ticket system did not do it.", desk_next(error)),
            Self::TicketsElsewhere => (
                "tickets_elsewhere",
                "Tickets are kept in the connected ticket system.",
                "Look for it there.",
            ),
            Self::Store(_) => (
                "unavailable",
                "The service cannot reach its data right now.",
                "Try again in a moment.",
            ),
        }
    }
}

/// What the ticket system said, as far as it did.
fn told(error: &DeskError) -> &str {
    match error {
        DeskError::Unreachable(why)
        | DeskError::SignIn(why)
        | DeskError::NoRight(why)
        | DeskError::Refused(why)
        | DeskError::Unclear(why) => why,
        DeskError::Unfit(why) => why,
        DeskError::Incomplete { why, .. } => told(why),
        DeskError::NotFound => "",
    }
}

fn desk_next(error: &DeskError) -> &'static str {
    match error {
        DeskError::Unreachable(_) => "Try again in a moment.",
        DeskError::SignIn(_) => "Tell your administrator.",
        DeskError::NoRight(_) | DeskError::Refused(_) | DeskError::NotFound => {
            "Change what it does not like, or choose another ticket or queue."
        }
        DeskError::Unfit(_) => "Choose fewer entries.",
        DeskError::Unclear(_) => "Try again: it is looked for first, and stored once.",
        DeskError::Incomplete { .. } => "Try again: what is missing is added, and nothing twice.",
    }
}

fn file_words(refusal: &FileRefusal) -> (&'static str, &'static str, &'static str) {
    match refusal {
        FileRefusal::Empty => ("file_empty", "There is nothing in this file.", "Choose another file."),
        FileRefusal::TooLarge { .. } => (
            "file_too_large",
            "This file is too large: 20 MB is the most.",
            "Send a smaller one, or a part of it.",
        ),
        FileRefusal::NotWhole => (
            "file_not_whole",
            "The file did not arrive whole.",
            "Send it again; nothing of it was kept.",
        ),
        FileRefusal::TooSlow => (
            "file_too_slow",
            "The file came too slowly.",
            "Try again with a better connection, or send a smaller file.",
        ),
        FileRefusal::TypeNotTaken => (
            "file_type",
            "Files of this kind cannot be sent here.",
            "Send a picture, a PDF, a text, an office document, sound, video or a ZIP archive.",
        ),
        FileRefusal::PictureTooLarge => (
            "picture_too_large",
            "This picture has too many pixels: 40 million is the most.",
            "Make it smaller and send it again.",
        ),
        FileRefusal::TooMany { .. } => (
            "files_too_many",
            "There are as many files in this text as it may have.",
            "Write another one, and attach it there.",
        ),
        FileRefusal::OverDay { .. } => (
            "files_over_day",
            "You have sent as much today as can be taken from one person.",
            "Try again tomorrow.",
        ),
        FileRefusal::NoRoom => (
            "file_not_stored",
            "The file could not be stored on our side. It was not sent.",
            "Try again later; if it stays, tell the operator.",
        ),
    }
}

fn refusal_words(refusal: &Refusal) -> (&'static str, &'static str, &'static str) {
    let (say, next) = match refusal {
        Refusal::NotFound => (
            "There is nothing here for you.",
            "Check the address, or ask somebody who has access.",
        ),
        Refusal::EmptyText => ("There is no text in it.", "Write something first."),
        Refusal::TooLong { .. } => ("The text is too long.", "Shorten it or send it in parts."),
        Refusal::AlreadyTaken { .. } => ("Somebody took this chat first.", "See who else is waiting."),
        Refusal::ChatClosed => ("This chat is closed.", "Start a new conversation; your text is kept."),
        Refusal::NotAccepted => ("Nobody has accepted this chat yet.", "Accept it first."),
        Refusal::NotAllowed => (
            "You do not have the right to do this here.",
            "Ask your administrator for the right on this channel.",
        ),
        Refusal::YouAreUnavailable => (
            "You are set to unavailable for such chats.",
            "Make yourself available and try again.",
        ),
        Refusal::WouldLeaveAlone => (
            "You are the last agent in this chat.",
            "Close it, or hand it back to the channel.",
        ),
        Refusal::NotOffered => ("Chats cannot be started here.", "Use another way to reach the team."),
        Refusal::NobodyAvailable => ("Nobody is free right now.", "Try again later; your text is kept."),
        Refusal::ItIsYou => ("That is you.", "Choose somebody else."),
        Refusal::AlreadyIn => ("This agent takes part already.", "Choose somebody else."),
        Refusal::AlreadyInvited => (
            "This agent was invited already and has not answered.",
            "Wait for the answer, or choose somebody else.",
        ),
        Refusal::PersonUnavailable => (
            "This person is not available for such a chat now.",
            "Choose somebody else, or try again later.",
        ),
        Refusal::PersonNotAllowed => (
            "This person has no right in this chat's channel.",
            "Choose somebody else, or move the chat to another channel first.",
        ),
        Refusal::RoleTooHigh => (
            "This role is above the right on the channel.",
            "Take the lower role, or ask your administrator for the right.",
        ),
        Refusal::NotInvited => (
            "There is no invitation to this chat any more.",
            "Ask somebody in the chat to invite you again.",
        ),
        Refusal::NothingChanges => ("It is so already.", "There is nothing to do."),
        Refusal::TicketClosed => ("This ticket is closed.", "Choose another one, or open it again first."),
        Refusal::OtherCustomer => (
            "This ticket is another customer's, who could then read what was said.",
            "Choose a ticket of the chat's customer, or say that it is meant so.",
        ),
        Refusal::InTicketAlready => (
            "All of this conversation is in the ticket already.",
            "There is nothing to add.",
        ),
        Refusal::LockFirst => (
            "This ticket is not locked by you.",
            "Lock it first, then start the chat.",
        ),
        Refusal::ChangedMeanwhile => (
            "Somebody changed this meanwhile.",
            "Look at what it is now, and change it again.",
        ),
        Refusal::MailOff => (
            "No mail server is set here.",
            "Ask your administrator, or take it away as a file.",
        ),
        Refusal::NoAddress => (
            "There is no e-mail address that it could go to.",
            "Give an address, or ask your administrator to enter it.",
        ),
        Refusal::MailCapped => (
            "It was sent as often as it may be.",
            "Look into your mailbox, or take it away as a file.",
        ),
        Refusal::CidReused => (
            "This id was used for something else before.",
            "Use a new id for a new command.",
        ),
    };
    (refusal.code(), say, next)
}
