//! Chats and answers that go out by e-mail: asked for by an entry or an article, sent by a job, and told where they were asked for.
//!
//! - A letter is a row of the outbox, written with its cause. Every try carries the same Message-ID.
//! - `handed` is stored before the text is given to the mail server: a try that ended there without an answer is a doubt, and a second
//!   doubt ends in *perhaps*, as does a refusal after the first.
//! - What goes out is made when it goes, through the rights that its reader has then, of the entries before the one that asked.

mod unseen;

use super::chats::Along;
use super::sessions::{SessionKey, random_token};
use super::transcripts::pdf;
use super::{App, AppError, Network, hex, links};
use crate::clock;
use crate::mail::{Delivery, Letter, Mailer, address};
use domain::{
    ChatId, ClientId, Entry, Kind, MailOutcome, Person, PersonId, Recipient, Refusal, Settings, Side, TicketId, Verb,
    takes_transcript, verbs,
};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::sync::OnceLock;
use std::time::Duration;
use store::{Cap, Cause, Command, Effect, EffectState, Purpose, Settled, Stored, WriteError};
use transcript::{Log, Reader, Transcript};
use uuid::Uuid;
use words::Words;

/// The kind of its rows in the outbox.
const MAIL: &str = "mail";
/// Of what ended so many are told in one go.
const TOLD: i64 = 50;
/// Tries that nobody knows about, before it is left at that.
const DOUBTS: i64 = 2;
const LONGEST_PAUSE_S: i64 = 4 * 3_600;
/// For how long the link in the first letter opens the second.
const LINK_H: i64 = 48;
/// For how long it is kept what went where.
const KEPT_S: i64 = 30 * 86_400;
/// Longest name of a language or a zone.
const NAME_MAX: usize = 64;

/// By what letters go out.
#[derive(Default)]
pub(super) struct Post {
    mailer: OnceLock<Mailer>,
    /// How people reach the service.
    url: OnceLock<String>,
}

/// What a letter is to hold, as the outbox keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
enum Wish {
    /// A chat, for who may read it.
    Chat(ForReader),
    /// The question whether the address wants it.
    Question(ForReader),
    /// What its reader has not seen of a chat.
    Unseen(ForReader),
    /// An article of a ticket.
    Article { name: Option<String>, address: String },
    /// A link for whoever goes by this login or address, if there is somebody.
    Forgotten {
        customer: bool,
        who: String,
        language: String,
    },
    /// A link for somebody who is to choose his password.
    Invitation { person: Uuid, language: String },
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct ForReader {
    reader: Uuid,
    address: String,
    language: String,
    zone: String,
}

/// Why a letter is not written.
enum Unwritten {
    /// And never will be.
    Never(&'static str),
    Error(AppError),
}

impl<E: Into<AppError>> From<E> for Unwritten {
    fn from(error: E) -> Self {
        match error.into() {
            AppError::Refused(_) => Self::Never("it may not be read any more"),
            error => Self::Error(error),
        }
    }
}

impl App {
    /// By what letters go out from now on, and how people reach the service.
    pub fn take_mailer(&self, mailer: Option<Mailer>, url: &str) {
        if let Some(mailer) = mailer {
            let _ = self.post.mailer.set(mailer);
        }
        let _ = self.post.url.set(url.to_owned());
    }

    /// Where the service is reached, as `https://desk.example.org`.
    pub fn public_url(&self) -> &str {
        self.post.url.get().map_or("", String::as_str)
    }

    pub fn sends_mail(&self) -> bool {
        self.post.mailer.get().is_some()
    }

