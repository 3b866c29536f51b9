//! Manual pages and completions, made of the commands themselves.

use super::Cli;
use super::say::say;
use clap::CommandFactory;
use clap_complete::Shell;
use std::fs;
use std::path::Path;

pub const EXIT_CODES: &str = "\
Exit codes:
  0  done; of verify, doctor and config --check: nothing is wrong
  1  not done, or something is wrong; standard error says why
  2  the command was not understood";

/// To standard output.
pub fn completions(shell: Shell) {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "deskbell", &mut text);
    say(String::from_utf8_lossy(&text).trim_end());
}

/// `deskbell.1` and a page for each command, into a folder made if need be. The error is a sentence.
pub fn pages(folder: &Path) -> Result<(), String> {
    let cannot = |e: std::io::Error| format!("manual pages cannot be written to {}: {e}", folder.display());
    fs::create_dir_all(folder).map_err(cannot)?;
    clap_mangen::generate_to(Cli::command(), folder).map_err(cannot)
}
