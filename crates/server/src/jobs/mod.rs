//! What happens by itself as time passes.

mod errands;

use crate::app::{App, AppError, Turned};
use crate::clock;
use crate::metrics::Job;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// How often rights are compared with the database and presence is looked through.
const EVERY: Duration = Duration::from_millis(500);
/// How often it is looked who is here.
const PEOPLE_EVERY: Duration = Duration::from_millis(300);
/// The same, where it failed.
const PEOPLE_AGAIN: Duration = Duration::from_secs(2);
/// The same of the search index.
const INDEX_AGAIN: Duration = Duration::from_secs(10);
/// Letters under way at a time.
const LETTERS: usize = 4;
/// How often it is looked for messages that nobody has seen.
const UNSEEN_EVERY: Duration = Duration::from_secs(2);
/// How often it is looked for tickets whose time has come.
const TICKETS_EVERY: Duration = Duration::from_secs(2);
/// How often it is looked for contents of files that nothing refers to; at once where that is likely.
const FILES_EVERY: Duration = Duration::from_secs(60);
/// How often sessions that ran out are removed.
const SWEEP_EVERY: Duration = Duration::from_secs(3_600);

/// Runs until stopped.
pub async fn run(app: Arc<App>, stop: CancellationToken) {
    // Beside the others: some of them take their time, and people see at once who comes and goes.
    tokio::join!(
        look_at_people(&app, &stop),
        pass_time(&app, &stop),
        app.talk_to_nodes(&stop),
        index(&app, &stop),
        send_mail(&app, &stop),
        mail_unseen(&app, &stop),
        close_tickets(&app, &stop),
        errands::run(&app, &stop),
        let_files_go(&app, &stop)
    );
}

/// Sends letters, a few at a time, and tells what became of them.
async fn send_mail(app: &Arc<App>, stop: &CancellationToken) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut under_way = JoinSet::new();
    if let Err(error) = app.free_letters().await {
        tracing::error!(%error, "letters that were under way before the restart wait a while");
    }
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            Some(_) = under_way.join_next() => {}
            // A letter that was given and not answered is a doubt; the next start goes on with it.
            () = stop.cancelled() => return,
        }
        while under_way.try_join_next().is_some() {}
        let looked = look_for_letters(app, &mut under_way).await;
        app.job_ended(Job::Mail, looked.is_ok());
        if let Err(error) = looked {
            tracing::error!(%error, "letters could not be looked through; it is tried again");
            tick.reset_after(INDEX_AGAIN);
        }
    }
}

/// Has what externals have not seen sent to them.
async fn mail_unseen(app: &App, stop: &CancellationToken) {
    let mut tick = tokio::time::interval(UNSEEN_EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            () = stop.cancelled() => return,
        }
        match app.mail_unseen().await {
            Ok(0) => {}
            Ok(chats) => tracing::info!(chats, "what externals have not seen goes to them by e-mail"),
            Err(error) => {
                tracing::error!(%error, "what is unseen could not be looked through; it is tried again");
                tick.reset_after(INDEX_AGAIN);
            }
        }
    }
}

/// Closes tickets at the date that was set for it.
async fn close_tickets(app: &App, stop: &CancellationToken) {
    let mut tick = tokio::time::interval(TICKETS_EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            () = stop.cancelled() => return,
        }
        match app.close_due_tickets().await {
            Ok(0) => {}
            Ok(closed) => tracing::info!(closed, "tickets are closed at their date"),
            Err(error) => {
                tracing::error!(%error, "tickets that are to be closed stay open; it is tried again");
                tick.reset_after(INDEX_AGAIN);
            }
        }
    }
}

async fn look_for_letters(app: &Arc<App>, under_way: &mut JoinSet<()>) -> Result<(), AppError> {
    app.tell_of_letters().await?;
    for letter in app.due_letters(LETTERS.saturating_sub(under_way.len())).await? {
        let app = app.clone();
        under_way.spawn(async move {
            if let Err(error) = app.try_letter(&letter).await {
                tracing::error!(letter = %letter.id, %error, "what became of a letter is not known yet");
            }
        });
    }
    Ok(())
}

