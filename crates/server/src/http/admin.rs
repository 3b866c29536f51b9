//! The routes of administration. Each asks for the right anew: see [`App::administrator`](crate::app::App::administrator).

use super::auth::Signed;
use super::problem::{Answer, Body};
use crate::app::{AppError, AuditAsked, PICTURE_MAX, Plan};
use crate::door::Served;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::routing::{delete, get, post, put};
use axum::{Json, Router};
use domain::{ChannelId, CompanyId, Kind, PersonId, QueueId, SnippetId};
use serde::Deserialize;
use uuid::Uuid;
use wire::{
    AdminAgents, AdminChannels, AdminCompanies, AdminCustomers, AdminLetters, AdminLook, AdminMade, AdminQueues,
    AdminRights, AdminSessions, AdminSettings, AdminSnippets, AuditPage, ChangeAgent, ChangeChannel, ChangeCompany,
    ChangeCustomer, ChangeQueue, ChangeSnippet, ChannelFields, Done, GuardGroup, LookAtPage, MadeLink, MakeAgent,
    MakeCustomer, MakeLink, MakeNamed, NewIdentityKey, NewPassword, PageFound, PlannedSetting, QueueFields, SetKey,
    SetMember, SetSetting, SettingsPlan, SettingsText, SnippetFields,
};

pub fn routes() -> Router<Served> {
    let logo = put(set_logo).delete(remove_logo);
    let logo = logo.layer(DefaultBodyLimit::max(PICTURE_MAX));
    Router::new()
        .route("/api/admin/settings", get(settings))
        .route("/api/admin/settings/{name}", put(set_setting))
        .route("/api/admin/settings/text", get(settings_text))
        .route("/api/admin/settings/plan", post(plan_settings))
        .route("/api/admin/settings/apply", post(apply_settings))
        .route("/api/admin/channels", get(channels).post(make_channel))
        .route("/api/admin/channels/{id}", put(change_channel))
        .route("/api/admin/agents", get(agents).post(make_agent))
        .route("/api/admin/agents/{id}", put(change_agent))
        .route("/api/admin/agents/{id}/password", post(new_password))
        .route("/api/admin/queues", get(queues).post(make_queue))
        .route("/api/admin/queues/{id}", put(change_queue))
        .route("/api/admin/customers", get(customers).post(make_customer))
        .route("/api/admin/customers/{id}", put(change_customer))
        .route("/api/admin/customers/{id}/password", post(new_password_of_customer))
        .route("/api/admin/companies", get(companies))
        .route("/api/admin/companies/{id}", put(change_company))
        .route("/api/admin/letters", get(letters))
        .route("/api/admin/letters/{id}/again", post(send_again))
        .route("/api/admin/look", get(look))
        .route("/api/admin/look/logo", logo)
        .route("/api/admin/snippets", get(snippets).post(make_snippet))
        .route("/api/admin/snippets/{id}", put(change_snippet))
        .route("/api/admin/snippets/{id}/page", post(look_at_page))
        .route("/api/admin/snippets/{id}/keys", post(make_identity_key))
        .route("/api/admin/snippets/{id}/keys/{key}", delete(remove_identity_key))
        .route("/api/admin/people/{id}/link", post(make_link))
        .route("/api/admin/people/{id}/sessions", delete(end_sessions))
        .route("/api/admin/people/{id}/second_factor", delete(remove_factor))
        .route("/api/admin/sessions", get(sessions))
        .route("/api/admin/sessions/{id}", delete(end_session))
        .route("/api/admin/guards", put(guard_group))
        .route("/api/admin/rights", get(rights))
        .route("/api/admin/keys", put(set_key))
        .route("/api/admin/members", put(set_member))
        .route("/api/admin/roles", post(make_role))
        .route("/api/admin/groups", post(make_group))
        .route("/api/admin/audit", get(audit))
}

async fn settings(State(served): State<Served>, signed: Signed) -> Answer<AdminSettings> {
    let admin = served.app.administrator(&signed.person).await?;
    Ok(Json(admin.settings().await?))
}

async fn set_setting(
    State(served): State<Served>,
    signed: Signed,
    Path(name): Path<String>,
    Body(asks): Body<SetSetting>,
) -> Answer<Done> {
    let admin = served.app.administrator(&signed.person).await?;
    let value = asks.value.as_deref();
    admin.set_setting(&name, value, Some(&asks.was)).await?;
    Ok(Json(Done {}))
}

