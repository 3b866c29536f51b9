//! A ticket in detail.

use super::super::mail::article_mail;
use super::super::people::shown;
use super::super::profile::picture_name;
use super::super::{App, AppError};
use super::{customer, named, state};
use crate::clock;
use domain::presence::{Party, Signs, presence};
use domain::ticket::{Act, ArticleChannel, Sender, TicketType};
use domain::{Availability, ChatId, Kind, Person, PersonId, TicketId, may_chat_with};
use std::collections::{HashMap, HashSet};
use store::{Article, Ticket};

/// Lines of history of one view: the newest.
const SHOWN: i64 = 200;

impl App {
    /// With its articles before a number, the newest of them.
    pub async fn ticket(&self, person: &Person, id: TicketId, before: i64) -> Result<wire::TicketView, AppError> {
        let (articles, earlier) = self.store.articles(id, false, before).await?;
        let history = self.store.ticket_history(id, SHOWN).await?;
        let contributed = self.store.agents_in_ticket(id).await?;
        let mails = self.store.effects_of_ticket(id).await?;
        let (ticket, reach) = self.ticket_of(person, id).await?;
        let acts = [
            (Act::Note, wire::TicketCan::Note),
            (Act::SetOwner, wire::TicketCan::Owner),
            (Act::SetPriority, wire::TicketCan::Priority),
            (Act::Change, wire::TicketCan::Change),
        ];
        let open = ticket.state.takes_articles();
        let may = |act: Act| reach.allows(ticket.queue, act) && (open || act != Act::Note);
        let can: Vec<_> = acts.iter().filter(|(act, _)| may(*act)).map(|(_, can)| *can).collect();
        let agents = match reach.queue(ticket.queue) {
            Some(queue) if !can.is_empty() => self.store.readers_of(queue.group).await?,
            _ => Vec::new(),
        };
        let people = self.involved(person, &ticket, contributed).await?;
        let addresses: HashMap<i64, String> = articles
            .iter()
            .filter_map(|article| Some((article.n, article.recipient.clone()?)))
            .collect();
        let mut articles = self.article_views(person, articles).await?;
        for (n, effect) in mails {
            if let Some(article) = articles.iter_mut().find(|article| article.n == n)
                && let Some(address) = addresses.get(&n)
            {
                article.mail = Some(article_mail(address.clone(), &effect));
            }
        }
        Ok(wire::TicketView {
            id: ticket.id.0,
            number: ticket.number.clone(),
            title: ticket.title.clone(),
            queue: reach.queue_ref(ticket.queue),
            state: state(ticket.state),
            pending_until: ticket.pending_until.map(|at| at.ms()),
            kind: match ticket.kind {
                TicketType::Unclassified => wire::TicketType::Unclassified,
                TicketType::Incident => wire::TicketType::Incident,
                TicketType::Problem => wire::TicketType::Problem,
                TicketType::Request => wire::TicketType::Request,
            },
            priority: ticket.priority.number(),
            locked: ticket.locked,
            owner: ticket.owner.as_ref().map(named),
            responsible: ticket.responsible.as_ref().map(named),
            customer: customer(&ticket),
            created_at: ticket.created_at.ms(),
            changed_at: ticket.changed_at.ms(),
            version: ticket.version,
            articles,
            earlier,
            history: history
                .into_iter()
                .map(|line| wire::HistoryLine {
                    at: line.at.ms(),
                    kind: line.kind,
                    name: line.name,
                    old: line.old,
                    new: line.new,
                })
                .collect(),
            people,
            can,
            agents: agents.iter().map(named).collect(),
        })
    }

    /// Articles as this person sees them: the chats they hold are linked where he may read them.
    pub(super) async fn article_views(
        &self,
        person: &Person,
        articles: Vec<Article>,
    ) -> Result<Vec<wire::ArticleView>, AppError> {
        let chats: HashSet<ChatId> = articles.iter().filter_map(|article| article.chat).collect();
        let mut readable = HashSet::new();
        for chat in chats {
            match self.grant(person, chat).await {
                Ok(_) => drop(readable.insert(chat)),
                Err(AppError::Refused(_)) => {}
                Err(error) => return Err(error),
            }
        }
        let view = |article: Article| article_view(article, &readable);
        Ok(articles.into_iter().map(view).collect())
    }

