//! The program `deskbell`. `app` is the only code that changes state; `http`, `live`, `jobs` and `cli` ask it.
#![forbid(unsafe_code)]

mod app;
mod assets;
mod call;
mod cli;
mod clock;
mod config;
mod door;
mod embedding;
mod http;
mod jobs;
mod live;
mod mail;
mod metrics;
mod places;
mod tls;

use clap::Parser;
use std::process::ExitCode;
use tikv_jemallocator::Jemalloc;

/// See decision 0038.
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

fn main() -> ExitCode {
    cli::run(cli::Cli::parse())
}
