//! The commands that look at or change a database, beside a running service or without one.

use super::progress::Progress;
use super::say::{complain, say};
use super::{
    AgentVerb, Channel, ChannelVerb, Command, CustomerVerb, DeskVerb, PasswordFrom, QueueVerb, RetentionVerb, RoleVerb,
    SettingsVerb, SnippetVerb, Whom, YesNo,
};
use crate::app::{self, App, AppError, AuditAsked, ChannelChange, External, Grantee, NewAccount};
use crate::config::Config;
use domain::settings::Is;
use domain::{ChatId, Instant, Key, Kind, Settings};
use std::io::{BufRead, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

pub async fn run(app: &App, config: &Config, command: Command) -> Result<ExitCode, AppError> {
    match command {
        Command::Agent(verb) => agent(app, verb).await?,
        Command::Customer(verb) => customer(app, verb).await?,
        Command::Role(verb) => role(app, verb).await?,
        Command::Grant { login, group, key } => grant(app, &Grantee::Agent(&login), &login, &group, key.0).await?,
        Command::SecondFactor { group, required } => guard(app, &group, matches!(required, YesNo::Yes)).await?,
        Command::Revoke { login, group, key } => revoke(app, &Grantee::Agent(&login), &login, &group, key.0).await?,
        Command::Channel(verb) => channel(app, verb).await?,
        Command::Queue(verb) => queue(app, verb).await?,
        Command::Snippet(verb) => snippet(app, config, verb).await?,
        Command::Export { whom, file } => export(app, &whom, &file).await?,
        Command::Erase { whom, dry_run } => erase(app, &whom, dry_run).await?,
        Command::Retention(verb) => retention(app, verb).await?,
        Command::Set { name, value } => {
            app.operator().set_setting(&name, Some(&value), None).await?;
            say(format!("{name} is {value}."));
        }
        Command::Settings { verb: None } => settings(&app.settings()),
        Command::Settings { verb: Some(verb) } => return settings_verb(app, verb).await,
        Command::Audit { export: None } => audit(app).await?,
        Command::Audit { export: Some(file) } => export_audit(app, &file).await?,
        Command::Verify => return verify(app).await,
        Command::Desk(DeskVerb::Waiting) => waiting(app).await?,
        Command::Serve { .. }
        | Command::Openapi
        | Command::Backup { .. }
        | Command::Restore(_)
        | Command::Upgrade { .. }
        | Command::Config { .. }
        | Command::Doctor { .. }
        | Command::Completions { .. }
        | Command::Man { .. }
        | Command::Mail(_)
        | Command::Desk(DeskVerb::Test) => {}
    }
    Ok(ExitCode::SUCCESS)
}

async fn waiting(app: &App) -> Result<(), AppError> {
    let errands = app.waiting_errands().await?;
    if errands.is_empty() {
        say("The ticket system has everything that was to go there.");
    }
    for errand in errands {
        let at = |at: Instant| {
            jiff::Timestamp::from_microsecond(at.0)
                .unwrap_or_default()
                .strftime("%F %T UTC")
                .to_string()
        };
        let next = match errand.due_at {
            Some(due) => format!("tried again at {}", at(due)),
            None => "an agent has to try again".to_owned(),
        };
        let chat = errand.chat.map(|chat| format!(", chat {chat}")).unwrap_or_default();
        let told = errand.told.unwrap_or_else(|| "not tried to its end".to_owned());
        let (id, made, tries) = (errand.id, at(errand.made_at), errand.tries);
        say(format!("{id} of {made}{chat}: {tries} tries, {told}; {next}"));
    }
    Ok(())
}

async fn agent(app: &App, verb: AgentVerb) -> Result<(), AppError> {
    match verb {
        AgentVerb::Add {
            login,
            name,
            email,
            password,
        } => {
            let new = NewAccount {
                email,
                ..account(login, name, &password)?
            };
            app.operator().add_agent(&new).await?;
            say(format!("Agent {} is made.", new.login));
            tell(app, Kind::Agent, &password, &new).await?;
        }
        AgentVerb::Deactivate { login } => valid(app, Kind::Agent, &login, false).await?,
        AgentVerb::Activate { login } => valid(app, Kind::Agent, &login, true).await?,
        AgentVerb::Password { login, generate } => set_password(app, Kind::Agent, &login, generate).await?,
        AgentVerb::Invite { login } => invite(app, Kind::Agent, &login).await?,
        AgentVerb::RemoveSecondFactor { login } => remove_factor(app, Kind::Agent, &login).await?,
        AgentVerb::List => list(app, Kind::Agent).await?,
    }
    Ok(())
}

async fn customer(app: &App, verb: CustomerVerb) -> Result<(), AppError> {
    match verb {
        CustomerVerb::Add {
            login,
            name,
            company,
            email,
            password,
        } => {
            let new = NewAccount {
                company,
                email,
                ..account(login, name, &password)?
            };
            app.operator().add_customer_user(&new).await?;
            say(format!("Customer user {} is made.", new.login));
            tell(app, Kind::CustomerUser, &password, &new).await?;
        }
        CustomerVerb::Deactivate { login } => valid(app, Kind::CustomerUser, &login, false).await?,
        CustomerVerb::Activate { login } => valid(app, Kind::CustomerUser, &login, true).await?,
        CustomerVerb::Password { login, generate } => set_password(app, Kind::CustomerUser, &login, generate).await?,
        CustomerVerb::Invite { login } => invite(app, Kind::CustomerUser, &login).await?,
        CustomerVerb::RemoveSecondFactor { login } => remove_factor(app, Kind::CustomerUser, &login).await?,
        CustomerVerb::List => list(app, Kind::CustomerUser).await?,
    }
    Ok(())
}

fn account(login: String, name: String, password: &PasswordFrom) -> Result<NewAccount, AppError> {
    let password = match password.invite {
        true => None,
        false => Some(wanted(password.generate)?),
    };
    if let Some(password) = &password {
        app::fit_to_set(password)?;
    }
    Ok(NewAccount {
        login,
        name,
        password,
        company: None,
        email: None,
    })
}

async fn valid(app: &App, kind: Kind, login: &str, valid: bool) -> Result<(), AppError> {
    app.operator().set_valid(kind, login, valid).await?;
    let now = if valid {
        "active"
    } else {
        "deactivated, and signed out everywhere"
    };
    say(format!("{login} is {now}."));
    Ok(())
}

async fn set_password(app: &App, kind: Kind, login: &str, generate: bool) -> Result<(), AppError> {
    let new = wanted(generate)?;
    app.operator().reset_password(kind, login, &new).await?;
    say(format!("{login} has a new password, and is signed out everywhere."));
    if generate {
        say_password(&new);
    }
    Ok(())
}

async fn invite(app: &App, kind: Kind, login: &str) -> Result<(), AppError> {
    let made = app.operator().invite_named(kind, login).await?;
    say(format!(
        "{login} chooses a password here, once and within {} hours:",
        made.hours
    ));
    say(made.link.unwrap_or_default());
    Ok(())
}

async fn remove_factor(app: &App, kind: Kind, login: &str) -> Result<(), AppError> {
    app.operator().remove_factor_named(kind, login).await?;
    say(format!(
        "{login} has no second factor any more, and is signed out everywhere."
    ));
    Ok(())
}

async fn guard(app: &App, group: &str, guarded: bool) -> Result<(), AppError> {
    let changed = app.operator().guard_group(group, guarded).await?;
    say(match (guarded, changed) {
        (true, true) => format!("Who holds a key on {group} needs a second factor now."),
        (true, false) => format!("Who holds a key on {group} needed a second factor already."),
        (false, true) => format!("{group} asks for no second factor any more."),
        (false, false) => format!("{group} asked for no second factor."),
    });
    Ok(())
}

async fn list(app: &App, kind: Kind) -> Result<(), AppError> {
    for person in app.operator().accounts(kind).await? {
        let company = person.company.map(|company| format!(", {company}")).unwrap_or_default();
        let state = if person.valid { "" } else { " (deactivated)" };
        say(format!(
            "{:<16} {}{company}{state}",
            person.login.unwrap_or_default(),
            person.name
        ));
    }
    Ok(())
}

async fn role(app: &App, verb: RoleVerb) -> Result<(), AppError> {
    match verb {
        RoleVerb::Add { name } => {
            app.operator().add_role(&name).await?;
            say(format!("Role {name} is made."));
        }
        RoleVerb::Grant { role, group, key } => grant(app, &Grantee::Role(&role), &role, &group, key.0).await?,
        RoleVerb::Revoke { role, group, key } => revoke(app, &Grantee::Role(&role), &role, &group, key.0).await?,
        RoleVerb::Member { role, login, remove } => {
            let changed = app.operator().set_role_member(&role, &login, !remove).await?;
            say(match (remove, changed) {
                (false, true) => format!("{login} is in role {role} now."),
                (false, false) => format!("{login} was in role {role} already."),
                (true, true) => format!("{login} is out of role {role}."),
                (true, false) => format!("{login} was not in role {role}."),
            });
        }
    }
    Ok(())
}

async fn grant(app: &App, to: &Grantee<'_>, name: &str, group: &str, key: Key) -> Result<(), AppError> {
    let new = app.operator().give_key(to, group, key).await?;
    let (word, already) = (key.word(), if new { "now" } else { "already" });
    say(format!("{name} holds {word} on {group} {already}."));
    Ok(())
}

async fn revoke(app: &App, from: &Grantee<'_>, name: &str, group: &str, key: Key) -> Result<(), AppError> {
    let (word, held) = (key.word(), app.operator().take_key(from, group, key).await?);
    say(match held {
        true => format!("{name} holds {word} on {group} no more."),
        false => format!("{name} did not hold {word} on {group}."),
    });
    Ok(())
}

async fn channel(app: &App, verb: ChannelVerb) -> Result<(), AppError> {
    match verb {
        ChannelVerb::Add { name, change } => {
            app.operator().add_channel(&name, &change.wanted(None)).await?;
            say(format!("Channel {name} is made."));
        }
        ChannelVerb::Set { name, rename, change } => {
            app.operator().change_channel(&name, &change.wanted(rename)).await?;
            say(format!("Channel {name} is changed."));
        }
        ChannelVerb::List => {
            for (channel, group) in app.channels_and_groups().await? {
                let said = [
                    (channel.is_default, "default"),
                    (channel.for_customer_users, "customers"),
                    (channel.for_public_users, "visitors"),
                    (!channel.valid, "invalid"),
                ];
                let said: Vec<_> = said.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect();
                let (name, target) = (channel.name, channel.reply_target_s);
                say(format!(
                    "{name:<24} group {group}, answer within {target} s, {}",
                    said.join(", ")
                ));
            }
        }
    }
    Ok(())
}

async fn queue(app: &App, verb: QueueVerb) -> Result<(), AppError> {
    match verb {
        QueueVerb::Add { name, group, channel } => {
            app.operator().add_queue(&name, &group, channel.as_deref()).await?;
            say(format!("Queue {name} is made."));
        }
        QueueVerb::List => {
            for (queue, group, channel) in app.queues_and_groups().await? {
                let channel = channel.map(|channel| format!(", chats go to {channel}"));
                let invalid = if queue.valid { "" } else { ", invalid" };
                let name = queue.name;
                say(format!(
                    "{name:<24} group {group}{}{invalid}",
                    channel.unwrap_or_default()
                ));
            }
        }
    }
    Ok(())
}

async fn retention(app: &App, verb: RetentionVerb) -> Result<(), AppError> {
    match verb {
        RetentionVerb::List => {
            for (retention, over) in app.retention().await? {
                let name = retention.name;
                say(match retention.days {
                    0 => format!("{name:<24} kept for ever"),
                    days => format!("{name:<24} kept for {days} days, {over} closed chats are older"),
                });
            }
        }
        RetentionVerb::Set { channel, days, dry_run } => {
            let over = app.operator().set_retention(&channel, days, dry_run).await?;
            let kept = match days {
                0 => "for ever".to_owned(),
                days => format!("for {days} days"),
            };
            say(match dry_run {
                true => format!("Kept {kept}, {over} closed chats of {channel} would be removed. Nothing is changed."),
                false => format!("Closed chats of {channel} are kept {kept}. {over} are older and go within an hour."),
            });
        }
    }
    Ok(())
}

impl Whom {
    fn external(&self) -> External<'_> {
        match (&self.customer, self.visitor_of, &self.writer_of) {
            (_, Some(chat), _) => External::VisitorOf(chat),
            (_, _, Some(ticket)) => External::WriterOf(ticket),
            (login, None, None) => External::Login(login.as_deref().unwrap_or_default()),
        }
    }
}

