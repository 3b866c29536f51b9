//! Zammad: its REST API, with an access token.
//!
//! Tickets are searched by conditions and not by a query: a condition is asked of the database, and a query of an index
//! that is some seconds old. Our tickets bear a tag. Articles are notes: all other types are communication, and an e-mail is sent.

use crate::once::{self, Steps};
use crate::remote::{Answer, Call, Remote, secret_header};
use crate::text::{one_line, plain};
use crate::ticket::HITS_MAX;
use crate::{
    Address, Agent, Article, Customer, Desk, DeskError, Find, Mark, Meta, NewTicket, Patience, Secret, Ticket,
    TicketId, TicketRef,
};
use base64::Engine;
use domain::Audience;
use reqwest::Method;
use reqwest::header::{AUTHORIZATION, HeaderMap};
use serde_json::{Value, json};

const NAME_MAX: usize = 250;
/// Most entries of a list that is read: groups, states, priorities, agents.
const LIST_MAX: usize = 500;

/// One installation.
#[derive(Debug, Clone)]
pub struct Access {
    /// Without `/api/v1`.
    pub address: Address,
    /// With the right `ticket.agent`, and full access to the groups that are mapped.
    pub token: Secret,
    /// Customer, by login or address, of tickets whose customer is not known.
    pub stranger: Option<String>,
    pub patience: Patience,
}

pub struct Zammad {
    access: Access,
    remote: Remote,
}

impl Zammad {
    /// The error is a sentence about the configuration.
    pub fn new(access: Access) -> Result<Self, String> {
        let token = secret_header(&format!("Token token={}", access.token.expose()))?;
        let headers = HeaderMap::from_iter([(AUTHORIZATION, token)]);
        let remote = Remote::new(&access.address, access.patience, headers)?;
        Ok(Self { access, remote })
    }

    async fn read<'a>(
        &self,
        path: impl IntoIterator<Item = &'a str>,
        query: &[(&'a str, &str)],
    ) -> Result<Value, DeskError> {
        let mut call = Call::get(["api", "v1"].into_iter().chain(path));
        for (key, value) in query {
            call = call.query(key, *value);
        }
        let answer = self.remote.call(call, HeaderMap::new(), None).await;
        answer.and_then(said).map_err(DeskError::of_reading)
    }

    async fn post<'a>(
        &self,
        path: impl IntoIterator<Item = &'a str>,
        body: &Value,
        writes: bool,
    ) -> Result<Value, DeskError> {
        let mut call = Call::get(["api", "v1"].into_iter().chain(path));
        call.method = Method::POST;
        call.writes = writes;
        self.remote
            .call(call, HeaderMap::new(), Some(body))
            .await
            .and_then(said)
    }

    async fn list(&self, what: &str) -> Result<Vec<Value>, DeskError> {
        array(self.read([what], &[]).await?, LIST_MAX)
    }

    /// Tickets for which all conditions hold, newest first.
    async fn tickets(&self, condition: Value) -> Result<Vec<Value>, DeskError> {
        let body = json!({
            "condition": condition,
            "expand": true,
            "page": 1,
            "per_page": HITS_MAX,
            "sort_by": "created_at",
            "order_by": "desc",
        });
        let found = self.post(["tickets", "search"], &body, false).await;
        array(found.map_err(DeskError::of_reading)?, HITS_MAX)
    }

    async fn users(&self, query: &str, also: &[(&str, &str)]) -> Result<Vec<Value>, DeskError> {
        let most = HITS_MAX.to_string();
        let query: Vec<_> = [("query", query), ("per_page", most.as_str())]
            .into_iter()
            .chain(also.iter().copied())
            .collect();
        array(self.read(["users", "search"], &query).await?, HITS_MAX)
    }
}

#[async_trait::async_trait]
impl Steps for Zammad {
    async fn made(&self, mark: &Mark) -> Result<Option<TicketRef>, DeskError> {
        let tag = mark.to_string();
        let condition = json!({ "ticket.tags": { "operator": "contains all", "value": tag } });
        let found = self.tickets(condition).await?;
        for each in &found {
            let found = ticket(each).of;
            // A version that does not know the condition finds any tickets.
            let tags = self
                .read(["tags"], &[("object", "Ticket"), ("o_id", &found.id.0)])
                .await?;
            if tags["tags"]
                .as_array()
                .is_some_and(|tags| tags.iter().any(|each| *each == *tag))
            {
                return Ok(Some(found));
            }
        }
        if found.len() >= HITS_MAX {
            return Err(DeskError::Unclear("it does not search by tags".to_owned()));
        }
        Ok(None)
    }