async fn settings_text(State(served): State<Served>, signed: Signed) -> Answer<SettingsText> {
    let admin = served.app.administrator(&signed.person).await?;
    let text = admin.settings_text().await?;
    Ok(Json(SettingsText { text }))
}

async fn plan_settings(
    State(served): State<Served>,
    signed: Signed,
    Body(given): Body<SettingsText>,
) -> Answer<SettingsPlan> {
    let admin = served.app.administrator(&signed.person).await?;
    Ok(Json(plan(admin.plan_settings(&given.text).await?)))
}

async fn apply_settings(
    State(served): State<Served>,
    signed: Signed,
    Body(given): Body<SettingsText>,
) -> Answer<SettingsPlan> {
    let admin = served.app.administrator(&signed.person).await?;
    Ok(Json(plan(admin.apply_settings(&given.text).await?)))
}

fn plan(plan: Plan) -> SettingsPlan {
    let changes = plan.changes.into_iter().map(|change| PlannedSetting {
        name: change.name.into(),
        old: change.old,
        new: change.new,
    });
    SettingsPlan {
        changes: changes.collect(),
        problems: plan.problems,
    }
}

async fn channels(State(served): State<Served>, signed: Signed) -> Answer<AdminChannels> {
    let admin = served.app.administrator(&signed.person).await?;
    Ok(Json(admin.channels().await?))
}

async fn make_channel(
    State(served): State<Served>,
    signed: Signed,
    Body(fields): Body<ChannelFields>,
) -> Answer<AdminMade> {
    let admin = served.app.administrator(&signed.person).await?;
    let id = admin.make_channel_of(&fields).await?.0;
    Ok(Json(AdminMade { id }))
}

async fn change_channel(
    State(served): State<Served>,
    signed: Signed,
    Path(id): Path<Uuid>,
    Body(asks): Body<ChangeChannel>,
) -> Answer<Done> {
    let admin = served.app.administrator(&signed.person).await?;
    admin.change_channel_to(ChannelId(id), &asks).await?;
    Ok(Json(Done {}))
}

async fn queues(State(served): State<Served>, signed: Signed) -> Answer<AdminQueues> {
    let admin = served.app.administrator(&signed.person).await?;
    Ok(Json(admin.queues().await?))
}

async fn make_queue(
    State(served): State<Served>,
    signed: Signed,
    Body(fields): Body<QueueFields>,
) -> Answer<AdminMade> {
    let admin = served.app.administrator(&signed.person).await?;
    let id = admin.make_queue_of(&fields).await?.0;
    Ok(Json(AdminMade { id }))
}

async fn change_queue(
    State(served): State<Served>,
    signed: Signed,
    Path(id): Path<Uuid>,
    Body(asks): Body<ChangeQueue>,
) -> Answer<Done> {
    let admin = served.app.administrator(&signed.person).await?;
    admin.change_queue_to(QueueId(id), &asks).await?;
    Ok(Json(Done {}))
}

async fn look(State(served): State<Served>, signed: Signed) -> Answer<AdminLook> {
    let admin = served.app.administrator(&signed.person).await?;
    Ok(Json(admin.look_now().await?))
}

async fn set_logo(State(served): State<Served>, signed: Signed, sent: Result<Bytes, BytesRejection>) -> Answer<Done> {
    let admin = served.app.administrator(&signed.person).await?;
    let sent = sent.map_err(|_| AppError::UnfitPicture)?;
    admin.set_logo(sent.into()).await?;
    Ok(Json(Done {}))
}

async fn remove_logo(State(served): State<Served>, signed: Signed) -> Answer<Done> {
    let admin = served.app.administrator(&signed.person).await?;
    admin.remove_logo().await?;
    Ok(Json(Done {}))
}

async fn snippets(State(served): State<Served>, signed: Signed) -> Answer<AdminSnippets> {
    let admin = served.app.administrator(&signed.person).await?;
    Ok(Json(admin.snippets().await?))
}

async fn make_snippet(
    State(served): State<Served>,
    signed: Signed,
    Body(fields): Body<SnippetFields>,
) -> Answer<AdminMade> {
    let admin = served.app.administrator(&signed.person).await?;
    let id = admin.make_snippet_of(&fields).await?.0;
    Ok(Json(AdminMade { id }))
}

