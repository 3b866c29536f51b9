//! The command line: the service, and what an administrator changes beside it.

mod backup;
mod doctor;
mod host;
mod manual;
mod names;
mod progress;
mod say;
mod serve;
mod verbs;

use crate::app::{App, AppError};
use crate::config::{self, Config, Flags, ServeFlags};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use say::{complain, say};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Self-hosted live chat for help desks
#[derive(Parser)]
#[command(name = "deskbell", version, max_term_width = 100, after_long_help = manual::EXIT_CODES)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    flags: Flags,
}

#[derive(Subcommand)]
enum Command {
    /// Run the service
    Serve {
        /// Load made-up people and channels, and show the chat on a page of a made-up ferry company; this machine only
        #[arg(long)]
        demo: bool,
        #[command(flatten)]
        flags: ServeFlags,
    },
    /// Agents
    #[command(subcommand)]
    Agent(AgentVerb),
    /// Customer users
    #[command(subcommand)]
    Customer(CustomerVerb),
    /// Roles: keys on groups that several agents hold
    #[command(subcommand)]
    Role(RoleVerb),
    /// Give an agent a key on a group
    Grant {
        login: String,
        group: String,
        key: names::KeyName,
    },
    /// Ask a second factor of all agents who hold a key on a group, or not any more
    SecondFactor {
        group: String,
        #[arg(value_name = "YES|NO")]
        required: YesNo,
    },
    /// Take a key on a group from an agent
    Revoke {
        login: String,
        group: String,
        key: names::KeyName,
    },
    /// Chat channels
    #[command(subcommand)]
    Channel(ChannelVerb),
    /// Queues: the boxes tickets lie in
    #[command(subcommand)]
    Queue(QueueVerb),
    /// Snippets: what web pages embed
    #[command(subcommand)]
    Snippet(SnippetVerb),
    /// How long closed chats are kept, per channel; a running service removes the others within an hour
    #[command(subcommand)]
    Retention(RetentionVerb),
    /// Write everything kept of a customer user, or of a visitor, to a new file (JSON): what he may read himself
    Export {
        #[command(flatten)]
        whom: Whom,
        file: PathBuf,
    },
    /// Erase a customer user, or a visitor, with all his conversations; cannot be undone. Tickets stay, without his account
    Erase {
        #[command(flatten)]
        whom: Whom,
        /// Only say how many conversations would go
        #[arg(long)]
        dry_run: bool,
    },
    /// Change a setting; a running service takes it over within a second
    Set { name: String, value: String },
    /// Settings: print them with meaning, default and bounds, keep them as a file, compare and apply one
    Settings {
        #[command(subcommand)]
        verb: Option<SettingsVerb>,
    },
    /// Print what was administered, by whom, before and after; the newest last
    Audit {
        /// Write all of it to a new file instead, a line of JSON for each record, with the hashes that chain them
        #[arg(long)]
        export: Option<PathBuf>,
    },
    /// Check everything stored; fails if something is found
    Verify,
    /// Write all that is kept to a file, beside a running service: tables, and files by their content
    Backup {
        /// A new file, or a folder to put one into
        to: PathBuf,
        /// Leave the contents of files out: they are kept in another way
        #[arg(long)]
        without_files: bool,
    },
    /// Put a backup into an empty place: a new SQLite file, or an empty PostgreSQL database, whichever it was made of
    Restore(backup::Restore),
    /// Bring the database to the schema of this program, with a snapshot of before; `serve` does so, too
    Upgrade {
        /// Only say what would change, and try it on a copy
        #[arg(long)]
        check: bool,
    },
    /// The ticket system of others that the configuration names
    #[command(subcommand)]
    Desk(DeskVerb),
    /// The mail server that the configuration names
    #[command(subcommand)]
    Mail(MailVerb),
    /// Look at the running installation from outside and inside, and say what to do about what is not well; fails if something is not
    Doctor {
        #[command(flatten)]
        asked: doctor::Asked,
        #[command(flatten)]
        flags: ServeFlags,
    },
    /// Print the completions of a shell
    Completions { shell: Shell },
    /// Write the manual pages to a folder
    Man { folder: PathBuf },
    /// Print the description of the HTTP API (OpenAPI)
    Openapi,
    /// Print a configuration file with all defaults explained
    Config {
        /// Instead, say whether the configuration as `serve` would have it is sound; fails if it is not
        #[arg(long)]
        check: bool,
        #[command(flatten)]
        flags: ServeFlags,
    },
}

