//! Persons, sessions, groups, roles, channels, snippets.
