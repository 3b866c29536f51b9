//! What the server says to people, in their language: the catalogues of the pages (`locales/*.ftl`), read by Fluent itself.
//!
//! - [`Words`]: one language, and what it says for an id.
//! - [`sizes`]: how large a file is.
//! - [`dates`]: days, times and moments, put together from messages.
#![forbid(unsafe_code)]

mod dates;
mod sizes;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::sync::LazyLock;

/// What goes into a message: `("name", "Priya".into())`, `("count", 3.into())`.
pub use fluent_bundle::FluentValue as Value;

/// Language and text of every catalogue there is.
const CATALOGUES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/catalogues.rs"));

static ALL: LazyLock<Vec<Words>> = LazyLock::new(|| {
    CATALOGUES
        .iter()
        .map(|(language, text)| Words::read(language, text))
        .collect()
});

/// The words of one language.
pub struct Words {
    language: &'static str,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// The words for a language tag (`de-AT` reads `de`), English where there is no catalogue for it.
    pub fn of(tag: &str) -> &'static Words {
        let language = tag.split('-').next().unwrap_or(tag);
        let find = |wanted: &str| ALL.iter().find(|it| it.language.eq_ignore_ascii_case(wanted));
        find(language)
            .or_else(|| find("en"))
            .expect("there is an English catalogue")
    }

    /// Every language there is a catalogue for.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        CATALOGUES.iter().map(|(language, _)| *language)
    }

    fn read(language: &'static str, text: &str) -> Self {
        let tag = language.parse().expect("a catalogue is named by its language");
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // They would end up in copied text; markup isolates instead.
        bundle.set_use_isolating(false);
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(read, _)| read);
        bundle.add_resource_overriding(resource);
        Self { language, bundle }
    }

    /// The tag of the language, as documents name it.
    pub fn language(&self) -> &'static str {
        self.language
    }

    pub fn is_right_to_left(&self) -> bool {
        matches!(self.language, "ar" | "fa" | "he" | "ur")
    }

    pub fn has(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    /// The words for `id`. Arguments are put in as they are: whatever braces they hold mean nothing. Numbers that choose a plural
    /// go in as numbers. An unknown id answers with itself, so that a hole shows and nothing breaks.
    pub fn say(&self, id: &str, args: &[(&str, Value<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        let args: FluentArgs<'_> = args.iter().cloned().collect();
        let mut errors = Vec::new();
        let said = self
            .bundle
            .format_pattern(pattern, Some(&args), &mut errors)
            .into_owned();
        debug_assert!(errors.is_empty(), "{id} in {}: {errors:?}", self.language);
        said
    }
}
