//! Settings with a name, a default and bounds. Times have a lower bound of 1 s so that tests set them instead of waiting.

macro_rules! settings {
    ($($(#[doc = $doc:literal])* $name:ident: $default:literal in $min:literal ..= $max:literal),* $(,)?) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct Settings { $($(#[doc = $doc])* pub $name: i64),* }

        impl Default for Settings {
            fn default() -> Self {
                Self { $($name: $default),* }
            }
        }

        impl Settings {
            /// Name, meaning, default and bounds of every setting, in order.
            pub const TABLE: &[Setting] = &[$(Setting {
                name: stringify!($name),
                meaning: concat!($($doc),*),
                default: $default,
                min: $min,
                max: $max,
            }),*];

            /// One by name.
            pub fn get(&self, name: &str) -> Option<i64> {
                match name {
                    $(stringify!($name) => Some(self.$name),)*
                    _ => None,
                }
            }

            /// Sets one by name; says why not.
            pub fn set(&mut self, name: &str, value: i64) -> Result<(), String> {
                match name {
                    $(stringify!($name) if ($min..=$max).contains(&value) => self.$name = value,
                      stringify!($name) => return Err(format!("{name} must lie between {} and {}", $min, $max)),)*
                    _ => return Err(format!("there is no setting {name}")),
                }
                Ok(())
            }
        }
    };
}

#[derive(Debug, Clone, Copy)]
pub struct Setting {
    pub name: &'static str,
    pub meaning: &'static str,
    pub default: i64,
    pub min: i64,
    pub max: i64,
}

settings! {
    /// Chat is switched on (0 or 1).
    chat_active: 1 in 0..=1,
    /// Visitors may start chats (0 or 1).
    public_to_agent: 0 in 0..=1,
    /// Customer users may start chats (0 or 1).
    customer_to_agent: 1 in 0..=1,
    /// Agents may start chats with customer users (0 or 1).
    agent_to_customer: 1 in 0..=1,
    /// Agents may start chats with each other and invite (0 or 1).
    agent_to_agent: 1 in 0..=1,
    /// Seconds without activity after which an agent counts as away.
    agent_idle_s: 300 in 1..=86_400,
    /// Seconds without activity after which a customer user counts as away.
    customer_idle_s: 300 in 1..=86_400,
    /// Seconds an agent who vanished keeps his chats before they wait again.
    lease_s: 120 in 1..=86_400,
    /// Seconds of waiting after which the external reads the no-answer text.
    no_answer_s: 180 in 1..=86_400,
    /// Seconds after the last sign of life of his browsers after which a person counts as offline.
    offline_after_s: 30 in 1..=600,
    /// Frames a second that one live connection may send, three times as many at once.
    frames_per_s: 20 in 1..=1_000_000,
    /// Tries to sign in from one network within five minutes.
    sign_ins_per_5_min: 60 in 1..=1_000_000,
    /// New visitors from one network in a minute.
    visitors_per_min: 20 in 1..=1_000_000,
    /// Chats asked for from one network in a minute.
    starts_per_min: 60 in 1..=1_000_000,
    /// Chats asked for by one person in a minute.
    starts_of_one_per_min: 10 in 1..=1_000_000,
    /// Hours for which a public user may read his closed chat.
    visitor_reads_closed_h: 24 in 1..=8_760,
}
