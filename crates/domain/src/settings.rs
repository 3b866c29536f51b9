//! Settings with a name, a default and bounds. Times have a lower bound of 1 s so that tests set them instead of waiting.

use crate::Colour;
use crate::ticket::Act;

macro_rules! settings {
    (numbers { $($(#[doc = $doc:literal])* $name:ident [$section:ident]: $default:literal in $min:literal ..= $max:literal),* $(,)? }
     texts { $($(#[doc = $text_doc:literal])* $text:ident [$text_section:ident]: $text_default:literal up to $text_max:literal),* $(,)? }) => {
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Settings {
            $($(#[doc = $doc])* pub $name: i64,)*
            $($(#[doc = $text_doc])* pub $text: String,)*
        }

        impl Default for Settings {
            fn default() -> Self {
                Self { $($name: $default,)* $($text: $text_default.to_owned(),)* }
            }
        }

        impl Settings {
            /// Name, meaning, default and bounds of every setting, in order.
            pub const TABLE: &[Setting] = &[
                $(Setting {
                    name: stringify!($name),
                    section: Section::$section,
                    meaning: concat!($($doc),*),
                    is: Is::Number { default: $default, min: $min, max: $max },
                },)*
                $(Setting {
                    name: stringify!($text),
                    section: Section::$text_section,
                    meaning: concat!($($text_doc),*),
                    is: Is::Text { default: $text_default, max: $text_max },
                },)*
            ];

            /// One by name, as it is written.
            pub fn get(&self, name: &str) -> Option<String> {
                match name {
                    $(stringify!($name) => Some(self.$name.to_string()),)*
                    $(stringify!($text) => Some(self.$text.clone()),)*
                    _ => None,
                }
            }

            /// Sets one by name; says why not.
            pub fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
                match name {
                    $(stringify!($name) => match value.parse() {
                        Ok(number) if ($min..=$max).contains(&number) => self.$name = number,
                        _ => return Err(format!("{name} must lie between {} and {}", $min, $max)),
                    },)*
                    $(stringify!($text) if value.chars().count() <= $text_max && !value.chars().any(char::is_control) => {
                        fit(stringify!($text), value)?;
                        self.$text = value.to_owned();
                      }
                      stringify!($text) => return Err(format!("{name} must be one line of at most {} characters", $text_max)),)*
                    _ => return Err(format!("there is no setting {name}")),
                }
                Ok(())
            }
        }
    };
}

/// What a text has to be besides a line.
fn fit(name: &str, value: &str) -> Result<(), String> {
    match name {
        "agent_starts_need_key" => match Act::of_key(value) {
            Some(_) => Ok(()),
            None => Err(format!("{name} is one of ro, note, owner, priority, rw")),
        },
        "accent_colour" if !value.is_empty() => Colour::try_from(value.to_owned()).map(drop),
        _ => Ok(()),
    }
}

/// What a setting is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    Chat,
    Agents,
    Waiting,
    Mail,
    Look,
    Limits,
}

#[derive(Debug, Clone, Copy)]
pub struct Setting {
    pub name: &'static str,
    pub section: Section,
    pub meaning: &'static str,
    pub is: Is,
}

impl Setting {
    /// Its default, as it is written.
    pub fn default_text(&self) -> String {
        match self.is {
            Is::Number { default, .. } => default.to_string(),
            Is::Text { default, .. } => default.to_owned(),
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub enum Is {
    Number {
        default: i64,
        min: i64,
        max: i64,
    },
    /// `max` in code points.
    Text {
        default: &'static str,
        max: usize,
    },
}

settings! { numbers {
    /// Chat is switched on (0 or 1).
    chat_active [Chat]: 1 in 0..=1,
    /// Visitors may start chats (0 or 1).
    public_to_agent [Chat]: 0 in 0..=1,
    /// Customer users may start chats (0 or 1).
    customer_to_agent [Chat]: 1 in 0..=1,
    /// Agents may start chats with customer users (0 or 1).
    agent_to_customer [Chat]: 1 in 0..=1,
    /// Customer users may start a chat about a ticket of theirs (0 or 1).
    customer_starts_from_ticket [Chat]: 1 in 0..=1,
    /// Customer users may start a chat about no ticket (0 or 1).
    customer_starts_without_ticket [Chat]: 1 in 0..=1,
    /// Customer users may start a chat about tickets of their company that are for somebody else, too (0 or 1).
    customer_starts_from_company_ticket [Chat]: 0 in 0..=1,
    /// Agents may start a chat with a customer user about a ticket of his (0 or 1).
    agent_starts_from_ticket [Chat]: 1 in 0..=1,
    /// Only the agent who has locked a ticket may start a chat about it with its customer user (0 or 1).
    agent_starts_need_lock [Chat]: 0 in 0..=1,
    /// Agents may start a chat with a customer user about no ticket (0 or 1).
    agent_starts_without_ticket [Chat]: 1 in 0..=1,
    /// Agents may start chats with each other and invite (0 or 1).
    agent_to_agent [Chat]: 1 in 0..=1,
    /// Seconds without activity after which an agent counts as away.
    agent_idle_s [Agents]: 300 in 1..=86_400,
    /// Seconds without activity after which a customer user counts as away.
    customer_idle_s [Agents]: 300 in 1..=86_400,
    /// Seconds an agent who vanished keeps his chats before they wait again.
    lease_s [Agents]: 120 in 1..=86_400,
    /// Seconds of waiting after which the external reads the no-answer text.
    no_answer_s [Waiting]: 180 in 1..=86_400,
    /// Seconds after the last sign of life of his browsers after which a person counts as offline.
    offline_after_s [Agents]: 30 in 1..=600,
    /// Frames a second that one live connection may send, three times as many at once.
    frames_per_s [Limits]: 20 in 1..=1_000_000,
    /// Tries to sign in from one network within five minutes.
    sign_ins_per_5_min [Limits]: 60 in 1..=1_000_000,
    /// Seconds after which a session of an agent or customer user ends when it is not used.
    session_idle_s [Limits]: 7_200 in 300..=2_592_000,
    /// Seconds after which a session of an agent or customer user ends in any case.
    session_longest_s [Limits]: 57_600 in 300..=31_536_000,
    /// New visitors from one network in a minute.
    visitors_per_min [Limits]: 20 in 1..=1_000_000,
    /// Chats asked for from one network in a minute.
    starts_per_min [Limits]: 60 in 1..=1_000_000,
    /// Chats asked for by one person in a minute.
    starts_of_one_per_min [Limits]: 10 in 1..=1_000_000,
    /// Characters (code points) that a message of an external has at most.
    external_text_chars [Limits]: 3_800 in 100..=10_000,
    /// Files sent by one person in a minute.
    files_of_one_per_min [Limits]: 30 in 1..=1_000_000,
    /// MiB of files that one visitor may send within 24 hours.
    visitor_files_mib [Limits]: 100 in 0..=1_000_000,
    /// MiB of files that one customer user may send within 24 hours.
    customer_files_mib [Limits]: 500 in 0..=1_000_000,
    /// MiB of files that one agent may send within 24 hours.
    agent_files_mib [Limits]: 2_000 in 0..=1_000_000,
    /// Hours for which a public user may read his closed chat.
    visitor_reads_closed_h [Waiting]: 24 in 1..=8_760,
    /// Seconds after which a personal request that nobody answers ends.
    personal_request_s [Waiting]: 900 in 1..=86_400,
    /// Seconds without a live connection after which an external is marked gone, and his chat sinks in the list.
    external_gone_s [Waiting]: 1_800 in 1..=86_400,
    /// Seconds without a live connection after which an external's open chat closes.
    external_closes_s [Waiting]: 86_400 in 1..=2_592_000,
    /// Signing in makes an agent who is available for external chats available for internal ones, unless he is here already (0 or 1).
    sign_in_lowers_availability [Agents]: 0 in 0..=1,
    /// How often an external may have one chat sent by e-mail.
    mails_of_chat [Mail]: 3 in 0..=1_000,
    /// How many e-mails that externals asked for may go to one address in a day.
    mails_to_address_per_day [Mail]: 5 in 0..=1_000_000,
    /// How many e-mails visitors of one network may ask for in a day.
    mails_of_network_per_day [Mail]: 20 in 0..=1_000_000,
    /// How many e-mails one agent may send in a day.
    mails_of_agent_per_day [Mail]: 200 in 0..=1_000_000,
    /// Seconds after which an e-mail that did not arrive is tried again; each time after twice as many, up to four hours.
    mail_again_s [Mail]: 60 in 1..=14_400,
    /// How often an e-mail is tried before it counts as failed.
    mail_tries [Mail]: 12 in 1..=100,
    /// Seconds for which the mail server's answer is waited for.
    mail_patience_s [Mail]: 120 in 1..=3_600,
    /// Seconds that an agent's message stays unseen before it goes to its reader by e-mail, once; 0 for never.
    unseen_mail_s [Mail]: 300 in 0..=604_800,
    /// The alias is followed by a number, by order of joining (0 or 1).
    agent_alias_numbers [Agents]: 1 in 0..=1,
    /// Externals see the picture of the agent who talks to them, where there is no alias (0 or 1).
    externals_see_picture [Agents]: 1 in 0..=1,
    /// Externals see the language that the agent who talks to them chose, where there is no alias (0 or 1).
    externals_see_language [Agents]: 1 in 0..=1,
    /// An agent who is unavailable reads so on every page (0 or 1).
    remind_unavailable [Agents]: 0 in 0..=1,
} texts {
    /// What agents are called for externals, everywhere; empty for their own names.
    agent_alias [Agents]: "" up to 255,
    /// What stands beside the name of an agent who is out of office, with {day} for his last day and {days} for the days
    /// that are left; empty for the product's own words.
    out_of_office_text [Agents]: "" up to 100,
    /// The key on a ticket's group that an agent needs to start a chat about it with its customer user: ro, note, owner,
    /// priority or rw.
    agent_starts_need_key [Chat]: "note" up to 8,
    /// The language of e-mails that nobody asked for, to whom no other is known of.
    mail_language [Mail]: "en" up to 35,
    /// What this installation is called on its pages; empty for the product's own name.
    service_name [Look]: "" up to 60,
    /// The colour of buttons and links on its pages, as #1a5f7a; empty for the product's own.
    accent_colour [Look]: "" up to 7,
    /// The group of agents who may receive chats: any key on it is enough.
    receiving_group [Agents]: "users" up to 200,
    /// The group of agents who may start chats: any key on it is enough.
    starting_group [Agents]: "users" up to 200,
}}
