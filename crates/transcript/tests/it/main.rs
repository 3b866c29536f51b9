//! A chat as a document, put to the proof.
//!
//! - [`forms`]: one story in text, HTML and JSON, for each side.
//! - [`unseen`]: whatever agents do among themselves, no form for others has a word of it.
//! - [`hostile`]: whatever people type, it stays what they typed.
//! - [`pdf`]: what other programs read in the PDF.
//! - [`pictures`]: how its pages look.
//! - [`talk`]: the cast in a chat; every entry is decided by the domain.

mod forms;
mod hostile;
mod pdf;
mod pictures;
mod talk;
mod unseen;