    /// Asks for a chat by e-mail: agents for themselves or for its external, externals for themselves. A visitor's address is asked first
    /// whether it wants it.
    pub async fn mail_chat(
        &self,
        person: &Person,
        network: Network,
        id: ChatId,
        asks: &wire::MailChat,
    ) -> Result<(), AppError> {
        let granted = self.grant_newest(person, id).await?;
        if !self.sends_mail() {
            return Err(Refusal::MailOff.into());
        }
        if asks.language.len().max(asks.zone.len()) > NAME_MAX || TimeZone::get(&asks.zone).is_err() {
            return Err(AppError::BadInput("language or zone is none".into()));
        }
        let agent = person.kind == Kind::Agent;
        let to = match (agent, asks.to) {
            (true, Some(wire::Recipient::Agent)) => Recipient::Agent,
            (true, Some(wire::Recipient::External)) | (false, None) => Recipient::External,
            _ => return Err(AppError::BadInput("agents say to whom, and others do not".into())),
        };
        let reader = match to {
            Recipient::Agent => (person.id, person.kind, person.name.clone()),
            Recipient::External => {
                let external = granted.chat.external().ok_or(Refusal::NotAllowed)?;
                (external.person, external.kind, external.name.clone())
            }
        };
        let (reader, kind, whom) = reader;
        let visitor = kind == Kind::PublicUser;
        let own = self.own_address_of(reader, kind).await?;
        let typed = asks.address.as_deref().filter(|_| visitor && !agent);
        let address = match typed {
            Some(typed) => address(typed).ok_or(Refusal::NoAddress)?,
            None => own.clone().ok_or(Refusal::NoAddress)?,
        };
        let unproven = own.as_ref() != Some(&address);
        let wish = ForReader {
            reader: reader.0,
            address: address.clone(),
            language: asks.language.clone(),
            zone: asks.zone.clone(),
        };
        let wish = if unproven {
            Wish::Question(wish)
        } else {
            Wish::Chat(wish)
        };
        let effect = self.effect(&wish, Some(reader), self.caps(person, id, &address, network))?;
        let hash = Sha256::new()
            .chain_update("mail")
            .chain_update(id.0)
            .chain_update(serde_json::to_vec(asks).unwrap_or_default())
            .finalize();
        let mut digest = [0; 16];
        digest.copy_from_slice(&hash[..16]);
        let (cid, verb) = (ClientId(asks.cid), Verb::Mail { to, whom });
        let along = Along::Effect(&effect);
        self.verb_with(person, None, id, cid, digest, verb, along).await?;
        Ok(())
    }

    /// The one who read the first letter wants the second; or, of a letter of what he had not seen, no more of them, with `again` more
    /// of them again. The same again changes nothing.
    pub async fn confirm_mail(&self, token: &str, again: bool, network: Network) -> Result<(), AppError> {
        self.count_try("mail", network)?;
        let hash = SessionKey::of(token);
        let asked = self.store.proven(&hash.0, clock::now()).await?;
        let asked = asked.ok_or(Refusal::NotFound)?;
        let wish = match serde_json::from_str(&asked.payload) {
            Ok(Wish::Question(wish)) => wish,
            Ok(Wish::Unseen(wish)) => return self.want_unseen(&wish, again).await,
            _ => return Err(Refusal::NotFound.into()),
        };
        let reader = PersonId(wish.reader);
        let next = Effect {
            id: Uuid::from_u128(asked.id.as_u128() ^ 1),
            ..self.effect(&Wish::Chat(wish), Some(reader), Vec::new())?
        };
        self.store.follow_effect(&asked, &next, clock::now()).await?;
        Ok(())
    }

    /// Keeps a letter for whoever goes by this login or address, and finds out later whether there is anybody.
    pub(super) async fn write_forgotten(
        &self,
        kind: Kind,
        who: &str,
        language: &str,
        network: Network,
    ) -> Result<(), AppError> {
        if !self.sends_mail() {
            return Err(Refusal::MailOff.into());
        }
        let (now, settings) = (clock::now(), self.settings());
        let (who, language) = (who.to_owned(), language.to_owned());
        let asked = format!("forgotten {}", hashed(&format!("{kind:?} {who}")));
        let caps = vec![
            Cap::daily(asked, now, settings.mails_to_address_per_day),
            Cap::daily(of_network(network), now, settings.mails_of_network_per_day),
        ];
        let customer = kind == Kind::CustomerUser;
        let wish = Wish::Forgotten {
            customer,
            who,
            language,
        };
        let letter = self.effect(&wish, None, caps)?;
        match self.store.put_letter(&letter, now).await? {
            true => Ok(()),
            false => Err(Refusal::MailCapped.into()),
        }
    }