/// A line of JSON for who he is, and one for each conversation.
async fn export(app: &App, whom: &Whom, file: &Path) -> Result<(), AppError> {
    let person = app.external(&whom.external()).await?;
    let cannot = |error: std::io::Error| AppError::BadInput(format!("{} cannot be written: {error}", file.display()));
    // Never over a file that is there.
    let made = std::fs::File::create_new(file).map_err(cannot)?;
    let mut out = BufWriter::new(made);
    let (mut lines, mut failed, mut progress) = (0, Ok(()), Progress::of("writing"));
    app.export_person(person, |value| {
        if failed.is_ok() {
            failed = writeln!(out, "{value}");
            lines += 1;
            progress.at(lines, None);
        }
    })
    .await?;
    failed.and_then(|()| out.flush()).map_err(cannot)?;
    drop(progress);
    say(format!("{} conversations are in {}.", lines - 1, file.display()));
    Ok(())
}

async fn erase(app: &App, whom: &Whom, dry: bool) -> Result<(), AppError> {
    let person = app.external(&whom.external()).await?;
    let mut progress = Progress::of("removing");
    let told = |done: usize, all: usize| {
        progress.at(done, Some(all));
        if !progress.is_shown() && (done.is_multiple_of(100) || done == all) {
            say(format!("{done} of {all} conversations are removed."));
        }
    };
    let chats = app
        .operator()
        .erase_person(person, whom.visitor_of.map(ChatId), dry, told)
        .await?;
    drop(progress);
    if !dry {
        app.remove_idle_contents().await?;
    }
    say(match dry {
        true => format!("{chats} conversations would be removed. Nothing is changed."),
        false => "Erased. Backups keep what they hold until they are removed.".to_owned(),
    });
    Ok(())
}

