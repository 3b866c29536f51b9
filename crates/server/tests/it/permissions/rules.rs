//! Who may do what, written a second time: from the product's page and its matrix of roles and actions, not from the code.

use super::people::{Kind, Level, Person};

/// What goes on in a chat at which everybody has a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    RequestedByCustomer,
    RequestedByVisitor,
    /// Noor asks Kai.
    AgentAsksAgent,
    /// Ines asks Hanne.
    AgentAsksCustomer,
    /// Ines owns it, Noor takes part, Olav observes, Iris is invited, Lena left, Rolf lost his right.
    OpenWithCustomer,
    OpenWithVisitor,
    /// As open, then handed back to the channel.
    Returned,
    ClosedWithCustomer,
    ClosedWithVisitor,
    /// Noor and Kai own it, Maren observes, Iris is invited, Lena left.
    AmongAgents,
    AmongAgentsClosed,
}

impl Scene {
    pub const ALL: [Self; 11] = [
        Self::RequestedByCustomer,
        Self::RequestedByVisitor,
        Self::AgentAsksAgent,
        Self::AgentAsksCustomer,
        Self::OpenWithCustomer,
        Self::OpenWithVisitor,
        Self::Returned,
        Self::ClosedWithCustomer,
        Self::ClosedWithVisitor,
        Self::AmongAgents,
        Self::AmongAgentsClosed,
    ];

    pub fn is_among_agents(self) -> bool {
        matches!(self, Self::AgentAsksAgent | Self::AmongAgents | Self::AmongAgentsClosed)
    }

    /// Waits for the channel.
    fn is_generic(self) -> bool {
        matches!(
            self,
            Self::RequestedByCustomer | Self::RequestedByVisitor | Self::Returned
        )
    }

    fn is_personal(self) -> bool {
        matches!(self, Self::AgentAsksAgent | Self::AgentAsksCustomer)
    }

    fn is_requested(self) -> bool {
        self.is_generic() || self.is_personal()
    }

    pub fn is_open(self) -> bool {
        matches!(self, Self::OpenWithCustomer | Self::OpenWithVisitor | Self::AmongAgents)
    }

    pub fn is_closed(self) -> bool {
        !self.is_requested() && !self.is_open()
    }

    pub fn external(self) -> Option<Person> {
        match self {
            Self::RequestedByVisitor | Self::OpenWithVisitor | Self::Returned | Self::ClosedWithVisitor => {
                Some(Person::Priya)
            }
            _ if self.is_among_agents() => None,
            _ => Some(Person::Hanne),
        }
    }
}

/// What somebody is to a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Outside,
    /// Was in it.
    Former,
    /// Asked to join, or asked for a chat, and has not answered.
    Asked,
    Observer,
    Participant,
    Owner,
    External,
}

pub fn place(person: Person, scene: Scene) -> Place {
    use Person::{Hanne, Ines, Iris, Kai, Lena, Maren, Noor, Olav, Rolf};
    match (scene, person) {
        (Scene::AgentAsksAgent, Noor) | (Scene::AgentAsksCustomer, Ines) => Place::Owner,
        (Scene::AgentAsksAgent, Kai) | (Scene::AgentAsksCustomer, Hanne) => Place::Asked,
        (Scene::AmongAgents, Noor | Kai) => Place::Owner,
        (Scene::AmongAgents, Maren) => Place::Observer,
        (Scene::AmongAgentsClosed, Noor | Kai | Maren) => Place::Former,
        (Scene::AmongAgents | Scene::AmongAgentsClosed, Lena) => Place::Former,
        (Scene::OpenWithCustomer | Scene::OpenWithVisitor, Ines) => Place::Owner,
        (Scene::OpenWithCustomer | Scene::OpenWithVisitor, Noor) => Place::Participant,
        (Scene::OpenWithCustomer | Scene::OpenWithVisitor, Olav) => Place::Observer,
        (Scene::OpenWithCustomer | Scene::OpenWithVisitor | Scene::AmongAgents, Iris) => Place::Asked,
        (
            Scene::OpenWithCustomer
            | Scene::OpenWithVisitor
            | Scene::Returned
            | Scene::ClosedWithCustomer
            | Scene::ClosedWithVisitor,
            Ines | Noor | Olav | Lena | Rolf,
        ) => Place::Former,
        _ if scene.external() == Some(person) => Place::External,
        _ => Place::Outside,
    }
}

