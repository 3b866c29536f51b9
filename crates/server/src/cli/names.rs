//! Words on the command line that are domain values.

use domain::Key;
use std::str::FromStr;

/// A permission key by its word.
#[derive(Debug, Clone, Copy)]
pub struct KeyName(pub Key);

impl FromStr for KeyName {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Key::from_word(word).map(Self).ok_or_else(|| {
            let all = Key::ALL.map(Key::word).join(", ");
            format!("there is no key {word}; the keys are {all}")
        })
    }
}