impl Channel {
    fn wanted(self, rename: Option<String>) -> ChannelChange {
        let yes = |given: Option<YesNo>| given.map(|given| matches!(given, YesNo::Yes));
        ChannelChange {
            rename,
            group: self.group,
            for_customer_users: yes(self.customers),
            for_public_users: yes(self.visitors),
            reply_target_s: self.reply_target,
            valid: yes(self.valid),
            ..ChannelChange::default()
        }
    }
}

async fn snippet(app: &App, config: &Config, verb: SnippetVerb) -> Result<(), AppError> {
    match verb {
        SnippetVerb::Add {
            id,
            channel,
            title,
            sites,
        } => {
            app.operator().add_snippet(&id, &channel, &title, &sites).await?;
            let desk = match config.server.public_url.as_str() {
                "" => "https://YOUR-DESK",
                url => url,
            };
            say(format!(
                "Snippet {id} is made. Put this line into the pages of the sites:"
            ));
            say(format!("<script async src=\"{desk}/snippet/{id}.js\"></script>"));
        }
        SnippetVerb::Sites { id, sites } => {
            app.operator().set_snippet_sites(&id, &sites).await?;
            say(format!("Snippet {id} may be embedded by {} sites.", sites.len()));
        }
        SnippetVerb::List => {
            for (snippet, channel) in app.snippets().await? {
                let state = if snippet.valid { "" } else { " (invalid)" };
                let (id, title) = (snippet.public_id, snippet.title);
                say(format!("{id:<24} {title}, channel {channel}{state}"));
                snippet.sites.iter().for_each(|site| say(format!("    {site}")));
            }
        }
    }
    Ok(())
}

