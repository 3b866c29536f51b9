//! Zammad's REST API, as far as a chat needs it.

use crate::{Ask, Given, Stored, System};
use base64::Engine;
use serde_json::{Value, json};

pub const TOKEN: &str = "tok-1ce-cr3am-0815";
/// Names with their ids from 1.
const GROUPS: [&str; 3] = ["Travel", "Freight", "Board"];
const STATES: [&str; 7] = [
    "new",
    "open",
    "pending reminder",
    "closed",
    "merged",
    "pending close",
    "removed",
];
const PRIORITIES: [&str; 3] = ["1 low", "2 normal", "3 normal"];
const TYPES: [&str; 6] = ["email", "phone", "web", "note", "sms", "chat"];

struct Row {
    title: String,
    group: &'static str,
    state: &'static str,
    priority: &'static str,
    owner: String,
    pending: Option<String>,
    customer: usize,
    tags: Vec<String>,
    articles: Vec<Stored>,
    ours: bool,
}

struct User {
    login: String,
    email: String,
    agent: bool,
}

pub(crate) struct Zammad {
    rows: Vec<Row>,
    users: Vec<User>,
    mails: usize,
}

type Said = Result<Value, (u16, String)>;

impl Zammad {
    pub(crate) fn new() -> Self {
        let user = |login: &str, agent| User {
            login: login.to_owned(),
            email: format!("{login}@wiebe.example"),
            agent,
        };
        let row = |title: &str, group, state| Row {
            title: title.to_owned(),
            group,
            state,
            priority: "2 normal",
            owner: "-".to_owned(),
            pending: None,
            customer: 1,
            tags: Vec::new(),
            articles: Vec::new(),
            ours: false,
        };
        Self {
            rows: vec![
                row("Lost suitcase", "Travel", "open"),
                row("Twice", "Travel", "merged"),
                row("Pay", "Board", "open"),
            ],
            users: vec![user("ines", true), user("jonas", false)],
            mails: 0,
        }
    }

    fn ask(&mut self, ask: &Ask) -> Said {
        if ask.header("authorization") != format!("Token token={TOKEN}") {
            return Err((401, "Authentication required".to_owned()));
        }
        let mut body = Value::Null;
        if ask.method == "POST" {
            if ask.header("content-type") != "application/json" {
                return Err((422, "no JSON".to_owned()));
            }
            body = serde_json::from_slice(&ask.body).map_err(|_| (400, "no JSON".to_owned()))?;
        }
        let path: Vec<&str> = ask.path.split('/').skip(1).collect();
        match (ask.method.as_str(), &path[..]) {
            ("GET", ["api", "v1", "users", "me"]) => Ok(json!({ "id": 9, "login": "deskbell" })),
            ("GET", ["api", "v1", "users", "search"]) => Ok(self.search_users(ask)),
            ("GET", ["api", "v1", "groups"]) => Ok(list(&GROUPS)),
            ("GET", ["api", "v1", "ticket_states"]) => Ok(states(ask.one("expand") == "true")),
            ("GET", ["api", "v1", "ticket_priorities"]) => Ok(list(&PRIORITIES)),
            ("GET", ["api", "v1", "tickets", id]) => Ok(self.shown(self.find(id)?, ask.one("expand") == "true")),
            ("GET", ["api", "v1", "ticket_articles", "by_ticket", id]) => {
                let articles = &self.rows[self.find(id)?].articles;
                let shown = |article: &Stored| json!({ "id": 1, "subject": article.subject, "body": article.body });
                Ok(articles.iter().map(shown).collect())
            }
            ("GET", ["api", "v1", "tags"]) if ask.one("object") == "Ticket" => {
                Ok(json!({ "tags": self.rows[self.find(ask.one("o_id"))?].tags }))
            }
            ("POST", ["api", "v1", "tickets", "search"]) => self.search(&body),
            ("POST", ["api", "v1", "tickets"]) => self.create(&body),
            ("POST", ["api", "v1", "ticket_articles"]) => self.add(&body),
            _ => Err((404, "No route matches".to_owned())),
        }
    }

    fn find(&self, id: &str) -> Result<usize, (u16, String)> {
        let at = id.parse::<usize>().ok().map(|id| id.wrapping_sub(1));
        let at = at.filter(|at| *at < self.rows.len());
        at.ok_or_else(|| (404, format!("Couldn't find Ticket with 'id'={id}")))
    }

    fn shown(&self, at: usize, expand: bool) -> Value {
        let row = &self.rows[at];
        let mut shown =
            json!({ "id": at + 1, "number": number(at), "title": row.title, "customer_id": row.customer + 1 });
        if expand {
            shown["group"] = row.group.into();
            shown["state"] = row.state.into();
            shown["priority"] = row.priority.into();
            shown["owner"] = row.owner.as_str().into();
            shown["pending_time"] = json!(row.pending);
            shown["customer"] = self.users[row.customer].login.as_str().into();
        }
        shown
    }