    /// A letter with a link for somebody who is to choose his password.
    pub(super) fn invitation_letter(&self, person: PersonId, language: &str) -> Result<Effect, AppError> {
        if !self.sends_mail() {
            return Err(Refusal::MailOff.into());
        }
        let wish = Wish::Invitation {
            person: person.0,
            language: language.to_owned(),
        };
        self.effect(&wish, Some(person), vec![self.own_cap(person)])
    }

    /// What goes to somebody about his account.
    fn own_cap(&self, person: PersonId) -> Cap {
        let most = self.settings().mails_to_address_per_day;
        Cap::daily(format!("account {person}"), clock::now(), most)
    }

    /// How people reach the service.
    pub(super) fn own_address(&self) -> &str {
        self.post.url.get().map_or("", String::as_str)
    }

    /// What makes an e-mail of an article that is written now, to this address.
    pub(super) fn article_mail(&self, person: &Person, name: Option<String>, to: &str) -> Result<Effect, AppError> {
        if !self.sends_mail() {
            return Err(Refusal::MailOff.into());
        }
        let address = address(to).ok_or(Refusal::NoAddress)?;
        let caps = vec![self.agents_cap(person)];
        self.effect(&Wish::Article { name, address }, None, caps)
    }

    fn effect(&self, wish: &Wish, person: Option<PersonId>, caps: Vec<Cap>) -> Result<Effect, AppError> {
        Ok(Effect {
            id: Uuid::now_v7(),
            kind: MAIL,
            payload: serde_json::to_string(wish).map_err(|_| AppError::Unknown)?,
            due_at: clock::now(),
            person,
            caps,
        })
    }

    fn caps(&self, person: &Person, chat: ChatId, address: &str, network: Network) -> Vec<Cap> {
        let (now, settings) = (clock::now(), self.settings());
        if person.kind == Kind::Agent {
            return vec![self.agents_cap(person)];
        }
        let mut caps = vec![
            Cap {
                subject: format!("chat {chat}"),
                day: 0,
                most: settings.mails_of_chat,
            },
            Cap::daily(
                format!("address {}", hashed(address)),
                now,
                settings.mails_to_address_per_day,
            ),
        ];
        if person.kind == Kind::PublicUser {
            caps.push(Cap::daily(of_network(network), now, settings.mails_of_network_per_day));
        }
        caps
    }

    fn agents_cap(&self, agent: &Person) -> Cap {
        let most = self.settings().mails_of_agent_per_day;
        Cap::daily(format!("agent {}", agent.id), clock::now(), most)
    }

    pub(super) async fn address_of(&self, person: PersonId) -> Result<Option<String>, AppError> {
        Ok(self.store.email_of(person).await?.and_then(|email| address(&email)))
    }

    /// The address that is known to be somebody's: of his account, or of a visitor the one that his page has proven.
    async fn own_address_of(&self, person: PersonId, kind: Kind) -> Result<Option<String>, AppError> {
        match kind {
            Kind::PublicUser => Ok(self
                .store
                .identity_of(person)
                .await?
                .and_then(|identity| identity.email)),
            Kind::Agent | Kind::CustomerUser => self.address_of(person).await,
        }
    }

    /// Letters that are to be tried now.
    pub async fn due_letters(&self, limit: usize) -> Result<Vec<Stored>, AppError> {
        if limit == 0 || !self.sends_mail() {
            return Ok(Vec::new());
        }
        Ok(self.store.due_effects(MAIL, clock::now(), limit as i64).await?)
    }

    /// Tells what became of letters, where they were asked for.
    pub async fn tell_of_letters(&self) -> Result<(), AppError> {
        for effect in self.store.untold_effects(MAIL, TOLD).await? {
            if effect.cause == Cause::Account {
                self.store.remove_effect(effect.id).await?;
                continue;
            }
            self.tell_outcome(&effect).await?;
            self.store.told_effect(effect.id).await?;
        }
        Ok(())
    }

    /// Where nobody else shares the database, whoever had taken letters is gone.
    pub async fn free_letters(&self) -> Result<(), AppError> {
        if self.shared.bus.is_none() {
            self.store.free_effects(MAIL, clock::now()).await?;
        }
        Ok(())
    }