async fn change_snippet(
    State(served): State<Served>,
    signed: Signed,
    Path(id): Path<Uuid>,
    Body(asks): Body<ChangeSnippet>,
) -> Answer<Done> {
    let admin = served.app.administrator(&signed.person).await?;
    admin.change_snippet_to(SnippetId(id), &asks).await?;
    Ok(Json(Done {}))
}

async fn look_at_page(
    State(served): State<Served>,
    signed: Signed,
    Path(id): Path<Uuid>,
    Body(asks): Body<LookAtPage>,
) -> Answer<PageFound> {
    let admin = served.app.administrator(&signed.person).await?;
    Ok(Json(admin.look_at_page(SnippetId(id), &asks.url).await?))
}

async fn make_identity_key(
    State(served): State<Served>,
    signed: Signed,
    Path(id): Path<Uuid>,
) -> Answer<NewIdentityKey> {
    let admin = served.app.administrator(&signed.person).await?;
    Ok(Json(admin.make_identity_key(SnippetId(id)).await?))
}

async fn remove_identity_key(
    State(served): State<Served>,
    signed: Signed,
    Path((id, key)): Path<(Uuid, Uuid)>,
) -> Answer<Done> {
    let admin = served.app.administrator(&signed.person).await?;
    admin.remove_identity_key(SnippetId(id), key).await?;
    Ok(Json(Done {}))
}

async fn customers(State(served): State<Served>, signed: Signed, Query(which): Query<Named>) -> Answer<AdminCustomers> {
    let admin = served.app.administrator(&signed.person).await?;
    let part = which.q.unwrap_or_default();
    Ok(Json(admin.customers_page(&part, which.after).await?))
}

async fn make_customer(
    State(served): State<Served>,
    signed: Signed,
    Body(asks): Body<MakeCustomer>,
) -> Answer<NewPassword> {
    let admin = served.app.administrator(&signed.person).await?;
    Ok(Json(admin.make_customer_of(&asks).await?))
}

async fn change_customer(
    State(served): State<Served>,
    signed: Signed,
    Path(id): Path<Uuid>,
    Body(asks): Body<ChangeCustomer>,
) -> Answer<Done> {
    let admin = served.app.administrator(&signed.person).await?;
    admin.change_customer_to(PersonId(id), &asks).await?;
    Ok(Json(Done {}))
}

