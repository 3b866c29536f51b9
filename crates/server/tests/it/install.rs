//! From the release archive, on an empty folder and with an empty environment, to the first chat.

use proof::{Lane, temp_dir};
use std::time::{Duration, Instant};
use tokio::process::Command;

const PROGRAM: &str = env!("CARGO_BIN_EXE_deskbell");
const PACKAGING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packaging");
/// As `make dist` packs them.
const FONTS: [&str; 2] = [
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf",
];
const WITHIN: Duration = Duration::from_secs(60);

#[tokio::test]
async fn from_the_archive_to_the_first_chat_it_takes_less_than_a_minute() {
    let lane = Lane::part("install", "first chat");
    let folder = temp_dir();
    // As `make dist` packs it, of the program that the other tests run.
    let packed = Command::new(format!("{PACKAGING}/pack"))
        .args([PROGRAM, &folder.file("deskbell.tar").display().to_string()])
        .args(FONTS)
        .output()
        .await
        .expect("it is packed");
    assert!(packed.status.success(), "{}", String::from_utf8_lossy(&packed.stderr));
    let began = Instant::now();
    let mut first = Command::new("/usr/bin/python3");
    first
        .arg(format!("{PACKAGING}/first-chat"))
        .arg(folder.file("deskbell.tar"));
    let done = first.env_clear().output().await.expect("Python is there");
    let said = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
    assert!(done.status.success(), "{said}");
    let took = began.elapsed();
    assert!(took < WITHIN, "{took:?}: {said}");
    lane.case();
    lane.figure("first_chat_ms", took.as_millis() as u64);
    lane.finish();
}

/// What a program says, and whether it is content.
async fn run(program: &str, args: &[&str]) -> (bool, String) {
    let done = Command::new(program)
        .args(args)
        .env("COMPRESSION", "gzip")
        .output()
        .await;
    let done = done.unwrap_or_else(|e| panic!("{program}: {e}"));
    let said = [done.stdout, done.stderr].concat();
    (done.status.success(), String::from_utf8_lossy(&said).into_owned())
}

fn has(program: &str) -> bool {
    ["/usr/bin", "/bin"]
        .iter()
        .any(|folder| std::path::Path::new(folder).join(program).exists())
}

/// Its path in `folder`.
async fn debian_package(folder: &std::path::Path) -> String {
    let to = folder.display().to_string();
    let (well, said) = run(
        &format!("{PACKAGING}/deb"),
        &[&[PROGRAM, to.as_str()], &FONTS[..]].concat(),
    )
    .await;
    assert!(well, "{said}");
    let package = said.lines().find(|line| line.ends_with(".deb"));
    package.expect("its path").to_owned()
}

#[tokio::test]
async fn the_debian_package_is_sound() {
    let lane = Lane::part("install", "package");
    if !has("dpkg-deb") || !has("lintian") {
        return lane.skip("no dpkg-deb or lintian here");
    }
    let folder = temp_dir();
    let package = debian_package(folder.path()).await;
    // Who publishes it gives his own address.
    let nobody = "bogus-mail-host,bogus-mail-host-in-debian-changelog";
    let (well, said) = run(
        "lintian",
        &[
            "--allow-root",
            "--fail-on",
            "error,warning",
            "--suppress-tags",
            nobody,
            &package,
        ],
    )
    .await;
    assert!(well, "{said}");
    lane.case();
    let (_, listed) = run("dpkg-deb", &["--contents", &package]).await;
    for file in [
        "./usr/bin/deskbell",
        "./etc/deskbell/deskbell.toml",
        "./lib/systemd/system/deskbell.service",
        "./usr/lib/sysusers.d/deskbell.conf",
        "./usr/share/deskbell/fonts/NotoSansCJK-Regular.ttc",
        "./usr/share/man/man1/deskbell-doctor.1.gz",
        "./usr/share/bash-completion/completions/deskbell",
    ] {
        assert!(listed.lines().any(|line| line.ends_with(file)), "{file}: {listed}");
        lane.case();
    }
    lane.finish();
}

const ROOT_ONLY: &str = "no Debians to install in: .ci/tools makes them as root";

/// What is packed, installed and run as packaging/rehearse does it; says what it said.
async fn rehearsed(packed: &str) -> Option<String> {
    let bases = concat!(env!("CARGO_TARGET_TMPDIR"), "/../debian");
    if !std::path::Path::new(bases).exists() {
        return None;
    }
    let (well, said) = run(&format!("{PACKAGING}/rehearse"), &[bases, packed]).await;
    assert!(well, "{said}");
    Some(said)
}

