//! The People widget: who is logged in now, who is out of office.
//!
//! One listing of everybody is made when something in it has changed, and shared: a page for one viewer is a piece of it, and
//! no query is made for a row.

use super::out_of_office::Absences;
use super::presence::Connected;
use super::rights::Held;
use super::{App, AppError, profile, view};
use crate::clock;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::person::sort_key;
use domain::presence::{Party, Signs, presence};
use domain::{Availability, Kind, Level, Person, PersonId, Presence, Refusal, may_chat_with};
use jiff::civil::Date;
use parking_lot::{Mutex, RwLock};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use store::{Card, Channel};
use uuid::Uuid;
use wire::PeopleTab;

const PAGE: u32 = 10;
const PAGE_MAX: u32 = 25;
const QUERY_MAX: usize = 100;
/// Searches remembered per listing.
const SEARCHES: usize = 64;

#[derive(Default)]
pub struct People {
    known: tokio::sync::Mutex<Known>,
    listing: RwLock<Arc<Listing>>,
}

/// What a listing is made from, and whether it would be another one now.
#[derive(Default)]
struct Known {
    /// The permission epoch the agents were read at.
    epoch: i64,
    agents: HashMap<PersonId, Arc<Listed>>,
    customers: HashMap<PersonId, Arc<Listed>>,
    states: HashMap<PersonId, State>,
}

/// Somebody who may be listed.
struct Listed {
    card: Card,
    /// Name, company and login as they are searched.
    searched: String,
    absences: Option<Absences>,
    /// One of those who may receive chats.
    receives: bool,
}

impl Listed {
    fn new(card: Card, absences: Option<Absences>, receives: bool) -> Arc<Self> {
        let company = card.company.as_deref().unwrap_or_default();
        let searched = format!("{}\n{}\n{}", card.sort_key, sort_key(company), sort_key(&card.login));
        Arc::new(Self {
            card,
            searched,
            absences,
            receives,
        })
    }

    fn place(&self) -> (&str, PersonId) {
        (&self.card.sort_key, self.card.id)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    presence: Presence,
    until: Option<Date>,
}

struct Row {
    listed: Arc<Listed>,
    state: State,
}

/// Everybody, by name.
#[derive(Default)]
struct Listing {
    agents: Vec<Row>,
    customers: Vec<Row>,
    out: Vec<Row>,
    /// Rows of a tab that hold the words searched for.
    found: Mutex<HashMap<(PeopleTab, String), Places>>,
}

/// Where rows stand in a tab.
type Places = Arc<Vec<usize>>;

impl Listing {
    fn tab(&self, tab: PeopleTab) -> &[Row] {
        match tab {
            PeopleTab::Agents => &self.agents,
            PeopleTab::Customers => &self.customers,
            PeopleTab::OutOfOffice => &self.out,
        }
    }

    fn counts(&self) -> wire::PeopleCounts {
        wire::PeopleCounts {
            agents: self.agents.len() as u32,
            customers: self.customers.len() as u32,
            out_of_office: self.out.len() as u32,
        }
    }

    /// At most `limit` rows behind a place, and whether there are more.
    fn page(&self, asked: &PeopleAsked) -> (Vec<&Row>, bool) {
        let rows = self.tab(asked.tab);
        let before = |row: &Row| match &asked.after {
            Some((key, id)) => row.listed.place() <= (key, *id),
            None => false,
        };
        let limit = asked.limit as usize;
        if asked.words.is_empty() {
            let rest = &rows[rows.partition_point(before)..];
            return (rest.iter().take(limit).collect(), rest.len() > limit);
        }
        let found = self.found(asked.tab, &asked.words);
        let rest = &found[found.partition_point(|at| before(&rows[*at]))..];
        (
            rest.iter().take(limit).map(|at| &rows[*at]).collect(),
            rest.len() > limit,
        )
    }

    fn found(&self, tab: PeopleTab, words: &str) -> Places {
        let key = (tab, words.to_owned());
        if let Some(found) = self.found.lock().get(&key) {
            return found.clone();
        }
        let holds = |row: &Row| words.split(' ').all(|word| row.listed.searched.contains(word));
        let rows = self.tab(tab).iter().enumerate();
        let found: Places = Arc::new(rows.filter(|(_, row)| holds(row)).map(|(at, _)| at).collect());
        let mut all = self.found.lock();
        if all.len() >= SEARCHES {
            all.clear();
        }
        all.insert(key, found.clone());
        found
    }
}

/// A page of a tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleAsked {
    pub tab: PeopleTab,
    pub q: Option<String>,
    pub cursor: Option<String>,
    pub limit: u32,
    /// As they are searched, a blank between them.
    words: String,
    after: Option<(String, PersonId)>,
}

