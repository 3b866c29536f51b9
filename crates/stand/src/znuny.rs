//! Znuny's Generic Interface, as far as a chat needs it.

use crate::{Ask, Given, Stored, System};
use base64::Engine;
use serde_json::{Map, Value, json};

/// Below the address.
const BASE: &str = "/otrs/nph-genericinterface.pl/Webservice/Deskbell Connector";
pub const SERVICE: &str = "Deskbell Connector";
pub const PASSWORD: &str = "sesame-open-4711";
/// No ticket is made before.
const EARLIEST: &str = "2026-11-25 12:00:00";

#[derive(Default)]
struct Row {
    fields: Map<String, Value>,
    created: String,
    mark: String,
    articles: Vec<Stored>,
    ours: bool,
}

pub(crate) struct Znuny {
    rows: Vec<Row>,
    sessions: usize,
    open_session: Option<String>,
    mails: usize,
    types: bool,
}

type Said = Result<Value, (&'static str, String)>;

/// One whose setting Ticket::Type is on, in place of a [`crate::Stand`]'s system: no ticket is made there without a type.
pub fn with_types() -> Box<dyn System> {
    Box::new(Znuny {
        types: true,
        ..Znuny::new()
    })
}

impl Znuny {
    pub(crate) fn new() -> Self {
        let mut znuny = Self {
            rows: Vec::new(),
            sessions: 0,
            open_session: None,
            mails: 0,
            types: false,
        };
        // Old tickets, of which one was merged and one is in a queue that nobody maps.
        for (title, queue, state) in [
            ("Lost suitcase", "Travel", "open"),
            ("Twice", "Travel", "merged"),
            ("Pay", "Board", "open"),
        ] {
            let fields = json!({ "Title": title, "Queue": queue, "State": state, "Priority": "3 normal", "CustomerUser": "jonas" });
            let mut row = Row {
                fields: fields.as_object().cloned().unwrap_or_default(),
                created: "2026-01-05 08:00:00".to_owned(),
                ..Row::default()
            };
            row.articles.push(Stored {
                visible: true,
                subject: title.to_owned(),
                body: format!("{title}?"),
                from: "jonas@wiebe.example".to_owned(),
                files: Vec::new(),
            });
            znuny.rows.push(row);
        }
        znuny
    }

    fn ask(&mut self, ask: &Ask, route: &str) -> (u16, Value) {
        let mut fields: Map<String, Value> = Map::new();
        if ask.method != "GET" {
            match serde_json::from_slice(&ask.body) {
                Ok(Value::Object(body)) => fields = body,
                _ => return fault("Error while decoding request content."),
            }
        }
        for (key, values) in &ask.query {
            let value = if values.len() == 1 {
                json!(values[0])
            } else {
                json!(values)
            };
            fields.insert(key.clone(), value);
        }
        let (first, id) = route
            .trim_start_matches('/')
            .split_once('/')
            .unwrap_or((route.trim_start_matches('/'), ""));
        let operation = match (ask.method.as_str(), first, id.is_empty()) {
            ("POST", "Session", true) => "SessionCreate",
            ("POST", "Ticket", true) => "TicketCreate",
            ("GET", "Ticket", true) | ("POST", "TicketSearch", true) => "TicketSearch",
            ("GET", "Ticket", false) => "TicketGet",
            ("PATCH", "Ticket", false) => "TicketUpdate",
            _ => {
                return fault(&format!(
                    "HTTP::REST Error while determine Operation for request URI '{route}'."
                ));
            }
        };
        let session = [ask.header("x-otrs-header-sessionid"), word(&fields, "SessionID")].concat();
        let said = if operation == "SessionCreate" {
            self.sign_in(&fields)
        } else if self.open_session.as_ref() != Some(&session) {
            Err(("AuthFail", "Authorization failing!".to_owned()))
        } else {
            match operation {
                "TicketCreate" => self.create(&fields),
                "TicketUpdate" => self.update(&fields, id),
                "TicketGet" => self.get(&fields, id),
                _ => Ok(self.search(&fields)),
            }
        };
        let said = said.unwrap_or_else(|(code, message)| {
            json!({ "Error": { "ErrorCode": format!("{operation}.{code}"), "ErrorMessage": format!("{operation}: {message}") } })
        });
        (200, said)
    }

    fn sign_in(&mut self, fields: &Map<String, Value>) -> Said {
        if word(fields, "UserLogin") != "deskbell" || word(fields, "Password") != PASSWORD {
            return Err(("AuthFail", "Authorization failing!".to_owned()));
        }
        self.sessions += 1;
        let session = format!("session{}", self.sessions);
        self.open_session = Some(session.clone());
        Ok(json!({ "SessionID": session }))
    }

    fn create(&mut self, fields: &Map<String, Value>) -> Said {
        let ticket = object(fields, "Ticket")?;
        for needed in ["Title", "CustomerUser", "Queue", "State", "Priority"] {
            if word(&ticket, needed).is_empty() {
                return Err(("MissingParameter", format!("Ticket->{needed} parameter is missing!")));
            }
        }
        if self.types && word(&ticket, "Type").is_empty() {
            let why = "Ticket->TypeID or Ticket->Type parameter is required by sysconfig option!";
            return Err(("MissingParameter", why.to_owned()));
        }
        let known = |key: &str, words: &[&str]| {
            let is_known = words.contains(&word(&ticket, key));
            is_known
                .then_some(())
                .ok_or_else(|| ("InvalidParameter", format!("Ticket->{key} parameter is invalid!")))
        };
        known("Queue", &["Travel", "Freight", "Board"])?;
        known("State", &["new", "open", "closed successful", "pending reminder"])?;
        known("Priority", &["3 normal", "5 very high"])?;
        // A type that is given has to be one, though types are off.
        if ticket.contains_key("Type") {
            known("Type", &["Unclassified", "Incident"])?;
        }
        for agent in ["Owner", "Responsible"] {
            if ticket.contains_key(agent) {
                known(agent, &["ines", "maren"])?;
            }
        }
        if ticket
            .get("PendingTime")
            .is_some_and(|at| at["Diff"].as_i64().is_none_or(|minutes| minutes < 1))
        {
            return Err((
                "InvalidParameter",
                "Ticket->PendingTime parameter is invalid!".to_owned(),
            ));
        }
        let customer = word(&ticket, "CustomerUser");
        if !["hanne", "jonas"].contains(&customer) && !customer.contains('@') {
            return Err((
                "InvalidParameter",
                "Ticket->CustomerUser parameter is invalid!".to_owned(),
            ));
        }
        if word(&ticket, "Queue") == "Board" {
            return Err(("AccessDenied", "Can not create tickets in Queue!".to_owned()));
        }
        if ticket["Title"]
            .as_str()
            .is_some_and(|title| title.contains(['\r', '\n']))
        {
            return Err(("InvalidParameter", "Ticket->Title parameter is invalid!".to_owned()));
        }
        let article = article(fields)?;
        self.mails += usize::from(fields["Article"]["ArticleSend"] == 1);
        let field = fields.get("DynamicField").cloned().unwrap_or_default();
        if !field.is_null() && field["Name"] != "DeskbellChat" {
            return Err((
                "InvalidParameter",
                "DynamicField->Name parameter is invalid!".to_owned(),
            ));
        }
        self.rows.push(Row {
            fields: ticket,
            created: now(),
            mark: field["Value"].as_str().unwrap_or_default().to_owned(),
            articles: vec![article],
            ours: true,
        });
        let id = self.rows.len();
        Ok(json!({ "TicketID": id.to_string(), "TicketNumber": number(id), "ArticleID": (id * 100).to_string() }))
    }

    fn update(&mut self, fields: &Map<String, Value>, id: &str) -> Said {
        let Some(row) = id
            .parse::<usize>()
            .ok()
            .and_then(|id| self.rows.get_mut(id.wrapping_sub(1)))
        else {
            return Err(("AccessDenied", "User does not have access to the ticket!".to_owned()));
        };
        if word(&row.fields, "Queue") == "Board" {
            return Err(("AccessDenied", "User does not have access to the ticket!".to_owned()));
        }
        row.articles.push(article(fields)?);
        self.mails += usize::from(fields["Article"]["ArticleSend"] == 1);
        Ok(json!({ "TicketID": id, "TicketNumber": number(1), "ArticleID": row.articles.len() }))
    }

    fn get(&self, fields: &Map<String, Value>, ids: &str) -> Said {
        let mut tickets = Vec::new();
        for id in ids.split(',') {
            let Some(row) = id
                .parse::<usize>()
                .ok()
                .and_then(|id| self.rows.get(id.wrapping_sub(1)))
            else {
                return Err(("AccessDenied", "User does not have access to the ticket!".to_owned()));
            };
            let state = word(&row.fields, "State");
            let mut ticket = json!({
                "TicketID": id, "TicketNumber": number(id.parse().unwrap_or(0)), "Title": row.fields["Title"],
                "Queue": row.fields["Queue"], "State": state, "StateType": state, "Priority": row.fields["Priority"],
                "Owner": row.fields.get("Owner").cloned().unwrap_or("root@localhost".into()), "CustomerUserID": row.fields["CustomerUser"], "CustomerID": "Wiebe Freight",
            });
            if word(fields, "DynamicFields") == "1" {
                ticket["DynamicField"] =
                    json!([{ "Name": "Other", "Value": "" }, { "Name": "DeskbellChat", "Value": row.mark }]);
            }
            if word(fields, "AllArticles") == "1" {
                let limit = word(fields, "ArticleLimit").parse().unwrap_or(usize::MAX);
                let mut articles: Vec<&Stored> = row.articles.iter().collect();
                if word(fields, "ArticleOrder") == "DESC" {
                    articles.reverse();
                }
                let shown = |article: &&Stored| json!({ "Subject": article.subject, "Body": article.body });
                ticket["Article"] = articles.iter().take(limit).map(shown).collect();
            }
            tickets.push(ticket);
        }
        Ok(json!({ "Ticket": tickets }))
    }

    fn search(&self, fields: &Map<String, Value>) -> Value {
        let found = self.rows.iter().enumerate().rev().filter(|(at, row)| {
            let is = |key: &str, of: &dyn Fn(&str) -> bool| match fields.get(key) {
                None => true,
                Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).any(of),
                Some(value) => value.as_str().is_some_and(of),
            };
            let title = word(&row.fields, "Title");
            let of_field = fields
                .get("DynamicField_DeskbellChat")
                .and_then(|field| field.get("Equals"));
            is("TicketNumber", &|number_| number(at + 1) == number_)
                && is("Title", &|like| title.contains(like.trim_matches('%')))
                && is("Queues", &|queue| word(&row.fields, "Queue") == queue)
                && is("CustomerUserLogin", &|login| word(&row.fields, "CustomerUser") == login)
                && is("TicketCreateTimeNewerDate", &|date| row.created.as_str() >= date)
                // As in the real one: what is no object is not looked at, and everything is found.
                && of_field.is_none_or(|mark| *mark == *row.mark)
        });
        let limit = word(fields, "Limit").parse().unwrap_or(500);
        let ids: Vec<String> = found.map(|(at, _)| (at + 1).to_string()).take(limit).collect();
        if ids.is_empty() {
            json!({})
        } else {
            json!({ "TicketID": ids })
        }
    }
}

