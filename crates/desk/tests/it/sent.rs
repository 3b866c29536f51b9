//! What is sent to the stand-ins, and the desks that ask them.

use desk::{Address, Article, Author, Desk, Mark, Meta, NewTicket, Patience, Pdf, Secret, zammad, znuny};
use domain::{Audience, ChatId, ClientId};
use stand::Kind;
use std::time::Duration;
use uuid::Uuid;

pub fn patient() -> Patience {
    let long = Duration::from_secs(30);
    Patience {
        connect: long,
        read: long,
        write: long,
    }
}

/// The desk that asks a stand-in.
pub fn desk(kind: Kind, url: &str, patience: Patience) -> Box<dyn Desk> {
    match kind {
        Kind::Znuny => Box::new(znuny::Znuny::new(znuny_access(url, patience)).expect("a desk")),
        Kind::Zammad => Box::new(zammad::Zammad::new(zammad_access(url, patience)).expect("a desk")),
    }
}

pub fn address(url: &str) -> Address {
    Address {
        url: url.to_owned(),
        plain_http: false,
    }
}

/// Another chat with each call, begun on 25 November 2026.
pub fn mark() -> Mark {
    let began = uuid::Timestamp::from_unix(uuid::NoContext, 1_795_608_000, 0);
    Mark {
        chat: ChatId(Uuid::new_v7(began)),
        command: ClientId(Uuid::now_v7()),
    }
}

pub fn new_ticket() -> NewTicket {
    NewTicket {
        title: "Bicycle on the\r\nmorning ferry".to_owned(),
        queue: "Travel".to_owned(),
        state: "open".to_owned(),
        priority: "3 normal".to_owned(),
        customer: Some("hanne@wiebe.example".to_owned()),
        owner: None,
        responsible: None,
        pending: None,
    }
}

pub fn article(mark: Mark, audience: Audience) -> Article {
    let text = match audience {
        Audience::Everyone => "Is there room for a bicycle?",
        Audience::AgentsOnly => "She is a regular.",
    };
    Article {
        mark,
        audience,
        subject: "Chat".to_owned(),
        html: format!("<p>{text}</p>"),
        text: text.to_owned(),
        pdf: (audience == Audience::Everyone).then(|| Pdf {
            name: "chat.pdf".to_owned(),
            bytes: b"%PDF-1.7 of ours".to_vec(),
        }),
        author: Author {
            name: "Hanne \"<Dahl>".to_owned(),
            email: Some("hanne@wiebe.example".to_owned()),
        },
    }
}

/// Both parts of one conversation.
pub fn conversation() -> [Article; 2] {
    let mark = mark();
    [article(mark, Audience::Everyone), article(mark, Audience::AgentsOnly)]
}

pub fn zammad_access(url: &str, patience: Patience) -> zammad::Access {
    zammad::Access {
        address: address(url),
        token: Secret::new(stand::zammad::TOKEN),
        stranger: None,
        patience,
    }
}

pub fn znuny_access(url: &str, patience: Patience) -> znuny::Access {
    znuny::Access {
        address: address(&format!("{url}/otrs/nph-genericinterface.pl")),
        service: stand::znuny::SERVICE.to_owned(),
        user: "deskbell".to_owned(),
        password: Secret::new(stand::znuny::PASSWORD),
        session: znuny::SessionIn::Header,
        routes: znuny::Routes::default(),
        field: "DeskbellChat".to_owned(),
        stranger: None,
        ticket_type: None,
        meta: Meta {
            queues: vec!["Travel".to_owned()],
            ..Meta::default()
        },
        patience,
    }
}
