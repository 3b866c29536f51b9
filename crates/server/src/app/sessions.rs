//! Who is signed in: cookies of agents and customer users, tokens of visitors.
//!
//! Invariant: one gate for HTTP and the live connection, [`App::signed`]; a session that ended opens neither.

use super::limits::{Limit, Network, Rate};
use super::passwords::{self, Hasher, PASSWORD_MAX};
use super::{App, AppError, Signal, whence};
use crate::clock;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{Availability, Instant, Kind, Person, PersonId, Refusal, Settings, SnippetId};
use parking_lot::Mutex;
use sha2::{Digest, Sha256};
use std::time::Duration;
use store::{OpenSession, PersonRow, Session, Whence};
use uuid::Uuid;
use wire::Surface;

/// How often the use of a session is stored.
const SEEN_EVERY_S: i64 = 60;
const FIVE_MINUTES: Duration = Duration::from_secs(300);
/// Tries to sign in as one login from one network, within five minutes.
const TRIES_PER_LOGIN: i64 = 10;

/// Somebody with a valid session.
#[derive(Debug, Clone)]
pub struct Signed {
    pub person: Person,
    pub session: SessionKey,
    /// When it was last said to be in use.
    pub seen_at: Instant,
    /// The snippet a visitor came by.
    pub snippet: Option<SnippetId>,
    /// Before he has set up the second factor that is asked of him, his session is good for that alone.
    pub owes_factor: bool,
}

/// The hash of a session's token: what is stored, and what may be passed around.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SessionKey(pub [u8; 32]);

impl SessionKey {
    pub(super) fn of(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }

    /// What it is called where people look at sessions.
    pub(super) fn name(&self) -> Uuid {
        let mut begins = [0; 16];
        begins.copy_from_slice(&self.0[..16]);
        Uuid::from_bytes(begins)
    }
}

/// What is kept in memory around signing in.
#[derive(Default)]
pub struct Doors {
    pub(super) hasher: Hasher,
    by_login: Limit<([u8; 32], Network)>,
    by_network: Limit<Network>,
    pub(super) codes: Limit<PersonId>,
    pub(super) visitors: Limit<Network>,
    pub(super) identified: Limit<PersonId>,
    pub(super) starts_by_person: Limit<PersonId>,
    pub(super) starts_by_network: Limit<Network>,
    /// While there is no agent yet.
    pub(super) setup_code: Mutex<Option<String>>,
}

impl App {
    /// Who comes with this token. `SignedOut` when it is unknown or ran out, when the account is not valid, or when it
    /// is of another kind than the surface is for.
    pub async fn signed(&self, surface: Surface, token: &str) -> Result<Signed, AppError> {
        settled(self.signed_or_owing(surface, token).await?)
    }

    /// As [`App::signed`], also for who still has to set up the second factor that is asked of him.
    pub async fn signed_or_owing(&self, surface: Surface, token: &str) -> Result<Signed, AppError> {
        let signed = self.found(surface, token).await?;
        let now = clock::now();
        if signed.seen_at.plus_s(SEEN_EVERY_S) <= now
            && let Err(error) = self.store.see_session(&signed.session.0, now).await
        {
            tracing::warn!(%error, "the use of a session could not be stored");
        }
        Ok(signed)
    }

    /// As [`App::signed`], by a browser that came back by itself: that is no use of the session.
    pub async fn admitted(&self, surface: Surface, token: &str) -> Result<Signed, AppError> {
        settled(self.found(surface, token).await?)
    }

    async fn found(&self, surface: Surface, token: &str) -> Result<Signed, AppError> {
        let key = SessionKey::of(token);
        let session = self.live_session(&key.0).await?.ok_or(AppError::SignedOut)?;
        if session.person.kind != kind_of(surface) {
            return Err(AppError::SignedOut);
        }
        Ok(Signed {
            snippet: session.person.snippet,
            seen_at: session.seen_at,
            owes_factor: session.owes_factor,
            person: person_of(session.person),
            session: key,
        })
    }

    /// Whether the session of a live connection would still be let in, as of the newest permission epoch this node knows:
    /// whatever ends sessions raises it, or tells the connection.
    pub async fn still_signed_in(&self, signal: &Signal) -> Result<bool, AppError> {
        let epoch = self.permission_epoch();
        if signal.ended() || signal.alive_at() >= epoch {
            return Ok(!signal.ended());
        }
        let session = self.live_session(&signal.session).await?;
        let alive = session.is_some_and(|session| !session.owes_factor);
        if alive {
            signal.was_alive_at(epoch);
        }
        Ok(alive)
    }