impl System for Znuny {
    fn answer(&mut self, ask: &Ask) -> (u16, Value) {
        match ask.path.replace("%20", " ").strip_prefix(BASE) {
            Some(route) => self.ask(ask, route),
            None => fault("no such web service"),
        }
    }

    fn stores(&self, ask: &Ask) -> bool {
        let created = ask.method == "POST" && ask.path.ends_with("/Ticket");
        created || ask.method == "PATCH"
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
            state: word(&row.fields, "State").to_owned(),
            owner: word(&row.fields, "Owner").to_owned(),
            responsible: row.fields.get("Responsible").and_then(Value::as_str).map(str::to_owned),
            pending: row.fields.get("PendingTime").map(|at| format!("in {} min", at["Diff"])),
        };
        ours.map(given).collect()
    }

    fn mails(&self) -> usize {
        self.mails
    }

    fn sign_out(&mut self) -> usize {
        self.open_session = None;
        self.sessions
    }

    fn lose_articles(&mut self) {
        for row in self.rows.iter_mut().filter(|row| row.ours) {
            row.articles.clear();
        }
    }
}

fn article(fields: &Map<String, Value>) -> Result<Stored, (&'static str, String)> {
    let article = object(fields, "Article")?;
    for needed in ["Subject", "Body", "ContentType"] {
        if word(&article, needed).is_empty() {
            return Err(("MissingParameter", format!("Article->{needed} parameter is missing!")));
        }
    }
    let invalid = |key: &str| ("InvalidParameter", format!("Article->{key} parameter is invalid!"));
    let content_type = word(&article, "ContentType").to_lowercase();
    if content_type != "text/html; charset=utf-8" && content_type != "text/plain; charset=utf-8" {
        return Err(invalid("ContentType"));
    }
    let channel = article
        .get("CommunicationChannel")
        .map_or("Internal", |channel| channel.as_str().unwrap_or_default());
    if !["Email", "Internal", "Phone"].contains(&channel) {
        return Err(invalid("CommunicationChannel"));
    }
    let from = word(&article, "From");
    let is_address =
        from.starts_with('"') && from.ends_with('>') && from.matches(['<', '>', '"', '\r', '\n', '\\']).count() == 4;
    if article.contains_key("From") && !is_address {
        return Err(invalid("From"));
    }
    if word(&article, "Subject").contains(['\r', '\n']) {
        return Err(invalid("Subject"));
    }
    let files = match fields.get("Attachment") {
        None => Vec::new(),
        Some(Value::Array(files)) => files.clone(),
        Some(file) => vec![file.clone()],
    };
    let file = |file: &Value| {
        let missing = ("MissingParameter", "Attachment parameter is missing!".to_owned());
        let (Some(content), Some("application/pdf"), Some(name)) = (
            file["Content"].as_str(),
            file["ContentType"].as_str(),
            file["Filename"].as_str(),
        ) else {
            return Err(missing);
        };
        let bytes = base64::engine::general_purpose::STANDARD
            .decode(content)
            .map_err(|_| missing)?;
        Ok((name.to_owned(), bytes))
    };
    Ok(Stored {
        // Not given means that customers see it.
        visible: article.get("IsVisibleForCustomer").is_none_or(|visible| *visible == 1),
        subject: word(&article, "Subject").to_owned(),
        // The body is kept as text, the HTML beside it.
        body: word(&article, "Body").replace("<p>", "").replace("</p>", "\n"),
        from: from.to_owned(),
        files: files.iter().map(file).collect::<Result<_, _>>()?,
    })
}

fn now() -> String {
    let now = jiff::Timestamp::now().strftime("%F %T").to_string();
    now.max(EARLIEST.to_owned())
}

fn object(fields: &Map<String, Value>, key: &str) -> Result<Map<String, Value>, (&'static str, String)> {
    let object = fields.get(key).and_then(Value::as_object).cloned();
    object.ok_or_else(|| ("MissingParameter", format!("{key} parameter is missing or not valid!")))
}

fn word<'a>(fields: &'a Map<String, Value>, key: &str) -> &'a str {
    fields.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn number(id: usize) -> String {
    format!("202611251{id:05}")
}

fn fault(why: &str) -> (u16, Value) {
    (500, json!({ "faultcode": "Server", "faultstring": why }))
}
