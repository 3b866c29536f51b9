//! The manual: each command in it does what it is for, and each of its links leads somewhere.

use crate::desk::{Desk, Engine};
use proof::Lane;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What stands for something in the manual, and something that it can stand for.
const EXAMPLES: [(&str, &str); 7] = [
    ("SHELL", "bash"),
    ("URL", "https://chat.example.org"),
    ("FOLDER", "somewhere"),
    ("GROUP", "users"),
    ("ADDRESS", "ines@skerry.example"),
    ("FILE", "written"),
    ("/backups", "backups"),
];
/// Commands that say no to an installation like this one, and how: there is no mail server, no connected ticket system, and nobody at
/// the public address.
const SAY_NO: [(&str, &str); 5] = [
    ("mail test", "mail"),
    ("desk test", "desk"),
    ("doctor", "Not well"),
    ("agent remove-second-factor", "nothing here"),
    ("customer remove-second-factor", "nothing here"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn pages() -> Vec<PathBuf> {
    let mut pages = vec![root().join("README.md")];
    for folder in ["docs", "docs/use", "docs/operate"] {
        let files = std::fs::read_dir(root().join(folder)).expect("the folder").flatten();
        let files = files.map(|file| file.path());
        pages.extend(files.filter(|path| path.extension().is_some_and(|end| end == "md")));
    }
    pages
}

/// What stands in the page as a command: a line of code, or code within a line.
fn commands(text: &str) -> Vec<String> {
    let of_lines = text.lines().filter_map(|line| line.strip_prefix("    "));
    let within = text.split('`').skip(1).step_by(2);
    of_lines
        .chain(within)
        .flat_map(str::lines)
        .map(|line| line.split(" #").next().unwrap_or(line).trim())
        .filter_map(|line| line.strip_prefix("deskbell "))
        // What is left open is no command, and neither is one that goes on in another program.
        .filter(|line| !line.contains('…') && !line.contains('|') && !line.contains('>'))
        .map(str::to_owned)
        .fold(Vec::new(), |mut all, command| {
            if !all.contains(&command) {
                all.push(command);
            }
            all
        })
}

/// Words as a shell takes them apart; of quotes only the double ones.
fn words(line: &str) -> Vec<String> {
    let quoted = line.split('"').enumerate();
    quoted
        .flat_map(|(n, part)| match n % 2 {
            1 => vec![part.to_owned()],
            _ => part.split_whitespace().map(str::to_owned).collect(),
        })
        .map(|word| {
            let example = EXAMPLES.iter().find(|(stands, _)| *stands == word);
            example.map_or(word, |(_, is)| (*is).to_owned())
        })
        .collect()
}

#[test]
fn every_command_of_the_manual_is_understood() {
    let lane = Lane::part("manual", "every_command_of_the_manual_is_understood");
    let mut all = 0_u64;
    for page in pages() {
        let text = std::fs::read_to_string(&page).expect("a page");
        for command in commands(&text) {
            // Up to its help it is read as it stands: an unknown verb or flag is told before that.
            let asked = Command::new(env!("CARGO_BIN_EXE_deskbell"))
                .args(words(&command))
                .arg("--help")
                .output()
                .expect("the program runs");
            let said = String::from_utf8_lossy(&asked.stderr);
            lane.case();
            if !asked.status.success() {
                lane.violation(format!("{}: deskbell {command}: {said}", page.display()));
            }
            all += 1;
        }
    }
    lane.figure("commands", all);
    assert!(all > 30, "{all}");
    lane.finish();
}

#[test]
fn every_link_of_the_manual_leads_somewhere() {
    let lane = Lane::part("manual", "every_link_of_the_manual_leads_somewhere");
    let mut all = 0_u64;
    for page in pages() {
        let text = std::fs::read_to_string(&page).expect("a page");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.contains("://") || link.starts_with('#') {
                continue;
            }
            let file = link.split('#').next().unwrap_or(link);
            let there = page.parent().expect("a folder").join(file);
            lane.case();
            if !there.exists() {
                lane.violation(format!("{}: {link}", page.display()));
            }
            all += 1;
        }
    }
    lane.figure("links", all);
    lane.finish();
}

#[tokio::test]
async fn every_command_of_the_manual_does_what_it_is_for() {
    let lane = Lane::part("manual", "every command is run");
    let (mut all, mut said_no) = (0_u64, 0_u64);
    for page in pages() {
        let text = std::fs::read_to_string(&page).expect("a page");
        // The README begins with nobody there.
        let begins = page.ends_with("README.md");
        let desk = match begins {
            true => Desk::empty(Engine::Sqlite).await,
            false => Desk::start(Engine::Sqlite).await,
        };
        let desk = desk.expect("SQLite is everywhere");
        std::fs::create_dir_all(desk.path("backups")).expect("a folder");
        for (n, command) in commands(&text).into_iter().enumerate() {
            // The program itself is what all stories run; what is named by a verb alone has its arguments elsewhere on the page.
            let words = words(&command);
            if ["serve", "demo"].contains(&words[0].as_str()) || is_a_part(&command) {
                continue;
            }
            let (ran, said) = run(&desk, &words, n).await;
            lane.case();
            all += 1;
            let no = SAY_NO.iter().find(|(begins, _)| command.starts_with(begins));
            match no {
                Some((_, why)) if !ran && said.contains(why) => said_no += 1,
                None if ran => {}
                _ => lane.violation(format!("{}: deskbell {command}: {said}", page.display())),
            }
        }
        desk.verify().await;
    }
    lane.figure("commands_run", all);
    lane.figure("that_say_no", said_no);
    assert!(all > 25, "{all}");
    lane.finish();
}

/// Words that name a command and leave out what it needs.
fn is_a_part(command: &str) -> bool {
    [
        "backup",
        "restore",
        "agent",
        "customer",
        "settings apply",
        "second-factor",
        "desk waiting",
    ]
    .contains(&command)
}

/// Runs it where files of one command are there for the next one. Whether it went well, and what it said.
async fn run(desk: &Desk, words: &[String], n: usize) -> (bool, String) {
    let whom = if words[0] == "customer" { "hanne" } else { "maren" };
    let mut words: Vec<String> = words.iter().map(|word| word.replace("LOGIN", whom)).collect();
    let restores = words[0] == "restore";
    // A file to be read is there; one to be written is not.
    for word in words.iter_mut().skip(1) {
        match word.as_str() {
            "settings.toml" => {
                let text = desk.cli(&["settings", "export"]).await;
                desk.put(word, &text);
            }
            "written" if restores => {
                *word = format!("backup-{n}.tar");
                desk.cli(&["backup", &desk.path(word)]).await;
            }
            "written" => *word = format!("written-{n}"),
            _ => {}
        }
    }
    let elsewhere = proof::temp_dir();
    let place = if restores { elsewhere.path() } else { desk.dir() };
    let database = if restores {
        format!("sqlite:{}", elsewhere.file("deskbell.db").display())
    } else {
        desk.database().to_owned()
    };
    let ran = tokio::process::Command::new(env!("CARGO_BIN_EXE_deskbell"))
        .args(&words)
        .current_dir(desk.dir())
        .env("DESKBELL_DATA_DIR", place)
        .env("DESKBELL_DATA_DATABASE", database)
        .stdin(std::process::Stdio::null())
        .output()
        .await
        .expect("the program runs");
    let said = [ran.stdout, ran.stderr].concat();
    (ran.status.success(), String::from_utf8_lossy(&said).into_owned())
}
