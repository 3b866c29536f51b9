//! What people did and saw, and what must hold of it.
//!
//! I-1 acknowledged is durable · I-2 no phantom · I-3 stored once · I-4 dense · I-5 acknowledged before sent means lower
//! number · I-6 all see one order · I-7 a sender's order is kept.

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::time::Instant;
use uuid::Uuid;
use wire::{EntryView, EntryWhat};

/// Counts from the first to the last word of a run.
#[derive(Default)]
pub struct History {
    sends: Mutex<BTreeMap<Uuid, Send>>,
    /// What anybody saw at a position: chat, side, position.
    seen: Mutex<HashMap<(Uuid, bool, i64), EntryView>>,
    broken: Mutex<Vec<(Uuid, String)>>,
    acknowledged: AtomicUsize,
    unknown: AtomicUsize,
    found: AtomicUsize,
    resumes: AtomicUsize,
    begun: AtomicUsize,
}

/// One message and what became of it.
#[derive(Clone, Debug)]
struct Send {
    chat: Uuid,
    /// Tells senders apart, and puts each one's messages in order.
    by: (Uuid, usize),
    external: bool,
    text: String,
    invoked: Instant,
    /// The position it was acknowledged at, on its sender's side.
    acknowledged: Option<(i64, Instant)>,
    /// Refused for the moment and sent again later: no longer in line with its neighbours.
    bounced: bool,
}

/// What came out.
#[derive(Debug, Default)]
pub struct Verdict {
    pub acknowledged: usize,
    pub lost: usize,
    pub duplicated: usize,
    pub phantoms: usize,
    pub inverted: usize,
    pub holes: usize,
    pub seen_otherwise: usize,
    pub broken: Vec<String>,
}

impl History {
    pub fn sends(&self, chat: Uuid, by: (Uuid, usize), external: bool, cid: Uuid, text: &str) {
        let send = Send {
            chat,
            by,
            external,
            text: text.to_owned(),
            invoked: Instant::now(),
            acknowledged: None,
            bounced: false,
        };
        self.sends.lock().expect("no panic").insert(cid, send);
    }

    pub fn acknowledge(&self, cid: Uuid, seq: i64) {
        let mut sends = self.sends.lock().expect("no panic");
        let send = sends.get_mut(&cid).expect("sent before");
        match send.acknowledged {
            None => {
                send.acknowledged = Some((seq, Instant::now()));
                self.acknowledged.fetch_add(1, Ordering::Relaxed);
            }
            Some((before, _)) if before != seq => {
                let chat = send.chat;
                drop(sends);
                self.breaks(chat, format!("{cid} was acknowledged at {before} and at {seq}"));
            }
            Some(_) => {}
        }
    }

    pub fn bounced(&self, cid: Uuid) {
        self.sends
            .lock()
            .expect("no panic")
            .get_mut(&cid)
            .expect("sent before")
            .bounced = true;
    }

    /// What one person was shown at a position; everybody on his side must be shown the same.
    pub fn sees(&self, chat: Uuid, external: bool, entry: &EntryView) {
        let mut seen = self.seen.lock().expect("no panic");
        let before = seen
            .entry((chat, external, entry.seq))
            .or_insert_with(|| entry.clone())
            .clone();
        drop(seen);
        if before != *entry {
            self.breaks(
                chat,
                format!("at {} stands {before:?} for one and {entry:?} for another", entry.seq),
            );
        }
    }

    pub fn breaks(&self, chat: Uuid, what: String) {
        self.broken.lock().expect("no panic").push((chat, what));
    }

    /// A connection was lost with so many messages under way.
    pub fn lost_connection(&self, under_way: usize) {
        self.unknown.fetch_add(under_way, Ordering::Relaxed);
    }

    /// Somebody came back from a position, and found so many of those stored.
    pub fn resumed(&self, found: usize) {
        self.resumes.fetch_add(1, Ordering::Relaxed);
        self.found.fetch_add(found, Ordering::Relaxed);
    }

    pub fn began_and_closed(&self) {
        self.begun.fetch_add(1, Ordering::Relaxed);
    }

    pub fn acknowledged(&self) -> usize {
        self.acknowledged.load(Ordering::Relaxed)
    }

