//! What happened in a chat, as a sentence: the words that the pages have for it, with everybody by name.

use crate::clean;
use domain::chat::Role;
use domain::{Chat, ClosedReason, MailOutcome, Side, What};
use words::{Value, Words};

/// `by` is the name of who did it; empty for the system, and for who did it from outside.
pub fn of(what: &What, by: &str, side: Side, chat: &Chat, words: &Words) -> String {
    match side {
        Side::Agents => for_agents(what, by, chat, words),
        Side::External => for_external(what, by, words),
    }
}

fn for_agents(what: &What, by: &str, chat: &Chat, words: &Words) -> String {
    let say = |id: &str, more: &[(&str, &str)]| say(words, id, by, more);
    match what {
        What::Invited { whom, role, note } => {
            let whom = clean::line(whom);
            let invited = say("agent-entry-invited", &[("whom", &whom), ("role", role.word())]);
            match note {
                None => invited,
                Some(note) => {
                    let note = clean::line(note);
                    say("agent-entry-with-note", &[("what", &invited), ("note", &note)])
                }
            }
        }
        What::InvitationDeclined => say("agent-entry-invitation-declined", &[]),
        What::Accepted => say("chat-entry-accepted", &[]),
        What::Joined { role } => say("agent-entry-joined", &[("role", role.word())]),
        What::Left { role } => say("agent-entry-left", &[("role", role.word())]),
        What::RoleChanged { to } => say("agent-entry-role-changed", &[("role", to.word())]),
        What::Moved { name, .. } if !by.is_empty() => say("agent-entry-moved", &[("channel", &clean::line(name))]),
        What::Returned { reason } => say("chat-entry-returned-agent", &[("reason", reason.word())]),
        What::Closed {
            reason: ClosedReason::Expired,
        } if somebody_never_came(chat) => say("agent-entry-not-answered", &[]),
        What::Redaction { by, .. } => {
            let by = clean::line(by.as_deref().unwrap_or_default());
            say("agent-entry-redaction", &[("by", &by)])
        }
        What::Attached { number, .. } => say("agent-entry-attached", &[("number", &clean::line(number))]),
        What::Mailing { whom, .. } => {
            let to_himself = if by == clean::line(whom) { "yes" } else { "no" };
            say(
                "agent-entry-mailing",
                &[("self", to_himself), ("whom", &clean::line(whom))],
            )
        }
        What::Missed { whom, .. } => say("agent-entry-missed", &[("whom", &clean::line(whom))]),
        What::Mailed {
            outcome: MailOutcome::Seen,
            ..
        } => say("agent-entry-not-mailed", &[]),
        What::Mailed { why: Some(why), .. } => {
            let what = for_external(what, by, words);
            say("agent-entry-with-note", &[("what", &what), ("note", &clean::line(why))])
        }
        _ => for_external(what, by, words),
    }
}

fn for_external(what: &What, by: &str, words: &Words) -> String {
    let say = |id: &str, more: &[(&str, &str)]| say(words, id, by, more);
    match what {
        What::Requested => say("chat-entry-requested", &[]),
        What::Accepted | What::Joined { .. } => say("chat-entry-joined", &[]),
        What::Left { .. } => say("chat-entry-left", &[]),
        What::Moved { name, .. } => say("chat-entry-moved", &[("channel", &clean::line(name))]),
        What::Returned { .. } => say("chat-entry-returned", &[]),
        What::Closed { reason } => {
            let by_system = format!("{}_system", reason.word());
            let reason = if by.is_empty() { &by_system } else { reason.word() };
            say("chat-entry-closed", &[("reason", reason)])
        }
        What::Redaction { .. } => say("chat-entry-redacted", &[]),
        What::Mailing { whom, .. } => {
            let you = if by == clean::line(whom) { "yes" } else { "no" };
            words.say("chat-entry-mailing", &[("you", you.into())])
        }
        What::Mailed { outcome, .. } => say("chat-entry-mailed", &[("outcome", outcome.word())]),
        // Has no face here.
        What::Invited { .. }
        | What::InvitationDeclined
        | What::RoleChanged { .. }
        | What::Attached { .. }
        | What::Missed { .. } => String::new(),
        // Is no sentence.
        What::Message { .. } | What::Note { .. } | What::File { .. } | What::Redacted { .. } => String::new(),
    }
}

fn say(words: &Words, id: &str, by: &str, more: &[(&str, &str)]) -> String {
    let mut args: Vec<(&str, Value<'_>)> = vec![("name", by.into()), ("you", "no".into())];
    args.extend(more.iter().map(|(name, value)| (*name, Value::from(*value))));
    words.say(id, &args)
}

/// The one who was asked for this chat has never come into it.
fn somebody_never_came(chat: &Chat) -> bool {
    let asked = |role: Role| matches!(role, Role::Owner | Role::External);
    chat.members.iter().any(|member| !member.joined && asked(member.role))
}
