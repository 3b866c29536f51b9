//! The routes of administration. Each asks for the right anew: see [`App::administrator`](crate::app::App::administrator).

use super::auth::Signed;
use super::problem::{Answer, Body};
use crate::app::{AuditAsked, Plan};
use crate::door::Served;
use axum::extract::{Path, Query, State};
use axum::routing::{delete, get, post, put};
use axum::{Json, Router};
use domain::{ChannelId, PersonId};
use serde::Deserialize;
use uuid::Uuid;
use wire::{
    AdminAgents, AdminChannels, AdminMade, AdminRights, AdminSessions, AdminSettings, AuditPage, ChangeAgent,
    ChangeChannel, ChannelFields, Done, GuardGroup, MadeLink, MakeAgent, MakeLink, MakeNamed, NewPassword,
    PlannedSetting, SetKey, SetMember, SetSetting, SettingsPlan, SettingsText,
};

pub fn routes() -> Router<Served> {
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Agents {
    q: Option<String>,
    after: Option<Uuid>,
}

async fn agents(State(served): State<Served>, signed: Signed, Query(which): Query<Agents>) -> Answer<AdminAgents> {
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
    Ok(Json(admin.new_password(PersonId(id)).await?))
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