impl PeopleAsked {
    /// Refuses what is too long, too many, or no cursor of ours.
    pub fn new(
        tab: PeopleTab,
        q: Option<String>,
        cursor: Option<String>,
        limit: Option<u32>,
    ) -> Result<Self, AppError> {
        let limit = limit.unwrap_or(PAGE);
        if !(1..=PAGE_MAX).contains(&limit) {
            return Err(AppError::BadInput(format!("limit must lie between 1 and {PAGE_MAX}")));
        }
        let words = q.as_deref().unwrap_or_default();
        if words.chars().count() > QUERY_MAX {
            return Err(AppError::BadInput(format!("q is longer than {QUERY_MAX} characters")));
        }
        let words = sort_key(words).split_whitespace().collect::<Vec<_>>().join(" ");
        let after = match cursor.as_deref().filter(|cursor| !cursor.is_empty()) {
            Some(cursor) => Some(place(cursor).ok_or_else(|| AppError::BadInput("after is no cursor of ours".into()))?),
            None => None,
        };
        Ok(Self {
            tab,
            q,
            cursor,
            limit,
            words,
            after,
        })
    }
}

fn cursor(row: &Row) -> String {
    let (key, id) = row.listed.place();
    URL_SAFE_NO_PAD.encode([id.0.as_bytes(), key.as_bytes()].concat())
}

fn place(cursor: &str) -> Option<(String, PersonId)> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let (id, key) = bytes.split_at_checked(16)?;
    let key = String::from_utf8(key.to_vec()).ok()?;
    Some((key, PersonId(Uuid::from_slice(id).ok()?)))
}

impl App {
    /// A page of the People widget. Agents only.
    pub async fn people(&self, person: &Person, asked: &PeopleAsked) -> Result<wire::People, AppError> {
        if person.kind != Kind::Agent {
            return Err(Refusal::NotFound.into());
        }
        let held = self.held(person).await?;
        if !held.valid {
            return Err(AppError::SignedOut);
        }
        let viewer = self.viewer(person, &held);
        let settings = self.settings();
        let listing = self.people.listing.read().clone();
        let (rows, more) = listing.page(asked);
        let row = |row: &&Row| {
            let Card {
                id, kind, availability, ..
            } = row.listed.card;
            let party = Party {
                id,
                kind,
                availability,
                presence: row.state.presence,
                admitted: row.listed.receives,
            };
            let why_not = may_chat_with(&viewer, &party, &settings).err();
            wire::PersonRow {
                id: id.0,
                kind: view::kind(kind),
                name: row.listed.card.name.clone(),
                company: row.listed.card.company.clone(),
                picture: row.listed.card.picture.as_ref().map(profile::picture_name),
                presence: shown(row.state.presence),
                out_of_office: row.state.until.map(|until| wire::OutUntil {
                    until: until.to_string(),
                    text: Some(settings.out_of_office_text.clone()).filter(|text| !text.is_empty()),
                }),
                can_chat: why_not.is_none(),
                why_not: why_not.map(|why| why.code().to_owned()),
            }
        };
        Ok(wire::People {
            counts: listing.counts(),
            rows: rows.iter().map(row).collect(),
            next: rows.last().filter(|_| more).map(|last| cursor(last)),
        })
    }

    /// He did something: by HTTP, or in a window of his.
    pub fn was_active(&self, person: &Person) {
        self.shared.presence.was_active(person.id, clock::now());
    }

    /// Makes the listing anew if somebody came, went or changed, and tells those who look at it.
    pub async fn look_at_people(&self) -> Result<(), AppError> {
        let mut known = self.people.known.lock().await;
        let connected = self.shared.presence.connected();
        let fresh = self.know_agents(&mut known).await? | self.know_customers(&mut known, &connected).await?;
        let states = self.states(&known, &connected);
        if !fresh && states == known.states {
            return Ok(());
        }
        *self.people.listing.write() = Arc::new(known.listing(&states));
        known.states = states;
        self.shared.presence.people_changed();
        Ok(())
    }