#[derive(Subcommand)]
enum AgentVerb {
    /// Make an agent; the password is asked for, or made with --generate
    Add {
        login: String,
        name: String,
        #[arg(long)]
        email: Option<String>,
        #[command(flatten)]
        password: PasswordFrom,
    },
    /// End an agent's account and sessions at once; nothing he wrote is lost
    Deactivate { login: String },
    /// Give back what `deactivate` took
    Activate { login: String },
    /// Set a password; ends the agent's sessions
    Password {
        login: String,
        /// Make a password and print it once, instead of reading one from standard input
        #[arg(long)]
        generate: bool,
    },
    /// Print a link by which an agent chooses a password; the one printed before opens nothing any more
    Invite { login: String },
    /// Take the second factor of somebody who lost it; ends his sessions
    RemoveSecondFactor { login: String },
    /// List the agents
    List,
}

#[derive(Subcommand)]
enum CustomerVerb {
    /// Make a customer user; his company is made if it is new
    Add {
        login: String,
        name: String,
        #[arg(long)]
        company: Option<String>,
        #[arg(long)]
        email: Option<String>,
        #[command(flatten)]
        password: PasswordFrom,
    },
    /// End a customer user's account and sessions at once
    Deactivate { login: String },
    /// Give back what `deactivate` took
    Activate { login: String },
    /// Set a password; ends the customer user's sessions
    Password {
        login: String,
        /// Make a password and print it once, instead of reading one from standard input
        #[arg(long)]
        generate: bool,
    },
    /// Print a link by which a customer user chooses a password; the one printed before opens nothing any more
    Invite { login: String },
    /// Take the second factor of somebody who lost it; ends his sessions
    RemoveSecondFactor { login: String },
    /// List the customer users
    List,
}

#[derive(Args)]
struct PasswordFrom {
    /// Make a password and print it once, instead of reading one from standard input
    #[arg(long, conflicts_with = "invite")]
    generate: bool,
    /// Make none, and print a link by which it is chosen
    #[arg(long)]
    invite: bool,
}

#[derive(Subcommand)]
enum RoleVerb {
    /// Make a role
    Add { name: String },
    /// Give a role a key on a group, made if it is new
    Grant {
        role: String,
        group: String,
        key: names::KeyName,
    },
    /// Take a key on a group from a role
    Revoke {
        role: String,
        group: String,
        key: names::KeyName,
    },
    /// Put an agent into a role, or take him out with --remove
    Member {
        role: String,
        login: String,
        #[arg(long)]
        remove: bool,
    },
}

#[derive(Subcommand)]
enum ChannelVerb {
    /// Make a channel
    Add {
        name: String,
        #[command(flatten)]
        change: Channel,
    },
    /// Change a channel
    Set {
        name: String,
        /// A new name
        #[arg(long)]
        rename: Option<String>,
        #[command(flatten)]
        change: Channel,
    },
    /// List the channels
    List,
}

#[derive(Subcommand)]
enum QueueVerb {
    /// Make a queue
    Add {
        name: String,
        /// The group that decides who may do what with its tickets
        #[arg(long, default_value = "users")]
        group: String,
        /// The channel that chats about its tickets go to
        #[arg(long)]
        channel: Option<String>,
    },
    /// List the queues
    List,
}

#[derive(Args)]
struct Channel {
    /// The group that decides who may do what in it
    #[arg(long)]
    group: Option<String>,
    /// Available to customer users
    #[arg(long, value_name = "YES|NO")]
    customers: Option<YesNo>,
    /// Available to public users
    #[arg(long, value_name = "YES|NO")]
    visitors: Option<YesNo>,
    /// Seconds within which a request should be answered
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..=86_400))]
    reply_target: Option<u32>,
    /// Takes new chats
    #[arg(long, value_name = "YES|NO")]
    valid: Option<YesNo>,
}

