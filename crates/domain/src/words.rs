//! Things that are one word in SQL, on the command line and in the manual.

/// An enum and the word of each of its values. No value is without a word, and the word leads back.
macro_rules! words {
    ($(#[$doc:meta])* pub enum $t:ident { $($(#[$about:meta])* $v:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $t { $($(#[$about])* $v),* }

        impl $t {
            pub const ALL: [Self; [$($word),*].len()] = [$(Self::$v),*];

            pub fn word(self) -> &'static str {
                match self { $(Self::$v => $word),* }
            }

            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$v),)* _ => None }
            }
        }
    };
}
