//! PDF, read back by other people's programs: `pdftotext` and `qpdf`.

use crate::forms::check;
use crate::hostile::{HOSTILE, talk_of};
use crate::talk::{Talk, ines, jonas, priya, reader, refund};
use domain::chat::Role;
use domain::{Kind, Verb};
use jiff::tz::TimeZone;
use proof::folder::proof_dir;
use proof::{Lane, TempDir, temp_dir};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::time::Instant;
use transcript::{Fonts, Pdf, Reader, Transcript, pdf, text};

/// Where Debian's packages put what is too large for the program.
const LARGE: &[&str] = &[
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf",
];

/// A script, and what somebody writes in it.
const SCRIPTS: &[(&str, &str)] = &[
    ("Latin", "Die Überfahrt kostet 12,50 €: Łódź, Đà Nẵng, ﬁn."),
    ("Greek", "Το πλοίο φεύγει στις πέντε."),
    ("Cyrillic", "Паром отходит в пять часов."),
    ("Arabic", "شكرا جزيلا متى تبحر العبارة إلى الجزيرة"),
    ("Hebrew", "תודה רבה מתי יוצאת המעבורת לאי"),
    ("Devanagari", "नमस्ते, नौका कब चलती है? क्षत्रिय"),
    ("Thai", "เรือข้ามฟากออกกี่โมงครับ"),
    ("Chinese", "渡轮几点开?我们有六个人。"),
    ("Japanese", "フェリーは何時に出ますか。直行便です。"),
    ("Korean", "페리는 몇 시에 출발합니까?"),
    (
        "emoji",
        "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F466} \u{1F1F3}\u{1F1F4} \u{1F44D}\u{1F3FD} 1\u{FE0F}\u{20E3}",
    ),
];

/// From right to left; some are longer than a line.
const RIGHT_TO_LEFT: &[&str] = &[
    "شكرا جزيلا متى تبحر العبارة إلى الجزيرة؟",
    "كانت رحلتنا يوم السبت ملغاة بسبب الرياح، ونحن ستة أشخاص من شركة واحدة، فمتى تعود أجرة السفر كاملة إلى البطاقة نفسها \
     التي دفعنا بها، وهل يبقى مكان في العبارة الأخيرة مساء الأحد؟",
    "תודה רבה, מתי יוצאת המעבורת לאי?",
    "ההפלגה שלנו בשבת בוטלה בגלל הרוח, ואנחנו שישה אנשים מחברה אחת, אז מתי יחזור מחיר הנסיעה המלא לאותו כרטיס ששילמנו בו, \
     והאם נשאר מקום במעבורת האחרונה ביום ראשון בערב?",
];

/// The same with numbers and vowels, beside which `pdftotext` begins and ends words where there are none.
const NUMBERS_AND_VOWELS: &[&str] = &[
    "في الساعة 17:45، من الرصيف 3.",
    "مَتَى تُبْحِرُ العَبَّارَةُ إِلَى الجَزِيرَةِ؟",
    "בשעה 17:45 (רציף 3).",
    "מָתַי יוֹצֵאת הַמַּעְבֹּרֶת לָאִי?",
];

pub fn folder() -> TempDir {
    let folder = temp_dir();
    for font in LARGE {
        assert!(Path::new(font).exists(), "{font} is missing: .ci/tools installs it");
        let name = Path::new(font).file_name().expect("a file");
        symlink(font, folder.file(&name.to_string_lossy())).expect("a folder of ours");
    }
    folder
}

pub fn own_fonts() -> Fonts {
    Fonts::with(None).expect("the fonts in the program")
}

pub fn made(transcript: &Transcript, fonts: &Fonts) -> Pdf {
    let made = pdf(transcript, fonts).expect("a PDF");
    assert_eq!(made.refused, None, "the validators accept it");
    made
}

/// What `pdftotext` reads.
pub fn read(pdf: &Pdf) -> String {
    run("pdftotext", &["-layout"], pdf, &["-"])
}

fn run(program: &str, before: &[&str], pdf: &Pdf, after: &[&str]) -> String {
    let folder = temp_dir();
    let file = folder.file("transcript.pdf");
    std::fs::write(&file, &pdf.bytes).expect("a folder of ours");
    let out = Command::new(program).args(before).arg(&file).args(after).output();
    let out = out.unwrap_or_else(|e| panic!("{program}: {e}: .ci/tools installs it"));
    assert!(
        out.status.success(),
        "{program}: {}",
        String::from_utf8_lossy(&out.stdout)
    );
    String::from_utf8(out.stdout).expect("UTF-8")
}

