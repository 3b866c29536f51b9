use super::*;

fn letter() -> Letter {
    Letter {
        id: Uuid::from_u128(7),
        at: Instant(1_795_435_200_000_000),
        name: Some("Hanne Dahl".into()),
        address: "hanne@wiebe.example".into(),
        subject: "Chat in Travel desk".into(),
        text: "At 19:40. Grüße".into(),
        html: Some("<p>At 19:40. Grüße</p>".into()),
        pdf: Some(("chat.pdf".into(), b"%PDF-1.7 \x00\xff".to_vec())),
        automatic: true,
    }
}

fn config(server: &str, tls: &str) -> config::Mail {
    config::Mail {
        server: server.into(),
        tls: tls.into(),
        from: "Skerry Ferries <help@skerry.example>".into(),
        ..config::Mail::default()
    }
}

fn mailer() -> Mailer {
    Mailer::new(&config("localhost", "none")).unwrap().unwrap()
}

fn written(letter: &Letter) -> String {
    let to = letter.address.parse().unwrap();
    String::from_utf8(mailer().written(letter, to).unwrap()).unwrap()
}

#[test]
fn each_try_is_the_same_letter() {
    let once = written(&letter());
    assert_eq!(once, written(&letter()));
    for line in [
        "Message-ID: <00000000-0000-0000-0000-000000000007@skerry.example>",
        "Auto-Submitted: auto-generated",
        "To: \"Hanne Dahl\" <hanne@wiebe.example>",
    ] {
        assert!(once.contains(line), "{line} in {once}");
    }
    assert!(once.is_ascii(), "whatever a server takes");
}

/// What comes from people ends no header and adds no recipient, be it in a name or a subject.
#[test]
fn no_header_comes_from_a_name_or_a_subject() {
    let ends = [
        "\r\n", "\n", "\r", "\r\n ", "\u{85}", "\u{2028}", "\u{2029}", "\0", "\u{b}", "\u{c}",
    ];
    let adds = [
        "Bcc: all@example.org",
        "To: all@example.org",
        "\r\nSubject: x",
        "<all@example.org>",
        "\",all@example.org,\"",
        "Content-Type: text/html\r\n\r\n<script>",
        "=?utf-8?q?=0d=0aBcc:_all@example.org?=",
    ];
    let mut vectors = 0;
    let plain = written(&letter());
    let headers = |letter: &str| -> Vec<String> {
        let head = letter.split("\r\n\r\n").next().unwrap_or_default().to_owned();
        let starts = head.lines().filter(|line| !line.starts_with([' ', '\t']));
        starts
            .map(|line| line.split(':').next().unwrap_or_default().to_owned())
            .collect()
    };
    for end in ends {
        for add in adds {
            for (name, subject) in [(true, false), (false, true), (true, true)] {
                let bad = format!("Priya{end}{add}");
                let mut letter = letter();
                if name {
                    letter.name = Some(bad.clone());
                }
                if subject {
                    letter.subject = bad.clone();
                }
                let made = written(&letter);
                assert_eq!(headers(&made), headers(&plain), "{bad:?}");
                vectors += 1;
            }
        }
    }
    println!("vectors of header injection: {vectors}");
    assert!(vectors >= 150);
}

#[test]
fn an_address_is_one_mailbox() {
    assert_eq!(address(" Priya@Example.ORG ").as_deref(), Some("Priya@example.org"));
    for wrong in [
        "",
        "priya",
        "priya@",
        "@example.org",
        "priya@localhost",
        "priya@[10.0.0.1]",
        "priya@10.0.0.1",
        "Priya <priya@example.org>",
        "a@example.org,b@example.org",
        "a@example.org;b@example.org",
        "a@example.org\r\nRCPT TO:<b@example.org>",
        "\"a b\"@example.org",
        "pr ya@example.org",
        "priya@exa mple.org",
        "priya@exämple.org",
    ] {
        assert_eq!(address(wrong), None, "{wrong:?}");
    }
    assert_eq!(address(&format!("{}@example.org", "a".repeat(300))), None);
}

#[test]
fn a_configuration_is_understood_or_refused_in_a_sentence() {
    assert!(Mailer::new(&config::Mail::default()).unwrap().is_none());
    let port = |server, tls| Mailer::new(&config(server, tls)).unwrap().unwrap().port;
    assert_eq!(port("mail.example.org", "tls"), 465);
    assert_eq!(port("mail.example.org", "starttls"), 587);
    assert_eq!(port("[::1]:2525", "none"), 2525);
    let refused = |config: config::Mail| Mailer::new(&config).err().unwrap();
    assert!(refused(config("mail.example.org", "none")).contains("in the clear"));
    assert!(refused(config("mail.example.org", "ssl")).contains("starttls"));
    assert!(refused(config("mail example:25", "tls")).contains("no host"));
    assert!(refused(config("mail.example.org:x", "tls")).contains("no host"));
    let nobody = config::Mail {
        from: "nobody".into(),
        ..config("localhost", "none")
    };
    assert!(refused(nobody).contains("no address"));
    let unread = config::Mail {
        user: "desk".into(),
        ..config("localhost", "none")
    };
    assert!(refused(unread).contains("password is missing"));
}