async fn new_password_of_customer(
    State(served): State<Served>,
    signed: Signed,
    Path(id): Path<Uuid>,
) -> Answer<NewPassword> {
    let admin = served.app.administrator(&signed.person).await?;
    Ok(Json(admin.new_password(Kind::CustomerUser, PersonId(id)).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Before {
    before: Option<String>,
}

async fn letters(State(served): State<Served>, signed: Signed, Query(which): Query<Before>) -> Answer<AdminLetters> {
    let admin = served.app.administrator(&signed.person).await?;
    Ok(Json(admin.letters(which.before.as_deref()).await?))
}

async fn send_again(State(served): State<Served>, signed: Signed, Path(id): Path<Uuid>) -> Answer<Done> {
    let admin = served.app.administrator(&signed.person).await?;
    admin.send_again(id).await?;
    Ok(Json(Done {}))
}

async fn companies(State(served): State<Served>, signed: Signed, Query(which): Query<Named>) -> Answer<AdminCompanies> {
    let admin = served.app.administrator(&signed.person).await?;
    let part = which.q.unwrap_or_default();
    Ok(Json(admin.companies_page(&part, which.after).await?))
}

async fn change_company(
    State(served): State<Served>,
    signed: Signed,
    Path(id): Path<Uuid>,
    Body(asks): Body<ChangeCompany>,
) -> Answer<Done> {
    let admin = served.app.administrator(&signed.person).await?;
    admin.change_company_to(CompanyId(id), &asks).await?;
    Ok(Json(Done {}))
}

/// Things whose names have `q` in them, a page of them behind one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    q: Option<String>,
    after: Option<Uuid>,
}

async fn agents(State(served): State<Served>, signed: Signed, Query(which): Query<Named>) -> Answer<AdminAgents> {
    let admin = served.app.administrator(&signed.person).await?;
    let part = which.q.unwrap_or_default();
    Ok(Json(admin.agents_page(&part, which.after).await?))
}

async fn make_agent(State(served): State<Served>, signed: Signed, Body(asks): Body<MakeAgent>) -> Answer<NewPassword> {
    let admin = served.app.administrator(&signed.person).await?;
    Ok(Json(admin.make_agent_of(&asks).await?))
}

async fn change_agent(
    State(served): State<Served>,
    signed: Signed,
    Path(id): Path<Uuid>,
    Body(asks): Body<ChangeAgent>,
) -> Answer<Done> {
    let admin = served.app.administrator(&signed.person).await?;
    admin.change_agent_to(PersonId(id), &asks).await?;
    Ok(Json(Done {}))
}

async fn new_password(State(served): State<Served>, signed: Signed, Path(id): Path<Uuid>) -> Answer<NewPassword> {
    let admin = served.app.administrator(&signed.person).await?;
    Ok(Json(admin.new_password(Kind::Agent, PersonId(id)).await?))
}

async fn make_link(
    State(served): State<Served>,
    signed: Signed,
    Path(id): Path<Uuid>,
    Body(asks): Body<MakeLink>,
) -> Answer<MadeLink> {
    let admin = served.app.administrator(&signed.person).await?;
    Ok(Json(admin.make_link(PersonId(id), &asks).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WhoseSessions {
    q: Option<String>,
    after: Option<String>,
}

async fn sessions(
    State(served): State<Served>,
    signed: Signed,
    Query(which): Query<WhoseSessions>,
) -> Answer<AdminSessions> {
    let admin = served.app.administrator(&signed.person).await?;
    let part = which.q.unwrap_or_default();
    Ok(Json(admin.sessions_page(&part, which.after.as_deref()).await?))
}

async fn end_session(State(served): State<Served>, signed: Signed, Path(id): Path<Uuid>) -> Answer<Done> {
    let admin = served.app.administrator(&signed.person).await?;
    admin.end_session_named(id).await?;
    Ok(Json(Done {}))
}

async fn end_sessions(State(served): State<Served>, signed: Signed, Path(id): Path<Uuid>) -> Answer<Done> {
    let admin = served.app.administrator(&signed.person).await?;
    admin.end_sessions_of(PersonId(id)).await?;
    Ok(Json(Done {}))
}

async fn remove_factor(State(served): State<Served>, signed: Signed, Path(id): Path<Uuid>) -> Answer<Done> {
    let admin = served.app.administrator(&signed.person).await?;
    admin.remove_factor_of(PersonId(id)).await?;
    Ok(Json(Done {}))
}

async fn guard_group(State(served): State<Served>, signed: Signed, Body(asks): Body<GuardGroup>) -> Answer<Done> {
    let admin = served.app.administrator(&signed.person).await?;
    admin.guard_group(&asks.group, asks.second_factor).await?;
    Ok(Json(Done {}))
}

async fn rights(State(served): State<Served>, signed: Signed) -> Answer<AdminRights> {
    let admin = served.app.administrator(&signed.person).await?;
    Ok(Json(admin.rights().await?))
}

async fn set_key(State(served): State<Served>, signed: Signed, Body(asks): Body<SetKey>) -> Answer<Done> {
    let admin = served.app.administrator(&signed.person).await?;
    admin.set_key_of(&asks).await?;
    Ok(Json(Done {}))
}

async fn set_member(State(served): State<Served>, signed: Signed, Body(asks): Body<SetMember>) -> Answer<Done> {
    let admin = served.app.administrator(&signed.person).await?;
    admin.set_role_member(&asks.role, &asks.login, asks.member).await?;
    Ok(Json(Done {}))
}

async fn make_role(State(served): State<Served>, signed: Signed, Body(asks): Body<MakeNamed>) -> Answer<Done> {
    let admin = served.app.administrator(&signed.person).await?;
    admin.add_role(&asks.name).await?;
    Ok(Json(Done {}))
}

async fn make_group(State(served): State<Served>, signed: Signed, Body(asks): Body<MakeNamed>) -> Answer<Done> {
    let admin = served.app.administrator(&signed.person).await?;
    admin.add_group(&asks.name).await?;
    Ok(Json(Done {}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Which {
    before: Option<i64>,
    /// With `subject`: of one thing alone.
    kind: Option<String>,
    subject: Option<String>,
}

async fn audit(State(served): State<Served>, signed: Signed, Query(which): Query<Which>) -> Answer<AuditPage> {
    let admin = served.app.administrator(&signed.person).await?;
    let asked = AuditAsked {
        before: which.before,
        of: which.kind.zip(which.subject),
    };
    Ok(Json(admin.audit_page(&asked).await?))
}
