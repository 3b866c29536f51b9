//! SQL stands in `sql.rs` and in the migrations, and nowhere else.

use proof::Lane;
use proof::folder::workspace_root;
use std::fs;
use std::path::{Path, PathBuf};

/// How SQL begins. Statements are written in capitals here, so that words of a sentence are none.
const BEGINNINGS: &[&str] = &[
    "SELECT",
    "INSERT",
    "UPDATE",
    "DELETE",
    "WITH",
    "PRAGMA",
    "CREATE",
    "ALTER",
    "DROP",
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "SAVEPOINT",
    "RELEASE",
    "VACUUM",
    "EXPLAIN",
    "LISTEN",
    "NOTIFY",
    "LOCK",
    "TRUNCATE",
];

/// A word of the driver's, not a statement prepared by us.
const ALLOWED: &[&str] = &["BEGIN IMMEDIATE"];

#[test]
fn sql_stands_nowhere_else() {
    let lane = Lane::part("store", "sql stands nowhere else");
    let root = workspace_root();
    let mut files = Vec::new();
    for folder in ["crates/store/src", "crates/server/src"] {
        sources(&root.join(folder), &mut files);
    }
    for file in files.iter().filter(|file| !file.ends_with("crates/store/src/sql.rs")) {
        let text = fs::read_to_string(file).expect("readable");
        for found in strays(&text) {
            lane.violation(format!(
                "{}: {found}",
                file.strip_prefix(&root).unwrap_or(file).display()
            ));
        }
        lane.case();
    }
    assert!(files.len() > 5, "the sources are where they were");
    lane.finish();
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// SQL in string literals, and queries made from a literal.
fn strays(source: &str) -> Vec<String> {
    let (code, literals) = split(source);
    let mut strays: Vec<String> = literals.into_iter().filter(|literal| is_sql(literal)).collect();
    let dense: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    for (at, _) in dense.match_indices("sqlx::") {
        let call: String = dense[at..]
            .chars()
            .take_while(|c| c.is_alphanumeric() || "_:".contains(*c))
            .collect();
        let argument = dense[at + call.len()..]
            .trim_start_matches(|c| c != '(' && c != '"')
            .trim_start_matches('(');
        let of_query = call.starts_with("sqlx::query") || call.starts_with("sqlx::raw_sql");
        if of_query
            && (argument.starts_with('"') || argument.starts_with("&format!") || argument.starts_with("format!"))
        {
            strays.push(format!("{call}(\"…\")"));
        }
    }
    strays
}

fn is_sql(literal: &str) -> bool {
    let text = literal.trim_start();
    let first: String = text.chars().take_while(char::is_ascii_alphabetic).collect();
    let more = text[first.len()..].starts_with([' ', '\n', '\\']);
    BEGINNINGS.contains(&first.as_str()) && more && !ALLOWED.contains(&text)
}

/// Code with every literal as `""`, and the literals; comments are left out.
fn split(source: &str) -> (String, Vec<String>) {
    let (mut code, mut literals) = (String::new(), Vec::new());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let raw = raw_literal(rest);
        if rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        } else if rest.starts_with("/*") {
            rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
        } else if let Some((literal, after)) = raw {
            literals.push(literal.to_owned());
            code.push_str("\"\"");
            rest = after;
        } else if c == '"' {
            let end = end_of_literal(&rest[1..]);
            literals.push(rest[1..=end].to_owned());
            code.push_str("\"\"");
            rest = rest.get(end + 2..).unwrap_or("");
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\\"'") {
            rest = &rest[rest[1..].find("'").map_or(1, |end| end + 2)..];
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    (code, literals)
}

/// The index of the closing quote, or the end.
fn end_of_literal(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' if !escaped => return at,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}

/// `r"…"`, `r#"…"#` and the like: what stands in it, and what follows.
fn raw_literal(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('r')?;
    let hashes = inside.len() - inside.trim_start_matches('#').len();
    let inside = inside[hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    let end = inside.find(&close)?;
    Some((&inside[..end], &inside[end + close.len()..]))
}

#[test]
fn the_scan_finds_sql_and_leaves_sentences_alone() {
    for stray in [
        r#"sqlx::query("SELECT 1")"#,
        r##"let text = r#"INSERT INTO chat VALUES (1)"#;"##,
        "let text = \"\n    UPDATE chat SET head = 1\";",
        r#"sqlx::query_scalar::<_, i64>("select 1")"#,
        r#"sqlx::query(&format!("{a} {b}"))"#,
        r#"let a = '"'; let b = "PRAGMA synchronous = OFF";"#,
        r#"let a = "it says \""; let b = "DELETE FROM entry";"#,
    ] {
        assert!(!strays(stray).is_empty(), "{stray}");
    }
    for fine in [
        r#"// sqlx::query("SELECT 1")"#,
        r#"/* "SELECT 1" */ let a = 'x';"#,
        r#"let a = "WITHOUT a doubt"; let b = "Select a channel"; let c = "UPDATE";"#,
        r#"sqlx::query(sql::CHAT).bind("SELECTED")"#,
        r#"pool.begin_with("BEGIN IMMEDIATE")"#,
        r#"sqlx::query_as(AssertSqlSafe(sql::known(n)))"#,
    ] {
        assert_eq!(strays(fine), [""; 0], "{fine}");
    }
}