async fn settings_verb(app: &App, verb: SettingsVerb) -> Result<ExitCode, AppError> {
    let admin = app.operator();
    let read = |file: &Path| {
        let text = std::fs::read_to_string(file);
        text.map_err(|error| AppError::BadInput(format!("{} cannot be read: {error}", file.display())))
    };
    let (plan, applied) = match verb {
        SettingsVerb::Export => {
            say(admin.settings_text().await?.trim_end());
            return Ok(ExitCode::SUCCESS);
        }
        SettingsVerb::Reset { name } => {
            admin.set_setting(&name, None, None).await?;
            say(format!("{name} has its default again."));
            return Ok(ExitCode::SUCCESS);
        }
        SettingsVerb::Plan { file } => (admin.plan_settings(&read(&file)?).await?, false),
        SettingsVerb::Apply { file } => (admin.apply_settings(&read(&file)?).await?, true),
    };
    for change in &plan.changes {
        say(format!("{}: {} -> {}", change.name, change.old, change.new));
    }
    for problem in &plan.problems {
        complain(&format!("{problem}."));
    }
    if !plan.problems.is_empty() {
        complain("Nothing is changed.");
        return Ok(ExitCode::FAILURE);
    }
    let count = plan.changes.len();
    say(match (count, applied) {
        (0, _) => "Everything is as the file has it.".to_owned(),
        (_, true) => format!("{count} settings are changed."),
        (_, false) => format!("{count} settings would be changed. Nothing is changed."),
    });
    Ok(ExitCode::SUCCESS)
}

