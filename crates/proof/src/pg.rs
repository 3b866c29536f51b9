//! A PostgreSQL database of its own for every test, copied from one migrated template.

use anyhow::{Context, Result};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection};
use std::thread;

/// The server the tests use: `DESKBELL_TEST_PG`, a `postgres://` address whose user may create databases. `proof-pg run`
/// sets it.
///
/// Without it the PostgreSQL side of a test is skipped aloud (`None`); in CI it is an error, and this panics.
pub fn url() -> Option<String> {
    let url = std::env::var("DESKBELL_TEST_PG").ok().filter(|url| !url.is_empty());
    if url.is_none() {
        let how =
            "DESKBELL_TEST_PG is not set; `make test` sets it, or `cargo run -p proof --bin proof-pg -- run -- …`";
        assert!(!crate::in_ci(), "the PostgreSQL lane cannot run: {how}");
        eprintln!("\n  PostgreSQL lane SKIPPED: {how}\n");
    }
    url
}

/// A database of one test, dropped with this value.
#[derive(Debug)]
pub struct Database {
    url: String,
    name: String,
    server: String,
}

impl Database {
    /// The address of the database, with user and password.
    pub fn url(&self) -> &str {
        &self.url
    }
}

/// A fresh database, migrated; `None` when there is no server (see [`url`]).
///
/// `key` stands for the schema, best a hash of the migrations: for each key, `migrate` is called once for each server,
/// however many processes ask at the same time, and every database is a copy of what it made. It gets the address of
/// an empty database and must close its connections. Panics when the server refuses.
pub async fn database<M, E>(key: &str, migrate: M) -> Option<Database>
where
    M: AsyncFnOnce(&str) -> Result<(), E>,
    E: Into<anyhow::Error>,
{
    let server = url()?;
    let made = async {
        let mut admin = PgConnection::connect(&server).await?;
        let template = template(&mut admin, &server, key, migrate)
            .await
            .context("making the template database")?;
        let name = format!("deskbell_test_{}", uuid::Uuid::now_v7().simple());
        execute(&mut admin, format!("CREATE DATABASE {name} TEMPLATE {template}")).await?;
        admin.close().await?;
        Ok(Database {
            url: with_database(&server, &name),
            name,
            server: server.clone(),
        })
    };
    let made: Result<Database> = made.await;
    Some(made.unwrap_or_else(|e| panic!("no database for this test: {e:#}")))
}

/// The name of the migrated template for `key`, made if this is the first to ask.
///
/// On a server that lives longer than a test run the template stays, and the next run starts from it.
async fn template<M, E>(admin: &mut PgConnection, server: &str, key: &str, migrate: M) -> Result<String>
where
    M: AsyncFnOnce(&str) -> Result<(), E>,
    E: Into<anyhow::Error>,
{
    let name = format!("deskbell_template_{}", identifier(key));
    sqlx::query("SELECT pg_advisory_lock(hashtext($1))")
        .bind(&name)
        .execute(&mut *admin)
        .await?;
    let marked: Option<bool> = sqlx::query_scalar("SELECT datistemplate FROM pg_database WHERE datname = $1")
        .bind(&name)
        .fetch_optional(&mut *admin)
        .await?;
    // Only a finished template is marked as one: what a killed process left half migrated is made anew.
    if marked != Some(true) {
        execute(admin, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
        execute(
            admin,
            format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"),
        )
        .await?;
        migrate(&with_database(server, &name))
            .await
            .map_err(Into::into)
            .context("migrating")?;
        execute(
            admin,
            format!("ALTER DATABASE {name} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false"),
        )
        .await?;
        sqlx::query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1")
            .bind(&name)
            .execute(&mut *admin)
            .await?;
    }
    sqlx::query("SELECT pg_advisory_unlock(hashtext($1))")
        .bind(&name)
        .execute(&mut *admin)
        .await?;
    Ok(name)
}

impl Drop for Database {
    /// Best effort, and in a thread of its own: a test drops its database inside a runtime that must not be blocked on.
    fn drop(&mut self) {
        let (name, server) = (self.name.clone(), self.server.clone());
        let dropping = thread::spawn(move || -> Result<()> {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let mut admin = PgConnection::connect(&server).await?;
                execute(&mut admin, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await
            })
        });
        if let Ok(Err(e)) = dropping.join() {
            eprintln!("database {} is left behind: {e:#}", self.name);
        }
    }
}

