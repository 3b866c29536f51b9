//! The direction between the folders of `web/`.

use crate::Findings;
use crate::source::{Piece, pieces};

/// Each folder, the folders it may import, and those of which it may import types only.
const FOLDERS: &[(&str, &[&str], &[&str])] = &[
    ("api", &[], &[]),
    ("core", &["api"], &[]),
    ("styles", &[], &[]),
    ("ui", &["core", "styles"], &["api"]),
    ("account", &["core", "ui", "styles"], &["api"]),
    ("agent", &["account", "core", "ui", "styles"], &["api"]),
    ("customer", &["account", "core", "ui", "styles"], &["api"]),
    ("widget", &["core", "ui", "styles"], &["api"]),
    ("mail", &["core", "ui", "styles"], &["api"]),
    ("worker", &[], &[]),
];

pub fn governs(file: &str) -> bool {
    file.split('/').nth(1).is_some_and(is_folder)
}

/// What `file` (a path from the root of the checkout) imports.
pub fn findings(file: &str, text: &str) -> Findings {
    let mut findings = Findings::default();
    let from = file.split('/').nth(1).unwrap_or_default();
    let Some((_, values, types)) = FOLDERS.iter().find(|(folder, ..)| *folder == from) else {
        return findings;
    };
    for import in imports(text) {
        let Some(target) = resolve(file, &import.specifier) else {
            continue;
        };
        let (to, below) = target.split_once('/').unwrap_or((&target, ""));
        findings.edges += 1;
        let why = if to == from {
            continue;
        } else if to == "api" && below.starts_with("generated") {
            "generated types are taken from web/api itself"
        } else if values.contains(&to) || (import.types_only && types.contains(&to)) {
            continue;
        } else if types.contains(&to) {
            "only `import type` is allowed here; what does something comes from web/core"
        } else {
            "against the direction"
        };
        findings
            .refused
            .push(format!("{file}: web/{from} imports '{}': {why}", import.specifier));
    }
    findings
}

#[derive(Debug, PartialEq)]
struct Import {
    specifier: String,
    types_only: bool,
}

/// Every string literal that an `import`, an `export … from` or a CSS `@import` stands before.
fn imports(text: &str) -> Vec<Import> {
    let mut found = Vec::new();
    let mut code = String::new();
    for piece in pieces(text, &['"', '\'', '`']) {
        match piece {
            Piece::Code(more) => code += more,
            Piece::Text(specifier) => {
                let before = code.trim_end();
                let imports = ["from", "import", "import(", "url("]
                    .iter()
                    .any(|word| ends_with_word(before, word));
                if imports {
                    found.push(Import {
                        specifier: specifier.to_owned(),
                        types_only: types_only(before),
                    });
                }
                code.clear();
            }
        }
    }
    found
}

/// Whether the statement that `before` ends with brings in nothing that exists at run time.
fn types_only(before: &str) -> bool {
    let Some(clause) = before.strip_suffix("from").map(str::trim) else {
        return false;
    };
    let begin = ["import", "export"]
        .iter()
        .filter_map(|word| Some(clause.rfind(word)? + word.len()))
        .max();
    let clause = clause[begin.unwrap_or(0)..].trim();
    let inline = clause.strip_prefix('{').and_then(|names| names.strip_suffix('}'));
    let all_types = |names: &str| {
        names
            .split(',')
            .map(str::trim)
            .all(|name| name.is_empty() || name.starts_with("type "))
    };
    clause
        .strip_prefix("type")
        .is_some_and(|rest| rest.starts_with([' ', '{', '*']))
        || inline.is_some_and(all_types)
}

/// The path below `web/` that a specifier in `file` points at; none for packages. `@/core`, `@core`, `~/core` and `/core`
/// are all `core`.
fn resolve(file: &str, specifier: &str) -> Option<String> {
    let specifier = specifier.split('?').next()?;
    let path = if specifier.starts_with('.') {
        let mut path: Vec<&str> = file.split('/').skip(1).collect();
        path.pop();
        for step in specifier.split('/') {
            match step {
                "." | "" => {}
                ".." => drop(path.pop()),
                name => path.push(name),
            }
        }
        path.join("/")
    } else {
        specifier.trim_start_matches(['@', '~', '#', '/']).to_owned()
    };
    path.split('/').next().is_some_and(is_folder).then_some(path)
}

fn ends_with_word(code: &str, word: &str) -> bool {
    code.strip_suffix(word)
        .is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.'))
}

fn is_folder(name: &str) -> bool {
    FOLDERS.iter().any(|(folder, ..)| *folder == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_against_the_direction_are_caught() {
        for (file, text) in [
            ("web/agent/app.tsx", "import { Chat } from '../widget/chat';"),
            ("web/widget/main.ts", "const agent = await import('@/agent/app');"),
            ("web/customer/a/b/c.ts", "export * from \"../../../agent\";"),
            ("web/agent/app.tsx", "import { connect } from '../api';"),
            (
                "web/agent/app.tsx",
                "import { type Entry, connect } from '../api/socket';",
            ),
            ("web/core/store.ts", "import { Entry } from '../api/generated/Entry';"),
            ("web/core/store.ts", "import {\n  Button,\n} from '../ui/button';"),
            ("web/ui/button.tsx", "import '../agent/agent.css';"),
            ("web/api/socket.ts", "import { now } from '../core/clock';"),
            ("web/styles/all.css", "@import url('../agent/agent.css');"),
        ] {
            let findings = findings(file, text);
            assert_eq!(findings.refused.len(), 1, "{file}: {text}");
        }
    }

    #[test]
    fn imports_along_the_direction_pass() {
        for (file, text) in [
            (
                "web/agent/app.tsx",
                "import { h } from 'preact';\nimport { Button } from '@/ui/button';",
            ),
            (
                "web/agent/app.tsx",
                "import type { Entry } from '../api';\nimport { type A, type B } from '../api/types';",
            ),
            (
                "web/core/store.ts",
                "import { connect } from '../api/socket'; import x from './other.ts?raw';",
            ),
            (
                "web/ui/button.tsx",
                "import './button.css'; // import { x } from '../agent/x'",
            ),
            (
                "web/ui/button.tsx",
                "const text = \"taken from '../agent/x'\"; Array.from('../agent/x');",
            ),
            ("web/api/index.ts", "export type { Entry } from './generated/Entry';"),
            ("web/widget/widget.css", "@import '../styles/tokens.css';"),
        ] {
            assert_eq!(findings(file, text).refused, [""; 0], "{file}: {text}");
        }
    }

    #[test]
    fn what_exists_only_for_the_compiler_is_known() {
        let kinds = |text| imports(text).iter().map(|import| import.types_only).collect::<Vec<_>>();
        assert_eq!(
            kinds("import type A from 'a'; import { type B } from 'b'; import type, { C } from 'c'"),
            [true, true, false]
        );
        assert_eq!(
            kinds("import 'd'; export { E } from 'e'; import * as F from 'f'"),
            [false; 3]
        );
    }
}
