//! Who may import whom. The compiler holds most of it between crates; between the modules of the server and the folders
//! of the web nobody does, so this test reads the source text.
//!
//! - [`rust`]: the rules for crates and for the server's modules.
//! - [`web`]: the rules for the folders of `web/`.
//! - [`paths`]: what a Rust source and a manifest name.
//! - [`source`]: finds the files, and tells code from comments and strings.

mod paths;
mod rust;
mod source;
mod web;

use proof::Lane;
use proof::folder::workspace_root;
use std::fs;

/// What one file imports from the rest of the project, and what of it is against the direction.
#[derive(Debug, Default)]
struct Findings {
    edges: usize,
    refused: Vec<String>,
}

#[test]
fn every_import_follows_the_direction() {
    let root = workspace_root();
    let lane = Lane::start("direction");
    let mut edges = 0;
    let mut check = |file: &str, findings: fn(&str, &str) -> Findings| {
        let text = fs::read_to_string(root.join(file)).unwrap_or_else(|e| panic!("cannot read {file}: {e}"));
        let found = findings(file, &text);
        edges += found.edges;
        found.refused.iter().for_each(|refused| lane.violation(refused));
        lane.case();
    };
    let rust = source::files(&root, "crates", &["rs", "toml"]);
    let web = source::files(&root, "web", &["ts", "tsx", "css"]);
    rust.iter()
        .filter(|file| rust::governs(file))
        .for_each(|file| check(file, rust::findings));
    web.iter()
        .filter(|file| web::governs(file))
        .for_each(|file| check(file, web::findings));
    lane.figure("edges", edges);
    lane.finish();
}