/// The newest page, in order.
async fn audit(app: &App) -> Result<(), AppError> {
    let page = app.operator().audit_page(&AuditAsked::default()).await?;
    if page.records.is_empty() {
        say("Nothing was administered yet.");
    }
    for record in page.records.iter().rev() {
        let at = jiff::Timestamp::from_millisecond(record.at).unwrap_or_default();
        let thing = record.name.as_ref().unwrap_or(&record.subject);
        let (old, new) = (record.old.as_deref(), record.new.as_deref());
        say(format!(
            "{} {} {}, {} {thing}: {} -> {}",
            record.n,
            at.strftime("%F %T UTC"),
            record.by_name,
            record.kind,
            old.unwrap_or("nothing"),
            new.unwrap_or("nothing")
        ));
    }
    Ok(())
}

async fn export_audit(app: &App, file: &Path) -> Result<(), AppError> {
    let cannot = |error: std::io::Error| AppError::BadInput(format!("{} cannot be written: {error}", file.display()));
    // Never over a file that is there.
    let mut out = BufWriter::new(std::fs::File::create_new(file).map_err(cannot)?);
    let (mut last, mut count, mut progress) = (0, 0, Progress::of("writing"));
    loop {
        let page = app.operator().audit_after(last).await?;
        let Some(newest) = page.last() else { break };
        last = newest.n;
        count += page.len();
        progress.at(count, None);
        for record in &page {
            let line = serde_json::to_string(record).map_err(|_| AppError::Unknown)?;
            writeln!(out, "{line}").map_err(cannot)?;
        }
    }
    out.flush().map_err(cannot)?;
    drop(progress);
    say(format!("{count} records are in {}.", file.display()));
    Ok(())
}

pub fn settings(now: &Settings) {
    for setting in Settings::TABLE {
        let (name, meaning) = (setting.name, setting.meaning);
        let value = now.get(name).unwrap_or_default();
        say(format!("{name} = {value}\n   {meaning}"));
        say(match setting.is {
            Is::Number { default, min, max } => format!("    default {default}, from {min} to {max}"),
            Is::Text { default, max } => format!("    default {default:?}, at most {max} characters"),
        });
    }
}

async fn verify(app: &App) -> Result<ExitCode, AppError> {
    let report = Progress::of("checking").while_running(app.verify()).await?;
    let (chats, entries, members) = (report.chats, report.entries, report.members);
    say(format!("{chats} chats, {entries} entries, {members} members checked."));
    for finding in &report.findings {
        say(format!("FOUND {}: {}", finding.what, finding.count));
    }
    if report.findings.is_empty() {
        say("Nothing is wrong.");
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}

/// A password made here, or the first line of standard input; never an argument, which others on the machine could read.
fn wanted(generate: bool) -> Result<String, AppError> {
    if generate {
        return Ok(app::generated());
    }
    let stdin = std::io::stdin();
    let mut line = String::new();
    let read = if stdin.is_terminal() {
        // Not shown while it is typed.
        rpassword::prompt_password("Password: ").map(|typed| line = typed)
    } else {
        stdin.lock().read_line(&mut line).map(drop)
    };
    if let Err(error) = read {
        complain(&format!("the password cannot be read: {error}"));
    }
    Ok(line.trim_end_matches(['\n', '\r']).to_owned())
}

/// Tells how somebody new gets in.
async fn tell(app: &App, kind: Kind, from: &PasswordFrom, new: &NewAccount) -> Result<(), AppError> {
    match &new.password {
        Some(password) if from.generate => say_password(password),
        Some(_) => {}
        None => invite(app, kind, &new.login).await?,
    }
    Ok(())
}

fn say_password(password: &str) {
    say(format!("Password, shown this once: {password}"));
}