/// Its objects as they can be read.
fn laid_open(pdf: &Pdf) -> String {
    let folder = temp_dir();
    let file = folder.file("open.pdf");
    let to = file.to_str().expect("UTF-8");
    run("qpdf", &["--qdf", "--object-streams=disable"], pdf, &[to]);
    let bytes = std::fs::read(&file).expect("a folder of ours");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Leaves a file to be looked at.
fn keep(name: &str, pdf: &Pdf) {
    let folder = proof_dir().join("transcripts");
    std::fs::create_dir_all(&folder).expect("a folder for what is to be looked at");
    std::fs::write(folder.join(format!("{name}.pdf")), &pdf.bytes).expect("a folder of ours");
}

/// Without the spaces, and without the marks that turn directions, which every reader puts where it likes.
fn bare(text: &str) -> String {
    let kept = |c: &char| {
        !c.is_whitespace() && !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
    };
    text.chars().filter(kept).collect()
}

/// Without what nobody sees, and what means nothing to others and is drawn as a sign.
fn seen(text: &str) -> String {
    let unseen = |c: char| {
        let noncharacter = c as u32 & 0xFFFE == 0xFFFE;
        noncharacter
            || matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}' | '\u{E000}'..='\u{F8FF}' | '\u{FEFF}' | '\u{FFFD}' | '\u{E0001}'..)
    };
    bare(text).replace(unseen, "")
}

/// Its words in letters and digits, without the signs between and the marks of vowels, which readers set beside them.
fn letters(text: &str) -> Vec<String> {
    let vowel = |c: char| matches!(c, '\u{591}'..='\u{5C7}' | '\u{64B}'..='\u{65F}' | '\u{670}');
    let letters = |word: &str| word.replace(|c: char| vowel(c) || !c.is_alphanumeric(), "");
    let words = text.split_whitespace().map(letters);
    words.filter(|word| !word.is_empty()).collect()
}

fn talk_in_all_scripts() -> Talk {
    let mut talk = Talk::started_by(&priya(), "Hello");
    talk.does(5, &ines(), Verb::Accept);
    for (_, text) in SCRIPTS {
        talk.says(400, &priya(), text);
    }
    talk
}

#[test]
fn every_script_is_read_back_as_it_was_written() {
    let lane = Lane::part("transcripts", "every script is read back as it was written");
    let folder = folder();
    let fonts = Fonts::with(Some(folder.path())).expect("fonts");
    let made = made(&talk_in_all_scripts().for_a(Kind::PublicUser), &fonts);
    let back = read(&made);
    let bare_back = bare(&back);
    for (script, text) in SCRIPTS {
        lane.case();
        if !bare_back.contains(&bare(text)) {
            lane.violation(format!("{script}: {text:?} is not in {back}"));
        }
    }
    run("qpdf", &["--check"], &made, &[]);
    keep("scripts", &made);
    lane.figure("scripts", SCRIPTS.len());
    lane.figure("validators", 2);
    lane.finish();
}

#[test]
fn what_runs_from_right_to_left_is_read_back_word_after_word() {
    let lane = Lane::part(
        "transcripts",
        "what runs from right to left is read back word after word",
    );
    let mut talk = Talk::started_by(&priya(), "Hello");
    talk.does(5, &ines(), Verb::Accept);
    for text in RIGHT_TO_LEFT.iter().chain(NUMBERS_AND_VOWELS) {
        talk.says(400, &priya(), text);
    }
    let made = made(&talk.for_a(Kind::PublicUser), &own_fonts());
    let back = read(&made);
    let words = letters(&back);
    for text in RIGHT_TO_LEFT {
        lane.case();
        let wanted = letters(text);
        if !words.windows(wanted.len()).any(|there| there == wanted) {
            lane.violation(format!("{text} is not in {back}"));
        }
    }
    for text in NUMBERS_AND_VOWELS {
        lane.case();
        if !words.concat().contains(&letters(text).concat()) {
            lane.violation(format!("{text} is not in {back}"));
        }
    }
    // Glyphs that stand from left to right say that they are read the other way (PDF 1.7, 14.8.2.3.3), and those of several signs
    // say which they are (14.9.4).
    let open = laid_open(&made);
    for said in ["/ReversedChars", "/ActualText"] {
        let times = open.matches(said).count();
        lane.figure(said, times);
        assert!(times > 0, "{said}");
    }
    keep("right-to-left", &made);
    lane.finish();
}

#[test]
fn a_pdf_reads_from_its_head_to_the_number_of_its_page() {
    let talk = refund();
    for (side, kind) in [("agents", Kind::Agent), ("customer", Kind::CustomerUser)] {
        check(
            &format!("refund-{side}.pdf.txt"),
            &read(&made(&talk.for_a(kind), &own_fonts())),
        );
    }
    let folder = folder();
    let fonts = Fonts::with(Some(folder.path())).expect("fonts");
    let scripts = made(&talk_in_all_scripts().for_a(Kind::PublicUser), &fonts);
    check("scripts.pdf.txt", &read(&scripts));
}

#[test]
fn without_the_folder_the_text_is_there_all_the_same() {
    let made = made(&talk_in_all_scripts().for_a(Kind::PublicUser), &own_fonts());
    let back = bare(&read(&made));
    for (script, text) in SCRIPTS {
        assert!(back.contains(&bare(text)), "{script}: {back}");
    }
}

