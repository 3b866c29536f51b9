use crate::id::PersonId;

words! {
    pub enum Kind {
        Agent = "agent",
        CustomerUser = "customer_user",
        PublicUser = "public_user",
    }
}

impl Kind {
    pub fn is_external(self) -> bool {
        self != Self::Agent
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