#[tokio::test]
async fn the_debian_package_comes_runs_and_goes() {
    let lane = Lane::part("install", "installed");
    let folder = temp_dir();
    let package = debian_package(folder.path()).await;
    let Some(said) = rehearsed(&package).await else {
        return lane.skip(ROOT_ONLY);
    };
    assert!(said.contains("From the package to its removal"), "{said}");
    lane.case();
    lane.finish();
}

#[tokio::test]
async fn the_container_files_do_what_they_say() {
    let lane = Lane::part("install", "engine");
    let folder = temp_dir();
    // As compose.yaml calls it.
    let archive = folder.file(&format!("deskbell-{}-linux-x86_64.tar.gz", env!("CARGO_PKG_VERSION")));
    let archive = archive.display().to_string();
    let (well, said) = run(
        &format!("{PACKAGING}/pack"),
        &[&[PROGRAM, archive.as_str()], &FONTS[..]].concat(),
    )
    .await;
    assert!(well, "{said}");
    let Some(said) = rehearsed(&archive).await else {
        return lane.skip(ROOT_ONLY);
    };
    assert!(said.contains("still there after a restart"), "{said}");
    lane.case();
    lane.finish();
}

/// Of `systemd-analyze security`, in tenths: 0 is the best, 100 the worst.
const EXPOSURE_MOST: &str = "20";

#[tokio::test]
async fn the_unit_is_sound_and_may_little() {
    let lane = Lane::part("install", "unit");
    if !has("systemd-analyze") {
        return lane.skip("no systemd-analyze here");
    }
    let folder = temp_dir();
    let unit = std::fs::read_to_string(format!("{PACKAGING}/deskbell.service")).expect("the unit");
    let here = folder.file("deskbell.service");
    std::fs::write(&here, unit.replace("/usr/bin/deskbell", PROGRAM)).expect("a file");
    let here = here.display().to_string();
    let (well, said) = run("systemd-analyze", &["verify", "--man=no", &here]).await;
    assert!(well && !said.contains("deskbell.service"), "{said}");
    lane.case();
    let (well, said) = run(
        "systemd-analyze",
        &[
            "security",
            "--offline=true",
            "--no-pager",
            "--threshold",
            EXPOSURE_MOST,
            &here,
        ],
    )
    .await;
    assert!(well, "{said}");
    let score = said
        .rsplit("deskbell.service: ")
        .next()
        .and_then(|rest| rest.split(' ').next());
    lane.figure(
        "exposure_max",
        score.and_then(|score| score.parse::<f64>().ok()).expect("a score"),
    );
    lane.case();
    lane.finish();
}

#[tokio::test]
async fn the_container_files_name_what_there_is() {
    let lane = Lane::part("install", "containers");
    if !has("yamllint") {
        return lane.skip("no yamllint here");
    }
    let compose = format!("{PACKAGING}/compose.yaml");
    let (well, said) = run(
        "yamllint",
        &[
            "--strict",
            "-d",
            "{extends: default, rules: {line-length: {max: 150}}}",
            &compose,
        ],
    )
    .await;
    assert!(well, "{said}");
    let (compose, container) = (
        std::fs::read_to_string(compose).expect("the file"),
        std::fs::read_to_string(format!("{PACKAGING}/Containerfile")).expect("the file"),
    );
    // Every variable is a key, or the flag's name.
    let config = run(PROGRAM, &["config"]).await.1;
    for text in [&compose, &container] {
        for variable in text
            .split(|c: char| !(c.is_ascii_uppercase() || c == '_'))
            .filter(|word| word.starts_with("DESKBELL_"))
        {
            let flag = ["DESKBELL_PUBLIC_URL", "DESKBELL_TRUSTED_PROXIES"].contains(&variable);
            let (section, key) = variable["DESKBELL_".len()..].split_once('_').expect("section and key");
            let section = config.split(&format!("\n[{}]\n", section.to_lowercase())).nth(1);
            let section = section.map(|rest| rest.split("\n[").next().unwrap_or_default());
            let known = section.is_some_and(|section| section.contains(&format!("\n{} = ", key.to_lowercase())));
            assert!(known || flag, "{variable}");
            lane.case();
        }
    }
    let version = format!("deskbell:{}", env!("CARGO_PKG_VERSION"));
    assert!(compose.contains(&version), "the image is that of this version");
    lane.finish();
}
