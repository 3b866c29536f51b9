//! Who gets in, what an administrator does beside a running service, and what the door refuses.

mod command_line;
mod door;
mod links;
mod pages;
pub mod profile;
mod second_factor;
mod sessions;
mod sign_in;
