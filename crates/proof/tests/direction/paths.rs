//! The paths a Rust source names, and the crates a manifest does.

use crate::source;

/// All paths the code names, in full: those of `use` trees spelled out, and those standing in the code.
pub fn paths(text: &str) -> Vec<String> {
    let code = source::code(text, &['"']);
    let mut found = Vec::new();
    let mut remaining = code.as_str();
    while let Some(at) = find_use(remaining) {
        found.extend(mentions(&remaining[..at]));
        let tree = &remaining[at + 4..];
        let end = tree.find(';').unwrap_or(tree.len());
        expand("", &tree[..end], &mut found);
        remaining = &tree[end..];
    }
    found.extend(mentions(remaining));
    found
}

/// Where the next `use` statement begins; `use<'a>` in a type is none.
fn find_use(code: &str) -> Option<usize> {
    let begins = |at: usize| at == 0 || code[..at].ends_with(|c: char| !is_word(c));
    code.match_indices("use ").map(|(at, _)| at).find(|at| begins(*at))
}

/// `a::{b, c::{d as e}}` → `a::b`, `a::c::d`.
fn expand(prefix: &str, tree: &str, found: &mut Vec<String>) {
    let tree = tree.trim();
    let Some((head, group)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        let path = format!("{prefix}{path}").trim_start_matches("::").to_owned();
        found.extend(Some(path).filter(|path| !path.is_empty()));
        return;
    };
    let prefix = format!("{prefix}{}", head.trim());
    let group = group.strip_suffix('}').unwrap_or(group);
    let (mut depth, mut from) = (0, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                expand(&prefix, &group[from..at], found);
                from = at + 1;
            }
            _ => {}
        }
    }
    expand(&prefix, &group[from..], found);
}

/// Paths of more than one segment standing in code: `store::open(…)` → `store::open`.
fn mentions(code: &str) -> impl Iterator<Item = String> + '_ {
    let words = code
        .split(|c: char| !is_word(c) && c != ':')
        .map(|word| word.trim_matches(':'));
    words.filter(|word| word.contains("::")).map(str::to_owned)
}

/// The names under `[dependencies]`, in any of the ways a manifest can say them.
pub fn dependencies(manifest: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut inside = false;
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            inside = line == "[dependencies]";
            found.extend(
                line.strip_prefix("[dependencies.")
                    .map(|name| name.trim_end_matches(']').to_owned()),
            );
        } else if inside && !line.starts_with('#') {
            let name = line.split(['.', '=', ' ']).next().unwrap_or_default();
            found.extend(Some(name.to_owned()).filter(|name| !name.is_empty()));
        }
    }
    found
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[test]
fn a_use_tree_is_spelled_out() {
    let found = paths("pub use a::{b, c::{d as e, f}};\nfn g() -> impl Sized + use<'_> { ::h::i() }");
    assert_eq!(found, ["a::b", "a::c::d", "a::c::f", "h::i"]);
}
