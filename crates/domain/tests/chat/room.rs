//! One chat with its log and its clock. Every change is looked at before it is taken in.

use crate::people::{agents, everybody, ines};
use crate::reference;
use domain::archive::{self, Reach};
use domain::verbs::{Offer, Standing, SystemVerb, can, decide_system};
use domain::*;
use std::collections::HashMap;
use uuid::Uuid;

pub const CHANNEL: ChannelId = ChannelId(Uuid::from_u128(900));

/// Travel desk with everything switched on and somebody there.
pub const OFFER: Offer = Offer {
    channel: CHANNEL,
    valid: true,
    for_customer_users: true,
    for_public_users: true,
    available: true,
};

const OWNER: Standing = Standing {
    level: Some(Level::Owner),
    availability: Availability::InternalAndExternal,
};

pub fn settings() -> Settings {
    Settings {
        public_to_agent: 1,
        ..Settings::default()
    }
}

pub struct Room {
    pub chat: Chat,
    start: reference::Start,
    pub log: Vec<Entry>,
    pub now: Instant,
    pub settings: Settings,
    standings: HashMap<PersonId, Standing>,
    cids: u128,
}

impl Room {
    /// `starter` asked for a chat; agents are owners of the channel and available.
    pub fn started_by(starter: &Person) -> Self {
        let now = Instant(1_000_000_000);
        let cid = ClientId(Uuid::from_u128(1));
        let opening = verbs::Opening {
            id: ChatId(Uuid::from_u128(500)),
            ticket: None,
            text: "Is the evening ferry sailing?".into(),
            cid,
            at: now,
        };
        let change = verbs::start(opening, OFFER, starter, &settings()).expect("the channel is offered to everybody");
        let mut room = Self::before(change.after.direction, None);
        assert_eq!(change.entries[0].cid, Some(cid));
        room.take(change, Some(starter));
        room
    }

    /// `ines` asks somebody for a chat.
    pub fn requested_of(whom: &Person) -> Self {
        let request = verbs::Request {
            channel: CHANNEL,
            whom: whom.clone(),
            whom_availability: Availability::Internal,
            reachable: true,
            standing: OWNER,
            may_start: true,
        };
        let (id, cid) = (ChatId(Uuid::from_u128(500)), ClientId(Uuid::from_u128(1)));
        let opening = verbs::Opening {
            id,
            ticket: None,
            text: "Do you have a minute?".into(),
            cid,
            at: Instant(1_000_000_000),
        };
        let change = verbs::request(opening, request, &ines(), &settings()).expect("nothing speaks against it");
        let mut room = Self::before(change.after.direction, Some(whom.id));
        room.take(change, Some(&ines()));
        room
    }

    fn before(direction: chat::Direction, addressee: Option<PersonId>) -> Self {
        let now = Instant(1_000_000_000);
        let mut room = Self {
            chat: Chat::new(ChatId(Uuid::from_u128(500)), CHANNEL, direction, None, now),
            start: reference::Start {
                direction,
                channel: CHANNEL,
                addressee,
            },
            log: Vec::new(),
            now,
            settings: settings(),
            standings: HashMap::new(),
            cids: 1,
        };
        room.standings = agents().iter().map(|agent| (agent.id, OWNER)).collect();
        room
    }

    /// Decides and, unless refused, takes in.
    pub fn does(&mut self, person: &Person, verb: Verb) -> Result<(), Refusal> {
        self.cids += 1;
        let cid = Some(ClientId(Uuid::from_u128(self.cids)));
        let change = decide(&self.chat, person, self.standing(person), verb, cid, self.now)?;
        assert_eq!(change.entries[0].cid, cid, "the answer is found again by the id");
        self.take(change, Some(person));
        Ok(())
    }

    /// `false` if there was nothing to do.
    pub fn system(&mut self, verb: SystemVerb) -> bool {
        let Some(change) = decide_system(&self.chat, verb, self.now) else {
            return false;
        };
        self.take(change, None);
        true
    }

    pub fn standing(&self, person: &Person) -> Standing {
        let nothing = Standing {
            level: None,
            availability: Availability::Unavailable,
        };
        self.standings.get(&person.id).copied().unwrap_or(nothing)
    }

    pub fn set_level(&mut self, agent: &Person, level: Option<Level>) {
        self.standings
            .entry(agent.id)
            .and_modify(|standing| standing.level = level);
    }

    pub fn set_availability(&mut self, agent: &Person, availability: Availability) {
        self.standings
            .entry(agent.id)
            .and_modify(|standing| standing.availability = availability);
    }

