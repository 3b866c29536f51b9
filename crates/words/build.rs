//! Puts every `locales/*.ftl` into the program, so that a further language is one file and no line of code.

use std::path::Path;
use std::{env, fs};

fn main() {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../../locales");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("the catalogues")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "ftl"))
        .collect();
    files.sort();
    let rows = files.iter().map(|file| {
        let file = file.canonicalize().expect("a file that is there");
        let language = file.file_stem().expect("a name").to_string_lossy();
        format!("({language:?}, include_str!({file:?})),\n")
    });
    let table = format!("&[\n{}]", rows.collect::<String>());
    let out = env::var("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("catalogues.rs"), table).expect("cargo's own folder");
}
