//! The routes of administration. Each asks for the right anew: see [`App::administrator`](crate::app::App::administrator).

use super::auth::Signed;
use super::problem::{Answer, Body};
use crate::app::{AuditAsked, Plan};
use crate::door::Served;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use domain::ChannelId;
use serde::Deserialize;
use uuid::Uuid;
use wire::{
    AdminChannels, AdminMade, AdminSettings, AuditPage, ChangeChannel, ChannelFields, Done, PlannedSetting, SetSetting,
    SettingsPlan, SettingsText,
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
