//! The routes of the ticket desk: for agents, for customer users (`/api/my`), and for who leaves a message.

use super::auth::{CameFrom, Signed};
use super::problem::{Answer, Body};
use crate::app::{AppError, TicketsAsked};
use crate::door::Served;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use domain::{QueueId, TicketId};
use serde::Deserialize;
use uuid::Uuid;
use wire::{
    AddArticle, AddMyChat, AppendChat, ArticleWritten, ChangeTicket, Done, FoundCustomers, LeaveMessage, MakeMyTicket,
    MakeTicket, MessageLeft, MyTicket, MyTicketMade, MyTickets, Queues, TicketList, TicketRef, TicketView,
    WriteArticle,
};

pub fn routes() -> Router<Served> {
    Router::new()
        .route("/api/queues", get(queues))
        .route("/api/customers", get(customers))
        .route("/api/tickets", get(tickets).post(make))
        .route("/api/tickets/{id}", get(ticket))
        .route("/api/tickets/{id}/articles", post(add_note))
        .route("/api/tickets/{id}/change", post(change))
        .route("/api/tickets/{id}/chats", post(append))
        .route("/api/my/tickets", get(my_tickets).post(make_mine))
        .route("/api/my/tickets/{id}", get(my_ticket))
        .route("/api/my/tickets/{id}/articles", post(write_article))
        .route("/api/my/tickets/{id}/chats", post(add_my_chat))
        .route("/api/snippets/{snippet}/messages", post(leave_message))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfQueue {
    agents_of: Option<Uuid>,
}

async fn queues(State(served): State<Served>, signed: Signed, Query(of): Query<OfQueue>) -> Answer<Queues> {
    let agents_of = of.agents_of.map(QueueId);
    Ok(Json(served.app.my_queues(&signed.person, agents_of).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Looked {
    q: Option<String>,
}

async fn customers(
    State(served): State<Served>,
    signed: Signed,
    Query(asked): Query<Looked>,
) -> Answer<FoundCustomers> {
    let q = asked.q.unwrap_or_default();
    Ok(Json(served.app.find_customers(&signed.person, &q).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    queue: Option<Uuid>,
    state: Option<String>,
    owner: Option<String>,
    q: Option<String>,
    before: Option<String>,
}

async fn tickets(State(served): State<Served>, signed: Signed, Query(asked): Query<Asked>) -> Answer<TicketList> {
    let asked = TicketsAsked::new(
        asked.queue,
        asked.state.as_deref(),
        asked.owner.as_deref(),
        asked.q.as_deref(),
        asked.before.as_deref(),
    )?;
    Ok(Json(served.app.tickets(&signed.person, &asked).await?))
}

async fn make(State(served): State<Served>, signed: Signed, Body(asks): Body<MakeTicket>) -> Answer<TicketRef> {
    Ok(Json(served.app.make_ticket(&signed.person, &asks).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Before {
    before: Option<i64>,
}

impl Before {
    fn article(&self) -> i64 {
        self.before.unwrap_or(i64::MAX)
    }
}

async fn ticket(
    State(served): State<Served>,
    signed: Signed,
    Path(id): Path<Uuid>,
    Query(before): Query<Before>,
) -> Answer<TicketView> {
    let ticket = served.app.ticket(&signed.person, TicketId(id), before.article());
    Ok(Json(ticket.await?))
}

async fn add_note(
    State(served): State<Served>,
    signed: Signed,
    Path(id): Path<Uuid>,
    Body(asks): Body<AddArticle>,
) -> Answer<ArticleWritten> {
    let n = served.app.add_note(&signed.person, TicketId(id), &asks).await?;
    Ok(Json(ArticleWritten { n }))
}

async fn change(
    State(served): State<Served>,
    signed: Signed,
    Path(id): Path<Uuid>,
    Body(asks): Body<ChangeTicket>,
) -> Answer<Done> {
    served.app.change_ticket(&signed.person, TicketId(id), &asks).await?;
    Ok(Json(Done {}))
}

async fn append(
    State(served): State<Served>,
    signed: Signed,
    Path(id): Path<Uuid>,
    Body(asks): Body<AppendChat>,
) -> Answer<TicketRef> {
    Ok(Json(served.app.append_chat(&signed.person, TicketId(id), &asks).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mine {
    whose: Option<String>,
    before: Option<String>,
}

async fn my_tickets(State(served): State<Served>, signed: Signed, Query(asked): Query<Mine>) -> Answer<MyTickets> {
    let of_company = match asked.whose.as_deref().unwrap_or("mine") {
        "mine" => false,
        "company" => true,
        _ => return Err(AppError::BadInput("whose is mine or company".into())),
    };
    let before = asked.before.as_deref();
    Ok(Json(served.app.my_tickets(&signed.person, of_company, before).await?))
}

async fn make_mine(
    State(served): State<Served>,
    signed: Signed,
    from: CameFrom,
    Body(asks): Body<MakeMyTicket>,
) -> Answer<MyTicketMade> {
    served.app.count_start(&signed, from.0)?;
    Ok(Json(served.app.make_my_ticket(&signed.person, &asks).await?))
}

async fn my_ticket(
    State(served): State<Served>,
    signed: Signed,
    Path(id): Path<Uuid>,
    Query(before): Query<Before>,
) -> Answer<MyTicket> {
    let ticket = served.app.my_ticket(&signed.person, TicketId(id), before.article());
    Ok(Json(ticket.await?))
}

async fn write_article(
    State(served): State<Served>,
    signed: Signed,
    from: CameFrom,
    Path(id): Path<Uuid>,
    Body(asks): Body<WriteArticle>,
) -> Answer<ArticleWritten> {
    served.app.count_start(&signed, from.0)?;
    let n = served.app.write_article(&signed.person, TicketId(id), &asks).await?;
    Ok(Json(ArticleWritten { n }))
}

async fn add_my_chat(
    State(served): State<Served>,
    signed: Signed,
    from: CameFrom,
    Path(id): Path<Uuid>,
    Body(asks): Body<AddMyChat>,
) -> Answer<Done> {
    served.app.count_start(&signed, from.0)?;
    served.app.add_my_chat(&signed.person, TicketId(id), &asks).await?;
    Ok(Json(Done {}))
}

async fn leave_message(
    State(served): State<Served>,
    Path(snippet): Path<String>,
    from: CameFrom,
    Body(asks): Body<LeaveMessage>,
) -> Answer<MessageLeft> {
    Ok(Json(served.app.leave_message(&snippet, &asks, from.0).await?))
}