    /// Remembers that somebody was active in this session, as a request by HTTP does. Once a minute is enough.
    pub async fn see_session(&self, key: &[u8; 32]) -> Result<(), AppError> {
        Ok(self.store.see_session(key, clock::now()).await?)
    }

    async fn live_session(&self, key: &[u8; 32]) -> Result<Option<Session>, AppError> {
        let (found, now) = (self.store.session(key).await?, clock::now());
        let settings = self.settings();
        Ok(found.filter(|session| session.person.valid && !ran_out(session, now, &settings)))
    }

    /// Opens a session for a login and its password, and where there is a second factor for its code. Tries are counted before anything is
    /// hashed; a wrong login takes as long as a wrong password, and the answer is the same.
    pub async fn sign_in(&self, given: &wire::SignIn, from: &Comer) -> Result<(Signed, String), AppError> {
        let wire::SignIn {
            surface,
            login,
            password,
            code,
        } = given;
        self.count_try(&format!("{surface:?} {login}"), from.network)?;
        if *surface == Surface::Visitor || login.len() > PASSWORD_MAX || password.len() > PASSWORD_MAX {
            return Err(AppError::WrongLogin);
        }
        let account = self.store.account(kind_of(*surface), login).await?;
        let hash = account.as_ref().and_then(|account| account.password_hash.clone());
        let matches = self.doors.hasher.matches(password, hash).await?;
        let account = account.filter(|account| matches && account.valid());
        let account = account.ok_or(AppError::WrongLogin)?;
        self.check_factor(account.person(), code.as_deref()).await?;
        self.open_session(account.person(), &from.whence()).await
    }

    /// Where the setting says so, nobody who signs in takes external chats because of a choice of yesterday; returns whether it
    /// was changed. Who is here already, on whatever device, keeps it.
    pub async fn lower_availability(&self, signed: &Signed) -> Result<bool, AppError> {
        let person = &signed.person;
        let lowers = person.kind == Kind::Agent && self.settings().sign_in_lowers_availability == 1;
        if lowers
            && self.shared.presence.connection(person.id).is_none()
            && self.held_newest(person).await?.availability == Availability::InternalAndExternal
        {
            self.set_availability(signed, Availability::Internal).await?;
            return Ok(true);
        }
        Ok(false)
    }

    /// Counts a try to get in; too many and it is not made.
    pub(super) fn count_try(&self, what: &str, network: Network) -> Result<(), AppError> {
        let now = std::time::Instant::now();
        self.count_comer(network)?;
        let key = (Sha256::digest(what.as_bytes()).into(), network);
        self.doors
            .by_login
            .take(key, Rate::new(TRIES_PER_LOGIN, FIVE_MINUTES), now)
    }

    /// Counts a try that nobody could make in vain often enough.
    pub(super) fn count_comer(&self, network: Network) -> Result<(), AppError> {
        let per_network = Rate::new(self.settings().sign_ins_per_5_min, FIVE_MINUTES);
        let now = std::time::Instant::now();
        self.doors.by_network.take(network, per_network, now)
    }

    /// A new session under a token that is told once.
    pub(super) async fn open_session(&self, person: PersonId, whence: &Whence) -> Result<(Signed, String), AppError> {
        let token = random_token()?;
        let key = SessionKey::of(&token);
        if !self.store.make_session(&key.0, person, clock::now(), whence).await? {
            return Err(AppError::WrongLogin);
        }
        let row = self.store.person(person).await?.ok_or(AppError::SignedOut)?;
        let signed = Signed {
            snippet: row.snippet,
            owes_factor: self.owes_factor(person).await?,
            person: person_of(row),
            session: key,
            seen_at: clock::now(),
        };
        Ok((signed, token))
    }

    /// Ends a session and its live connections. An agent who is here in no other session hands his chats back.
    pub async fn sign_out(&self, signed: &Signed) -> Result<(), AppError> {
        let (person, key) = (&signed.person, &signed.session.0);
        if person.kind == Kind::Agent && !self.shared.presence.here_besides(person.id, key) {
            self.hand_back_all(person).await?;
        }
        self.store.end_session(key).await?;
        self.shared.presence.end_session(key);
        Ok(())
    }

