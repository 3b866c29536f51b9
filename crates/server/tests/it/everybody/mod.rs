//! All directions, and agents who are asked in.

mod directions;
mod invitations;
mod lost;
