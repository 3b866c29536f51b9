//! `stand znuny|zammad`: serves a stand-in until it is killed, and prints its address. For tests that are no Rust.

use stand::{Kind, Stand};
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let kind = match std::env::args().nth(1).as_deref() {
        Some("znuny") => Kind::Znuny,
        Some("zammad") => Kind::Zammad,
        _ => {
            eprintln!("usage: stand znuny|zammad");
            return ExitCode::from(2);
        }
    };
    let stand = Stand::start(kind).await;
    println!("{}", stand.url());
    std::future::pending().await
}
