//! Pages as they look: drawn by `pdftoppm` and compared with pictures beside this file. `UPDATE=1` draws them anew; look at them then.

use crate::pdf::{folder, made};
use crate::talk::{Talk, ines, jonas, priya, refund};
use domain::{Kind, Verb};
use proof::folder::proof_dir;
use proof::{Lane, temp_dir};
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::Command;
use transcript::{Fonts, Transcript};

/// Small, and enough to see every letter.
const DOTS_PER_INCH: &str = "45";
/// By so much of 255 a dot's red, green or blue may differ, and so many of a thousand by more: edges of letters are drawn a little
/// differently by other versions of the program.
const SHADES: u8 = 70;
const OFF_IN_1000: usize = 2;

/// A document, and which of its pages are looked at.
fn documents() -> Vec<(&'static str, Transcript, &'static [usize])> {
    let says = |texts: &[&str]| {
        let mut talk = Talk::started_by(&priya(), texts[0]);
        talk.does(5, &ines(), Verb::Accept);
        for (n, text) in texts[1..].iter().enumerate() {
            let by = if n % 2 == 0 { ines() } else { priya() };
            talk.says(70, &by, text);
        }
        talk.for_a(Kind::PublicUser)
    };
    let mut long = Talk::started_by(&jonas(), "How many of us fit on the evening ferry?");
    long.does(5, &ines(), Verb::Accept);
    for n in 1..=60 {
        long.notes(
            20,
            &ines(),
            &format!("Cabin {n} is free on both decks, with two beds and a window to the sea."),
        );
        long.says(
            2_500,
            &jonas(),
            &format!("Then we take cabin {n}, too. Is breakfast part of the fare?"),
        );
    }
    vec![
        ("latin", refund().for_a(Kind::Agent), &[1]),
        (
            "right-to-left",
            says(&[
                "مرحبا، متى تبحر العبارة إلى الجزيرة؟",
                "في الساعة 17:45، من الرصيف 3.",
                "שלום, מתי יוצאת המעבורת?",
                "בשעה 17:45 (רציף 3), Ferry 88.",
                "The answer is العبارة, and not המעבורת.",
            ]),
            &[1],
        ),
        (
            "chinese-japanese-korean",
            says(&[
                "渡轮几点开？我们有六个人。",
                "フェリーは何時に出ますか。直行便です。",
                "페리는 몇 시에 출발합니까?",
            ]),
            &[1],
        ),
        (
            "devanagari-thai",
            says(&["नमस्ते, नौका कब चलती है? क्षत्रिय, हिन्दी।", "เรือข้ามฟากออกกี่โมงครับ น้ำเก้า"]),
            &[1],
        ),
        (
            "emoji",
            says(&[
                "See you there \u{1F44D}\u{1F3FD} \u{26F4}\u{FE0F}",
                "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F466} \u{1F1F3}\u{1F1F4} 1\u{FE0F}\u{20E3}",
            ]),
            &[1],
        ),
        ("long-word", says(&[&"Ferry".repeat(120), "That is a long word."]), &[1]),
        ("many-pages", long.for_a(Kind::Agent), &[2, 5]),
    ]
}

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/it/golden/{name}.png"))
}

struct Picture {
    width: u32,
    height: u32,
    dots: Vec<u8>,
}

fn read(file: &Path) -> Picture {
    let open = File::open(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut reader = png::Decoder::new(BufReader::new(open)).read_info().expect("a picture");
    let mut dots = vec![0; reader.output_buffer_size().expect("a small picture")];
    let info = reader.next_frame(&mut dots).expect("a picture");
    assert_eq!(info.color_type, png::ColorType::Rgb);
    Picture {
        width: info.width,
        height: info.height,
        dots,
    }
}

/// A page as a picture.
fn draw(pdf: &[u8], page: usize, to: &Path) {
    let folder = temp_dir();
    let file = folder.file("document.pdf");
    fs::write(&file, pdf).expect("a folder of ours");
    let page = page.to_string();
    let drawn = Command::new("pdftoppm")
        .args(["-r", DOTS_PER_INCH, "-png", "-singlefile", "-f", &page, "-l", &page])
        .arg(&file)
        .arg(to.with_extension(""))
        .status();
    assert!(drawn.expect("pdftoppm: .ci/tools installs it").success());
}

#[test]
fn pages_look_as_they_did() {
    let lane = Lane::part("transcripts", "pages look as they did");
    let folder = folder();
    let fonts = Fonts::with(Some(folder.path())).expect("fonts");
    let seen = proof_dir().join("transcripts");
    fs::create_dir_all(&seen).expect("a folder for what is to be looked at");
    let mut most = 0;
    for (name, transcript, pages) in documents() {
        let pdf = made(&transcript, &fonts);
        for page in pages {
            lane.case();
            let name = format!("{name}-{page}");
            let now = seen.join(format!("{name}.png"));
            draw(&pdf.bytes, *page, &now);
            if std::env::var_os("UPDATE").is_some() {
                fs::copy(&now, golden(&name)).expect("a folder of ours");
            }
            let (now, then) = (read(&now), read(&golden(&name)));
            assert_eq!((now.width, now.height), (then.width, then.height), "{name}");
            let off = now
                .dots
                .iter()
                .zip(&then.dots)
                .filter(|(now, then)| now.abs_diff(**then) > SHADES);
            let off = off.count();
            most = most.max(off);
            if off * 1_000 > now.dots.len() * OFF_IN_1000 {
                lane.violation(format!(
                    "{name}: {off} dots of {} are others; see {}",
                    now.dots.len(),
                    seen.display()
                ));
            }
        }
    }
    lane.figure("dots_off", most);
    lane.finish();
}
