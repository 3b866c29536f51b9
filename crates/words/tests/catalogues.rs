//! The catalogues, as the server reads them.

use proof::folder::workspace_root;
use std::fs;
use std::path::{Path, PathBuf};
use words::Words;

#[test]
fn every_message_the_server_says_is_in_every_language() {
    let said: Vec<String> = sources().iter().flat_map(|file| said_in(&read(file))).collect();
    assert!(said.len() > 30, "only {} calls of say() were found", said.len());
    for language in Words::languages() {
        let words = Words::of(language);
        let missing: Vec<_> = said.iter().filter(|id| !words.has(id)).collect();
        assert!(missing.is_empty(), "{language} does not say {missing:?}");
    }
}

#[test]
fn a_catalogue_is_read_without_a_line_being_dropped() {
    for language in Words::languages() {
        let text = read(&workspace_root().join(format!("locales/{language}.ftl")));
        let begins = |line: &&str| line.starts_with(|c: char| c.is_ascii_alphabetic());
        let ids: Vec<_> = text
            .lines()
            .filter(begins)
            .filter_map(|line| line.split_once(" ="))
            .collect();
        assert!(ids.len() > 300);
        for (id, _) in ids {
            assert!(Words::of(language).has(id), "{language}: {id}");
        }
    }
}

#[test]
fn what_people_typed_is_put_in_as_it_is() {
    let name = "{ $name } \u{2066}*[x] \"{1}\"";
    let said = Words::of("en").say("transcript-title", &[("channel", name.into())]);
    assert_eq!(said, format!("Chat in {name}"));
}

#[test]
fn a_number_chooses_its_plural_and_a_hole_shows() {
    let earlier = |count: i64| Words::of("de-AT").say("transcript-earlier", &[("count", count.into())]);
    assert_eq!(earlier(1), "1 früherer Eintrag steht nicht in diesem Protokoll.");
    assert_eq!(earlier(2), "2 frühere Einträge stehen nicht in diesem Protokoll.");
    assert_eq!(Words::of("tlh").say("no-such-message", &[]), "no-such-message");
    assert_eq!(Words::of("tlh").language(), "en");
}

/// The ids in `say("…"`, on whatever line rustfmt put them.
fn said_in(source: &str) -> Vec<String> {
    let calls = source.split("say(").skip(1);
    let literal = |call: &str| Some(call.trim_start().strip_prefix('"')?.split('"').next()?.to_owned());
    // The command line says sentences, by a function of the same name.
    let is_id = |id: &String| id.contains('-') && !id.contains(' ');
    calls.filter_map(literal).filter(is_id).collect()
}

/// Of the crates that may say something.
fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for name in ["words", "transcript", "server"] {
        walk(&workspace_root().join("crates").join(name).join("src"), &mut found);
    }
    found
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}
