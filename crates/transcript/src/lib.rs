//! A chat as a document. There is one model, [`Transcript`], made from entries through [`domain::Side::face`] for one reader;
//! every form is made from it and from nothing else, so what a reader may not know is in none of them.
//!
//! - [`model`]: days, messages grouped by sender, and what else happened.
//! - [`sentence`]: what happened, as a sentence.
//! - [`clean`]: what people typed, made harmless.
//! - [`text`], [`json`], [`html`], [`pdf`]: its forms.
#![forbid(unsafe_code)]

mod clean;
mod html;
mod json;
mod model;
mod pdf;
mod sentence;
mod text;

pub use html::{escaped, fragment, html, paragraph};
pub use json::json;
pub use model::{Block, Day, Log, Message, Participant, Reader, Transcript};
pub use pdf::{FILES_MAX, FOLDER_MAX_BYTES, Fonts, Pdf, pdf};
pub use text::text;