    /// Forgets what ended long ago.
    pub async fn sweep_outbox(&self) -> Result<u64, AppError> {
        let now = clock::now();
        Ok(self.store.sweep_outbox(now.plus_s(-KEPT_S), now).await?)
    }

    /// Tries a letter once, unless somebody else does.
    pub async fn try_letter(&self, effect: &Stored) -> Result<(), AppError> {
        let Some(mailer) = self.post.mailer.get() else {
            return Ok(());
        };
        let settings = self.settings();
        let patience = Duration::from_secs(settings.mail_patience_s as u64);
        // Connecting, the envelope, the text: after that somebody else may be at it.
        let lease = settings.mail_patience_s * 10 + 10;
        if !self.store.take_effect(effect, clock::now().plus_s(lease)).await? {
            return Ok(());
        }
        let tries = effect.tries + 1;
        // Whoever had it before was lost between giving it and knowing.
        let doubts = effect.doubts + i64::from(effect.state == EffectState::Handed);
        let settle = |state, said: Option<String>, doubts| {
            let at = match state {
                EffectState::Waiting => clock::now().plus_s(pause_s(&settings, tries)),
                _ => clock::now(),
            };
            let settled = Settled {
                state,
                said,
                at,
                doubts,
            };
            async move { self.store.settle_effect(effect.id, tries, &settled).await }
        };
        if doubts >= DOUBTS {
            settle(EffectState::Perhaps, effect.said.clone(), doubts).await?;
            return Ok(());
        }
        let letter = match self.letter(effect).await {
            Ok(letter) => letter,
            Err(Unwritten::Never(why)) => {
                settle(EffectState::Failed, Some(why.to_owned()), doubts).await?;
                return Ok(());
            }
            Err(Unwritten::Error(error)) => {
                tracing::error!(letter = %effect.id, %error, "a letter cannot be written now; it is tried again");
                settle(EffectState::Waiting, None, doubts).await?;
                return Ok(());
            }
        };
        let hand = async || matches!(self.store.hand_effect(effect.id, tries).await, Ok(true));
        let delivery = mailer.send(&letter, patience, hand).await;
        match &delivery {
            Delivery::Taken => tracing::info!(letter = %effect.id, tries, "a letter is with the mail server"),
            Delivery::Left => {}
            other => tracing::warn!(letter = %effect.id, tries, ?other, "a letter did not get through"),
        }
        let last = tries >= settings.mail_tries;
        match delivery {
            Delivery::Taken => settle(EffectState::Done, None, doubts).await?,
            Delivery::Left => {}
            Delivery::Refused(why) if doubts == 0 => settle(EffectState::Failed, Some(why), doubts).await?,
            // The no is to this try; another may have arrived.
            Delivery::Refused(why) => settle(EffectState::Perhaps, Some(why), doubts).await?,
            Delivery::Later(why) if last && doubts == 0 => settle(EffectState::Failed, Some(why), doubts).await?,
            Delivery::Later(why) if last => settle(EffectState::Perhaps, Some(why), doubts).await?,
            Delivery::Later(why) => settle(EffectState::Waiting, Some(why), doubts).await?,
            Delivery::Perhaps(why) if doubts + 1 >= DOUBTS || last => {
                settle(EffectState::Perhaps, Some(why), doubts + 1).await?;
            }
            Delivery::Perhaps(why) => settle(EffectState::Waiting, Some(why), doubts + 1).await?,
        }
        Ok(())
    }