    /// Reads the agents if a right, an account or a choice changed since.
    async fn know_agents(&self, known: &mut Known) -> Result<bool, AppError> {
        let epoch = self.permission_epoch();
        if known.epoch >= epoch {
            return Ok(false);
        }
        let mut out = self.store.all_out_of_office().await?;
        let cards = self.store.agent_cards().await?;
        // The settings of the database: those in memory may be older than this epoch.
        let group = self.store.settings().await?.receiving_group;
        let receivers = self.store.agents_on(&group).await?;
        let receivers: HashSet<PersonId> = receivers.into_iter().map(|agent| agent.id).collect();
        let listed = |card: Card| {
            let days = out.remove(&card.id);
            let absences = days.map(|days| Absences::new(card.zone.as_deref(), &days));
            let receives = receivers.contains(&card.id);
            (card.id, Listed::new(card, absences, receives))
        };
        let agents: HashMap<_, _> = cards.into_iter().map(listed).collect();
        let same = |old: &Arc<Listed>, new: &Arc<Listed>| {
            old.card == new.card && old.absences == new.absences && old.receives == new.receives
        };
        let changed = agents.len() != known.agents.len()
            || agents
                .iter()
                .any(|(id, new)| known.agents.get(id).is_none_or(|old| !same(old, new)));
        known.epoch = epoch;
        known.agents = agents;
        Ok(changed)
    }

    /// Reads customer users who came, and forgets those who went.
    async fn know_customers(
        &self,
        known: &mut Known,
        connected: &HashMap<PersonId, Connected>,
    ) -> Result<bool, AppError> {
        let customers = || connected.iter().filter(|(_, it)| it.kind == Kind::CustomerUser);
        known.customers.retain(|id, _| connected.contains_key(id));
        let new: Vec<_> = customers()
            .map(|(id, _)| *id)
            .filter(|id| !known.customers.contains_key(id))
            .collect();
        if new.is_empty() {
            return Ok(false);
        }
        let cards = self.store.cards(&new).await?;
        let listed = cards.into_iter().map(|card| (card.id, Listed::new(card, None, false)));
        known.customers.extend(listed);
        Ok(true)
    }

    /// How everybody stands who is connected or out of office.
    fn states(&self, known: &Known, connected: &HashMap<PersonId, Connected>) -> HashMap<PersonId, State> {
        let (now, settings) = (clock::now(), self.settings());
        let state = |listed: &Listed| {
            let here = connected.get(&listed.card.id);
            let signs = Signs {
                kind: listed.card.kind,
                availability: listed.card.availability,
                connected: here.is_some(),
                active_at: here.map_or(now, |here| here.active_at),
            };
            State {
                presence: presence(&signs, now, &settings),
                until: listed.absences.as_ref().and_then(|absences| absences.until(now)),
            }
        };
        let all = known.agents.values().chain(known.customers.values());
        all.map(|listed| (listed.card.id, state(listed)))
            .filter(|(_, state)| state.presence != Presence::Offline || state.until.is_some())
            .collect()
    }

    /// What reaches an agent as things are set.
    pub(super) fn receives(&self, held: &Held, channels: &[Channel]) -> wire::Receives {
        let settings = self.settings();
        let mine = || {
            let mine = |channel: &&Channel| held.my_channels.contains(&channel.id);
            let accepts = |channel: &&Channel| channel.valid && held.level(channel.id) == Some(Level::Owner);
            channels.iter().filter(mine).filter(accepts)
        };
        let limit = match held.availability {
            _ if settings.chat_active == 0 => Some(wire::ReceivesLimit::ChatOff),
            Availability::Unavailable => Some(wire::ReceivesLimit::Unavailable),
            Availability::Internal => Some(wire::ReceivesLimit::Internal),
            Availability::InternalAndExternal => {
                let none = mine().next().is_none();
                none.then_some(wire::ReceivesLimit::NoChannels)
            }
        };
        let nothing = matches!(
            limit,
            Some(wire::ReceivesLimit::ChatOff | wire::ReceivesLimit::Unavailable)
        );
        wire::Receives {
            colleagues: !nothing && settings.agent_to_agent == 1,
            customers: limit.is_none() && settings.customer_to_agent == 1 && mine().any(|it| it.for_customer_users),
            visitors: limit.is_none() && settings.public_to_agent == 1 && mine().any(|it| it.for_public_users),
            limit,
        }
    }
}

impl Known {
    fn listing(&self, states: &HashMap<PersonId, State>) -> Listing {
        let rows = |all: &HashMap<PersonId, Arc<Listed>>, shown: fn(&State) -> bool| {
            let row = |listed: &Arc<Listed>| {
                let state = *states.get(&listed.card.id).filter(|state| shown(state))?;
                let listed = listed.clone();
                Some(Row { listed, state })
            };
            let mut rows: Vec<Row> = all.values().filter_map(row).collect();
            rows.sort_unstable_by(|a, b| a.listed.place().cmp(&b.listed.place()));
            rows
        };
        let here = |state: &State| state.presence != Presence::Offline;
        Listing {
            agents: rows(&self.agents, here),
            customers: rows(&self.customers, here),
            out: rows(&self.agents, |state| state.until.is_some()),
            found: Mutex::default(),
        }
    }
}