    fn search_users(&self, ask: &Ask) -> Value {
        let words = ask.one("query").to_lowercase();
        let agents = ask.one("permissions") == "ticket.agent";
        let found = self.users.iter().enumerate().filter(|(_, user)| {
            let hit = words == "*" || user.login.contains(&words) || user.email.contains(&words);
            hit && (!agents || user.agent)
        });
        let shown = found.map(|(at, user)| {
            let mut shown = json!({ "id": at + 1, "login": user.login, "email": user.email, "firstname": "J.", "lastname": "W.", "active": true });
            if ask.one("expand") == "true" {
                shown["organization"] = "Wiebe Freight".into();
            }
            shown
        });
        shown.collect()
    }

    fn search(&self, body: &Value) -> Said {
        let conditions = body["condition"].as_object().cloned().unwrap_or_default();
        let mut found: Vec<Value> = Vec::new();
        for (at, row) in self.rows.iter().enumerate().rev() {
            let mut all = true;
            for (key, condition) in &conditions {
                let value = &condition["value"];
                let text = value.as_str().unwrap_or_default();
                let among = |id: usize| value.as_array().is_some_and(|ids| ids.contains(&json!(id)));
                all &= match (key.as_str(), condition["operator"].as_str().unwrap_or_default()) {
                    ("ticket.title", "contains") => row.title.contains(text),
                    ("ticket.number", "is") => number(at) == text,
                    ("ticket.tags", "contains all") => row.tags.iter().any(|tag| tag == text),
                    ("ticket.group_id", "is") => among(index(&GROUPS, row.group)),
                    ("ticket.customer_id", "is") => among(row.customer + 1),
                    _ => return Err((422, format!("Invalid condition {key}"))),
                };
            }
            if all {
                found.push(self.shown(at, body["expand"] == true));
            }
        }
        found.truncate(body["per_page"].as_u64().unwrap_or(50) as usize);
        // Without expand the answer is of another shape.
        Ok(if body["expand"] == true {
            json!(found)
        } else {
            json!({ "tickets": [], "assets": {} })
        })
    }

    fn create(&mut self, body: &Value) -> Said {
        let title = body["title"]
            .as_str()
            .filter(|title| !title.is_empty() && !title.contains(['\r', '\n']));
        let title = title.ok_or((422, "Attribute 'title' required!".to_owned()))?.to_owned();
        let group = look_up(&GROUPS, "group", body)?;
        let state = look_up(&STATES, "state", body)?;
        let priority = look_up(&PRIORITIES, "priority", body)?;
        let customer = self.customer(body)?;
        let owner = body["owner"].as_str().unwrap_or("-");
        if owner != "-" && !self.users.iter().any(|user| user.agent && user.login == owner) {
            return Err((422, format!("No lookup value found for 'owner': {owner:?}")));
        }
        let owner = owner.to_owned();
        let pending = body["pending_time"].as_str().map(str::to_owned);
        if pending
            .as_ref()
            .is_some_and(|at| at.parse::<jiff::Timestamp>().is_err())
        {
            return Err((422, "Invalid value for field 'pending_time'!".to_owned()));
        }
        if state.starts_with("pending") && pending.is_none() {
            return Err((422, "Missing required value for field 'pending_time'!".to_owned()));
        }
        if group == "Board" {
            return Err((403, "Not authorized".to_owned()));
        }
        if !body["article"].is_object() {
            return Err((422, "Need at least article".to_owned()));
        }
        let tags = body["tags"]
            .as_str()
            .unwrap_or_default()
            .split(',')
            .map(str::to_owned)
            .collect();
        self.rows.push(Row {
            title,
            group,
            state,
            priority,
            owner,
            pending,
            customer,
            tags,
            articles: Vec::new(),
            ours: true,
        });
        let at = self.rows.len() - 1;
        // A refused article leaves its empty ticket behind.
        let article = self.article(&body["article"])?;
        self.rows[at].articles.push(article);
        let mut made = self.shown(at, false);
        made["article_ids"] = json!([1]);
        Ok(made)
    }

    fn customer(&mut self, body: &Value) -> Result<usize, (u16, String)> {
        if let Some(email) = body["customer_id"].as_str().and_then(|id| id.strip_prefix("guess:")) {
            let known = self.users.iter().position(|user| user.email == email);
            return Ok(known.unwrap_or_else(|| {
                self.users.push(User {
                    login: email.to_owned(),
                    email: email.to_owned(),
                    agent: false,
                });
                self.users.len() - 1
            }));
        }
        let login = body["customer"].as_str().unwrap_or_default();
        let known = self
            .users
            .iter()
            .position(|user| user.login == login || user.email == login);
        known.ok_or_else(|| (422, format!("No lookup value found for 'customer': {login:?}")))
    }