#[derive(Clone, Copy, ValueEnum)]
enum YesNo {
    Yes,
    No,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct Whom {
    /// A customer user, by his login
    #[arg(long, value_name = "LOGIN")]
    customer: Option<String>,
    /// The visitor of this chat, by its id as it stands in the address of the archived chat
    #[arg(long, value_name = "CHAT")]
    visitor_of: Option<uuid::Uuid>,
    /// The visitor whose words are in this ticket, by its number: he left a message, or his chat is there no more
    #[arg(long, value_name = "TICKET")]
    writer_of: Option<String>,
}

#[derive(Subcommand)]
enum SettingsVerb {
    /// Print all settings as a text to be kept and applied (TOML)
    Export,
    /// Say what a file of settings would change; changes nothing
    Plan { file: PathBuf },
    /// Change what a file of settings names, all of it or nothing
    Apply { file: PathBuf },
    /// Give a setting its default again
    Reset { name: String },
}

#[derive(Subcommand)]
enum RetentionVerb {
    /// List the channels with their retention, and how many chats are over it now; changes nothing
    List,
    /// Set for how many days a channel's closed chats are kept, 0 for ever
    Set {
        channel: String,
        days: i64,
        /// Only say how many chats would be removed
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Subcommand)]
enum SnippetVerb {
    /// Make a snippet and print the line to embed
    Add {
        /// Public id, of a-z, 0-9 and -
        id: String,
        /// The channel its chats go to
        channel: String,
        /// What the panel is headed with
        title: String,
        /// Origins that may embed it, e.g. https://www.example.org
        sites: Vec<String>,
    },
    /// Replace the origins that may embed a snippet
    Sites { id: String, sites: Vec<String> },
    /// List the snippets
    List,
}

#[derive(Subcommand)]
enum MailVerb {
    /// Send a letter there by it
    Test { address: String },
}

#[derive(Subcommand)]
enum DeskVerb {
    /// Sign in there, and say what of it agents reach; changes nothing
    Test,
    /// List what the ticket system does not have yet, and why
    Waiting,
}

/// Runs a command to its end. What it says goes to standard output, why it failed to standard error.
pub fn run(cli: Cli) -> ExitCode {
    if matches!(cli.command, Command::Backup { .. } | Command::Upgrade { check: true }) {
        // Before there are other threads, which take it over.
        backup::yield_to_others();
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = match runtime {
        Ok(runtime) => runtime.block_on(dispatch(cli)),
        Err(error) => Err(format!("the program cannot start its threads: {error}")),
    };
    match done {
        Ok(code) => code,
        Err(why) => {
            complain(&why);
            ExitCode::FAILURE
        }
    }
}

async fn dispatch(cli: Cli) -> Result<ExitCode, String> {
    let Cli { command, flags } = cli;
    backup::outlive_size_limits();
    match command {
        Command::Serve { demo, flags: of_serve } => {
            serve::run(Config::read(&flags, Some(&of_serve))?, demo).await?;
        }
        Command::Doctor { asked, flags: of_serve } => {
            let mut config = Config::read(&flags, Some(&of_serve))?;
            config.listening_on_its_port();
            return Ok(match doctor::run(&config, &asked).await? {
                true => ExitCode::SUCCESS,
                false => ExitCode::FAILURE,
            });
        }
        Command::Completions { shell } => manual::completions(shell),
        Command::Man { folder } => manual::pages(&folder)?,
        Command::Openapi => say(crate::http::openapi::text()),
        Command::Config { check: false, .. } => say(Config::annotated().trim_end()),
        Command::Config {
            check: true,
            flags: of_serve,
        } => check(&flags, &of_serve)?,
        Command::Desk(DeskVerb::Test) => say(crate::app::test_desk(&Config::read(&flags, None)?.desk).await?),
        Command::Mail(MailVerb::Test { address }) => {
            say(crate::app::test_mail(&Config::read(&flags, None)?.mail, &address).await?);
        }
        Command::Backup { to, without_files } => {
            return backup::make(&Config::read(&flags, None)?, &to, !without_files).await;
        }
        Command::Restore(restore) => return backup::restore(&Config::read(&flags, None)?, restore).await,
        Command::Upgrade { check } => return backup::upgrade(&Config::read(&flags, None)?, check).await,
        Command::Settings { verb: None } if flags == Flags::default() && !Config::default().has_database() => {
            verbs::settings(&domain::Settings::default());
        }
        command => {
            let config = Config::read(&flags, None)?;
            if !config.has_database() {
                let why = "Start `deskbell serve` first, or say where it is with --database or --data-dir.";
                return Err(format!("there is no database {}. {why}", config.database()));
            }
            let app = open(&config).await?;
            app.take_mailer(None, &config.address());
            if matches!(command, Command::Verify | Command::Erase { .. }) {
                app.keep_files(&config.files, &config.data.dir)?;
            }
            let done = verbs::run(&app, &config, command).await;
            app.close().await;
            return done.map_err(|error| sentence(&error));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Everything that can be said without starting, and without asking anybody.
fn check(flags: &Flags, of_serve: &ServeFlags) -> Result<(), String> {
    let config = Config::read(flags, Some(of_serve))?;
    crate::app::check_config(&config)?;
    crate::tls::Source::of(&config)?;
    config::odd_variables(std::env::vars_os().map(|(name, _)| name))
        .iter()
        .for_each(|odd| complain(odd));
    say("The configuration is sound.");
    Ok(())
}

/// With a snapshot first, where the schema changes.
async fn open(config: &Config) -> Result<Arc<App>, String> {
    backup::before_migration(config).await?;
    let opened = App::open(&config.database()).await;
    opened.map_err(|error| format!("the database cannot be opened: {error}"))
}

/// An error as the command line tells it.
fn sentence(error: &AppError) -> String {
    match error {
        AppError::BadInput(why) => why.clone(),
        AppError::Refused(_) | AppError::UnfitPassword => error.problem().say,
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_commands_are_well_formed() {
        super::Cli::command().debug_assert();
    }
}