    async fn make(&self, new: &NewTicket, first: &Article) -> Result<TicketRef, DeskError> {
        let mut body = json!({
            "title": one_line(&new.title, NAME_MAX),
            "group": new.queue,
            "state": new.state,
            "priority": new.priority,
            "tags": first.mark.to_string(),
            "article": article(first),
        });
        let customer = one_line(new.customer_or(&self.access.stranger)?, NAME_MAX);
        if customer.contains('@') {
            // Whose address is not known becomes known; by the other field he would be refused.
            body["customer_id"] = format!("guess:{customer}").into();
        } else {
            body["customer"] = customer.into();
        }
        if let Some(owner) = &new.owner {
            body["owner"] = owner.as_str().into();
        }
        if let Some(pending) = new.pending {
            let until = jiff::Timestamp::from_microsecond(pending.until.0);
            let until = until.map_err(|_| DeskError::Unfit("the day is too far away"))?;
            body["pending_time"] = until.to_string().into();
        }
        let made = ticket(&self.post(["tickets"], &body, true).await?).of;
        made.id
            .numeric()
            .ok_or_else(|| DeskError::Unclear("it sent no number of a ticket".to_owned()))?;
        Ok(made)
    }

    async fn look(&self, id: &TicketId, article: &Article) -> Result<Option<(Ticket, bool)>, DeskError> {
        let Some(ticket) = self.get(id).await? else {
            return Ok(None);
        };
        let Value::Array(articles) = self.read(["ticket_articles", "by_ticket", &id.0], &[]).await? else {
            return Err(DeskError::Unreachable("it sent no articles".to_owned()));
        };
        let is_there = articles
            .iter()
            .any(|stored| article.is_in(stored["body"].as_str().unwrap_or_default()));
        Ok(Some((ticket, is_there)))
    }

    async fn add(&self, id: &TicketId, new: &Article) -> Result<(), DeskError> {
        let number = id.numeric().ok_or(DeskError::NotFound)?;
        let mut body = article(new);
        body["ticket_id"] = number.parse::<u64>().unwrap_or_default().into();
        let stored = self.post(["ticket_articles"], &body, true).await?;
        if stored["id"].is_null() {
            return Err(DeskError::Unclear("it sent no number of an article".to_owned()));
        }
        Ok(())
    }
}

#[async_trait::async_trait]
impl Desk for Zammad {
    async fn test(&self) -> Result<String, DeskError> {
        let me = self.read(["users", "me"], &[]).await?;
        let login = me["login"]
            .as_str()
            .ok_or_else(|| DeskError::Unreachable("it does not say who we are".to_owned()))?;
        Ok(format!("Signed in as {}.", one_line(login, NAME_MAX)))
    }

    async fn search(&self, find: &Find, queues: &[&str]) -> Result<Vec<Ticket>, DeskError> {
        let (Find::Text(words) | Find::Number(words) | Find::Customer(words)) = find;
        let words = one_line(words, NAME_MAX);
        let groups = self.list("groups").await?;
        let groups = groups
            .iter()
            .filter(|group| queues.iter().any(|queue| group["name"] == **queue));
        let groups: Vec<&Value> = groups.map(|group| &group["id"]).collect();
        if groups.is_empty() || words.is_empty() {
            return Ok(Vec::new());
        }
        let (key, operator, value) = match find {
            Find::Text(_) => ("ticket.title", "contains", json!(words)),
            Find::Number(_) => ("ticket.number", "is", json!(words)),
            Find::Customer(_) => {
                let known = self.users(&words, &[]).await?;
                let ids: Vec<Value> = known
                    .into_iter()
                    .filter(|user| is(user, &words))
                    .map(|mut user| user["id"].take())
                    .collect();
                if ids.is_empty() {
                    return Ok(Vec::new());
                }
                ("ticket.customer_id", "is", json!(ids))
            }
        };
        let condition = json!({
            key: { "operator": operator, "value": value },
            "ticket.group_id": { "operator": "is", "value": groups },
        });
        Ok(self.tickets(condition).await?.iter().map(ticket).collect())
    }

    async fn create(&self, ticket: &NewTicket, articles: &[Article]) -> Result<TicketRef, DeskError> {
        once::create(self, ticket, articles).await
    }

    async fn append(&self, ticket: &TicketId, article: &Article) -> Result<(), DeskError> {
        once::append(self, ticket, article).await
    }

