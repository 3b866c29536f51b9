//! The program as a program: the real binary on a port of its own, a temporary folder, real HTTP and real sockets, on both
//! databases.
//!
//! - [`desk`]: a running installation with the cast of `domain::cast`, on SQLite or PostgreSQL.
//! - [`client`]: one person over HTTP.
//! - [`live`]: one live connection, and what it knows of the chats it watches.
//! - [`chance`]: choices by a seed.
//! - [`accounts`]: who gets in, what an administrator does, and what the door refuses.
//! - [`administration`]: what administrators change, and what the log of it says.
//! - [`archive`]: what closed chats are found by, and by whom.
//! - [`backup`]: what was backed up comes back as it was, in either engine.
//! - [`upgrade`]: states of earlier days open with the present program.
//! - [`chats`]: stories of people who talk to each other.
//! - [`everybody`]: who asks whom, and who is asked in.
//! - [`events`]: an old snapshot and the events since make a fresh snapshot.
//! - [`files`]: files in chats, whatever is sent and whatever fails.
//! - [`cluster`]: two nodes on one database are one desk, whatever is taken from them.
//! - [`crash`]: killed again and again while many talk, it loses nothing it acknowledged.
//! - [`doctor`]: what the doctor says of a proxy that does one thing wrong.
//! - [`encryption`]: TLS by the service itself.
//! - [`headers`]: every route has the headers and cookies that keep browsers in bounds.
//! - [`identity`]: visitors whom the pages they come from prove to be who they are.
//! - [`install`]: from the archive to the first chat.
//! - [`operation`]: figures, health, logs, the configuration.
//! - [`setup`]: the first agent, by the code that was printed at the start.
//! - [`schema`]: whatever the description of the API allows is answered as it says.
//! - [`mail`]: what goes out by e-mail, and what becomes of it.
//! - [`foreign`]: the ticket system is somebody else's, and fails in every way.
//! - [`permissions`]: everybody tries everything, and may do what the rules say.
//! - [`presence`]: what others see of a person, whatever his browsers do.
//! - [`races`]: many at once; and rights withdrawn while messages flow.
//! - [`requests_live`]: whatever people did, every agent's request list is what follows from the chats.

mod accounts;
mod administration;
mod archive;
mod backup;
mod chance;
mod chats;
mod client;
mod cluster;
mod crash;
mod desk;
mod doctor;
mod encryption;
mod events;
mod everybody;
mod files;
mod foreign;
mod headers;
mod identity;
mod install;
mod live;
mod mail;
mod manual;
mod operation;
mod permissions;
mod presence;
mod races;
mod requests_live;
mod schema;
mod settings;
mod setup;
mod tickets;
mod transcripts;
mod upgrade;
