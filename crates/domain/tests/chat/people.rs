//! The cast, as the domain sees it.

use domain::{Kind, Person, PersonId, cast};
use uuid::Uuid;

fn person(n: u128, kind: Kind, name: &str, company: Option<&str>) -> Person {
    Person {
        id: PersonId(Uuid::from_u128(n)),
        kind,
        name: name.to_owned(),
        company: company.map(str::to_owned),
    }
}

fn agent(login: &str) -> Person {
    let at = cast::AGENTS
        .iter()
        .position(|agent| agent.login == login)
        .expect("one of the cast");
    person(100 + at as u128, Kind::Agent, cast::AGENTS[at].name, None)
}

fn customer_user(login: &str) -> Person {
    let at = cast::CUSTOMER_USERS
        .iter()
        .position(|customer| customer.login == login)
        .expect("one of the cast");
    let customer = &cast::CUSTOMER_USERS[at];
    person(
        200 + at as u128,
        Kind::CustomerUser,
        customer.name,
        Some(customer.company),
    )
}

pub fn ines() -> Person {
    agent("ines")
}

pub fn maren() -> Person {
    agent("maren")
}

pub fn chidi() -> Person {
    agent("chidi")
}

pub fn tove() -> Person {
    agent("tove")
}

pub fn hanne() -> Person {
    customer_user("hanne")
}

/// Of Hanne's company, which gives him no part in her chats.
pub fn jonas() -> Person {
    customer_user("jonas")
}

pub fn priya() -> Person {
    person(300, Kind::PublicUser, cast::VISITOR, None)
}

/// Another visitor who gave the same name.
pub fn other_priya() -> Person {
    person(301, Kind::PublicUser, cast::VISITOR, None)
}

pub fn agents() -> [Person; 4] {
    [ines(), maren(), chidi(), tove()]
}

pub fn everybody() -> [Person; 8] {
    [
        ines(),
        maren(),
        chidi(),
        tove(),
        hanne(),
        jonas(),
        priya(),
        other_priya(),
    ]
}