    /// The sessions of who asks that open something, the one used last first.
    pub async fn sessions(&self, signed: &Signed) -> Result<wire::Sessions, AppError> {
        with_account(signed)?;
        let (oldest, idle) = self.sessions_since();
        let open = self.store.sessions_of(signed.person.id, oldest, idle).await?;
        let view = |session: OpenSession| session_view(session, Some(&signed.session));
        Ok(wire::Sessions {
            sessions: open.into_iter().map(view).collect(),
        })
    }

    /// Ends one of his sessions, by its name; that it was another's is not told.
    pub async fn end_named(&self, signed: &Signed, name: Uuid) -> Result<(), AppError> {
        with_account(signed)?;
        let found = self.store.session_named(name.as_bytes()).await?;
        let (key, _) = found
            .filter(|(_, person)| *person == signed.person.id)
            .ok_or(Refusal::NotFound)?;
        if key == signed.session.0 {
            return self.sign_out(signed).await;
        }
        self.store.end_session(&key).await?;
        self.shared.presence.end_session(&key);
        Ok(())
    }

    /// Ends all of his sessions but the one he asks in.
    pub async fn end_others(&self, signed: &Signed) -> Result<(), AppError> {
        with_account(signed)?;
        let (person, session) = (signed.person.id, &signed.session.0);
        self.store.end_sessions_but(person, session).await?;
        self.shared.presence.end_person(person, Some(session));
        Ok(())
    }

    /// Before when a session was made, or used last, that is over.
    pub(super) fn sessions_since(&self) -> (Instant, Instant) {
        let (now, settings) = (clock::now(), self.settings());
        (
            now.plus_s(-settings.session_longest_s),
            now.plus_s(-settings.session_idle_s),
        )
    }

    /// Refuses who does not know his own password; tries are counted before they are made.
    pub(super) async fn know_password(&self, signed: &Signed, password: &str, net: Network) -> Result<(), AppError> {
        self.count_try(&format!("password of {}", signed.person.id), net)?;
        if password.len() > PASSWORD_MAX {
            return Err(AppError::WrongLogin);
        }
        let hash = self.store.password_hash(signed.person.id).await?;
        match self.doors.hasher.matches(password, hash).await? {
            true => Ok(()),
            false => Err(AppError::WrongLogin),
        }
    }

    /// Sets a new password against the old one; all other sessions of the person end.
    pub async fn change_password(&self, signed: &Signed, old: &str, new: &str, net: Network) -> Result<(), AppError> {
        if old.len() <= PASSWORD_MAX {
            passwords::fit_to_set(new)?;
        }
        self.know_password(signed, old, net).await?;
        let hash = self.doors.hasher.hash(new).await?;
        let (person, session) = (signed.person.id, &signed.session.0);
        self.store.set_password(person, &hash, session).await?;
        self.shared.presence.end_person(person, Some(session));
        Ok(())
    }

    /// Removes sessions that open nothing any more. Returns how many.
    pub async fn sweep_sessions(&self) -> Result<u64, AppError> {
        let now = clock::now();
        let closed = now.plus_s(-self.settings().visitor_reads_closed_h * 3_600);
        let (made, used) = self.sessions_since();
        let swept = self.store.sweep_sessions(made, used, closed).await?;
        self.store.sweep_links(now).await?;
        Ok(swept)
    }
}

/// Where somebody comes from who has no session yet.
#[derive(Debug, Clone)]
pub struct Comer {
    pub network: Network,
    /// What his browser says of itself.
    pub agent: Option<String>,
}

impl Comer {
    pub(super) fn whence(&self) -> Whence {
        whence::whence(self.network, self.agent.as_deref())
    }
}

fn settled(signed: Signed) -> Result<Signed, AppError> {
    match signed.owes_factor {
        true => Err(AppError::FactorOwed),
        false => Ok(signed),
    }
}

/// Visitors have no account.
pub(super) fn with_account(signed: &Signed) -> Result<(), AppError> {
    match signed.person.kind {
        Kind::PublicUser => Err(Refusal::NotFound.into()),
        Kind::Agent | Kind::CustomerUser => Ok(()),
    }
}