    /// What is worth reading of a run and its verdict.
    pub fn figures(&self, verdict: &Verdict) -> [(&'static str, usize); 11] {
        let count = |count: &AtomicUsize| count.load(Ordering::Relaxed);
        [
            ("acknowledged", verdict.acknowledged),
            ("unknown", count(&self.unknown)),
            ("found", count(&self.found)),
            ("resumes", count(&self.resumes)),
            ("chats begun and closed", count(&self.begun)),
            ("lost", verdict.lost),
            ("duplicated", verdict.duplicated),
            ("phantoms", verdict.phantoms),
            ("inverted", verdict.inverted),
            ("holes", verdict.holes),
            ("seen otherwise", verdict.seen_otherwise),
        ]
    }

    /// Holds everything about one chat against its log, as agents (`log`) and as externals read it.
    pub fn judge(&self, chat: Uuid, log: &[EntryView], public: &[EntryView]) -> Verdict {
        let sends = self.sends.lock().expect("no panic");
        let sends: BTreeMap<Uuid, &Send> = sends
            .iter()
            .filter(|(_, send)| send.chat == chat)
            .map(|(cid, send)| (*cid, send))
            .collect();
        let mut verdict = Verdict {
            acknowledged: sends.values().filter(|send| send.acknowledged.is_some()).count(),
            ..Verdict::default()
        };
        let broken = self.broken.lock().expect("no panic");
        verdict.broken.extend(
            broken
                .iter()
                .filter(|(of, _)| *of == chat)
                .map(|(_, what)| what.clone()),
        );
        verdict.holes = holes(log) + holes(public);
        let at = places(log, &sends, &mut verdict);
        let public_at: HashMap<Uuid, i64> = public
            .iter()
            .filter_map(|entry| Some((entry.cid?, entry.seq)))
            .collect();
        for (cid, send) in &sends {
            let Some((seq, _)) = send.acknowledged else { continue };
            let stored = if send.external { public_at.get(cid) } else { at.get(cid) };
            if stored != Some(&seq) {
                verdict.lost += 1;
                verdict
                    .broken
                    .push(format!("{cid} was acknowledged at {seq} and stands at {stored:?}"));
            }
        }
        verdict.inverted = inverted(&sends, &at) + out_of_line(&sends, &at);
        verdict.seen_otherwise = self.seen_otherwise(chat, log, public);
        let counted = [
            ("holes", verdict.holes),
            ("duplicated", verdict.duplicated),
            ("phantoms", verdict.phantoms),
            ("inverted", verdict.inverted),
            ("seen otherwise than stored", verdict.seen_otherwise),
        ];
        let bad = counted.iter().filter(|(_, count)| *count > 0);
        verdict
            .broken
            .extend(bad.map(|(what, count)| format!("chat {chat}: {what}: {count}")));
        verdict
    }

    /// Positions at which somebody saw something else than what stands there (I-6).
    fn seen_otherwise(&self, chat: Uuid, log: &[EntryView], public: &[EntryView]) -> usize {
        let stands = |external: bool, seq: i64| {
            let side = if external { public } else { log };
            side.get(usize::try_from(seq - 1).ok()?)
        };
        let seen = self.seen.lock().expect("no panic");
        let of_chat = seen.iter().filter(|((of, ..), _)| *of == chat);
        of_chat
            .filter(|((_, external, seq), entry)| stands(*external, *seq) != Some(entry))
            .count()
    }
}

/// Numbers that are not the next one (I-4).
fn holes(log: &[EntryView]) -> usize {
    log.iter().zip(1..).filter(|(entry, seq)| entry.seq != *seq).count()
}

/// Where each client id stands; counts what stands twice (I-3), and what nobody said (I-2).
fn places(log: &[EntryView], sends: &BTreeMap<Uuid, &Send>, verdict: &mut Verdict) -> HashMap<Uuid, i64> {
    let mut at = HashMap::new();
    for entry in log {
        let (Some(cid), EntryWhat::Message { text, .. } | EntryWhat::Note { text, .. }) = (entry.cid, &entry.what)
        else {
            continue;
        };
        match sends.get(&cid) {
            Some(send) if send.text == *text => {}
            _ => verdict.phantoms += 1,
        }
        if at.insert(cid, entry.seq).is_some() {
            verdict.duplicated += 1;
        }
    }
    at
}

/// Messages that were sent after another was acknowledged and stand before it (I-5).
fn inverted(sends: &BTreeMap<Uuid, &Send>, at: &HashMap<Uuid, i64>) -> usize {
    let mut by_place: Vec<_> = sends
        .iter()
        .filter_map(|(cid, send)| Some((*at.get(cid)?, *send)))
        .collect();
    by_place.sort_by_key(|(seq, _)| *seq);
    let (mut count, mut first_ack_above) = (0, None::<Instant>);
    for (_, send) in by_place.iter().rev() {
        count += usize::from(first_ack_above.is_some_and(|ack| ack < send.invoked));
        if let Some((_, ack)) = send.acknowledged {
            first_ack_above = Some(first_ack_above.map_or(ack, |first| first.min(ack)));
        }
    }
    count
}

/// Messages of one sender that stand before an earlier one of his (I-7).
fn out_of_line(sends: &BTreeMap<Uuid, &Send>, at: &HashMap<Uuid, i64>) -> usize {
    let mut by_sender: BTreeMap<(Uuid, usize), i64> = BTreeMap::new();
    for (cid, send) in sends.iter().filter(|(_, send)| !send.bounced) {
        if let Some(seq) = at.get(cid) {
            by_sender.insert(send.by, *seq);
        }
    }
    let pairs = by_sender.iter().zip(by_sender.iter().skip(1));
    pairs
        .filter(|((a, before), (b, after))| a.0 == b.0 && before >= after)
        .count()
}

impl Verdict {
    pub fn add(&mut self, other: Self) {
        self.acknowledged += other.acknowledged;
        self.lost += other.lost;
        self.duplicated += other.duplicated;
        self.phantoms += other.phantoms;
        self.inverted += other.inverted;
        self.holes += other.holes;
        self.seen_otherwise += other.seen_otherwise;
        self.broken.extend(other.broken);
    }
}

/// The judge is put to the proof himself: each wrong he must notice.
#[cfg(test)]
mod tests {
    use super::*;

