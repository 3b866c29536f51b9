//! PDF, read back by other people's programs: `pdftotext` and `qpdf`.

use crate::hostile::{HOSTILE, talk_of};
use crate::talk::{Talk, ines, jonas, priya, refund};
use domain::{Kind, Verb};
use proof::folder::proof_dir;
use proof::{Lane, TempDir, temp_dir};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::time::Instant;
use transcript::{Fonts, Pdf, Transcript, pdf};

/// Where Debian's packages put what is too large for the program.
const LARGE: &[&str] = &[
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf",
];

/// A script, what somebody writes in it, and whether it runs from right to left.
const SCRIPTS: &[(&str, &str, bool)] = &[
    ("Latin", "Die Überfahrt kostet 12,50 €: Łódź, Đà Nẵng, ﬁn.", false),
    ("Greek", "Το πλοίο φεύγει στις πέντε.", false),
    ("Cyrillic", "Паром отходит в пять часов.", false),
    ("Arabic", "شكرا جزيلا متى تبحر العبارة إلى الجزيرة", true),
    ("Hebrew", "תודה רבה מתי יוצאת המעבורת לאי", true),
    ("Devanagari", "नमस्ते, नौका कब चलती है? क्षत्रिय", false),
    ("Thai", "เรือข้ามฟากออกกี่โมงครับ", false),
    ("Chinese", "渡轮几点开?我们有六个人。", false),
    ("Japanese", "フェリーは何時に出ますか。直行便です。", false),
    ("Korean", "페리는 몇 시에 출발합니까?", false),
    (
        "emoji",
        "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F466} \u{1F1F3}\u{1F1F4} \u{1F44D}\u{1F3FD} 1\u{FE0F}\u{20E3}",
        false,
    ),
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

fn talk_in_all_scripts() -> Talk {
    let mut talk = Talk::started_by(&priya(), "Hello");
    talk.does(5, &ines(), Verb::Accept);
    for (_, text, _) in SCRIPTS {
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
    for (script, text, right_to_left) in SCRIPTS {
        lane.case();
        let there = if *right_to_left {
            text.split(' ').all(|word| back.contains(word))
        } else {
            bare_back.contains(&bare(text))
        };
        if !there {
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
fn without_the_folder_the_text_is_there_all_the_same() {
    let made = made(&talk_in_all_scripts().for_a(Kind::PublicUser), &own_fonts());
    let back = bare(&read(&made));
    for (script, text, _) in SCRIPTS.iter().filter(|(_, _, right_to_left)| !right_to_left) {
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

#[test]
fn hostile_fields_stay_text_in_a_pdf() {
    let lane = Lane::part("transcripts", "hostile fields stay text in a pdf");
    let fonts = own_fonts();
    for hostile in HOSTILE {
        lane.case();
        let made = made(&talk_of(hostile).for_a(Kind::Agent), &fonts);
        run("qpdf", &["--check"], &made, &[]);
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
    let back = read(&made);
    let numbers = (0..5_000).filter(|n| back.contains(&format!("Message {n}: is there")));
    assert_eq!(numbers.count(), 5_000);
    let feet = |text: String, page| text.replace(&format!("ChatinTraveldesk{page}of{}", made.pages), "");
    assert!((1..=2).fold(bare(&back), feet).contains(&word));
    assert!(back.contains(&format!("{0} of {0}", made.pages)));
    lane.cases(5_001);
    lane.finish();
}