pub(super) fn session_view(session: OpenSession, own: Option<&SessionKey>) -> wire::SessionView {
    let key = SessionKey(session.token_hash);
    wire::SessionView {
        id: key.name(),
        here: own == Some(&key),
        made_at: session.created_at.ms(),
        seen_at: session.seen_at.ms(),
        network: session.whence.network,
        browser: session.whence.browser,
        system: session.whence.system,
    }
}

/// A visitor's token lives while he has a chat that is not closed, and as long beyond his last one as he may read it; without a chat
/// as long from its making.
fn ran_out(session: &Session, now: Instant, settings: &Settings) -> bool {
    if session.person.kind == Kind::PublicUser {
        // Who is known by a signed identity comes back after that.
        let last = session.last_closed_at.unwrap_or_default().max(session.created_at);
        return session.running == 0 && last.plus_s(settings.visitor_reads_closed_h * 3_600) <= now;
    }
    let (used, made) = (session.seen_at, session.created_at);
    used.plus_s(settings.session_idle_s) <= now || made.plus_s(settings.session_longest_s) <= now
}

pub(super) fn kind_of(surface: Surface) -> Kind {
    match surface {
        Surface::Agent => Kind::Agent,
        Surface::Customer => Kind::CustomerUser,
        Surface::Visitor => Kind::PublicUser,
    }
}

pub(super) fn person_of(row: PersonRow) -> Person {
    Person {
        id: row.id,
        kind: row.kind,
        name: row.name,
        company: row.company,
    }
}

/// 256 random bits, base64url.
pub(super) fn random_token() -> Result<String, AppError> {
    let mut bits = [0_u8; 32];
    getrandom::fill(&mut bits).map_err(|_| AppError::Busy)?;
    Ok(URL_SAFE_NO_PAD.encode(bits))
}

/// Groups of four letters and digits that read well aloud, 20 random bits each.
pub(super) fn random_words(groups: usize) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
    let group = |_| {
        let mut bytes = [0_u8; 4];
        // Without random numbers there is no safe secret to make, and nothing to go on with.
        getrandom::fill(&mut bytes).unwrap_or_else(|error| panic!("no random numbers: {error}"));
        bytes
            .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
            .iter()
            .collect::<String>()
    };
    (0..groups).map(group).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Availability;

    fn session(kind: Kind) -> Session {
        let person = PersonRow {
            id: PersonId(Uuid::nil()),
            kind,
            name: "Priya Raman".into(),
            login: None,
            company: None,
            availability: Availability::Unavailable,
            valid: true,
            snippet: None,
        };
        Session {
            person,
            created_at: Instant(0),
            seen_at: Instant(0),
            running: 0,
            last_closed_at: None,
            owes_factor: false,
        }
    }

    #[test]
    fn an_agents_session_ends_when_idle_and_when_old() {
        let mut ines = session(Kind::Agent);
        let at = |s: i64| Instant(0).plus_s(s);
        let settings = Settings::default();
        let (idle, longest) = (settings.session_idle_s, settings.session_longest_s);
        assert!(!ran_out(&ines, at(idle - 1), &settings));
        assert!(ran_out(&ines, at(idle), &settings));
        ines.seen_at = at(longest - 5);
        assert!(!ran_out(&ines, at(longest - 1), &settings));
        assert!(ran_out(&ines, at(longest), &settings));
    }

    #[test]
    fn a_visitors_token_lives_a_day_beyond_the_last_close() {
        let mut priya = session(Kind::PublicUser);
        let (at, day, settings) = (|s: i64| Instant(0).plus_s(s), 86_400, Settings::default());
        assert!(!ran_out(&priya, at(day - 1), &settings) && ran_out(&priya, at(day), &settings));
        priya.last_closed_at = Some(at(500_000));
        let after = at(500_000 + day);
        assert!(!ran_out(&priya, after.plus_s(-1), &settings) && ran_out(&priya, after, &settings));
        priya.running = 1;
        assert!(!ran_out(&priya, at(10_000_000), &settings));
    }

    #[test]
    fn a_session_is_called_by_the_first_half_of_its_hash() {
        let key = SessionKey::of("something");
        assert_eq!(key.name().as_bytes(), &key.0[..16]);
    }

    #[test]
    fn tokens_are_long_and_differ() {
        let tokens: std::collections::HashSet<_> = (0..1_000).map(|_| random_token().unwrap()).collect();
        assert!(tokens.len() == 1_000 && tokens.iter().all(|token| token.len() == 43));
    }
}
