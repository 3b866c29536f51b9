//! What agents wrote and an external has not seen goes to him by e-mail, once, with a way back (product section 2).
//!
//! - A run begins with the first message beyond what he has seen and ends when he has seen the last one that went out; in between
//!   nothing more goes out, however much is written. The entry `missed` says up to where, so the log alone tells whether he was told.
//! - The entry raises the fence: of two nodes that decide at once one is sent back, and finds the other's entry.
//! - It goes to proven addresses: that of a customer user's account, the one that a visitor's page
//!   has proven, or the one at which he pressed the button of a first letter.
//! - When it is sent it is asked again what he has seen. Whoever saw all of it meanwhile gets nothing.

use super::{ForReader, MAIL, Unwritten, Wish};
use crate::app::chats::DECISIONS;
use crate::app::sessions::{SessionKey, person_of, random_token};
use crate::app::{App, AppError};
use crate::clock;
use crate::mail::Letter;
use domain::{Chat, ChatId, Entry, Instant, Kind, Member, PersonId, Refusal, Side, What, verbs};
use jiff::tz::TimeZone;
use store::{Command, Stored, WriteError};
use transcript::{Block, Log, Reader, Transcript};
use uuid::Uuid;
use words::Words;

/// Why a letter did not go out, as the outbox keeps it.
pub(super) const SEEN: &str = "it was seen meanwhile";
/// Chats looked at in one go.
const PAGE: i64 = 100;
/// So many messages stand in a letter; the others are where its link leads.
const MOST: i64 = 50;
/// What nobody saw of a closed chat is told within this time, and never later.
const CLOSED_FOR_S: i64 = 86_400;
/// Nodes store what was read within a second: after this the letter knows of all of it.
const READS_STORED_S: i64 = 2;

impl App {
    /// Has what is unseen for long enough sent by e-mail; returns to how many chats.
    pub async fn mail_unseen(&self) -> Result<usize, AppError> {
        let after_s = self.settings().unseen_mail_s;
        if after_s == 0 || !self.sends_mail() {
            return Ok(0);
        }
        let before = clock::now().plus_s(-after_s);
        let (mut after, mut mailed) = (ChatId(Uuid::nil()), 0);
        loop {
            let page = self
                .store
                .unseen_chats(before, before.plus_s(-CLOSED_FOR_S), after, PAGE)
                .await?;
            let Some(last) = page.last() else { return Ok(mailed) };
            after = *last;
            for id in page {
                mailed += usize::from(self.mail_unseen_of(id, before).await?);
            }
        }
    }

    async fn mail_unseen_of(&self, id: ChatId, before: Instant) -> Result<bool, AppError> {
        for _ in 0..DECISIONS {
            // The chat first: whoever is faster with the rest has raised its fence.
            let Some(chat) = self.store.chat(id).await? else {
                return Ok(false);
            };
            let Some(external) = chat.external() else {
                return Ok(false);
            };
            let seen = self.store.read_position(id, external.person).await?;
            let Some(unseen) = self.store.unseen_up_to(id, before, seen).await? else {
                return Ok(false);
            };
            let Some(wish) = self.proven_address(external).await? else {
                return Ok(false);
            };
            let now = clock::now();
            let Some(change) = verbs::missed(&chat, unseen, now) else {
                return Ok(false);
            };
            let mut effect = self.effect(&Wish::Unseen(wish), Some(external.person), Vec::new())?;
            effect.due_at = now.plus_s(READS_STORED_S);
            let mut command = Command::of_system(change, chat.fence);
            command.outbox.push(effect);
            match self.written(command).await {
                Err(WriteError::FenceMoved) => self.forget(id),
                other => return Ok(other.map(|_| true)?),
            }
        }
        Ok(false)
    }

    /// Where an external reads mail for certain, and in what language.
    async fn proven_address(&self, external: &Member) -> Result<Option<ForReader>, AppError> {
        let reader = external.person;
        if let Some(address) = self.own_address_of(reader, external.kind).await? {
            return Ok(Some(ForReader {
                reader: reader.0,
                address,
                language: self.settings().mail_language.clone(),
                zone: "UTC".to_owned(),
            }));
        }
        if external.kind == Kind::CustomerUser {
            return Ok(None);
        }
        // Another visitor's chat is written to nobody but who was asked first and said yes.
        let letters = self.store.effects_about(reader, MAIL).await?;
        let confirmed = letters
            .iter()
            .find_map(|letter| match serde_json::from_str(&letter.payload) {
                Ok(Wish::Chat(wish)) if wish.reader == reader.0 => Some(wish),
                _ => None,
            });
        Ok(confirmed)
    }