    /// What a person reads now through `access` and `face`, with the numbers of his side.
    pub fn shows(&self, person: &Person) -> Option<Vec<(i64, What)>> {
        let access = access(
            &self.chat,
            person.id,
            person.kind,
            self.standing(person).level,
            self.now,
            &self.settings,
        )?;
        let member = self.chat.member(person.id).filter(|member| {
            member.present || member.role == chat::Role::External || self.chat.closed_at.is_some() && member.joined
        });
        assert_eq!(
            access.member,
            member.map(|member| member.n),
            "{} is {:?}",
            person.name,
            access.member
        );
        let number = |entry: &Entry| match access.side {
            Side::Agents => Some(entry.seq),
            Side::External => entry.public_seq,
        };
        let face = |entry: &Entry| Some((number(entry), access.side.face(&entry.what)?.into_owned()));
        let shown: Vec<_> = self.log.iter().filter_map(face).collect();
        let numbered =
            |(n, what): (Option<i64>, What)| (n.unwrap_or_else(|| panic!("{what:?} is shown without a number")), what);
        let shown: Vec<_> = shown.into_iter().map(numbered).collect();
        assert_eq!(
            access.side.head(&self.chat),
            shown.last().map_or(0, |(n, _)| *n),
            "the head is the last one shown"
        );
        Some(shown)
    }

    fn take(&mut self, change: Change, by: Option<&Person>) {
        self.look_at(&change, by);
        self.log.extend(change.entries);
        self.chat = change.after;
        self.look_around();
    }

    /// What holds of every change.
    fn look_at(&self, change: &Change, by: Option<&Person>) {
        let (before, after) = (&self.chat, &change.after);
        assert!(!change.entries.is_empty());
        assert!(
            before.state.may_become(after.state),
            "{:?} became {:?}",
            before.state,
            after.state
        );
        let mut folded = before.clone();
        for entry in &change.entries {
            assert_eq!(entry.seq, folded.head + 1, "seq is dense");
            let public = (!reference::is_for_agents_only(&entry.what)).then_some(folded.public_head + 1);
            assert_eq!(
                entry.public_seq, public,
                "public_seq is dense, and nothing for agents only has one"
            );
            assert!(entry.at >= folded.last_at, "time goes back at {entry:?}");
            if let Some(by) = by {
                assert_eq!(entry.actor, Some(by.id));
            }
            let who = entry.actor.and_then(|actor| after.member(actor));
            // Who moves a request does it from outside.
            let outside = matches!(entry.what, What::Moved { .. }) && before.state == chat::State::Requested
                || matches!(entry.what, What::Redaction { .. });
            assert_eq!(entry.who, who.filter(|_| !outside).map(|member| member.n));
            assert_eq!(entry.public_who, entry.who.and_then(|n| after.public_n(n)));
            assert!(
                after.is_among_agents()
                    || entry.public_seq.is_none()
                    // That they are sent something is for them to know; by whom only if they know him.
                    || matches!(entry.what, What::Mailing { .. })
                    || entry.public_who.is_some() == entry.who.is_some(),
                "externals see {entry:?}, and not who did it"
            );
            let (fence, state, members) = (folded.fence, folded.state, folded.members.clone());
            // Who leaves is in no list; what else an entry changes in members, it brings.
            let leaves = matches!(
                entry.what,
                What::Left { .. } | What::Returned { .. } | What::Closed { .. }
            );
            let brought = change.members.iter().filter(|_| entry.what.raises_fence() && !leaves);
            // Of two entries the first tells of who went, the second of who inherits.
            let brought = brought.filter(|member| change.entries.len() < 2 || member.present || entry.seq == 1);
            folded.apply(entry, &brought.cloned().collect::<Vec<_>>());
            let moved = folded.state != state || folded.members != members;
            assert!(
                !moved || folded.fence > fence,
                "{:?} moved something below the fence",
                entry.what
            );
        }
        assert_eq!(&folded, after, "the entries tell the whole change");
        for member in &before.members {
            let now = after
                .members
                .iter()
                .find(|now| now.n == member.n)
                .expect("members never vanish");
            let same = |m: &Member| (m.person, m.kind, m.name.clone(), m.company.clone());
            assert_eq!(same(now), same(member));
            assert!(
                member.public_n().is_none() || member.public_n() == now.public_n(),
                "externals know {} by another number",
                member.name
            );
            assert!(
                now == member || change.members.contains(now),
                "{} changed without a word",
                member.name
            );
        }
        assert!(
            after
                .members
                .iter()
                .enumerate()
                .all(|(at, member)| member.n == at as u32 + 1),
            "numbered by order of joining"
        );
        let mut public: Vec<_> = after.members.iter().filter_map(Member::public_n).collect();
        public.sort_unstable();
        let dense = public.iter().enumerate().all(|(at, n)| *n == at as u32 + 1);
        assert!(after.is_among_agents() || dense, "externals see a gap: {public:?}");
        let said_only = change
            .entries
            .iter()
            .all(|entry| matches!(entry.what, What::Message { .. } | What::Note { .. } | What::File { .. }));
        assert_eq!(
            said_only,
            after.fence == before.fence,
            "messages never raise the fence, everything else does"
        );
    }

