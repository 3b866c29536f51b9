//! Who gets in, what an administrator does beside a running service, and what the door refuses.

mod command_line;
mod door;
mod links;
mod pages;
mod profile;
mod second_factor;
mod sessions;
mod setup;
mod sign_in;
