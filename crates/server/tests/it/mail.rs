//! What goes out by e-mail, against a real mail server (`smtp.py`): to whom, once, and told where it was asked for.

mod faults;
mod unseen;
mod words;

use crate::client::{Client, granted, refused};
use crate::desk::{CROWDED, Desk, Engine, on_both};
use crate::live::PATIENCE;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::join_all;
use proof::{Lane, TempDir, temp_dir};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tokio::time::{Instant, sleep};
use uuid::Uuid;
use wire::{AdminLetters, ArticleMail, ChatCan, EntryWhat, MailOutcome, TicketRef, TicketView};

const QUESTION: &str = "Where is my trailer? Grüße & <b>tags</b>";
const NOTE: &str = "She is a regular: be quick.";
const ANSWER: &str = "In Sandvik.";
/// Where Debian puts what its packages need.
const PYTHON: &str = "/usr/bin/python3";

/// A mail server; gone with the value.
pub struct Smtp {
    child: Child,
    port: u16,
    folder: TempDir,
}

/// A letter that arrived.
#[derive(Debug)]
pub struct Arrived {
    pub to: String,
    id: String,
    tls: bool,
    pub text: String,
}

impl Smtp {
    pub fn start(args: &[&str]) -> Self {
        Self::on_port(0, args)
    }

    pub fn on_port(port: u16, args: &[&str]) -> Self {
        let folder = temp_dir();
        let mut child = Command::new(PYTHON)
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/smtp.py"))
            .arg(folder.path())
            .args(["--port", &port.to_string()])
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python is there");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("a pipe");
        BufReader::new(stdout).read_line(&mut line).expect("it says its port");
        let port = line
            .trim()
            .parse()
            .expect("aiosmtpd is there (Debian: python3-aiosmtpd)");
        Self { child, port, folder }
    }

    pub fn arrived(&self) -> Vec<Arrived> {
        let files = std::fs::read_dir(self.folder.path()).expect("a folder");
        let mut names: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
        names.retain(|name| name.extension().is_some_and(|it| it == "json"));
        names.sort();
        let read = |name: &std::path::PathBuf| {
            let about: Value = serde_json::from_slice(&std::fs::read(name).expect("JSON")).expect("JSON");
            assert_eq!(
                about["to"].as_array().expect("a list").len(),
                1,
                "one letter, one mailbox"
            );
            Arrived {
                to: about["to"][0].as_str().expect("an address").to_owned(),
                id: about["id"].as_str().expect("an id").to_owned(),
                tls: about["tls"] == true,
                text: String::from_utf8(std::fs::read(name.with_extension("eml")).expect("a letter")).expect("ASCII"),
            }
        };
        names.iter().map(read).collect()
    }

    /// How often each letter was given, by its Message-ID.
    fn tries(&self) -> BTreeMap<String, usize> {
        let log = std::fs::read_to_string(self.folder.file("tries")).unwrap_or_default();
        let mut tries = BTreeMap::new();
        for line in log.lines() {
            let id = line.split(' ').next().unwrap_or_default();
            *tries.entry(id.to_owned()).or_default() += 1;
        }
        tries
    }