    async fn letter(&self, effect: &Stored) -> Result<Letter, Unwritten> {
        let wish: Wish = serde_json::from_str(&effect.payload).map_err(|_| Unwritten::Never("it cannot be read"))?;
        match (wish, effect.cause) {
            (Wish::Chat(wish), Cause::Entry { chat, seq }) => self.chat_letter(effect, wish, chat, seq).await,
            (Wish::Unseen(wish), Cause::Entry { chat, seq }) => self.unseen_letter(effect, wish, chat, seq).await,
            (Wish::Question(wish), Cause::Entry { .. }) => self.question(effect, wish).await,
            (Wish::Article { name, address }, Cause::Article { ticket, n }) => {
                self.article_letter(effect, name, address, ticket, n).await
            }
            (
                Wish::Forgotten {
                    customer,
                    who,
                    language,
                },
                Cause::Account,
            ) => {
                let kind = if customer { Kind::CustomerUser } else { Kind::Agent };
                let found = self.store.forgetful(kind, &who).await?;
                let person = found.ok_or(Unwritten::Never("nobody goes by that"))?;
                // Whatever was typed: it all comes to one mailbox.
                if effect.tries == 0 && !self.store.count_caps(&[self.own_cap(person)]).await? {
                    return Err(Unwritten::Never("as many were sent as may be"));
                }
                self.link_letter(effect, person, Purpose::Reset, &language).await
            }
            (Wish::Invitation { person, language }, Cause::Account) => {
                self.link_letter(effect, PersonId(person), Purpose::Invitation, &language)
                    .await
            }
            _ => Err(Unwritten::Never("it cannot be read")),
        }
    }

    /// A link for one person, to the address of his account. Its token is in this letter and nowhere else.
    async fn link_letter(
        &self,
        effect: &Stored,
        person: PersonId,
        purpose: Purpose,
        language: &str,
    ) -> Result<Letter, Unwritten> {
        let row = self.store.person(person).await?.filter(|row| row.valid);
        let row = row.ok_or(Unwritten::Never("the account is not valid"))?;
        let address = self.address_of(person).await?;
        let address = address.ok_or(Unwritten::Never("the account has no address"))?;
        let (made, token) = links::new_link(person, purpose)?;
        self.store.put_link(&made).await?;
        let own = self.store.language_of(person).await?;
        let words = Words::of(own.as_deref().unwrap_or(language));
        let link = self.link_address(row.kind, &token);
        let args = [
            ("link", link.as_str().into()),
            ("minutes", links::RESET_MIN.into()),
            ("hours", links::INVITATION_H.into()),
            ("desk", self.own_address().into()),
            ("name", row.name.as_str().into()),
            ("login", row.login.as_deref().unwrap_or_default().into()),
        ];
        let (subject, text) = match purpose {
            Purpose::Reset => ("mail-reset-subject", "mail-reset-text"),
            Purpose::Invitation => ("mail-invitation-subject", "mail-invitation-text"),
        };
        let text = words.say(text, &args);
        Ok(Letter {
            id: effect.id,
            at: effect.created_at,
            name: Some(row.name.clone()),
            address,
            subject: words.say(subject, &args),
            html: Some(with_link(words, &text, &link)),
            text: text + "\n",
            pdf: None,
            automatic: true,
        })
    }

    async fn chat_letter(&self, effect: &Stored, wish: ForReader, id: ChatId, seq: i64) -> Result<Letter, Unwritten> {
        let reader = self.store.person(PersonId(wish.reader)).await?;
        let reader = reader.filter(|reader| reader.valid).ok_or(Refusal::NotFound)?;
        let reader = super::sessions::person_of(reader);
        // An account's address may be another by now.
        let address = match reader.kind {
            Kind::PublicUser => wish.address,
            Kind::Agent | Kind::CustomerUser => self.address_of(reader.id).await?.ok_or(Refusal::NoAddress)?,
        };
        let side = Side::of(reader.kind);
        // Entries first, the verdict afterwards: what is sent was made before the verdict was true.
        let chat = self.store.chat(id).await?.ok_or(Refusal::NotFound)?;
        let mut entries = self.newest_entries(&chat, side).await?;
        entries.retain(|entry| entry.seq < seq);
        let granted = self.grant_newest(&reader, id).await?;
        takes_transcript(&granted.chat, &granted.access, granted.standing().level)?;
        let ticket = self.number_of_ticket(&reader, &granted.chat).await?;
        let channel = self.channel(granted.chat.channel).await?.ok_or(Refusal::NotFound)?;
        let settings = self.settings();
        let (words, zone) = (
            Words::of(&wish.language),
            TimeZone::get(&wish.zone).unwrap_or(TimeZone::UTC),
        );
        let kind = reader.kind;
        let made = self.document(move |fonts| {
            let log = Log {
                chat: &chat,
                channel: &channel.name,
                ticket: ticket.as_deref(),
                entries: &entries,
                settings: &settings,
            };
            let transcript = Transcript::of(&log, Reader { kind, words, zone });
            let pdf = pdf(&transcript, fonts)?;
            let html = transcript::html(&transcript);
            Ok::<_, AppError>((transcript.title(), transcript::text(&transcript), html, pdf))
        });
        let (subject, text, html, pdf) = made.await??;
        Ok(Letter {
            id: effect.id,
            at: effect.created_at,
            name: Some(reader.name),
            address,
            subject,
            text,
            html: Some(html),
            pdf: Some((format!("chat-{id}.pdf"), pdf)),
            automatic: true,
        })
    }

