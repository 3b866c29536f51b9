//! Every statement prepares on the engines it is for, with the parameters it declares, and answers the same columns.

use crate::engines::Engine;
use proof::Lane;
use sqlx::postgres::PgTypeInfo;
use sqlx::{AssertSqlSafe, Column, Either, Executor, PgConnection, SqliteConnection, Statement as _, Type, TypeInfo};
use sqlx::{Connection, Postgres, SqlSafeStr};
use std::collections::BTreeMap;
use store::sql::{self, P};
use store::{Db, sql::Engine as Only};

/// A statement as it is prepared: its name, text and parameters.
struct Text {
    name: String,
    sql: String,
    params: Vec<P>,
    only: Option<Only>,
}

fn texts() -> Vec<Text> {
    let fixed = sql::ALL.iter().map(|it| Text {
        name: it.name.into(),
        sql: it.sql.into(),
        params: it.params.into(),
        only: it.only,
    });
    let built = sql::BUILDERS.iter().flat_map(|it| {
        [1, 2, 256].map(|n| Text {
            name: format!("{}({n})", it.name),
            sql: (it.build)(n),
            params: it.row.repeat(n),
            only: None,
        })
    });
    fixed.chain(built).collect()
}

/// Column names with their kinds, `None` where the engine does not tell.
type Columns = Vec<(String, Option<P>)>;

#[tokio::test]
async fn every_statement_prepares_on_its_engines_and_answers_the_same_columns() {
    let lane = Lane::part("store", "every statement prepares");
    let sqlite = prepared_by_sqlite(&lane).await;
    let Some(postgres) = prepared_by_postgres(&lane).await else {
        return lane.skip("no PostgreSQL");
    };
    for (name, columns) in &sqlite {
        let Some(others) = postgres.get(name) else { continue };
        if !same(columns, others) {
            lane.violation(format!("{name}: SQLite answers {columns:?}, PostgreSQL {others:?}"));
        }
    }
    lane.figure("statements", texts().len());
    lane.finish();
}

async fn prepared_by_sqlite(lane: &Lane) -> BTreeMap<String, Columns> {
    let database = Engine::Sqlite.database().await.expect("always there");
    Db::open(&database.url).await.expect("opens").close().await;
    let mut connection = SqliteConnection::connect(&database.url).await.expect("connects");
    let mut columns = BTreeMap::new();
    for text in texts() {
        let tried = (&mut connection)
            .prepare_with(AssertSqlSafe(text.sql.clone()).into_sql_str(), &[])
            .await;
        lane.case();
        match (tried, text.only) {
            (Ok(_), Some(Only::Postgres)) => lane.violation(format!("{}: marked @Postgres without need", text.name)),
            (Err(_), Some(Only::Postgres)) => {}
            (Err(error), _) => lane.violation(format!("{} on SQLite: {error}", text.name)),
            (Ok(statement), _) => {
                if !matches!(statement.parameters(), Some(Either::Right(n)) if n == text.params.len()) {
                    lane.violation(format!(
                        "{} takes not {} parameters on SQLite",
                        text.name,
                        text.params.len()
                    ));
                }
                let kind = |name: &str| match name {
                    "INTEGER" => Some(P::Int),
                    "TEXT" => Some(P::Text),
                    // UUIDs are bytes there.
                    "BLOB" => Some(P::Bytes),
                    _ => None,
                };
                let all = statement
                    .columns()
                    .iter()
                    .map(|it| (it.name().to_owned(), kind(it.type_info().name())));
                columns.insert(text.name, all.collect());
            }
        }
    }
    columns
}

async fn prepared_by_postgres(lane: &Lane) -> Option<BTreeMap<String, Columns>> {
    let database = Engine::Postgres.database().await?;
    let mut connection = PgConnection::connect(&database.url).await.expect("connects");
    let mut columns = BTreeMap::new();
    for text in texts() {
        let declared: Vec<_> = text.params.iter().map(|param| declared(*param)).collect();
        let tried = (&mut connection)
            .prepare_with(AssertSqlSafe(text.sql.clone()).into_sql_str(), &declared)
            .await;
        lane.case();
        match (tried, text.only) {
            (Ok(_), Some(Only::Sqlite)) => lane.violation(format!("{}: marked @Sqlite without need", text.name)),
            (Err(_), Some(Only::Sqlite)) => {}
            (Err(error), _) => lane.violation(format!("{} on PostgreSQL: {error}", text.name)),
            (Ok(statement), _) => {
                if !matches!(statement.parameters(), Some(Either::Left(types)) if types == declared) {
                    lane.violation(format!(
                        "{} takes {:?} on PostgreSQL",
                        text.name,
                        statement.parameters()
                    ));
                }
                let kind = |name: &str| match name {
                    "INT8" => P::Int,
                    "TEXT" => P::Text,
                    "UUID" => P::Uuid,
                    "BYTEA" => P::Bytes,
                    other => {
                        lane.violation(format!(
                            "{} answers {other} on PostgreSQL, which no row expects",
                            text.name
                        ));
                        P::Bytes
                    }
                };
                let all = statement
                    .columns()
                    .iter()
                    .map(|it| (it.name().to_owned(), Some(kind(it.type_info().name()))));
                columns.insert(text.name.clone(), all.collect());
            }
        }
    }
    Some(columns)
}

fn declared(param: P) -> PgTypeInfo {
    match param {
        P::Uuid => <uuid::Uuid as Type<Postgres>>::type_info(),
        P::Int => <i64 as Type<Postgres>>::type_info(),
        P::Text => <String as Type<Postgres>>::type_info(),
        P::Bytes => <Vec<u8> as Type<Postgres>>::type_info(),
    }
}

fn same(sqlite: &Columns, postgres: &Columns) -> bool {
    let same_kind = |a: Option<P>, b: Option<P>| match (a, b) {
        (Some(P::Bytes), Some(P::Uuid)) | (None, _) => true,
        (a, b) => a == b,
    };
    // An expression alone needs no name: it is read by its place.
    let same_name = |a: &str, b: &str| a == b || sqlite.len() == 1 && a.contains('(');
    sqlite.len() == postgres.len()
        && sqlite
            .iter()
            .zip(postgres)
            .all(|(a, b)| same_name(&a.0, &b.0) && same_kind(a.1, b.1))
}
