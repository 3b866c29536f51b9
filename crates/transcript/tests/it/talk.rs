//! The cast in a chat. Every entry is decided by the domain, so that transcripts are of chats that can be.

use domain::chat::Role;
use domain::verbs::{self, Invite, Offer, Standing, SystemVerb};
use domain::*;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use transcript::{Log, Reader, Transcript};
use uuid::Uuid;
use words::Words;

const OWNER: Standing = Standing {
    level: Some(Level::Owner),
    availability: Availability::InternalAndExternal,
};

pub struct Talk {
    pub chat: Chat,
    pub entries: Vec<Entry>,
    pub channel: String,
    pub settings: Settings,
    pub now: Instant,
    cids: u128,
}

impl Talk {
    /// `starter` asks in the Travel desk, on a Sunday at 13:02 in Berlin.
    pub fn started_by(starter: &Person, text: &str) -> Self {
        let settings = Settings {
            public_to_agent: 1,
            ..Settings::default()
        };
        let offer = Offer {
            channel: ChannelId(Uuid::from_u128(900)),
            valid: true,
            for_customer_users: true,
            for_public_users: true,
            available: true,
        };
        let now = instant("2026-11-22T12:02:11Z");
        let (id, cid) = (ChatId(Uuid::from_u128(500)), ClientId(Uuid::from_u128(1)));
        let opening = verbs::Opening {
            id,
            ticket: None,
            text: text.to_owned(),
            cid,
            at: now,
        };
        let change = verbs::start(opening, offer, starter, &settings).expect("it is offered");
        Self {
            chat: change.after,
            entries: change.entries,
            channel: "Travel desk".to_owned(),
            settings,
            now,
            cids: 1,
        }
    }

    /// Somebody does something; what is refused is left.
    pub fn tries(&mut self, person: &Person, verb: Verb) -> bool {
        self.cids += 1;
        let cid = Some(ClientId(Uuid::from_u128(self.cids)));
        let change = decide(&self.chat, person, OWNER, verb, cid, self.now);
        change.map(|change| self.take(change)).is_ok()
    }

    /// Somebody does what he may, some seconds later.
    pub fn does(&mut self, after_s: i64, person: &Person, verb: Verb) {
        self.now = self.now.plus_s(after_s);
        assert!(self.tries(person, verb.clone()), "{} may not {verb:?}", person.name);
    }

    pub fn says(&mut self, after_s: i64, person: &Person, text: &str) {
        self.does(after_s, person, Verb::Say { text: text.to_owned() });
    }

    pub fn notes(&mut self, after_s: i64, person: &Person, text: &str) {
        self.does(after_s, person, Verb::Note { text: text.to_owned() });
    }

    pub fn system(&mut self, after_s: i64, verb: SystemVerb) {
        self.now = self.now.plus_s(after_s);
        let change = verbs::decide_system(&self.chat, verb, self.now);
        self.take(change.expect("there is something to do"));
    }

    pub fn take(&mut self, change: Change) {
        self.entries.extend(change.entries);
        self.chat = change.after;
    }

    pub fn log(&self) -> Log<'_> {
        Log {
            chat: &self.chat,
            channel: &self.channel,
            ticket: None,
            entries: &self.entries,
            settings: &self.settings,
        }
    }

    pub fn for_a(&self, kind: Kind) -> Transcript {
        Transcript::of(&self.log(), reader(kind, "en"))
    }
}

pub fn reader(kind: Kind, language: &str) -> Reader {
    Reader {
        kind,
        words: Words::of(language),
        zone: TimeZone::get("Europe/Berlin").expect("a zone"),
    }
}

pub fn instant(text: &str) -> Instant {
    Instant(text.parse::<Timestamp>().expect("a time").as_microsecond())
}

pub fn invite(whom: &Person, role: Role, note: Option<&str>) -> Verb {
    Verb::Invite(Box::new(Invite {
        whom: whom.clone(),
        standing: OWNER,
        reachable: true,
        role,
        note: note.map(str::to_owned),
    }))
}

pub fn append_to(number: &str, keep_open: bool) -> Verb {
    Verb::AppendToTicket {
        ticket: TicketId(Uuid::from_u128(700)),
        number: number.to_owned(),
        keep_open,
    }
}

fn person(n: u128, kind: Kind, name: &str, company: Option<&str>) -> Person {
    Person {
        id: PersonId(Uuid::from_u128(n)),
        kind,
        name: name.to_owned(),
        company: company.map(str::to_owned),
    }
}

pub fn visitor_named(name: &str) -> Person {
    person(300, Kind::PublicUser, name, None)
}

pub fn priya() -> Person {
    visitor_named(cast::VISITOR)
}

pub fn jonas() -> Person {
    let jonas = &cast::CUSTOMER_USERS[1];
    person(201, Kind::CustomerUser, jonas.name, Some(jonas.company))
}

pub fn ines() -> Person {
    person(100, Kind::Agent, cast::AGENTS[0].name, None)
}

pub fn maren() -> Person {
    person(101, Kind::Agent, cast::AGENTS[1].name, None)
}

pub fn tove() -> Person {
    person(103, Kind::Agent, cast::AGENTS[3].name, None)
}

/// The story that most tests and pictures show: Jonas of Wiebe Freight, helped by Ines; Maren decides, Tove looks on.
pub fn refund() -> Talk {
    let mut talk = Talk::started_by(
        &jonas(),
        "Hello, our crossing on Saturday was called off because of the wind.\nWhen does the fare for six come back?",
    );
    talk.does(70, &ines(), Verb::Accept);
    talk.says(
        25,
        &ines(),
        "Good afternoon Jonas. I look at the booking. Was it 88-1973?",
    );
    talk.says(40, &jonas(), "Yes, that one.");
    talk.says(12, &jonas(), "Could it go back to the same card?");
    talk.does(
        30,
        &ines(),
        invite(&tove(), Role::Observer, Some("Listen in: a refund by the book")),
    );
    talk.does(20, &tove(), Verb::Join { role: Role::Observer });
    talk.notes(40, &tove(), "The card ends in 4471. Is six people still one booking?");
    talk.does(15, &ines(), invite(&maren(), Role::Participant, None));
    talk.does(
        35,
        &maren(),
        Verb::Join {
            role: Role::Participant,
        },
    );
    talk.notes(20, &maren(), "It is. Full fare, wind cancellation: approved.");
    talk.says(
        31,
        &maren(),
        "The full fare goes back to the same card. It takes 3 to 5 working days to show on your statement.",
    );
    talk.says(50, &jonas(), "Wonderful, thank you both \u{1F44D}\u{1F3FD}");
    talk.does(30, &maren(), Verb::Leave);
    talk.says(
        39_000,
        &ines(),
        "Good night Jonas. The money left our account this evening.",
    );
    talk.does(600, &ines(), append_to("2026112210000417", false));
    talk
}