/// May he see what is in the chat?
pub fn may_read(person: Person, scene: Scene) -> bool {
    let place = place(person, scene);
    match person.kind() {
        Kind::Nobody => false,
        Kind::CustomerUser | Kind::PublicUser => matches!(place, Place::External | Place::Asked),
        // In a chat among agents the channel gives nobody a right.
        Kind::Agent if scene.is_among_agents() => match place {
            Place::Outside => false,
            Place::Former => scene.is_closed(),
            _ => true,
        },
        Kind::Agent if person.level() == Level::Nothing => false,
        Kind::Agent => match place {
            Place::Outside | Place::Former if scene.is_generic() => person.level() == Level::Owner,
            Place::Outside => scene.is_closed() && person.level() == Level::Owner,
            Place::Former => scene.is_closed(),
            _ => true,
        },
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Its transcript, how far one has read it, that one types.
    See,
    /// What an agent keeps about a chat: hidden, notify, draft.
    Keep,
    /// Whom an agent could invite, whereto he could move it.
    LookAround,
    /// As a document.
    Take,
    /// By e-mail, as agents ask for it.
    MailToAgent,
    /// By e-mail, as others do.
    MailToHimself,
    Say,
    Note,
    Accept,
    Decline,
    Invite,
    Join,
    Observe,
    Participate,
    Move,
    /// To a channel in which none of these agents holds a key.
    MoveAway,
    Close,
    HandBack,
    Leave,
    /// Into a ticket of the group `travel`.
    Append,
    /// The first message.
    Redact,
}

impl Action {
    /// Afterwards the chat is not what it was for the others.
    pub fn disturbs(self) -> bool {
        !matches!(
            self,
            Self::See
                | Self::Keep
                | Self::LookAround
                | Self::Take
                | Self::MailToAgent
                | Self::MailToHimself
                | Self::Say
                | Self::Note
        )
    }
}

/// Whether he is offered it: the chat, whatever tickets there are, may go into one.
pub fn offered(can: &str, action: Action, person: Person, scene: Scene) -> bool {
    match can {
        "Mail" if person.kind() == Kind::Agent => expected(Action::MailToAgent, person, scene) == Yes,
        "Mail" => expected(Action::MailToHimself, person, scene) == Yes,
        "AppendToTicket" => person.kind() == Kind::Agent && expected(Action::Take, person, scene) == Yes,
        _ => expected(action, person, scene) == Yes,
    }
}

/// As `ChatCan` names them.
pub const CAN: [(&str, Action); 16] = [
    ("Accept", Action::Accept),
    ("Decline", Action::Decline),
    ("Send", Action::Say),
    ("Note", Action::Note),
    ("Invite", Action::Invite),
    ("Join", Action::Join),
    ("Move", Action::Move),
    ("Observe", Action::Observe),
    ("Participate", Action::Participate),
    ("Leave", Action::Leave),
    ("HandBack", Action::HandBack),
    ("Close", Action::Close),
    ("AppendToTicket", Action::Append),
    ("Transcript", Action::Take),
    ("Mail", Action::Take),
    ("Redact", Action::Redact),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    Yes,
    No(u16, &'static str),
}

use Expected::{No, Yes};

const SIGNED_OUT: Expected = No(401, "signed_out");
const BAD_INPUT: Expected = No(422, "bad_input");
/// What one may not see is not there.
const NOT_FOUND: Expected = No(404, "not_found");
const NOT_ALLOWED: Expected = No(403, "not_allowed");
const NOT_ACCEPTED: Expected = No(409, "not_accepted");
const NOT_INVITED: Expected = No(409, "not_invited");
const CLOSED: Expected = No(409, "chat_closed");
const TAKEN: Expected = No(409, "already_taken");
const NOTHING_CHANGES: Expected = No(409, "nothing_changes");

pub fn expected(action: Action, person: Person, scene: Scene) -> Expected {
    match person.kind() {
        Kind::Nobody => SIGNED_OUT,
        // Who comes too late to accept is told who was first, if accepting was his right.
        Kind::Agent
            if action == Action::Accept
                && scene.is_open()
                && !scene.is_among_agents()
                && person.level() == Level::Owner =>
        {
            TAKEN
        }
        _ if !may_read(person, scene) => NOT_FOUND,
        Kind::Agent => of_agent(action, person, scene),
        Kind::CustomerUser | Kind::PublicUser => of_external(action, place(person, scene), scene),
    }
}

fn of_external(action: Action, place: Place, scene: Scene) -> Expected {
    match action {
        Action::See | Action::Take => Yes,
        Action::MailToAgent => BAD_INPUT,
        Action::MailToHimself if place == Place::Asked => NOT_ACCEPTED,
        Action::MailToHimself => Yes,
        // There for agents only, as if they did not exist.
        Action::Keep | Action::LookAround | Action::Append => NOT_FOUND,
        Action::Invite => NOT_ALLOWED,
        _ if scene.is_closed() => CLOSED,
        Action::Accept | Action::Decline if place == Place::Asked => Yes,
        Action::Say | Action::Close if place == Place::Asked => NOT_ACCEPTED,
        Action::Say | Action::Close => Yes,
        _ => NOT_ALLOWED,
    }
}

fn of_agent(action: Action, person: Person, scene: Scene) -> Expected {
    let place = place(person, scene);
    match action {
        Action::See | Action::Keep | Action::LookAround => Yes,
        // A ticket he may not read is none.
        Action::Append if !person.has_ticket_keys() => NOT_FOUND,
        Action::MailToHimself => BAD_INPUT,
        Action::Take | Action::MailToAgent | Action::Append if scene.is_requested() => NOT_ACCEPTED,
        // Its owners and participants, in a closed one those it had, and owners of the channel.
        Action::Take | Action::MailToAgent | Action::Append => match place {
            Place::Owner | Place::Participant => Yes,
            Place::Former if scene.is_closed() && had_a_part(person) => Yes,
            _ if !scene.is_among_agents() && person.level() == Level::Owner => Yes,
            _ => NOT_ALLOWED,
        },
        Action::Redact if scene.is_among_agents() => match person {
            Person::Noor => Yes,
            Person::Kai if scene != Scene::AgentAsksAgent => Yes,
            _ => NOT_ALLOWED,
        },
        Action::Redact if person.level() == Level::Owner => Yes,
        Action::Redact => NOT_ALLOWED,
        _ if scene.is_closed() => CLOSED,
        Action::Accept => match place {
            _ if scene.is_generic() => Yes,
            Place::Asked if scene.is_personal() => Yes,
            _ if scene.is_personal() => NOT_ALLOWED,
            _ if scene.is_among_agents() => NOTHING_CHANGES,
            _ => TAKEN,
        },
        Action::Decline if place == Place::Asked => Yes,
        Action::Decline => NOT_INVITED,
        Action::Join if place == Place::Asked && scene.is_open() => Yes,
        Action::Join => NOT_INVITED,
        // Of a request: its channel's owners, before they accept.
        Action::Move if scene.is_generic() => Yes,
        Action::MoveAway if scene.is_generic() => NOT_ALLOWED,
        Action::Move | Action::MoveAway if scene.is_among_agents() || scene.is_personal() => NOT_ALLOWED,
        Action::Say | Action::Close if scene.is_personal() && place == Place::Owner => Yes,
        _ if scene.is_requested() => NOT_ACCEPTED,
        // Who is only invited is not in it yet.
        _ if place == Place::Asked => NOT_FOUND,
        _ => of_member(action, person, place, scene),
    }
}

/// Of those who were in the scenes' chats: not only as observers.
fn had_a_part(person: Person) -> bool {
    use Person::{Ines, Kai, Lena, Noor, Rolf};
    matches!(person, Ines | Noor | Kai | Lena | Rolf)
}

/// An agent in an open chat, and not the last one who contributes.
fn of_member(action: Action, person: Person, place: Place, scene: Scene) -> Expected {
    let contributes = place >= Place::Participant;
    match action {
        Action::Note if scene.is_among_agents() => NOT_ALLOWED,
        Action::Note | Action::Leave => Yes,
        Action::Observe if contributes => Yes,
        Action::Observe => NOTHING_CHANGES,
        Action::Participate if contributes => NOTHING_CHANGES,
        Action::Participate if scene.is_among_agents() || person.level() >= Level::Participant => Yes,
        Action::Participate => No(403, "role_too_high"),
        _ if !contributes => NOT_ALLOWED,
        Action::HandBack if scene.is_among_agents() => NOT_ALLOWED,
        Action::MoveAway => NOT_ALLOWED,
        _ => Yes,
    }
}

/// Is it in his request list?
pub fn is_requested_of(person: Person, scene: Scene) -> bool {
    let asked = place(person, scene) == Place::Asked && !scene.is_closed();
    person.kind() == Kind::Agent && may_read(person, scene) && (scene.is_generic() || asked)
}

/// Is it one of his conversations?
pub fn is_mine(person: Person, scene: Scene) -> bool {
    let is_in = place(person, scene) >= Place::Observer && !scene.is_closed();
    match person.kind() {
        Kind::Agent => may_read(person, scene) && is_in,
        _ => may_read(person, scene),
    }
}

/// Is it in what he finds in the archive?
pub fn is_archived_for(person: Person, scene: Scene) -> bool {
    scene.is_closed() && may_read(person, scene)
}