    /// Holds nothing of what was said, and no name: whoever reads mail there may never have heard of us.
    async fn question(&self, effect: &Stored, wish: ForReader) -> Result<Letter, Unwritten> {
        let words = Words::of(&wish.language);
        let token = random_token()?;
        let expires_at = clock::now().plus_s(LINK_H * 3_600);
        self.store
            .put_proof(&SessionKey::of(&token).0, effect.id, expires_at)
            .await?;
        let url = self.own_address();
        let link = format!("{url}/mail/{}#{token}", words.language());
        let args = [
            ("link", link.as_str().into()),
            ("hours", LINK_H.into()),
            ("desk", url.into()),
        ];
        let text = words.say("mail-question-text", &args);
        let html = with_link(words, &text, &link);
        Ok(Letter {
            id: effect.id,
            at: effect.created_at,
            name: None,
            address: wish.address,
            subject: words.say("mail-question-subject", &[]),
            text: text + "\n",
            html: Some(html),
            pdf: None,
            automatic: true,
        })
    }

    async fn article_letter(
        &self,
        effect: &Stored,
        name: Option<String>,
        address: String,
        id: TicketId,
        n: i64,
    ) -> Result<Letter, Unwritten> {
        let ticket = self.store.ticket(id).await?.ok_or(Refusal::NotFound)?;
        let article = self.store.article(id, n).await?.ok_or(Refusal::NotFound)?;
        Ok(Letter {
            id: effect.id,
            at: effect.created_at,
            name,
            address,
            subject: format!("[Ticket#{}] {}", ticket.number, article.subject),
            text: article.body + "\n",
            html: None,
            pdf: None,
            automatic: false,
        })
    }