    pub async fn wait_for(&self, letters: usize) -> Vec<Arrived> {
        let until = Instant::now() + PATIENCE;
        loop {
            let arrived = self.arrived();
            if arrived.len() >= letters || Instant::now() > until {
                assert_eq!(arrived.len(), letters, "letters: {arrived:#?}");
                return arrived;
            }
            sleep(Duration::from_millis(50)).await;
        }
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Arrived {
    /// The parts of a letter by their kind, decoded.
    fn parts(&self) -> BTreeMap<String, Vec<u8>> {
        let text = self.text.replace("\r\n", "\n");
        let mut parts = BTreeMap::new();
        for part in text.split("\n--") {
            let Some((head, body)) = part.split_once("\n\n") else {
                continue;
            };
            let Some(at) = head.find("Content-Type: ") else {
                continue;
            };
            let kind = head[at + 14..].split([';', '\n']).next().unwrap_or_default();
            if kind.starts_with("multipart/") {
                continue;
            }
            let decoded = if head.contains("base64") {
                let packed: String = body.chars().filter(|c| !c.is_whitespace()).collect();
                STANDARD.decode(packed).expect("base64")
            } else if head.contains("quoted-printable") {
                quoted_printable(body)
            } else {
                body.as_bytes().to_vec()
            };
            parts.insert(kind.to_owned(), decoded);
        }
        parts
    }

    pub fn part(&self, kind: &str) -> String {
        let parts = self.parts();
        let part = parts
            .get(kind)
            .unwrap_or_else(|| panic!("no {kind} in {:?}", parts.keys()));
        String::from_utf8(part.clone()).expect("UTF-8")
    }

    /// What `pdftotext` reads in the letter's PDF.
    pub fn pdf(&self) -> String {
        read_pdf(&self.parts()["application/pdf"])
    }
}

/// What `pdftotext` reads.
pub fn read_pdf(pdf: &[u8]) -> String {
    let mut reader = Command::new("pdftotext")
        .args(["-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext is there");
    reader.stdin.take().expect("a pipe").write_all(pdf).expect("a PDF");
    let out = reader.wait_with_output().expect("it ends");
    String::from_utf8(out.stdout).expect("UTF-8")
}

fn quoted_printable(body: &str) -> Vec<u8> {
    let joined = body.replace("=\n", "");
    let (mut out, mut bytes) = (Vec::new(), joined.bytes());
    while let Some(byte) = bytes.next() {
        if byte == b'=' {
            let hex = [bytes.next().expect("hex"), bytes.next().expect("hex")];
            let hex = std::str::from_utf8(&hex).expect("ASCII");
            out.push(u8::from_str_radix(hex, 16).expect("hex"));
        } else {
            out.push(byte);
        }
    }
    out
}

/// The program with a mail server.
pub async fn with_mail(desk: &mut Desk, smtp: &Smtp, more: &str) {
    for (name, value) in [("mail_again_s", 1), ("mail_patience_s", 2)] {
        desk.set(name, value).await;
    }
    desk.configure(&format!(
        "[mail]\nserver = \"localhost:{}\"\nfrom = \"Skerry Ferries <help@skerry.example>\"\n{more}\n",
        smtp.port
    ))
    .await;
}

pub const PLAIN: &str = "tls = \"none\"";

fn wants(more: Value) -> Value {
    let mut body = json!({ "cid": Uuid::now_v7(), "language": "en", "zone": "Europe/Oslo" });
    let more = more.as_object().expect("an object").clone();
    body.as_object_mut().expect("an object").extend(more);
    body
}

async fn mail(person: &Client, chat: Uuid, body: &Value) -> (u16, Value) {
    person.post(&format!("/api/chats/{chat}/mail"), body.clone()).await
}

async fn open_chat(external: &Client, agent: &Client) -> Uuid {
    let chat = external.start_chat(QUESTION).await.id;
    agent.accept(chat).await;
    agent.note(chat, NOTE).await;
    agent.say(chat, ANSWER).await;
    chat
}

/// Waits until the chat says so often what became of letters, and returns it.
async fn outcomes(person: &Client, chat: Uuid, count: usize) -> Vec<(MailOutcome, Option<String>)> {
    let until = Instant::now() + PATIENCE * 6;
    loop {
        let entries = person.snapshot(chat).await.entries;
        let told: Vec<_> = entries
            .iter()
            .filter_map(|entry| match &entry.what {
                EntryWhat::Mailed { of, outcome, why } => {
                    let asked = entries.iter().find(|it| it.seq == *of).map(|it| &it.what);
                    assert!(
                        matches!(asked, Some(EntryWhat::Mailing { .. } | EntryWhat::Missed { .. })),
                        "{of} in {entries:#?}"
                    );
                    Some((*outcome, why.clone()))
                }
                _ => None,
            })
            .collect();
        if told.len() >= count || Instant::now() > until {
            assert_eq!(told.len(), count, "{}: {entries:#?}", person.name);
            return told;
        }
        sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn who_was_in_a_chat_has_it_sent() {
    on_both(async |mut desk: Desk| {
        let smtp = Smtp::start(&[]);
        with_mail(&mut desk, &smtp, PLAIN).await;
        let (hanne, maren, tove) = (
            desk.customer("hanne").await,
            desk.agent("maren").await,
            desk.agent("tove").await,
        );
        let _here = maren.stays().await;
        let me = hanne.me().await;
        assert_eq!((me.email.as_deref(), me.mail), (Some("hanne@wiebe.example"), true));
        let chat = open_chat(&hanne, &maren).await;
        assert!(hanne.snapshot(chat).await.chat.can.contains(&ChatCan::Mail));

        // Whoever has no part in it gets nothing, and learns nothing.
        refused(
            mail(&tove, chat, &wants(json!({ "to": "agent" }))).await,
            404,
            "not_found",
        );
        refused(
            mail(&hanne, chat, &wants(json!({ "to": "agent" }))).await,
            422,
            "bad_input",
        );
        refused(
            mail(&hanne, chat, &wants(json!({ "zone": "Mars/Olympus" }))).await,
            422,
            "bad_input",
        );
        maren.close(chat).await;

        let body = wants(json!({}));
        granted::<Value>("mail", mail(&hanne, chat, &body).await);
        // The same again is the same letter.
        granted::<Value>("mail", mail(&hanne, chat, &body).await);
        let other = json!({ "cid": body["cid"], "language": "de", "zone": "Europe/Oslo" });
        refused(mail(&hanne, chat, &other).await, 409, "cid_reused");
        let arrived = smtp.wait_for(1).await;
        assert_eq!(arrived[0].to, "hanne@wiebe.example");
        let text = arrived[0].part("text/plain");
        for (form, said) in [
            ("text", text.clone()),
            ("html", arrived[0].part("text/html")),
            ("pdf", arrived[0].pdf()),
        ] {
            assert!(said.contains(ANSWER), "{form}: {said}");
            assert!(!said.contains("regular"), "{form} holds what is for agents: {said}");
        }
        assert!(text.contains(QUESTION), "{text}");
        assert!(arrived[0].part("text/html").contains("&lt;b&gt;tags&lt;/b&gt;"));
        assert!(arrived[0].text.contains("Auto-Submitted: auto-generated"));
        assert_eq!(outcomes(&hanne, chat, 1).await, [(MailOutcome::Sent, None)]);

        // An agent sends it to himself with what is for agents, and to the customer without.
        for to in ["agent", "external"] {
            granted::<Value>("mail", mail(&maren, chat, &wants(json!({ "to": to }))).await);
            outcomes(&maren, chat, if to == "agent" { 2 } else { 3 }).await;
        }
        let arrived = smtp.wait_for(3).await;
        assert_eq!(arrived[1].to, "maren@skerry.example");
        assert!(arrived[1].part("text/plain").contains(NOTE));
        assert!(arrived[1].pdf().contains("regular"));
        assert_eq!(arrived[2].to, "hanne@wiebe.example");
        assert!(!arrived[2].part("text/plain").contains(NOTE));
        // The customer does not learn what the agent sent to himself.
        assert_eq!(outcomes(&hanne, chat, 2).await.len(), 2);

        // Externals have a chat sent so often and no oftener.
        for _ in 0..2 {
            granted::<Value>("mail", mail(&hanne, chat, &wants(json!({}))).await);
        }
        refused(mail(&hanne, chat, &wants(json!({}))).await, 429, "mail_capped");
        smtp.wait_for(5).await;
        // Nothing is kept of one who is erased.
        desk.cli(&["erase", "--customer", "hanne"]).await;
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn where_no_mail_server_is_set_it_is_said() {
    on_both(async |desk: Desk| {
        let (hanne, maren) = (desk.customer("hanne").await, desk.agent("maren").await);
        let _here = maren.stays().await;
        assert!(!maren.me().await.mail);
        let chat = open_chat(&hanne, &maren).await;
        refused(mail(&hanne, chat, &wants(json!({}))).await, 409, "mail_off");
    })
    .await;
}

#[tokio::test]
async fn a_visitors_address_is_asked_first() {
    on_both(async |mut desk: Desk| {
        let smtp = Smtp::start(&[]);
        with_mail(&mut desk, &smtp, PLAIN).await;
        let (priya, maren) = (desk.visitor("Priya Raman").await, desk.agent("maren").await);
        let _here = maren.stays().await;
        let chat = open_chat(&priya, &maren).await;
        for wrong in [
            json!({}),
            json!({ "address": "nobody" }),
            json!({ "address": "a@b.example,c@d.example" }),
        ] {
            refused(mail(&priya, chat, &wants(wrong)).await, 422, "no_address");
        }
        // Nobody sends a visitor's words to an address that is not proven.
        refused(
            mail(&maren, chat, &wants(json!({ "to": "external" }))).await,
            422,
            "no_address",
        );
        let to = json!({ "address": "priya@example.org" });
        granted::<Value>("mail", mail(&priya, chat, &wants(to.clone())).await);
        assert_eq!(outcomes(&priya, chat, 1).await, [(MailOutcome::Asked, None)]);
        let arrived = smtp.wait_for(1).await;
        for part in ["text/plain", "text/html"] {
            let said = arrived[0].part(part);
            for hers in ["trailer", "Sandvik", "Priya", "tags"] {
                assert!(!said.contains(hers), "{hers} in {said}");
            }
        }
        let text = arrived[0].part("text/plain");
        let link = text.split_whitespace().find(|it| it.contains('#')).expect("a link");
        let (page, token) = link.split_once('#').expect("a link");
        assert!(page.ends_with("/mail/en"), "{page}");
        let anybody = desk.stranger(wire::Surface::Visitor);
        let confirm = async |token: &str| anybody.post("/api/mail/confirm", json!({ "token": token })).await;
        refused(confirm("guessed").await, 404, "not_found");
        assert_eq!(smtp.arrived().len(), 1, "to look at a link is not to press it");
        for _ in 0..2 {
            granted::<Value>("confirm", confirm(token).await);
        }
        assert_eq!(outcomes(&priya, chat, 2).await[1], (MailOutcome::Sent, None));
        let arrived = smtp.wait_for(2).await;
        assert!(arrived[1].part("text/plain").contains(ANSWER));
        assert!(!arrived[1].part("text/plain").contains(NOTE));

        // So often, whatever the address.
        for n in 0..2 {
            let to = json!({ "address": format!("friend{n}@example.org") });
            granted::<Value>("mail", mail(&priya, chat, &wants(to)).await);
        }
        let to = json!({ "address": "friend3@example.org" });
        refused(mail(&priya, chat, &wants(to)).await, 429, "mail_capped");
        smtp.wait_for(4).await;
        desk.verify().await;
    })
    .await;
}

/// The wish of strangers for letters is no way to bury somebody in them.
#[tokio::test]
async fn however_many_ask_one_address_gets_only_so_many_on_sqlite() {
    many_ask(Engine::Sqlite).await;
}

#[tokio::test]
async fn however_many_ask_one_address_gets_only_so_many_on_two_nodes() {
    many_ask(Engine::TwoNodes).await;
}

async fn many_ask(engine: Engine) {
    const CHATS: usize = 100;
    const EACH: usize = 10;
    let lane = Lane::part("mail", &format!("caps on {engine}"));
    let Some(mut desk) = Desk::start_with(engine, CROWDED).await else {
        return lane.skip("no PostgreSQL here");
    };
    let smtp = Smtp::start(&[]);
    desk.set("mails_of_network_per_day", 1_000_000).await;
    with_mail(&mut desk, &smtp, PLAIN).await;
    let maren = desk.agent("maren").await;
    let _here = maren.stays().await;
    let mut chats = Vec::new();
    for _ in 0..CHATS {
        let priya = desk.visitor("Priya Raman").await;
        let chat = priya.start_chat(QUESTION).await.id;
        chats.push((priya, chat));
    }
    let ask = async |priya: &Client, chat: Uuid| {
        let to = wants(json!({ "address": "victim@example.org" }));
        let (status, body) = mail(priya, chat, &to).await;
        assert!(status == 200 || body["code"] == "mail_capped", "{status} {body}");
        usize::from(status == 200)
    };
    let all = chats.iter().flat_map(|it| std::iter::repeat_n(it, EACH));
    let granted: usize = join_all(all.map(|(priya, chat)| ask(priya, *chat))).await.iter().sum();
    assert_eq!(granted, 5, "of {} wishes", CHATS * EACH);
    smtp.wait_for(5).await;
    lane.figure("wishes for one address", CHATS * EACH);
    lane.figure("letters to it", granted);
    lane.case();
    lane.finish();
}

#[tokio::test]
async fn whatever_the_mail_server_does_nothing_is_lost_and_nothing_doubled() {
    on_both(async |mut desk: Desk| {
        // The port is known before the server is there: at first it is down.
        let port = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let number = port.local_addr().expect("an address").port();
        drop(port);
        for (name, value) in [
            ("mail_again_s", 1),
            ("mail_patience_s", 2),
            ("mails_of_agent_per_day", 1_000),
        ] {
            desk.set(name, value).await;
        }
        desk.configure(&format!(
            "[mail]\nserver = \"localhost:{number}\"\ntls = \"none\"\nfrom = \"help@skerry.example\"\n"
        ))
        .await;
        // Mailbox, what is told, letters kept, tries at least.
        let cases = [
            ("plain", MailOutcome::Sent, 1, 1),
            ("later2+x", MailOutcome::Sent, 1, 3),
            ("never+x", MailOutcome::Failed, 0, 1),
            ("slow+x", MailOutcome::Sent, 1, 1),
            // Taken and never answered: tried once more.
            ("silent+x", MailOutcome::Sent, 1, 2),
            ("silent2+x", MailOutcome::Perhaps, 0, 2),
            // Kept and never answered: twice in the mailbox, under one id.
            ("lost+x", MailOutcome::Sent, 2, 2),
            // Kept and never answered, and then refused: the no is to the second try.
            ("gone+x", MailOutcome::Perhaps, 1, 1),
        ];
        let mut chats = Vec::new();
        for (n, (mailbox, ..)) in cases.iter().enumerate() {
            let (login, address) = (format!("mate{n}"), format!("{mailbox}@wiebe.example"));
            let password = format!("{}\n", domain::cast::PASSWORD);
            desk.cli_with(
                &["agent", "add", &login, &format!("Mate {n}"), "--email", &address],
                &password,
            )
            .await;
            desk.cli(&["grant", &login, "travel", "chat_owner"]).await;
            let mate = desk.agent(&login).await;
            mate.be("internal_and_external").await;
            let channel = mate.me().await.channels[0].channel.id;
            mate.put("/api/me/channels", json!({ "channels": [channel] })).await;
            let _here = mate.stays().await;
            let priya = desk.visitor("Priya Raman").await;
            let chat = priya.start_chat(QUESTION).await.id;
            mate.accept(chat).await;
            granted::<Value>("mail", mail(&mate, chat, &wants(json!({ "to": "agent" }))).await);
            chats.push((mate, chat));
        }
        let smtp = Smtp::on_port(number, &[]);
        for ((mate, chat), (mailbox, outcome, ..)) in chats.iter().zip(cases) {
            let told = outcomes(mate, *chat, 1).await;
            assert_eq!(told[0].0, outcome, "{mailbox}: {told:?}");
            if outcome == MailOutcome::Failed {
                assert_eq!(told[0].1.as_deref(), Some("550 no such mailbox"));
            }
        }
        let (arrived, tries) = (smtp.arrived(), smtp.tries());
        let ids: BTreeSet<&String> = arrived.iter().map(|it| &it.id).collect();
        for (mailbox, _, kept, at_least) in cases {
            let his: Vec<_> = arrived.iter().filter(|it| it.to.starts_with(mailbox)).collect();
            assert_eq!(his.len(), kept, "{mailbox}");
            let same: BTreeSet<_> = his.iter().map(|it| (&it.id, &it.text)).collect();
            assert!(same.len() <= 1, "{mailbox}: each try is the same letter");
            if let Some(first) = his.first() {
                assert!(tries[&first.id] >= at_least, "{mailbox}: {tries:?}");
            }
        }
        assert_eq!(ids.len(), 6);
        assert_eq!(tries.len(), cases.len());
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_letter_that_failed_is_listed_without_what_it_says_and_sent_again() {
    on_both(async |mut desk: Desk| {
        let port = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let number = port.local_addr().expect("an address").port();
        drop(port);
        desk.set("mail_tries", 1).await;
        desk.configure(&format!(
            "[mail]\nserver = \"localhost:{number}\"\n{PLAIN}\nfrom = \"help@skerry.example\"\n"
        ))
        .await;
        let (ines, maren, hanne) = (
            desk.agent("ines").await,
            desk.agent("maren").await,
            desk.customer("hanne").await,
        );
        let _here = maren.stays().await;
        let chat = open_chat(&hanne, &maren).await;
        granted::<Value>("mail", mail(&maren, chat, &wants(json!({ "to": "agent" }))).await);
        assert_eq!(outcomes(&maren, chat, 1).await[0].0, MailOutcome::Failed);
        refused(maren.get("/api/admin/letters").await, 404, "not_found");
        let listed = async || -> AdminLetters { granted("letters", ines.get("/api/admin/letters").await) };
        let all = listed().await;
        assert_eq!(
            (all.letters.len(), &*all.letters[0].state, all.sends_mail),
            (1, "failed", true)
        );
        assert!(all.letters[0].said.is_some() && !format!("{all:?}").contains("trailer"));

        let smtp = Smtp::on_port(number, &[]);
        let again = format!("/api/admin/letters/{}/again", all.letters[0].id);
        let _: Value = granted("again", ines.post(&again, json!({})).await);
        assert_eq!(outcomes(&maren, chat, 2).await[1].0, MailOutcome::Sent);
        smtp.wait_for(1).await;
        // What arrived is not sent again, whoever asks.
        refused(ines.post(&again, json!({})).await, 409, "changed_meanwhile");
        assert!(listed().await.letters.is_empty());
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn letters_go_over_verified_tls_or_not_at_all() {
    let lane = Lane::part("mail", "tls");
    let Some(mut desk) = Desk::start(Engine::Sqlite).await else {
        return lane.skip("no SQLite here");
    };
    let folder = temp_dir();
    let openssl = |args: &[&str]| {
        let done = Command::new("openssl").args(args).current_dir(folder.path()).output();
        let done = done.expect("openssl is there");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    for (name, host) in [("right", "localhost"), ("wrong", "mail.elsewhere.example")] {
        openssl(&[
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "30",
            "-keyout",
            &format!("{name}.key"),
            "-out",
            &format!("{name}.pem"),
            "-subj",
            &format!("/CN={host}"),
            "-addext",
            &format!("subjectAltName=DNS:{host}"),
            "-addext",
            "basicConstraints=critical,CA:FALSE",
        ]);
    }
    let file = |name: &str| folder.file(name).display().to_string();
    let maren = desk.agent("maren").await;
    let here = maren.stays().await;
    let priya = desk.visitor("Priya Raman").await;
    let chat = priya.start_chat(QUESTION).await.id;
    maren.accept(chat).await;
    drop(here);
    std::fs::write(folder.file("secret"), "ice-cream-for-all\n").expect("a file");
    // What the server offers, what we ask for, whose certificate, whom we trust, what we know, whether it gets through.
    let cases = [
        ("tls", "tls", "right", "right", "secret", true),
        ("starttls", "starttls", "right", "right", "secret", true),
        ("tls", "tls", "wrong", "wrong", "secret", false),
        ("tls", "tls", "right", "wrong", "secret", false),
        ("starttls", "starttls", "wrong", "right", "secret", false),
        ("tls", "tls", "right", "right", "right.pem", false),
        // Somebody took the offer away.
        ("none", "starttls", "right", "right", "secret", false),
    ];
    let (mut told, mut through) = (0, 0);
    for (offers, asks, certificate, trust, secret, gets_through) in cases {
        let (pem, key) = (file(&format!("{certificate}.pem")), file(&format!("{certificate}.key")));
        let mut args = vec!["--tls", offers, "--certificate", &pem, "--key", &key];
        args.extend(["--user", "desk", "--password", "ice-cream-for-all"]);
        let smtp = Smtp::start(&args);
        desk.set("mail_tries", 1).await;
        let more = format!(
            "tls = \"{asks}\"\nca_file = \"{}\"\nuser = \"desk\"\nsecret_file = \"{}\"",
            file(&format!("{trust}.pem")),
            file(secret)
        );
        with_mail(&mut desk, &smtp, &more).await;
        let maren = desk.agent("maren").await;
        granted::<Value>("mail", mail(&maren, chat, &wants(json!({ "to": "agent" }))).await);
        told += 1;
        let last = outcomes(&maren, chat, told).await.pop().expect("an outcome");
        let case = format!("{offers} {asks} {certificate} {trust} {secret}");
        if gets_through {
            assert_eq!(last, (MailOutcome::Sent, None), "{case}");
            assert!(smtp.wait_for(1).await[0].tls, "{case}");
            through += 1;
        } else {
            assert_eq!(last.0, MailOutcome::Failed, "{case}: {last:?}");
            assert!(last.1.is_some(), "{case}");
            assert_eq!(smtp.tries().len(), 0, "{case}: nothing was given");
            assert!(!desk.log().concat().contains("ice-cream"), "no secret in the log");
        }
        lane.case();
    }
    lane.figure("ways to a mail server", cases.len());
    lane.figure("let through", through);
    lane.finish();
}

#[tokio::test]
async fn a_letter_that_waits_finds_the_address_of_now_and_tells_the_chat_of_then() {
    on_both(async |mut desk: Desk| {
        let smtp = Smtp::start(&[]);
        with_mail(&mut desk, &smtp, PLAIN).await;
        let (hanne, maren) = (desk.customer("hanne").await, desk.agent("maren").await);
        let _here = maren.stays().await;
        let lives_at = async |address: &str| {
            let change = format!("UPDATE person SET email = '{address}' WHERE login = 'hanne'");
            desk.change_data(change).await;
        };
        lives_at("later99+hanne@wiebe.example").await;
        let chat = open_chat(&hanne, &maren).await;
        granted::<Value>("mail", mail(&hanne, chat, &wants(json!({}))).await);
        let until = Instant::now() + PATIENCE;
        while smtp.tries().is_empty() {
            assert!(Instant::now() < until, "it is not tried");
            sleep(Duration::from_millis(20)).await;
        }
        maren.close(chat).await;
        lives_at("hanne@wiebe.example").await;
        let arrived = smtp.wait_for(1).await;
        assert_eq!(arrived[0].to, "hanne@wiebe.example");
        for said in [arrived[0].part("text/plain"), arrived[0].pdf()] {
            assert!(said.contains(ANSWER) && said.contains("Last entry so far"), "{said}");
            assert!(!said.contains("Ended"), "{said}");
        }
        assert_eq!(smtp.tries().len(), 1, "under one Message-ID");
        desk.verify().await;
    })
    .await;
}

/// Waits until it is known what became of the e-mail that is the ticket's last article.
async fn settled(agent: &Client, ticket: &str) -> (TicketView, ArticleMail) {
    let until = Instant::now() + PATIENCE * 6;
    loop {
        let seen: TicketView = granted("the ticket", agent.get(ticket).await);
        let mail = seen.articles.last().and_then(|answer| answer.mail.clone());
        let mail = mail.expect("an e-mail");
        if mail.outcome.is_some() {
            return (seen, mail);
        }
        assert!(Instant::now() < until, "{mail:?}");
        sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn an_answer_on_a_ticket_goes_out() {
    on_both(async |mut desk: Desk| {
        let smtp = Smtp::start(&[]);
        with_mail(&mut desk, &smtp, PLAIN).await;
        let (ines, tove) = (desk.agent("ines").await, desk.agent("tove").await);
        let queues = ines.get("/api/queues").await.1;
        let travel = queues["queues"].as_array().expect("a list").iter();
        let travel = travel.map(|it| &it["queue"]).find(|it| it["name"] == "Travel").expect("Travel");
        let make = |customer: Value| {
            json!({
                "cid": Uuid::now_v7(), "title": "A trailer", "text": "She rang.", "queue": travel["id"], "customer": customer
            })
        };
        let elin = |email: &str| make(json!({ "is": "address", "name": "Elin\r\nBcc: all@example.org", "email": email }));
        // A name becomes one line, an address with two is none.
        let two = elin("elin@nordkap.example\r\nBcc: all@example.org");
        refused(ines.post("/api/tickets", two).await, 422, "bad_input");
        let body = elin("elin@nordkap.example");
        let made: TicketRef = granted("a ticket", ines.post("/api/tickets", body).await);
        let path = format!("/api/tickets/{}", made.id);
        let answer = |cid: Uuid| {
            let subject = "Your trailer\r\nBcc: all@example.org";
            json!({ "cid": cid, "visible": false, "subject": subject, "text": "It is booked.", "email": true })
        };
        let articles = format!("{path}/articles");
        refused(tove.post(&articles, answer(Uuid::now_v7())).await, 403, "not_allowed");
        let cid = Uuid::now_v7();
        for _ in 0..2 {
            granted::<Value>("an answer", ines.post(&articles, answer(cid)).await);
        }
        let arrived = smtp.wait_for(1).await;
        assert_eq!(arrived[0].to, "elin@nordkap.example");
        let subject = format!("Subject: [Ticket#{}] Your trailer", made.number);
        assert!(arrived[0].text.contains(&subject), "{}", arrived[0].text);
        assert!(!arrived[0].text.contains("\nBcc:"), "{}", arrived[0].text);
        assert_eq!(arrived[0].part("text/plain").trim(), "It is booked.");
        let (seen, sent) = settled(&ines, &path).await;
        assert_eq!(
            (sent.outcome, sent.address.as_str()),
            (Some(MailOutcome::Sent), "elin@nordkap.example")
        );
        let [_, written] = seen.articles.as_slice() else {
            panic!("{:?}", seen.articles)
        };
        assert_eq!(
            (written.visible, written.subject.as_str()),
            (true, "Your trailer Bcc: all@example.org")
        );
        assert_eq!(seen.customer.name.as_deref(), Some("Elin Bcc: all@example.org"));
        // What did not arrive, or perhaps, is told with what the mail server said.
        for (mailbox, outcome, said) in [
            ("never+elin", MailOutcome::Failed, "550 no such mailbox"),
            ("silent2+elin", MailOutcome::Perhaps, "did not say"),
        ] {
            let address = format!("{mailbox}@nordkap.example");
            let hers: TicketRef = granted("a ticket", ines.post("/api/tickets", elin(&address)).await);
            let path = format!("/api/tickets/{}", hers.id);
            let answered = ines.post(&format!("{path}/articles"), answer(Uuid::now_v7())).await;
            granted::<Value>("an answer", answered);
            let (_, told) = settled(&ines, &path).await;
            assert_eq!((told.outcome, &told.address), (Some(outcome), &address));
            assert!(told.why.as_ref().is_some_and(|why| why.contains(said)), "{told:?}");
        }
        assert_eq!(smtp.arrived().len(), 1);
        // Of nobody there is no address.
        let nobody = make(json!({ "is": "address" }));
        let nobody: TicketRef = granted("a ticket", ines.post("/api/tickets", nobody).await);
        let path = format!("/api/tickets/{}/articles", nobody.id);
        refused(ines.post(&path, answer(Uuid::now_v7())).await, 422, "no_address");
        desk.verify().await;
    })
    .await;
}

/// Killed while letters go out: each one asked for arrives, and is told once.
#[tokio::test]
async fn killed_while_letters_go_out_each_arrives_on_sqlite() {
    killed(Engine::Sqlite).await;
}

#[tokio::test]
async fn killed_while_letters_go_out_each_arrives_on_postgres() {
    killed(Engine::Postgres).await;
}

async fn killed(engine: Engine) {
    const KILLS: u64 = 15;
    const EACH: usize = 4;
    let lane = Lane::part("side-effects", &format!("letters on {engine}"));
    let Some(mut desk) = Desk::start_with(engine, CROWDED).await else {
        return lane.skip("no PostgreSQL here");
    };
    // Some letters are asked to wait, so that kills meet every state.
    let smtp = Smtp::start(&[]);
    desk.set("mails_of_agent_per_day", 1_000_000).await;
    let password = format!("{}\n", domain::cast::PASSWORD);
    for (login, address) in [("quick", "quick@skerry.example"), ("later", "later+x@skerry.example")] {
        desk.cli_with(&["agent", "add", login, login, "--email", address], &password)
            .await;
        desk.cli(&["grant", login, "travel", "chat_owner"]).await;
    }
    with_mail(&mut desk, &smtp, PLAIN).await;
    desk.set("mail_patience_s", 1).await;
    let agents = [desk.agent("quick").await, desk.agent("later").await];
    let mut chats = Vec::new();
    for agent in &agents {
        agent.be("internal_and_external").await;
        let channel = agent.me().await.channels[0].channel.id;
        agent.put("/api/me/channels", json!({ "channels": [channel] })).await;
        let _here = agent.stays().await;
        let priya = desk.visitor("Priya Raman").await;
        let chat = priya.start_chat(QUESTION).await.id;
        agent.accept(chat).await;
        chats.push(chat);
    }
    let mut asked = 0;
    for kill in 0..KILLS {
        for _ in 0..EACH {
            for (agent, chat) in agents.iter().zip(&chats) {
                granted::<Value>("mail", mail(agent, *chat, &wants(json!({ "to": "agent" }))).await);
                asked += 1;
            }
        }
        // From before the first letter is taken until some are through.
        sleep(Duration::from_millis(137 * kill % 900)).await;
        desk.restart().await;
    }
    let (mut told, mut perhaps) = (0, 0);
    for (agent, chat) in agents.iter().zip(&chats) {
        let outcomes = outcomes(agent, *chat, asked / 2).await;
        told += outcomes.len();
        for (outcome, why) in outcomes {
            match outcome {
                MailOutcome::Sent => {}
                MailOutcome::Perhaps => perhaps += 1,
                other => lane.violation(format!("{other:?}, {why:?}")),
            }
        }
    }
    let arrived = smtp.arrived();
    let ids: BTreeSet<_> = arrived.iter().map(|it| it.id.clone()).collect();
    let given = smtp.tries().len();
    if ids.len() + perhaps < asked {
        lane.violation(format!("{asked} asked for, {} arrived, {perhaps} perhaps", ids.len()));
    }
    // A kill may come between the letter and the note that it went: then it is there twice, under one id.
    let doubled = arrived.len() - ids.len();
    if doubled > 2 * KILLS as usize {
        lane.violation(format!("{doubled} doubled"));
    }
    desk.verify().await;
    lane.figure("kills", KILLS);
    lane.figure("letters asked for", asked);
    lane.figure("told", told);
    lane.figure("given", given);
    lane.figure("twice under one id", doubled);
    lane.figure("perhaps", perhaps);
    lane.case();
    lane.finish();
}
