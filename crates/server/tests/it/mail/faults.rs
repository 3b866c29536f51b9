//! Whatever goes wrong before a letter's text was given: nothing has arrived, so it is tried again, and nobody calls it perhaps sent.

use super::{PLAIN, Smtp, mail, open_chat, outcomes, wants, with_mail};
use crate::client::{Client, granted};
use crate::desk::{CROWDED, Desk, Engine};
use proof::Lane;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;
use wire::AdminLetters;
use wire::MailOutcome::{self, Failed, Perhaps, Sent};

const SILENCE: &str = "the mail server does not answer";
const CUT: &str = "incomplete response";

/// What a connection meets; what is told of a letter that is tried once, and why; and what of one that is tried again.
const FAULTS: [(&str, MailOutcome, &str, MailOutcome); 24] = [
    ("greeting silent", Failed, SILENCE, Sent),
    ("ehlo silent", Failed, SILENCE, Sent),
    ("mail silent", Failed, SILENCE, Sent),
    ("rcpt silent", Failed, SILENCE, Sent),
    ("rcpt late", Failed, SILENCE, Sent),
    ("greeting slow", Sent, "", Sent),
    ("ehlo slow", Sent, "", Sent),
    ("mail slow", Sent, "", Sent),
    ("rcpt slow", Sent, "", Sent),
    ("greeting 421", Failed, "421 greeting", Sent),
    ("greeting 554", Failed, "554 greeting", Sent),
    ("ehlo 421", Failed, "421 ehlo", Sent),
    ("mail 421", Failed, "421 mail", Sent),
    ("mail 451", Failed, "451 mail", Sent),
    ("mail 550", Failed, "550 mail", Failed),
    ("rcpt 450", Failed, "450 rcpt", Sent),
    ("rcpt 550", Failed, "550 rcpt", Failed),
    ("data 451", Failed, "451 data", Sent),
    ("data 554", Failed, "554 data", Failed),
    ("greeting hangup", Failed, CUT, Sent),
    ("ehlo hangup", Failed, CUT, Sent),
    ("rcpt hangup", Failed, CUT, Sent),
    ("data hangup", Failed, CUT, Sent),
    // From here on nobody can know.
    ("text hangup", Perhaps, "", Sent),
];

impl Smtp {
    fn with_faults() -> Self {
        Self::start(&["--faults", &FAULTS.map(|fault| fault.0).join(",")])
    }

    /// What arrived, after each fault was met and none of it twice.
    fn once_each(&self) -> BTreeSet<String> {
        let met = std::fs::read_to_string(self.folder.file("faults")).expect("what went wrong");
        let met: BTreeSet<_> = met.lines().collect();
        assert_eq!(met, BTreeSet::from(FAULTS.map(|fault| fault.0)));
        let arrived = self.arrived();
        let ids: BTreeSet<_> = arrived.iter().map(|it| it.id.clone()).collect();
        assert_eq!(ids.len(), arrived.len(), "{ids:?}");
        ids
    }
}

#[tokio::test]
async fn what_goes_wrong_before_the_text_is_tried_again_and_never_called_perhaps_sent_on_sqlite() {
    goes_wrong(Engine::Sqlite).await;
}

#[tokio::test]
async fn what_goes_wrong_before_the_text_is_tried_again_and_never_called_perhaps_sent_on_postgres() {
    goes_wrong(Engine::Postgres).await;
}

async fn goes_wrong(engine: Engine) {
    let lane = Lane::part("mail", &format!("faults on {engine}"));
    let Some(mut desk) = Desk::start_with(engine, CROWDED).await else {
        return lane.skip("no PostgreSQL here");
    };
    let maren = desk.agent("maren").await;
    let here = maren.stays().await;
    let (hanne, jonas) = (desk.customer("hanne").await, desk.customer("jonas").await);
    let (first, second) = (open_chat(&hanne, &maren).await, open_chat(&jonas, &maren).await);
    drop(here);
    let later = tried_once(&mut desk, &maren, first).await;
    let through = tried_again(&mut desk, &maren, second).await;
    desk.verify().await;
    lane.cases(2 * FAULTS.len());
    lane.figure("faults of a mail server", FAULTS.len());
    lane.figure("letters sent by hand after them", later);
    lane.figure("letters sent by themselves after them", through);
    lane.figure("refused for good", FAULTS.len() - through);
    lane.finish();
}

/// With one try only, each fault is told as what it is. When all is well again, Ines has them sent.
async fn tried_once(desk: &mut Desk, maren: &Client, chat: Uuid) -> usize {
    let smtp = Smtp::with_faults();
    desk.set("mail_tries", 1).await;
    with_mail(desk, &smtp, PLAIN).await;
    let told = a_letter_each(maren, chat).await;
    let each = FAULTS.map(|(_, told, why, _)| (told, Some(why.to_owned())));
    assert_eq!(words(told), words(each));
    let sent = FAULTS.iter().filter(|fault| fault.1 == Sent).count();
    assert_eq!(smtp.once_each().len(), sent);

    let ines = desk.agent("ines").await;
    let left: AdminLetters = granted("letters", ines.get("/api/admin/letters").await);
    let left = left.letters;
    assert_eq!(left.len(), FAULTS.len() - sent);
    for letter in &left {
        assert_eq!(letter.tries, 1, "{letter:?}");
        let again = format!("/api/admin/letters/{}/again", letter.id);
        granted::<Value>("again", ines.post(&again, json!({})).await);
    }
    let told = outcomes(maren, chat, FAULTS.len() + left.len()).await;
    assert!(told[FAULTS.len()..].iter().all(|it| *it == (Sent, None)), "{told:?}");
    let ids = smtp.once_each();
    assert_eq!(ids.len(), FAULTS.len());
    for letter in &left {
        let id = format!("<{}@skerry.example>", letter.id);
        assert!(ids.contains(&id), "{id} is not among {ids:?}");
    }
    left.len()
}

/// With as many tries as usual, each one arrives that was not refused.
async fn tried_again(desk: &mut Desk, maren: &Client, chat: Uuid) -> usize {
    let smtp = Smtp::with_faults();
    desk.set("mail_tries", 12).await;
    with_mail(desk, &smtp, PLAIN).await;
    let told = a_letter_each(maren, chat).await;
    let ends = FAULTS.map(|(_, _, why, end)| (end, Some(why.to_owned()).filter(|_| end == Failed)));
    assert_eq!(words(told), words(ends));
    let through = smtp.once_each().len();
    assert_eq!(through, FAULTS.iter().filter(|fault| fault.3 == Sent).count());
    through
}

/// A letter for each fault, and what is told of them.
async fn a_letter_each(maren: &Client, chat: Uuid) -> Vec<(MailOutcome, Option<String>)> {
    for _ in FAULTS {
        granted::<Value>("mail", mail(maren, chat, &wants(json!({ "to": "agent" }))).await);
    }
    outcomes(maren, chat, FAULTS.len()).await
}

/// In one order. How a connection broke under a text is the system's to say.
fn words(told: impl IntoIterator<Item = (MailOutcome, Option<String>)>) -> Vec<String> {
    let words = told.into_iter().map(|(outcome, why)| {
        let why = why.filter(|_| outcome != Perhaps).unwrap_or_default();
        format!("{outcome:?} {why}")
    });
    let mut words: Vec<_> = words.collect();
    words.sort();
    words
}