    /// Writes into the chat what became of a letter, once.
    async fn tell_outcome(&self, effect: &Stored) -> Result<(), AppError> {
        let Cause::Entry { chat: id, seq } = effect.cause else {
            return Ok(());
        };
        let asked = matches!(serde_json::from_str(&effect.payload), Ok(Wish::Question(_)));
        let outcome = match effect.state {
            EffectState::Done if asked => MailOutcome::Asked,
            EffectState::Done => MailOutcome::Sent,
            EffectState::Perhaps => MailOutcome::Perhaps,
            EffectState::Failed if effect.said.as_deref() == Some(unseen::SEEN) => MailOutcome::Seen,
            EffectState::Failed => MailOutcome::Failed,
            EffectState::Waiting | EffectState::Taken | EffectState::Handed => return Ok(()),
        };
        let told = matches!(outcome, MailOutcome::Sent | MailOutcome::Seen);
        let why = effect.said.clone().filter(|_| !told);
        loop {
            let Some(chat) = self.store.chat(id).await? else {
                return Ok(());
            };
            if self.store.is_told(id, seq, outcome.word()).await? {
                return Ok(());
            }
            let entries = self.store.entries_after(id, Side::Agents, seq - 1, 1).await?;
            let Some(Entry { public_seq, .. }) = entries.first() else {
                return Ok(());
            };
            let change = verbs::mailed(&chat, (seq, *public_seq), outcome, why.clone(), clock::now());
            match self.written(Command::of_system(change, chat.fence)).await {
                Err(WriteError::FenceMoved) => self.forget(id),
                other => return Ok(other.map(drop)?),
            }
        }
    }
}

/// Seconds until a letter is tried again after so many tries.
fn pause_s(settings: &Settings, tries: i64) -> i64 {
    let again_s = settings.mail_again_s;
    let doubled = again_s << (tries - 1).clamp(0, 20);
    doubled.min(LONGEST_PAUSE_S.max(again_s))
}

/// A text as HTML, in which one paragraph is a link.
fn with_link(words: &Words, text: &str, link: &str) -> String {
    let paragraphs = text.split("\n\n").map(|paragraph| match paragraph == link {
        true => format!("<p><a href=\"{link}\">{link}</a></p>"),
        false => format!("<p>{}</p>", transcript::escaped(paragraph)),
    });
    format!(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"></head><body>{}</body></html>\n",
        words.language(),
        paragraphs.collect::<String>()
    )
}

/// As counts are kept under it: what it was made of cannot be read.
fn hashed(what: &str) -> String {
    hex(&Sha256::digest(what.to_ascii_lowercase()))
}

fn of_network(network: Network) -> String {
    format!("network {}", hashed(&format!("{network:?}")))
}

/// How it stands with an article's e-mail.
pub(super) fn article_mail(address: String, effect: &Stored) -> wire::ArticleMail {
    wire::ArticleMail {
        address,
        outcome: match effect.state {
            EffectState::Waiting | EffectState::Taken | EffectState::Handed => None,
            EffectState::Done => Some(wire::MailOutcome::Sent),
            EffectState::Perhaps => Some(wire::MailOutcome::Perhaps),
            EffectState::Failed => Some(wire::MailOutcome::Failed),
        },
        why: effect.said.clone(),
    }
}

/// Whether the mail server lets us in. The error is a sentence.
pub async fn greet_mail(config: &crate::config::Mail) -> Result<(), String> {
    match Mailer::new(config)? {
        Some(mailer) => mailer.greet(Duration::from_secs(10)).await,
        None => Ok(()),
    }
}

/// Tries the mail server with a letter (`deskbell mail test`). The error is a sentence.
pub async fn test_mail(config: &crate::config::Mail, to: &str) -> Result<String, String> {
    let mailer =
        Mailer::new(config)?.ok_or("The configuration names no mail server: see [mail] in `deskbell config`.")?;
    let to = address(to).ok_or(format!("{to} is no e-mail address"))?;
    let words = Words::of("en");
    let letter = Letter {
        id: Uuid::now_v7(),
        at: clock::now(),
        name: None,
        address: to.clone(),
        subject: words.say("mail-test-subject", &[]),
        text: words.say("mail-test-text", &[]) + "\n",
        html: None,
        pdf: None,
        automatic: true,
    };
    match mailer.send(&letter, Duration::from_secs(30), async || true).await {
        Delivery::Taken => Ok(format!("The mail server has a letter for {to}.")),
        Delivery::Later(why) | Delivery::Refused(why) => Err(format!("The letter did not get through: {why}.")),
        Delivery::Perhaps(why) => Err(format!("Nobody knows whether the letter arrived: {why}.")),
        Delivery::Left => Err("The letter was left.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_tries_take_sixteen_hours_as_each_pause_doubles_up_to_four() {
        let settings = Settings::default();
        let pauses = |settings: &Settings| -> Vec<i64> {
            let again = 1..settings.mail_tries;
            again.map(|tries| pause_s(settings, tries)).collect()
        };
        assert_eq!(
            pauses(&settings),
            [60, 120, 240, 480, 960, 1_920, 3_840, 7_680, 14_400, 14_400, 14_400]
        );
        assert_eq!(pauses(&settings).iter().sum::<i64>() / 3_600, 16);
        // Whatever the settings allow, it does not overflow, and grows up to its bound.
        for (again_s, longest_s) in [(1, 14_400), (7_201, 14_400), (14_400, 14_400)] {
            let settings = Settings {
                mail_again_s: again_s,
                mail_tries: 100,
                ..Settings::default()
            };
            let pauses = pauses(&settings);
            assert_eq!((pauses.len(), pauses[0], pauses[98]), (99, again_s, longest_s));
            assert!(pauses.is_sorted(), "{pauses:?}");
        }
    }
}