    pub(super) async fn unseen_letter(
        &self,
        effect: &Stored,
        wish: ForReader,
        id: ChatId,
        seq: i64,
    ) -> Result<Letter, Unwritten> {
        let reader = self.store.person(PersonId(wish.reader)).await?;
        let reader = reader.filter(|reader| reader.valid).ok_or(Refusal::NotFound)?;
        let snippet = reader.snippet;
        let reader = person_of(reader);
        if !self.store.wants_unseen_mail(reader.id).await? {
            return Err(Unwritten::Never("it is not wanted"));
        }
        // An account's address may be another by now.
        let address = match reader.kind {
            Kind::CustomerUser => self.address_of(reader.id).await?.ok_or(Refusal::NoAddress)?,
            _ => wish.address,
        };
        let asked = self.store.entries_after(id, Side::Agents, seq - 1, 1).await?;
        let Some(What::Missed { public_of, .. }) = asked.first().map(|entry| &entry.what) else {
            return Err(Unwritten::Never("it cannot be read"));
        };
        let chat = self.store.chat(id).await?.ok_or(Refusal::NotFound)?;
        let entries = self.unseen_entries(&chat, reader.id, *public_of).await?;
        // Entries first, the verdict afterwards: what is sent was made before the verdict was true.
        let granted = self.grant_newest(&reader, id).await?;
        if entries.is_empty() {
            return Err(Unwritten::Never(SEEN));
        }
        let channel = self.channel(granted.chat.channel).await?.ok_or(Refusal::NotFound)?;
        let words = Words::of(&wish.language);
        let settings = self.settings();
        let log = Log {
            chat: &chat,
            channel: &channel.name,
            ticket: None,
            entries: &entries,
            settings: &settings,
        };
        let zone = TimeZone::get(&wish.zone).unwrap_or(TimeZone::UTC);
        let kind = reader.kind;
        let transcript = Transcript::of(&log, Reader { kind, words, zone });
        let url = self.post.url.get().map_or("", String::as_str);
        let way_back = match (kind, snippet) {
            (Kind::CustomerUser, _) => format!("{url}/portal/conversations/{id}"),
            (_, Some(snippet)) => self.page_of(snippet, url).await?,
            _ => url.to_owned(),
        };
        let token = random_token()?;
        let expires_at = clock::now().plus_s(super::KEPT_S);
        self.store
            .put_proof(&SessionKey::of(&token).0, effect.id, expires_at)
            .await?;
        let stop = format!("{url}/mail/{}#stop.{token}", words.language());
        Ok(Letter {
            id: effect.id,
            at: effect.created_at,
            name: Some(reader.name),
            address,
            subject: words.say(
                "mail-unseen-subject",
                &[
                    ("count", entries.len().into()),
                    ("channel", channel.name.as_str().into()),
                ],
            ),
            text: text(&transcript, words, &way_back, &stop),
            html: Some(html(&transcript, words, &way_back, &stop)),
            pdf: None,
            automatic: true,
        })
    }

    /// Messages of agents behind what the reader has seen, up to one.
    async fn unseen_entries(&self, chat: &Chat, reader: PersonId, up_to: i64) -> Result<Vec<Entry>, AppError> {
        let mut seen = self.store.read_position(chat.id, reader).await?;
        let mut unseen = Vec::new();
        while seen < up_to && (unseen.len() as i64) < MOST {
            let page = self.store.entries_after(chat.id, Side::External, seen, MOST).await?;
            let Some(last) = page.last().and_then(|entry| entry.public_seq) else {
                break;
            };
            seen = last;
            unseen.extend(page.into_iter().filter(|entry| {
                entry.public_seq <= Some(up_to)
                    && entry.actor != Some(reader)
                    && matches!(entry.what, What::Message { .. } | What::File { .. })
            }));
        }
        unseen.truncate(MOST as usize);
        Ok(unseen)
    }

    /// The page at which a visitor's browser knows him: the first site of his snippet, else our own.
    async fn page_of(&self, snippet: domain::SnippetId, url: &str) -> Result<String, AppError> {
        let Some(snippet) = self.store.snippet(snippet).await? else {
            return Ok(url.to_owned());
        };
        let site = snippet.sites.first().cloned();
        Ok(site.unwrap_or_else(|| format!("{url}/chat/{}", snippet.public_id)))
    }

    /// Whoever got such a letter wants no more of them, or wants them again.
    pub(super) async fn want_unseen(&self, wish: &ForReader, wants: bool) -> Result<(), AppError> {
        Ok(self.store.want_unseen_mail(PersonId(wish.reader), wants).await?)
    }
}

fn said(transcript: &Transcript) -> impl Iterator<Item = (&str, impl Iterator<Item = &str>)> {
    let blocks = transcript.days.iter().flat_map(|day| &day.blocks);
    blocks.filter_map(|block| match block {
        Block::Said { by, messages, .. } => Some((by.as_str(), messages.iter().map(|message| message.words()))),
        Block::Happened { .. } => None,
    })
}

fn text(transcript: &Transcript, words: &Words, way_back: &str, stop: &str) -> String {
    let mut text = words.say("mail-unseen-text", &[]);
    for (by, messages) in said(transcript) {
        text += &format!("\n\n{}", words.say("mail-unseen-by", &[("name", by.into())]));
        messages.for_each(|message| text += &format!("\n{message}"));
    }
    let answer = words.say("mail-unseen-answer", &[("link", way_back.into())]);
    let stop = words.say("mail-unseen-stop", &[("link", stop.into())]);
    text + &format!("\n\n{answer}\n\n{stop}\n")
}

fn html(transcript: &Transcript, words: &Words, way_back: &str, stop: &str) -> String {
    let link = |href: &str, id: &str| {
        let (href, said) = (transcript::escaped(href), transcript::escaped(&words.say(id, &[])));
        format!("<p><a href=\"{href}\">{said}</a></p>")
    };
    let mut body = transcript::paragraph(&words.say("mail-unseen-text", &[]));
    for (by, messages) in said(transcript) {
        let by = words.say("mail-unseen-by", &[("name", by.into())]);
        body += &format!("<p><strong>{}</strong></p>", transcript::escaped(&by));
        let messages: String = messages.map(transcript::paragraph).collect();
        body += &format!("<blockquote dir=\"auto\">{messages}</blockquote>");
    }
    body += &link(way_back, "mail-unseen-answer-link");
    body += "<hr>";
    body += &link(stop, "mail-unseen-stop-link");
    let (language, dir) = (words.language(), if words.is_right_to_left() { "rtl" } else { "ltr" });
    format!(
        "<!doctype html>\n<html lang=\"{language}\" dir=\"{dir}\"><head><meta charset=\"utf-8\"></head><body>{body}</body></html>\n"
    )
}