#[test]
fn the_same_log_is_the_same_bytes_and_another_is_not() {
    let talk = refund();
    let bytes = |kind| made(&talk.for_a(kind), &own_fonts()).bytes;
    keep("refund", &made(&talk.for_a(Kind::Agent), &own_fonts()));
    assert!(bytes(Kind::Agent) == bytes(Kind::Agent));
    assert!(bytes(Kind::Agent) != bytes(Kind::CustomerUser));
    // Whatever else was made before, in whichever order.
    let fonts = own_fonts();
    for hostile in HOSTILE {
        made(&talk_of(hostile).for_a(Kind::Agent), &fonts);
    }
    assert!(made(&talk.for_a(Kind::Agent), &fonts).bytes == bytes(Kind::Agent));
}

/// What a file calls itself, and when it says it was made.
fn identity(transcript: &Transcript) -> (String, String) {
    let made = made(transcript, &own_fonts());
    let objects: serde_json::Value =
        serde_json::from_str(&run("qpdf", &["--json=1"], &made, &[])).expect("JSON of qpdf");
    let trailer = &objects["objects"]["trailer"];
    let info = &objects["objects"][trailer["/Info"].as_str().expect("facts about the file")];
    let date = info["/CreationDate"].as_str().expect("a date").to_owned();
    (trailer["/ID"][0].as_str().expect("a name").to_owned(), date)
}

#[test]
fn a_file_says_which_it_is_and_when_its_last_entry_was_made() {
    let talk = refund();
    let made = |kind, language| Transcript::of(&talk.log(), reader(kind, language));
    let (agents, date) = identity(&made(Kind::Agent, "en"));
    assert_eq!(date, "D:20261123000909+01'00");
    assert_eq!(identity(&made(Kind::Agent, "en")).0, agents);
    let elsewhere = Reader {
        zone: TimeZone::get("America/Lima").expect("a zone"),
        ..reader(Kind::Agent, "en")
    };
    let (elsewhere, date) = identity(&Transcript::of(&talk.log(), elsewhere));
    assert_eq!(date, "D:20261122180909-05'00");
    // What is printed and in no other form than this and the text.
    let mut owner = refund();
    owner.chat.members[3].role = Role::Owner;
    let mut all = vec![
        agents,
        elsewhere,
        identity(&owner.for_a(Kind::Agent)).0,
        identity(&made(Kind::Agent, "de")).0,
        identity(&made(Kind::CustomerUser, "en")).0,
        identity(&made(Kind::PublicUser, "en")).0,
    ];
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 6, "{all:?}");
}

#[test]
fn hostile_fields_stay_text_in_a_pdf() {
    let lane = Lane::part("transcripts", "hostile fields stay text in a pdf");
    let fonts = own_fonts();
    let sides = |hostile| [(hostile, Kind::Agent), (hostile, Kind::CustomerUser)];
    for (hostile, kind) in HOSTILE.iter().flat_map(sides) {
        lane.case();
        let transcript = talk_of(hostile).for_a(kind);
        let made = made(&transcript, &fonts);
        run("qpdf", &["--check"], &made, &[]);
        // Every line of the text is in the file, too.
        let read = read(&made);
        let back = seen(&read);
        for line in text(&transcript).lines() {
            let there = back.contains(&seen(line.trim_start_matches("* ")));
            if !there {
                lane.violation(format!("{hostile:?}: {line:?} is not in {read}"));
            }
        }
        // Keys of dictionaries: what people typed stands in strings.
        let objects = run("qpdf", &["--json"], &made, &[]);
        for action in ["/JavaScript", "/JS", "/Launch", "/URI", "/EmbeddedFile"] {
            assert!(!objects.contains(&format!("\"{action}\":")), "{action}");
        }
    }
    lane.finish();
}

#[test]
fn five_thousand_messages_and_a_word_of_3_800_letters_fit() {
    let lane = Lane::part("transcripts", "five thousand messages and a word of 3800 letters fit");
    let word = "Ferry".repeat(760);
    let mut talk = Talk::started_by(&jonas(), &word);
    talk.does(5, &ines(), Verb::Accept);
    for n in 0..5_000 {
        let by = if n % 3 == 0 { ines() } else { jonas() };
        talk.says(
            70,
            &by,
            &format!("Message {n}: is there a place left on the evening ferry?"),
        );
    }
    let (transcript, fonts) = (talk.for_a(Kind::CustomerUser), own_fonts());
    let started = Instant::now();
    let made = made(&transcript, &fonts);
    lane.figure("pdf_s", started.elapsed().as_secs_f64());
    lane.figure("pages", made.pages);
    run("qpdf", &["--check"], &made, &[]);
    let back = read(&made);
    let numbers = (0..5_000).filter(|n| back.contains(&format!("Message {n}: is there")));
    assert_eq!(numbers.count(), 5_000);
    let feet = |text: String, page| text.replace(&format!("ChatinTraveldesk{page}of{}", made.pages), "");
    assert!((1..=2).fold(bare(&back), feet).contains(&word));
    assert!(back.contains(&format!("{0} of {0}", made.pages)));
    lane.cases(5_001);
    lane.finish();
}
