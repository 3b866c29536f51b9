//! What is to be told, one hint for each thing.

use crate::Hint;
use std::collections::HashMap;
use uuid::Uuid;

/// Things with something new. Beyond it only that there was more.
const MOST: usize = 4_096;

#[derive(Default)]
pub struct Pending {
    hints: HashMap<Thing, Hint>,
}

#[derive(PartialEq, Eq, Hash)]
enum Thing {
    Log(Uuid),
    View(Uuid),
    Typing(Uuid, u32, bool),
    Read(Uuid, Uuid),
    Kept(Uuid, Uuid),
    Lists(Uuid),
    More,
}

impl Pending {
    pub fn add(&mut self, hint: Hint) {
        let thing = match hint {
            Hint::Log { chat, .. } => Thing::Log(chat),
            Hint::View { chat } => Thing::View(chat),
            Hint::Typing { chat, n, note, .. } => Thing::Typing(chat, n, note),
            Hint::Read { chat, person, .. } => Thing::Read(chat, person),
            Hint::Kept { chat, person } => Thing::Kept(chat, person),
            Hint::Lists { person } => Thing::Lists(person),
            Hint::Missed => Thing::More,
        };
        if self.hints.len() >= MOST && !self.hints.contains_key(&thing) {
            self.hints.insert(Thing::More, Hint::Missed);
            return;
        }
        self.hints
            .entry(thing)
            .and_modify(|known| *known = newer(*known, hint))
            .or_insert(hint);
    }

    pub fn take(&mut self) -> Vec<Hint> {
        self.hints.drain().map(|(_, hint)| hint).collect()
    }
}

/// Both in one, of the same thing. Positions only grow.
fn newer(known: Hint, hint: Hint) -> Hint {
    match (known, hint) {
        (
            Hint::Log {
                head: known_head,
                public_head: known_public,
                fence: known_fence,
                permission_epoch: known_epoch,
                lists: known_lists,
                external: known_external,
                ..
            },
            Hint::Log {
                chat,
                head,
                public_head,
                fence,
                permission_epoch,
                lists,
                external,
            },
        ) => Hint::Log {
            chat,
            head: head.max(known_head),
            public_head: public_head.max(known_public),
            fence: fence.max(known_fence),
            permission_epoch: permission_epoch.max(known_epoch),
            lists: lists || known_lists,
            external: external.or(known_external),
        },
        (Hint::Read { seq: known, .. }, Hint::Read { chat, person, seq }) => Hint::Read {
            chat,
            person,
            seq: seq.max(known),
        },
        (_, hint) => hint,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(chat: Uuid, head: i64, public_head: i64, lists: bool) -> Hint {
        Hint::Log {
            chat,
            head,
            public_head,
            fence: 1,
            permission_epoch: 1,
            lists,
            external: lists.then_some(Uuid::nil()),
        }
    }

    #[test]
    fn hints_of_one_thing_become_one() {
        let (chat, mut pending) = (Uuid::now_v7(), Pending::default());
        for hint in [log(chat, 4, 3, true), log(chat, 5, 0, false), Hint::View { chat }] {
            pending.add(hint);
        }
        let mut taken = pending.take();
        taken.sort_by_key(|hint| matches!(hint, Hint::View { .. }));
        assert_eq!(taken, [log(chat, 5, 3, true), Hint::View { chat }]);
        assert!(pending.take().is_empty());
    }

    #[test]
    fn too_many_become_the_word_that_there_were_more() {
        let mut pending = Pending::default();
        for _ in 0..MOST + 10 {
            pending.add(Hint::Lists { person: Uuid::now_v7() });
        }
        let taken = pending.take();
        assert_eq!(taken.len(), MOST + 1);
        assert!(taken.contains(&Hint::Missed));
    }
}