    /// The agents a ticket has to do with, whatever their status, by name.
    async fn involved(
        &self,
        person: &Person,
        ticket: &Ticket,
        contributed: Vec<PersonId>,
    ) -> Result<Vec<wire::InvolvedPerson>, AppError> {
        let is = |named: &Option<store::Named>, id| named.as_ref().is_some_and(|he| he.id == id);
        let mut ids = contributed;
        ids.extend(
            [&ticket.owner, &ticket.responsible]
                .into_iter()
                .flatten()
                .map(|he| he.id),
        );
        ids.sort_unstable();
        ids.dedup();
        let mut cards = self.store.cards(&ids).await?;
        cards.retain(|card| card.kind == Kind::Agent);
        cards.sort_by(|a, b| (&a.sort_key, a.id).cmp(&(&b.sort_key, b.id)));
        let held = self.held(person).await?;
        let (now, settings, viewer) = (clock::now(), self.settings(), self.viewer(person, &held));
        let mut involved = Vec::with_capacity(cards.len());
        for card in cards {
            let here = self.shared.presence.connection(card.id);
            let signs = Signs {
                kind: Kind::Agent,
                availability: card.availability,
                connected: here.is_some(),
                active_at: here.map_or(now, |here| here.active_at),
            };
            let presence = presence(&signs, now, &settings);
            let party = Party {
                id: card.id,
                kind: Kind::Agent,
                availability: card.availability,
                presence,
                admitted: card.availability > Availability::Unavailable
                    && self.store.holds_on(card.id, &settings.receiving_group).await?,
            };
            let why_not = may_chat_with(&viewer, &party, &settings).err();
            involved.push(wire::InvolvedPerson {
                owner: is(&ticket.owner, card.id),
                responsible: is(&ticket.responsible, card.id),
                person: wire::PersonRow {
                    id: card.id.0,
                    kind: wire::PersonKind::Agent,
                    name: card.name,
                    picture: card.picture.as_ref().map(picture_name),
                    company: None,
                    presence: shown(presence),
                    out_of_office: None,
                    can_chat: why_not.is_none(),
                    why_not: why_not.map(|why| why.code().to_owned()),
                },
            });
        }
        Ok(involved)
    }
}

fn article_view(article: Article, readable: &HashSet<ChatId>) -> wire::ArticleView {
    let line = |line: store::Line| wire::ChatLine {
        at: line.at.ms(),
        by: line.by.map(|(kind, name)| wire::ChatLineBy {
            kind: super::super::view::kind(kind),
            name,
        }),
        note: line.note,
        text: line.text,
    };
    let chat = (article.channel == ArticleChannel::Chat).then(|| wire::ChatArticle {
        chat: article.chat.filter(|chat| readable.contains(chat)).map(|chat| chat.0),
        lines: article.lines.into_iter().map(line).collect(),
    });
    wire::ArticleView {
        n: article.n,
        at: article.at.ms(),
        channel: match article.channel {
            ArticleChannel::Phone => wire::ArticleChannel::Phone,
            ArticleChannel::Internal => wire::ArticleChannel::Internal,
            ArticleChannel::EmailOut => wire::ArticleChannel::EmailOut,
            ArticleChannel::Web => wire::ArticleChannel::Web,
            ArticleChannel::Chat => wire::ArticleChannel::Chat,
        },
        sender: match article.sender {
            Sender::Agent => wire::ArticleSender::Agent,
            Sender::Customer => wire::ArticleSender::Customer,
            Sender::System => wire::ArticleSender::System,
        },
        visible: article.visible,
        author: article.author,
        subject: article.subject,
        body: article.body,
        chat,
        files: article.files.iter().map(super::super::view::file).collect(),
        mail: None,
    }
}