/// Names of databases cannot be bound as parameters; all that come here are made of [`identifier`] characters.
async fn execute(connection: &mut PgConnection, sql: String) -> Result<()> {
    sqlx::raw_sql(AssertSqlSafe(sql.clone()))
        .execute(connection)
        .await
        .with_context(|| sql)?;
    Ok(())
}

/// At most 40 characters, because PostgreSQL cuts names at 63 bytes without a word.
fn identifier(key: &str) -> String {
    key.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '_'
            }
        })
        .take(40)
        .collect()
}

/// The same server's address with another database.
fn with_database(server: &str, name: &str) -> String {
    let (address, parameters) = server.split_once('?').map_or((server, ""), |(a, p)| (a, p));
    let host_at = address.find("://").map_or(0, |at| at + 3);
    let end = address[host_at..].find('/').map_or(address.len(), |at| host_at + at);
    let question = if parameters.is_empty() { "" } else { "?" };
    format!("{}/{name}{question}{parameters}", &address[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_database_in_the_address_changes() {
        let changed = |url| with_database(url, "chat");
        assert_eq!(
            changed("postgres://nina:pw@db:5432/postgres"),
            "postgres://nina:pw@db:5432/chat"
        );
        assert_eq!(changed("postgres://db"), "postgres://db/chat");
        assert_eq!(
            changed("postgres://db/x?sslmode=disable"),
            "postgres://db/chat?sslmode=disable"
        );
    }

    #[tokio::test]
    async fn every_test_has_its_own_copy_of_one_template() {
        let lane = crate::Lane::part("proof", "every test has its own copy of one template");
        let key = uuid::Uuid::now_v7().to_string();
        let mut migrations = 0;
        let mut databases = Vec::new();
        for _ in 0..3 {
            let made = database(&key, async |url: &str| -> Result<()> {
                migrations += 1;
                let mut connection = PgConnection::connect(url).await?;
                execute(&mut connection, "CREATE TABLE chat (id bigint)".to_owned()).await
            });
            let Some(database) = made.await else {
                return lane.skip("no PostgreSQL");
            };
            let mut connection = PgConnection::connect(database.url()).await.unwrap();
            let rows = sqlx::query("INSERT INTO chat VALUES (1)")
                .execute(&mut connection)
                .await
                .unwrap();
            assert_eq!(rows.rows_affected(), 1);
            let count: i64 = sqlx::query_scalar("SELECT count(*) FROM chat")
                .fetch_one(&mut connection)
                .await
                .unwrap();
            assert_eq!(count, 1, "nobody else writes here");
            databases.push(database);
            lane.case();
        }
        assert_eq!(migrations, 1);
        let names: Vec<String> = databases.iter().map(|database| database.name.clone()).collect();
        drop(databases);
        let mut admin = PgConnection::connect(&url().unwrap()).await.unwrap();
        let left: i64 = sqlx::query_scalar("SELECT count(*) FROM pg_database WHERE datname = ANY($1)")
            .bind(&names)
            .fetch_one(&mut admin)
            .await
            .unwrap();
        assert_eq!(left, 0, "dropped with their tests");
        let template = format!("deskbell_template_{}", identifier(&key));
        execute(&mut admin, format!("ALTER DATABASE {template} WITH IS_TEMPLATE false"))
            .await
            .unwrap();
        execute(&mut admin, format!("DROP DATABASE {template}")).await.unwrap();
        lane.finish();
    }
}
