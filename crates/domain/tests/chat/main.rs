//! The rules of a chat, put to the proof.
//!
//! - [`stories`]: a person, a verb and the answer, for every refusal there is.
//! - [`sequences`]: whatever people and the system do in whatever order, the promises hold.
//! - [`reference`]: who may read and do what, written a second time from the product page alone.
//! - [`room`]: one chat with its log and clock; looks at every change before it takes it in.
//! - [`people`]: the cast, as the domain sees it.
//! - [`texts`]: what people type.

mod people;
mod reference;
mod room;
mod sequences;
mod stories;
mod texts;