    /// What holds at every moment, for everybody.
    pub fn look_around(&self) {
        let (chat, log) = (&self.chat, &self.log);
        assert_eq!(chat.state, reference::state(log));
        assert_eq!(chat.closed_at.is_some(), chat.state == chat::State::Closed);
        assert_eq!(chat.closed_reason.is_some(), chat.state == chat::State::Closed);
        assert_eq!(chat.waiting_since.is_some(), chat.state == chat::State::Requested);
        let alone = chat.state == chat::State::Open && chat.contributing().next().is_none();
        assert!(!alone, "the external talks to nobody");
        let accepted_twice = log
            .iter()
            .filter(|entry| matches!(entry.what, What::Accepted | What::Returned { .. }));
        let accepted_twice: Vec<_> = accepted_twice.collect();
        assert!(
            accepted_twice.windows(2).all(|pair| pair[0].what != pair[1].what),
            "two winners of one waiting period"
        );
        for person in everybody() {
            let standing = self.standing(&person);
            let (shown, expected) = (
                self.shows(&person),
                reference::reads(self.start, log, &person, standing.level, self.now, &self.settings),
            );
            assert_eq!(shown, expected, "what {} reads, {standing:?}", person.name);
            if chat.state == chat::State::Closed {
                self.is_found_by(&person, shown.as_deref());
            }
            self.look_at_verbs(&person, standing, shown.is_some());
        }
    }

    /// In the archive a person's search reaches exactly the texts that opening the chat would show him.
    fn is_found_by(&self, person: &Person, shown: Option<&[(i64, What)]>) {
        // A visitor's time runs out while his chat stays where it is; that is asked of `access` alone.
        if person.kind == Kind::PublicUser && shown.is_none() {
            return;
        }
        let levels = self.standing(person).level.map(|level| (self.chat.channel, level));
        let reach = Reach::of(person, levels);
        let itself = archive::chat_document(&self.chat, &[]);
        let texts = self
            .log
            .iter()
            .filter_map(|entry| archive::entry_document(&self.chat, entry));
        let found: Vec<_> = texts
            .filter(|document| reach.has(&document.marks))
            .map(|document| document.words)
            .collect();
        let text = |what: &What| match what {
            What::Message { text } | What::Note { text } => Some(search::tokens(text)),
            What::File { file, .. } => Some(search::tokens(&file.name)),
            _ => None,
        };
        let readable: Vec<_> = shown
            .unwrap_or_default()
            .iter()
            .filter_map(|(_, what)| text(what))
            .collect();
        assert_eq!(found, readable, "what the search of {} reaches", person.name);
        assert_eq!(
            reach.has(&itself.marks),
            shown.is_some(),
            "{} finds the chat",
            person.name
        );
    }

    fn look_at_verbs(&self, person: &Person, standing: Standing, reads: bool) {
        let some = || "Yes, at 19:40.".to_owned();
        let anybody = Person {
            id: PersonId(Uuid::nil()),
            kind: Kind::Agent,
            name: some(),
            company: None,
        };
        let (role, to) = (chat::Role::Observer, ChannelId(Uuid::nil()));
        let invite = verbs::Invite {
            whom: anybody,
            standing: OWNER,
            reachable: true,
            role,
            note: None,
        };
        let level = Some(Level::Owner);
        let verbs = [
            Verb::Accept,
            Verb::Decline,
            Verb::Say { text: some() },
            Verb::Note { text: some() },
            Verb::Invite(Box::new(invite)),
            Verb::Join { role },
            Verb::Move {
                to,
                name: some(),
                level,
            },
            Verb::SwitchRole { to: role },
            Verb::SwitchRole {
                to: chat::Role::Participant,
            },
            Verb::Leave,
            Verb::HandBack,
            Verb::Close,
            Verb::AppendToTicket {
                ticket: TicketId(Uuid::nil()),
                number: some(),
                keep_open: true,
            },
            Verb::Redact { of: 1, public_of: None },
        ];
        let names = |verbs: Vec<Verb>| -> Vec<_> { verbs.iter().map(std::mem::discriminant).collect() };
        let not_refused = |verb: &Verb| decide(&self.chat, person, standing, verb.clone(), None, self.now).is_ok();
        let offered = can(&self.chat, person, standing);
        assert!(
            reads || offered.is_empty(),
            "{} may do {offered:?} in a chat that is not there for him",
            person.name
        );
        let told = format!("what {} may do, {standing:?}", person.name);
        assert_eq!(
            names(offered.clone()),
            names(verbs.iter().filter(|verb| not_refused(verb)).cloned().collect()),
            "{told}"
        );
        let expected = verbs
            .into_iter()
            .filter(|verb| reference::may(self.start, &self.log, person, standing, verb));
        assert_eq!(names(offered), names(expected.collect()), "{told}");
    }
}
