//! The routes of the People widget, of a customer user's detail view, of being out of office, and of the supervisor's view.

use super::auth::Signed;
use super::problem::{Answer, Body};
use crate::app::PeopleAsked;
use crate::door::Served;
use axum::extract::{Path, Query, State};
use axum::routing::{get, put};
use axum::{Json, Router};
use domain::PersonId;
use serde::Deserialize;
use uuid::Uuid;
use wire::{CustomerUserView, Done, OutOfOffice, People, PeopleTab, Supervisor};

pub fn routes() -> Router<Served> {
    Router::new()
        .route("/api/people", get(people))
        .route("/api/customers/{id}", get(customer_user))
        .route("/api/me/out_of_office", put(set_out_of_office))
        .route("/api/supervisor", get(supervisor))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    tab: PeopleTab,
    q: Option<String>,
    after: Option<String>,
    limit: Option<u32>,
}

async fn people(State(served): State<Served>, signed: Signed, Query(page): Query<Page>) -> Answer<People> {
    let asked = PeopleAsked::new(page.tab, page.q, page.after, page.limit)?;
    Ok(Json(served.app.people(&signed.person, &asked).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct After {
    after: Option<String>,
}

async fn customer_user(
    State(served): State<Served>,
    signed: Signed,
    Path(id): Path<Uuid>,
    Query(page): Query<After>,
) -> Answer<CustomerUserView> {
    let after = page.after.as_deref();
    Ok(Json(
        served.app.customer_user(&signed.person, PersonId(id), after).await?,
    ))
}

async fn set_out_of_office(State(served): State<Served>, signed: Signed, Body(set): Body<OutOfOffice>) -> Answer<Done> {
    served.app.set_out_of_office(&signed, &set).await?;
    Ok(Json(Done {}))
}

async fn supervisor(State(served): State<Served>, signed: Signed) -> Answer<Supervisor> {
    Ok(Json(served.app.supervisor(&signed.person).await?))
}
