//! Where there is no room. The person is told, nothing is lost, nothing doubled, nothing left over, and the chat goes on.

use super::kinds::JPEG;
use super::{PNG, Talk, files_of, folder, stored, talk};
use crate::client::{SentFile, granted, refused};
use crate::desk::{Desk, Engine, on_both};
use crate::live::PATIENCE;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proof::{Lane, TempDir};
use serde_json::json;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;
use tokio::time::{Instant, sleep};
use uuid::Uuid;
use wire::{Done, Said};

const MIB: usize = 1024 * 1024;

/// A disk of a few MiB, gone with the value.
pub struct SmallDisk {
    dir: TempDir,
    size_bytes: usize,
}

impl SmallDisk {
    /// `None` where mounting is not allowed.
    fn of(mib: usize) -> Option<Self> {
        let dir = proof::temp_dir();
        let size = format!("size={mib}m");
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(dir.path())
            .output();
        let size_bytes = mib * MIB;
        mount
            .is_ok_and(|mount| mount.status.success())
            .then_some(Self { dir, size_bytes })
    }

    /// The folder of the program's files.
    pub fn files(&self) -> PathBuf {
        self.dir.file("files")
    }

    /// Leaves so much room on it while it is empty.
    pub fn fill_but(&self, room_bytes: usize) {
        let others = vec![0_u8; self.size_bytes - room_bytes];
        std::fs::write(self.dir.file("others"), others).expect("room for it");
    }

    /// Takes away what it was filled with.
    pub fn clear(&self) {
        std::fs::remove_file(self.dir.file("others")).expect("it was filled");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Nobody may be in it any more; should one be, it goes when he does.
        let _ = Command::new("umount").arg("-l").arg(self.dir.path()).output();
    }
}

/// Runs a story on each database, with files on a small disk and nothing held in reserve. It is a part of this lane.
pub async fn on_a_small_disk(lane: &str, test: &str, mib: usize, story: impl AsyncFn(Desk, &SmallDisk)) {
    let lane = Lane::part(lane, test);
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(disk) = SmallDisk::of(mib) else {
            return lane.skip("no right to mount here");
        };
        let Some(mut desk) = Desk::start(engine).await else {
            continue;
        };
        desk.files = Some(format!("folder = {:?}\nreserve_mib = 0", disk.files()));
        desk.restart().await;
        story(desk, &disk).await;
        lane.case();
    }
    lane.finish();
}

