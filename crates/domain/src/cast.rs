//! The one cast: who lives in tests, demo data and screenshots.

use crate::permission::Key;

pub struct CastAgent {
    pub login: &'static str,
    pub name: &'static str,
    pub role: &'static str,
}

pub struct CastCustomer {
    pub login: &'static str,
    pub name: &'static str,
    pub company: &'static str,
    pub email: &'static str,
}

pub struct CastChannel {
    pub name: &'static str,
    pub group: &'static str,
    pub for_customer_users: bool,
    pub for_public_users: bool,
}

pub struct CastQueue {
    pub name: &'static str,
    pub group: &'static str,
    pub channel: &'static str,
}

/// Password of everybody in the demo, printed at its start. The demo listens on this machine only.
pub const PASSWORD: &str = "ferry-bell-demo";

/// The domain of the agents' mailboxes.
pub const AGENTS_AT: &str = "skerry.example";

pub const GROUPS: &[&str] = &["admin", "users", "travel", "freight"];

/// Role, group, key.
pub const ROLES: &[(&str, &str, Key)] = &[
    ("Travel team", "users", Key::ChatOwner),
    ("Travel team", "travel", Key::ChatOwner),
    ("Travel team", "travel", Key::Rw),
    ("Travel team", "users", Key::Rw),
    ("Freight team", "users", Key::ChatParticipant),
    ("Freight team", "freight", Key::ChatOwner),
    ("Freight team", "freight", Key::Rw),
    ("Freight team", "travel", Key::Create),
    ("Trainees", "travel", Key::ChatObserver),
    ("Trainees", "travel", Key::Ro),
    // May be asked by colleagues, and ask them; no channel.
    ("Trainees", "users", Key::Ro),
];

pub const AGENTS: &[CastAgent] = &[
    CastAgent {
        login: "ines",
        name: "Ines Vogt",
        role: "Travel team",
    },
    CastAgent {
        login: "maren",
        name: "Maren Holt",
        role: "Travel team",
    },
    CastAgent {
        login: "chidi",
        name: "Chidi Okafor",
        role: "Freight team",
    },
    CastAgent {
        login: "tove",
        name: "Tove Lind",
        role: "Trainees",
    },
];

pub const CUSTOMER_USERS: &[CastCustomer] = &[
    CastCustomer {
        login: "hanne",
        name: "Hanne Dahl",
        company: "Wiebe Freight",
        email: "hanne@wiebe.example",
    },
    CastCustomer {
        login: "jonas",
        name: "Jonas Wiebe",
        company: "Wiebe Freight",
        email: "jonas@wiebe.example",
    },
    CastCustomer {
        login: "elin",
        name: "Elin Sandvik",
        company: "Nordkap Tours",
        email: "elin@nordkap.example",
    },
];

/// Beside the Default channel.
pub const CHANNELS: &[CastChannel] = &[
    CastChannel {
        name: "Travel desk",
        group: "travel",
        for_customer_users: true,
        for_public_users: true,
    },
    CastChannel {
        name: "Freight",
        group: "freight",
        for_customer_users: true,
        for_public_users: false,
    },
];

/// Beside the queues every database has.
pub const QUEUES: &[CastQueue] = &[
    CastQueue {
        name: "Travel",
        group: "travel",
        channel: "Travel desk",
    },
    CastQueue {
        name: "Freight",
        group: "freight",
        channel: "Freight",
    },
];

/// The visitor.
pub const VISITOR: &str = "Priya Raman";

/// Public id of the snippet on the demo's host page.
pub const SNIPPET: &str = "skerry-ferries";
