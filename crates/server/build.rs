//! Embeds what the web build left in `web/dist`. Needs no Node: `make` builds the pages first.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    // Asked when it runs: a target folder shared by several checkouts runs what was compiled in another one.
    let manifest = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let dist = Path::new(&manifest).join("../../web/dist");
    println!("cargo::rerun-if-changed={}", dist.display());
    let mut files = Vec::new();
    collect(&dist, &mut files);
    files.sort();
    if !dist.join("agent/index.html").exists() {
        let release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
        assert!(
            !release,
            "web/dist is missing: run `make` (or `npm ci && npm run build` in web/) first"
        );
        println!("cargo::warning=web/dist is missing, so the pages say how to build them: run `make`");
    }
    let mut table = String::from("pub static FILES: &[(&str, &[u8])] = &[\n");
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        let Ok(name) = file.strip_prefix(&dist) else { continue };
        // Writing to a String cannot fail.
        let _ = writeln!(
            table,
            "    ({:?}, include_bytes!({:?})),",
            name.display().to_string(),
            file.display().to_string()
        );
    }
    table.push_str("];\n");
    let out = PathBuf::from(env::var("OUT_DIR").unwrap_or_default()).join("assets.rs");
    fs::write(out, table).unwrap_or_else(|error| panic!("the table of pages could not be written: {error}"));
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            collect(&path, files);
        } else if !path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'))
        {
            files.push(path);
        }
    }
}