async fn look_at_people(app: &App, stop: &CancellationToken) {
    let mut tick = tokio::time::interval(PEOPLE_EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            () = stop.cancelled() => return,
        }
        let looked = look(app).await;
        app.job_ended(Job::People, looked.is_ok());
        if let Err(error) = looked {
            tracing::error!(%error, "people could not be looked at; it is tried again");
            // Who came and went is known now, but not everybody was told.
            app.missed();
            tick.reset_after(PEOPLE_AGAIN);
        }
    }
}

/// Puts closed chats and changed tickets into the search indexes. While there are some it rests as long as it works: what people say
/// and do meanwhile is written in between.
async fn index(app: &App, stop: &CancellationToken) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            () = stop.cancelled() => return,
        }
        while !stop.is_cancelled() {
            let begun = tokio::time::Instant::now();
            let indexed = index_some(app).await;
            app.job_ended(Job::Index, indexed.is_ok());
            match indexed {
                Ok(0) => break,
                Ok(_) => tokio::time::sleep(begun.elapsed()).await,
                Err(error) => {
                    tracing::error!(%error, "chats and tickets could not be put into the search index; it is tried again");
                    tick.reset_after(INDEX_AGAIN);
                    break;
                }
            }
        }
    }
}

/// Removes contents of files that nothing refers to any more.
async fn let_files_go(app: &App, stop: &CancellationToken) {
    let mut tick = tokio::time::interval(FILES_EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            () = app.contents_released() => {}
            () = stop.cancelled() => return,
        }
        let removed = app.remove_idle_contents().await;
        app.job_ended(Job::Files, removed.is_ok());
        match removed {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "contents of files that nothing refers to are removed"),
            Err(error) => tracing::error!(%error, "contents of files could not be removed; it is tried again"),
        }
    }
}

async fn index_some(app: &App) -> Result<usize, AppError> {
    Ok(app.index_closed().await? + app.index_tickets().await?)
}

async fn look(app: &App) -> Result<(), AppError> {
    let Turned { people, a_node_went } = app.exchange_presence().await?;
    if a_node_went {
        // It may have written what it told nobody.
        app.missed();
    }
    people.iter().for_each(|person| app.came_or_went(*person));
    for person in &people {
        app.heard_of(*person).await?;
    }
    if !people.is_empty() {
        app.offers_changed();
    }
    app.look_at_people().await
}

async fn pass_time(app: &App, stop: &CancellationToken) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut sweep = tokio::time::interval(SWEEP_EVERY);
    let mut after_restart = true;
    if let Err(error) = app.expect_externals().await {
        tracing::error!(%error, "who had a chat before the restart is not known; their chats stay open until they come back");
    }
    loop {
        let (job, done) = tokio::select! {
            _ = tick.tick() => (Job::Time, step(app, &mut after_restart).await),
            _ = sweep.tick() => (Job::Sweep, sweep_all(app).await),
            () = stop.cancelled() => return,
        };
        app.job_ended(job, done.is_ok());
        if let Err(error) = done {
            tracing::error!(%error, "a job failed; it is tried again");
            app.missed();
        }
    }
}

async fn sweep_all(app: &App) -> Result<(), AppError> {
    let swept = app.sweep_sessions().await?;
    tracing::debug!(swept, "sessions ran out");
    let removed = app.remove_old_chats().await?;
    if removed > 0 {
        tracing::info!(removed, "closed chats that were kept long enough are removed");
    }
    app.sweep_outbox().await?;
    app.sweep_errands().await?;
    app.sweep_presence().await
}

async fn step(app: &App, after_restart: &mut bool) -> Result<(), AppError> {
    app.notice_changed_rights().await?;
    app.follow_changed_rights().await?;
    let passed = app.pass();
    for person in &passed.gone {
        app.tell_gone(*person).await?;
    }
    if !passed.gone.is_empty() || app.hours_passed().await? {
        app.offers_changed();
    }
    if passed.node_lapsed {
        let ended = app.end_leases().await?;
        tracing::info!(ended, "leases ended of agents whose node went");
    }
    for agent in &passed.lapsed {
        let ended = app.end_leases_of(*agent).await?;
        tracing::info!(%agent, ended, "an agent's lease ended");
    }
    app.expire_requests().await?;
    app.close_abandoned().await?;
    // Agents that were here before a restart and never came back: their leases run anew from its end.
    if *after_restart && clock::now() > app.began().plus_s(app.settings().lease_s) {
        *after_restart = false;
        app.end_leases().await?;
    }
    Ok(())
}
