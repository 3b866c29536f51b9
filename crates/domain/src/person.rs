use crate::id::PersonId;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Agent,
    CustomerUser,
    PublicUser,
}

impl Kind {
    pub fn is_external(self) -> bool {
        self != Self::Agent
    }

    /// The word in SQL.
    pub fn word(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::CustomerUser => "customer_user",
            Self::PublicUser => "public_user",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Agent, Self::CustomerUser, Self::PublicUser]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

/// Who asks. `name` is what he is called when he joins a chat; it is frozen there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub kind: Kind,
    pub name: String,
    /// A customer user's company.
    pub company: Option<String>,
}

/// What an agent chose (product R8). Never set means unavailable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Availability {
    #[default]
    Unavailable,
    Internal,
    InternalAndExternal,
}

impl Availability {
    pub fn number(self) -> i64 {
        self as i64
    }

    pub fn from_number(number: i64) -> Self {
        match number {
            2 => Self::InternalAndExternal,
            1 => Self::Internal,
            _ => Self::Unavailable,
        }
    }
}

/// How names sort: case and common accents folded, made here because the engines collate differently.
pub fn sort_key(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    name.nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}