    async fn get(&self, id: &TicketId) -> Result<Option<Ticket>, DeskError> {
        let Some(number) = id.numeric() else { return Ok(None) };
        match self.read(["tickets", number], &[("expand", "true")]).await {
            Ok(read) if read["id"].is_number() => Ok(Some(ticket(&read))),
            Ok(_) => Err(DeskError::Unreachable("it sent no ticket".to_owned())),
            Err(DeskError::NotFound | DeskError::NoRight(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn meta(&self) -> Result<Meta, DeskError> {
        let agents = self.users("*", &[("permissions", "ticket.agent")]).await?;
        let states = array(self.read(["ticket_states"], &[("expand", "true")]).await?, LIST_MAX)?;
        let waiting = states.iter().filter(|state| waits(state));
        let agent = |user: &Value| Agent {
            login: word(user, "login"),
            name: full_name(user),
        };
        Ok(Meta {
            queues: active(&self.list("groups").await?, "name"),
            waiting: waiting.map(|state| word(state, "name")).collect(),
            states: active(&states, "name"),
            priorities: active(&self.list("ticket_priorities").await?, "name"),
            agents: agents
                .iter()
                .filter(|user| user["active"] != false)
                .map(agent)
                .collect(),
            // Its tickets have an owner and nobody beside him.
            responsible: false,
        })
    }

    async fn customers(&self, find: &str) -> Result<Vec<Customer>, DeskError> {
        let words = one_line(find, NAME_MAX);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let customer = |user: &Value| Customer {
            login: word(user, "login"),
            name: full_name(user),
            email: word(user, "email"),
            company: word(user, "organization"),
        };
        Ok(self
            .users(&words, &[("expand", "true")])
            .await?
            .iter()
            .map(customer)
            .collect())
    }
}

fn said(answer: Answer) -> Result<Value, DeskError> {
    let Answer { status, json } = answer;
    let message = || {
        let human = json["error_human"].as_str().or(json["error"].as_str());
        plain(human.unwrap_or_default())
    };
    match status {
        200 | 201 => Ok(json),
        401 => Err(DeskError::SignIn(message())),
        403 => Err(DeskError::NoRight(message())),
        404 => Err(DeskError::NotFound),
        400..500 => Err(DeskError::Refused(message())),
        _ => Err(DeskError::Unclear(
            format!("HTTP {status} {}", message()).trim().to_owned(),
        )),
    }
}

fn array(value: Value, limit: usize) -> Result<Vec<Value>, DeskError> {
    let Value::Array(mut values) = value else {
        return Err(DeskError::Unreachable("the answer makes no sense".to_owned()));
    };
    values.truncate(limit);
    Ok(values)
}

fn article(article: &Article) -> Value {
    let mut sent = json!({
        "subject": one_line(&article.subject, NAME_MAX),
        "body": article.marked_html(),
        "content_type": "text/html",
        "type": "note",
        "internal": article.audience == Audience::AgentsOnly,
        "from": one_line(&article.author.name, NAME_MAX),
    });
    if let Some(pdf) = &article.pdf {
        sent["attachments"] = json!([{
            "filename": one_line(&pdf.name, NAME_MAX),
            "data": base64::engine::general_purpose::STANDARD.encode(&pdf.bytes),
            "mime-type": "application/pdf",
        }]);
    }
    sent
}

fn ticket(read: &Value) -> Ticket {
    let state = word(read, "state");
    Ticket {
        of: TicketRef {
            id: TicketId(read["id"].as_u64().map(|id| id.to_string()).unwrap_or_default()),
            number: word(read, "number"),
        },
        title: word(read, "title"),
        queue: word(read, "group"),
        priority: word(read, "priority"),
        owner: word(read, "owner"),
        customer: word(read, "customer"),
        takes_articles: !["merged", "removed"].contains(&state.as_str()),
        state,
    }
}

/// Whether a user goes by this login or address.
fn is(user: &Value, words: &str) -> bool {
    let same = |key| word(user, key).eq_ignore_ascii_case(words);
    same("login") || same("email")
}

fn full_name(user: &Value) -> String {
    let name = format!("{} {}", word(user, "firstname"), word(user, "lastname"));
    name.trim().to_owned()
}

/// Whether a state wants to know until when. States may have any name; where it does not tell of what type they are, the shipped names do.
fn waits(state: &Value) -> bool {
    let kind = state["state_type"].as_str().or(state["name"].as_str());
    kind.is_some_and(|kind| kind.starts_with("pending"))
}

fn active(all: &[Value], key: &str) -> Vec<String> {
    let active = all.iter().filter(|each| each["active"] != false);
    active.map(|each| word(each, key)).collect()
}

fn word(of: &Value, key: &str) -> String {
    of[key].as_str().unwrap_or_default().to_owned()
}