pub(super) fn shown(presence: Presence) -> wire::Presence {
    match presence {
        Presence::Active => wire::Presence::Active,
        Presence::Away => wire::Presence::Away,
        Presence::Unavailable => wire::Presence::Unavailable,
        Presence::Offline => wire::Presence::Offline,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proof::Lane;
    use std::time::{Duration, Instant};

    /// 5,000 customer users, a few of whom have the same name.
    fn crowd() -> Listing {
        let mut known = Known::default();
        let mut states = HashMap::new();
        for n in 0..5_000_u128 {
            let name = format!("{} Dahl {}", ["Åse", "Bjørn", "Émile", "zoe"][n as usize % 4], n / 8);
            let card = Card {
                id: PersonId(Uuid::from_u128(n * 7_919 % 5_003)),
                kind: Kind::CustomerUser,
                sort_key: sort_key(&name),
                name,
                login: format!("login{n}"),
                company: Some(format!("Wiebe-{}-Freight", n % 100)),
                availability: Availability::Unavailable,
                zone: None,
                picture: None,
            };
            let state = State {
                presence: Presence::Active,
                until: None,
            };
            states.insert(card.id, state);
            known.customers.insert(card.id, Listed::new(card, None, false));
        }
        known.listing(&states)
    }

    fn asked(q: &str, after: Option<String>) -> PeopleAsked {
        PeopleAsked::new(PeopleTab::Customers, Some(q.into()), after, Some(25)).expect("fit")
    }

    /// Everybody that paging leads past.
    fn walked(listing: &Listing, q: &str) -> Vec<PersonId> {
        let (mut ids, mut after) = (Vec::new(), None);
        loop {
            let asked = asked(q, after);
            let (rows, more) = listing.page(&asked);
            ids.extend(rows.iter().map(|row| row.listed.card.id));
            after = rows.last().filter(|_| more).map(|last| cursor(last));
            if after.is_none() {
                return ids;
            }
        }
    }

    #[test]
    fn paging_leads_past_everybody_once_in_order_and_quickly() {
        let lane = Lane::part("presence", "paging and search among 5,000");
        let began = Instant::now();
        let listing = crowd();
        lane.figure("made_ms", began.elapsed().as_millis() as i64);
        let began = Instant::now();
        let all = walked(&listing, "");
        lane.figure("walked_us_per_page", (began.elapsed() / 200).as_micros() as i64);
        let expected: Vec<_> = listing.customers.iter().map(|row| row.listed.card.id).collect();
        assert_eq!(all.len(), 5_000);
        assert_eq!(all, expected);
        let sorted = |rows: &[Row]| rows.is_sorted_by(|a, b| a.listed.place() < b.listed.place());
        assert!(sorted(&listing.customers));
        for (q, count) in [
            ("ase", 1_250),
            ("ÅSE dahl", 1_250),
            ("wiebe-42-freight", 50),
            ("LOGIN4999", 1),
            ("emile wiebe-98-", 50),
            ("nobody", 0),
        ] {
            lane.case();
            let began = Instant::now();
            let found = walked(&listing, q);
            if found.len() != count {
                lane.violation(format!("{q}: {} instead of {count}", found.len()));
            }
            assert!(began.elapsed() < Duration::from_secs(1), "{q}");
        }
        lane.finish();
    }

    #[test]
    fn a_page_goes_on_where_it_was_though_its_last_row_is_gone() {
        let mut listing = crowd();
        let (rows, _) = listing.page(&asked("", None));
        let (after, next) = (cursor(rows[24]), listing.customers[25].listed.card.id);
        listing.customers.remove(24);
        let second = asked("", Some(after));
        let (rows, _) = listing.page(&second);
        assert_eq!(rows[0].listed.card.id, next);
    }

    #[test]
    fn what_is_no_page_is_refused() {
        let page = |q: &str, after: &str, limit| {
            PeopleAsked::new(PeopleTab::Agents, Some(q.into()), Some(after.into()), limit).is_ok()
        };
        assert!(page("", "", None) && page(&"é".repeat(100), "", Some(25)));
        assert!(!page(&"é".repeat(101), "", None));
        assert!(!page("", "", Some(0)) && !page("", "", Some(26)));
        assert!(!page("", "%%%", None) && !page("", "aGFubmU", None));
    }
}
