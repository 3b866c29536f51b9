#![forbid(unsafe_code)]
mod app;
mod clock;
mod jobs;
mod live;
fn main() {}
