//! All directions, and agents who are asked in.

mod customer;
mod directions;
mod invitations;
mod lost;