    fn add(&mut self, body: &Value) -> Said {
        let at = self.find(&body["ticket_id"].as_u64().unwrap_or_default().to_string())?;
        if self.rows[at].group == "Board" {
            return Err((403, "Not authorized".to_owned()));
        }
        let article = self.article(body)?;
        self.rows[at].articles.push(article);
        Ok(json!({ "id": self.rows[at].articles.len(), "ticket_id": at + 1 }))
    }

    fn article(&mut self, sent: &Value) -> Result<Stored, (u16, String)> {
        let body = sent["body"]
            .as_str()
            .filter(|body| !body.is_empty())
            .ok_or((422, "Need body".to_owned()))?;
        let kind = sent["type"].as_str().unwrap_or("note");
        if !TYPES.contains(&kind) {
            return Err((422, format!("No lookup value found for 'type': {kind:?}")));
        }
        if sent["content_type"] != "text/html" {
            return Err((422, "content type".to_owned()));
        }
        // Whether it is internal or not.
        self.mails += usize::from(kind == "email");
        let mut files = Vec::new();
        for file in sent["attachments"].as_array().into_iter().flatten() {
            let (Some(name), Some(data), Some(_)) = (
                file["filename"].as_str(),
                file["data"].as_str(),
                file["mime-type"].as_str(),
            ) else {
                return Err((422, "Attachment needs 'mime-type'".to_owned()));
            };
            let bytes = base64::engine::general_purpose::STANDARD.decode(data);
            files.push((name.to_owned(), bytes.map_err(|_| (422, "Invalid base64".to_owned()))?));
        }
        Ok(Stored {
            visible: sent["internal"] != true,
            subject: sent["subject"].as_str().unwrap_or_default().to_owned(),
            body: body.to_owned(),
            from: sent["from"].as_str().unwrap_or_default().to_owned(),
            files,
        })
    }
}

impl System for Zammad {
    fn answer(&mut self, ask: &Ask) -> (u16, Value) {
        match self.ask(ask) {
            Ok(said) => (
                if ask.method == "POST" && self.stores(ask) {
                    201
                } else {
                    200
                },
                said,
            ),
            Err((status, why)) => (status, json!({ "error": why, "error_human": why })),
        }
    }

    fn stores(&self, ask: &Ask) -> bool {
        ask.method == "POST" && !ask.path.ends_with("/search")
    }

    fn tickets(&self) -> Vec<Vec<Stored>> {
        self.rows
            .iter()
            .filter(|row| row.ours)
            .map(|row| row.articles.clone())
            .collect()
    }

    fn all(&self) -> Vec<Vec<Stored>> {
        self.rows.iter().map(|row| row.articles.clone()).collect()
    }

    fn given(&self) -> Vec<Given> {
        let ours = self.rows.iter().filter(|row| row.ours);
        let given = |row: &Row| Given {
            state: row.state.to_owned(),
            owner: row.owner.clone(),
            responsible: None,
            pending: row.pending.clone(),
        };
        ours.map(given).collect()
    }

    fn mails(&self) -> usize {
        self.mails
    }

    fn sign_out(&mut self) -> usize {
        0
    }

    fn lose_articles(&mut self) {
        for row in self.rows.iter_mut().filter(|row| row.ours) {
            row.articles.clear();
        }
    }
}

fn list(names: &[&str]) -> Value {
    let entry = |(at, name): (usize, &&str)| json!({ "id": at + 1, "name": name, "active": *name != "removed" });
    names.iter().enumerate().map(entry).collect()
}

/// Of what type it is stands there as a name only where names are asked for.
fn states(expand: bool) -> Value {
    let mut states = list(&STATES);
    for state in states.as_array_mut().into_iter().flatten().filter(|_| expand) {
        let kind = match state["name"].as_str() {
            Some("pending close") => "pending action".into(),
            _ => state["name"].clone(),
        };
        state["state_type"] = kind;
    }
    states
}

fn look_up(names: &[&'static str], key: &str, body: &Value) -> Result<&'static str, (u16, String)> {
    let wanted = body[key].as_str().unwrap_or_default();
    let found = names.iter().find(|name| **name == wanted);
    found
        .copied()
        .ok_or_else(|| (422, format!("No lookup value found for '{key}': {wanted:?}")))
}

fn index(names: &[&str], name: &str) -> usize {
    names.iter().position(|each| *each == name).map_or(0, |at| at + 1)
}

fn number(at: usize) -> String {
    format!("2400{}", at + 1)
}