    fn entry(seq: i64, cid: Uuid, text: &str) -> EntryView {
        EntryView {
            seq,
            at: 0,
            who: Some(1),
            cid: Some(cid),
            what: EntryWhat::Message {
                text: text.into(),
                file: None,
            },
        }
    }

    /// Three messages of one sender, each acknowledged before the next was sent.
    fn history() -> (History, Uuid, Vec<EntryView>) {
        let (history, chat, by) = (History::default(), Uuid::now_v7(), Uuid::now_v7());
        let mut log = Vec::new();
        for (n, text) in ["one", "two", "three"].into_iter().enumerate() {
            let cid = Uuid::now_v7();
            history.sends(chat, (by, n), true, cid, text);
            history.acknowledge(cid, n as i64 + 1);
            log.push(entry(n as i64 + 1, cid, text));
            history.sees(chat, true, &log[n]);
        }
        (history, chat, log)
    }

    #[test]
    fn a_clean_history_is_clean() {
        let (history, chat, log) = history();
        let verdict = history.judge(chat, &log, &log);
        assert!(verdict.broken.is_empty() && verdict.acknowledged == 3, "{verdict:?}");
    }

    #[test]
    fn what_is_lost_or_stored_twice_or_by_nobody_is_noticed() {
        let (history, chat, log) = history();
        let verdict = history.judge(chat, &log[..2], &log[..2]);
        assert_eq!((verdict.lost, verdict.seen_otherwise), (1, 1), "{verdict:?}");
        let mut twice = log.clone();
        twice.push(entry(4, log[0].cid.expect("an id"), "one"));
        assert_eq!(history.judge(chat, &twice, &twice).duplicated, 1);
        let mut phantom = log.clone();
        phantom.push(entry(4, Uuid::now_v7(), "nobody said this"));
        assert_eq!(history.judge(chat, &phantom, &phantom).phantoms, 1);
    }

    #[test]
    fn holes_and_changed_orders_are_noticed() {
        let (history, chat, mut log) = history();
        let gap: Vec<_> = [&log[0], &log[2]].into_iter().cloned().collect();
        assert_eq!(history.judge(chat, &gap, &gap).holes, 2);
        log.swap(0, 1);
        (log[0].seq, log[1].seq) = (1, 2);
        let verdict = history.judge(chat, &log, &log);
        assert_eq!(
            (verdict.inverted, verdict.seen_otherwise),
            (2, 2),
            "by I-5 and by I-7: {verdict:?}"
        );
    }
}