#[tokio::test]
async fn where_there_is_no_room_the_person_is_told_and_the_chat_goes_on() {
    on_both(async |desk: Desk| {
        let Talk {
            mut desk,
            ines,
            priya,
            chat,
            ..
        } = talk(desk).await;
        // It cannot be written.
        let coming = folder(&desk).join("coming");
        std::fs::remove_dir(&coming).expect("the spool");
        std::fs::write(&coming, "").expect("a file in its place");
        let sent = SentFile::new("a.png", PNG);
        let problem = refused(priya.try_send_file(chat, &sent).await, 507, "file_not_stored");
        assert!(problem.say.contains("not sent"), "{problem:?}");
        priya.say(chat, "Then in words.").await;
        assert!(files_of(&ines, chat).await.is_empty());
        std::fs::remove_file(&coming).expect("the file");
        std::fs::create_dir(&coming).expect("the spool");

        // It can be written, and not be put where contents lie.
        let contents = folder(&desk).join("sha256");
        std::fs::write(&contents, "").expect("a file in its place");
        refused(priya.try_send_file(chat, &sent).await, 507, "file_not_stored");
        assert!(files_of(&ines, chat).await.is_empty());
        assert_eq!(
            stored(&folder(&desk)),
            std::slice::from_ref(&contents),
            "nothing is left of it"
        );
        std::fs::remove_file(&contents).expect("the file");

        // The same again, once there is room, is stored once.
        let said: Said = granted("again", priya.try_send_file(chat, &sent).await);
        assert!(!said.dup);
        assert_eq!(files_of(&ines, chat).await.len(), 1);
        assert_eq!(stored(&folder(&desk)).len(), 1);

        // Nearly full is full: the database may need what is left.
        desk.files = Some(format!("reserve_mib = {}", u32::MAX));
        desk.restart().await;
        refused(
            priya.try_send_file(chat, &SentFile::new("b.png", PNG)).await,
            507,
            "file_not_stored",
        );
        priya.say(chat, "In words again.").await;
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_disk_that_fills_while_files_come_loses_and_doubles_none() {
    on_a_small_disk("files", "a disk that fills", 4, async |desk: Desk, disk: &SmallDisk| {
        let Talk {
            desk,
            ines,
            priya,
            chat,
            ..
        } = talk(desk).await;
        // There is room for each of them, and not for both.
        let texts = [b'a', b'b'].map(|letter| vec![letter; 5 * MIB / 2]);
        let sent = texts.each_ref().map(|text| SentFile::new("long.txt", text));
        let answers = tokio::join!(priya.try_send_file(chat, &sent[0]), ines.try_send_file(chat, &sent[1]));
        let came = [&answers.0, &answers.1].map(|(status, _)| *status == 200);
        assert!(!(came[0] && came[1]), "{answers:?}");
        for (status, body) in [answers.0, answers.1] {
            if status != 200 {
                refused((status, body), 507, "file_not_stored");
            }
        }
        assert_eq!(
            files_of(&ines, chat).await.len(),
            came.iter().filter(|came| **came).count()
        );
        priya.say(chat, "Then one after the other.").await;
        let take_away = async || {
            for (seq, _) in files_of(&ines, chat).await {
                let body = json!({ "cid": Uuid::now_v7(), "seq": seq });
                granted::<Done>("redact", ines.post(&format!("/api/chats/{chat}/redact"), body).await);
            }
            let until = Instant::now() + PATIENCE;
            while !stored(&disk.files()).is_empty() {
                assert!(Instant::now() < until, "contents stay: {:?}", stored(&disk.files()));
                sleep(Duration::from_millis(20)).await;
            }
        };
        // Once there is room, what did not come does, under its id.
        for (came, (client, sent)) in came.iter().zip([(&priya, &sent[0]), (&ines, &sent[1])]) {
            take_away().await;
            if !came {
                assert!(!granted::<Said>("again", client.try_send_file(chat, sent).await).dup);
                assert_eq!(files_of(&ines, chat).await.len(), 1);
            }
        }
        desk.verify().await;
    })
    .await;
}

/// What a photograph has that was turned: shorter than as it is written anew.
const TURNED: &[u8] = b"\xff\xe1\0\x1cExif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06";
/// Whatever the pages of the machine are, it fills them.
const PHOTOGRAPH_BYTES: usize = 64 * 1024;

/// A photograph that fills its room with colours, which are kept.
fn photograph(exif: &[u8]) -> Vec<u8> {
    let plain = STANDARD.decode(JPEG).expect("base64");
    let mut colours = b"\xff\xe2\0\0ICC_PROFILE\0".to_vec();
    colours.resize(PHOTOGRAPH_BYTES - plain.len() - exif.len(), 0);
    let len = u16::try_from(colours.len() - 2).expect("one segment");
    colours[2..4].copy_from_slice(&len.to_be_bytes());
    [&plain[..2], exif, &colours[..], &plain[2..]].concat()
}

#[tokio::test]
async fn a_picture_without_room_to_be_written_anew_is_refused_whole_and_comes_later_once() {
    let test = "a picture without room to be written anew";
    on_a_small_disk("files", test, 1, async |desk: Desk, disk: &SmallDisk| {
        let Talk {
            desk,
            ines,
            priya,
            chat,
            ..
        } = talk(desk).await;
        disk.fill_but(PHOTOGRAPH_BYTES);
        let photo = photograph(TURNED);
        let sent = SentFile::new("IMG_2041.jpg", &photo);
        for _ in 0..2 {
            let problem = refused(priya.try_send_file(chat, &sent).await, 507, "file_not_stored");
            assert!(problem.say.contains("not sent"), "{problem:?}");
            assert!(files_of(&ines, chat).await.is_empty());
            assert!(stored(&disk.files()).is_empty(), "nothing is left of it");
        }
        priya.say(chat, "Then in words.").await;
        // It was not its coming that failed: what stays as it came has room.
        ines.send_file(chat, "Fähre.jpg", &photograph(b"")).await;

        disk.clear();
        for dup in [false, true] {
            let said: Said = granted("again", priya.try_send_file(chat, &sent).await);
            assert_eq!(said.dup, dup);
        }
        let files = files_of(&ines, chat).await;
        let names: Vec<_> = files.iter().map(|(_, file)| file.name.as_str()).collect();
        assert_eq!(names, ["Fähre.jpg", "IMG_2041.jpg"]);
        assert_eq!(stored(&disk.files()).len(), 2);
        desk.verify().await;
    })
    .await;
}
