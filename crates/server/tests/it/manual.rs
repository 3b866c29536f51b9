//! The manual: each command in it is one the program understands, and each of its links leads somewhere.

use proof::Lane;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What stands for something in the manual, and something that it can stand for.
const EXAMPLES: [(&str, &str); 3] = [
    ("SHELL", "bash"),
    ("URL", "https://chat.example.org"),
    ("FOLDER", "somewhere"),
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
fn commands(text: &str) -> BTreeSet<String> {
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
        .collect()
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
