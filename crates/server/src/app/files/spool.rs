//! A file on its way in: counted, hashed, and written to a file of its own that goes when it is dropped.

use super::super::AppError;
use super::FileRefusal;
use futures_util::{Stream, StreamExt};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::time::{Duration, Instant};
use tokio::fs::File;
use tokio::io::{AsyncWriteExt, BufWriter};

/// Within which the next piece has to arrive.
const PIECE_WITHIN: Duration = Duration::from_secs(10);
/// Slower than this, after a beginning, is too slow: who sends a file holds one of few places.
const BYTES_PER_S: f64 = 16_384.0;
const SLOW_START: Duration = Duration::from_secs(10);
const BUFFER_BYTES: usize = 256 * 1024;

/// The content as it comes, in pieces; an error where it was cut off.
pub trait Body: Stream<Item = Result<Self::Piece, Self::Cut>> + Send {
    type Piece: AsRef<[u8]> + Send;
    type Cut: std::fmt::Display;
}

impl<S, P, E> Body for S
where
    S: Stream<Item = Result<P, E>> + Send,
    P: AsRef<[u8]> + Send,
    E: std::fmt::Display,
{
    type Piece = P;
    type Cut = E;
}

/// A whole content, in the spool until it is dropped.
#[derive(Debug)]
pub(in crate::app) struct Arrived {
    pub path: PathBuf,
    pub size_bytes: u64,
    pub hash: [u8; 32],
}

impl Drop for Arrived {
    fn drop(&mut self) {
        remove(&self.path);
    }
}

/// Removes what is at `path` when it is dropped, unless it was taken over.
struct Begun<'a>(Option<&'a Path>);

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        self.0.iter().for_each(|path| remove(path));
    }
}

fn remove(path: &Path) {
    if let Err(error) = std::fs::remove_file(path)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(%error, path = %path.display(), "what is left of a file cannot be removed");
    }
}

/// Writes what comes to `path`. Refused: what is not as long as it was said to be, or comes too slowly; then nothing is left.
pub(super) async fn receive(body: impl Body, size_bytes: u64, path: PathBuf) -> Result<Arrived, AppError> {
    let mut begun = Begun(Some(&path));
    let file = File::create_new(&path).await.map_err(no_room)?;
    let hash = write(file, body, size_bytes).await?;
    begun.0 = None;
    drop(begun);
    Ok(Arrived { path, size_bytes, hash })
}

async fn write(file: File, body: impl Body, size_bytes: u64) -> Result<[u8; 32], AppError> {
    let mut file = BufWriter::with_capacity(BUFFER_BYTES, file);
    let hash = each(body, size_bytes, PIECE_WITHIN, Some(&mut file)).await?;
    file.flush().await.map_err(no_room)?;
    // Before it is stored anywhere: what the log tells of has to survive what the log survives.
    file.get_ref().sync_all().await.map_err(no_room)?;
    Ok(hash)
}

/// As [`receive`], of what need not be kept.
pub(super) async fn hash_only(body: impl Body, size_bytes: u64) -> Result<[u8; 32], AppError> {
    each(body, size_bytes, PIECE_WITHIN, None).await
}

async fn each(
    body: impl Body,
    size_bytes: u64,
    piece_within: Duration,
    mut into: Option<&mut BufWriter<File>>,
) -> Result<[u8; 32], AppError> {
    let (mut body, mut hash, mut arrived) = (pin!(body), Sha256::new(), 0);
    let began = Instant::now();
    let refuse = |why| Err(AppError::File(why));
    loop {
        let Ok(piece) = tokio::time::timeout(piece_within, body.next()).await else {
            return refuse(FileRefusal::TooSlow);
        };
        let Some(piece) = piece else { break };
        let Ok(piece) = piece else {
            return refuse(FileRefusal::NotWhole);
        };
        let piece = piece.as_ref();
        arrived += piece.len() as u64;
        if arrived > size_bytes {
            return refuse(FileRefusal::NotWhole);
        }
        if is_too_slow(arrived, began.elapsed()) {
            return refuse(FileRefusal::TooSlow);
        }
        hash.update(piece);
        if let Some(file) = &mut into {
            file.write_all(piece).await.map_err(no_room)?;
        }
    }
    if arrived < size_bytes {
        return refuse(FileRefusal::NotWhole);
    }
    Ok(hash.finalize().into())
}

fn is_too_slow(arrived: u64, passed: Duration) -> bool {
    let counted = passed.saturating_sub(SLOW_START).as_secs_f64();
    (arrived as f64) < counted * BYTES_PER_S
}

/// The operator learns why, the person that it is not kept.
pub(super) fn no_room(error: std::io::Error) -> AppError {
    tracing::error!(%error, "a file cannot be stored");
    AppError::File(FileRefusal::NoRoom)
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::stream;
    use proof::{TempDir, temp_dir};

    const CONTENT: &[u8] = b"The brakes squeal.";

    fn pieces(content: &'static [u8]) -> impl Body {
        stream::iter(content.chunks(5).map(Ok::<_, String>))
    }

    fn refused(outcome: Result<Arrived, AppError>) -> FileRefusal {
        match outcome {
            Err(AppError::File(why)) => why,
            other => panic!("{other:?}"),
        }
    }

    fn is_empty(dir: &TempDir) -> bool {
        std::fs::read_dir(dir.path()).unwrap().next().is_none()
    }

    #[tokio::test]
    async fn what_arrived_is_hashed_and_goes_when_nobody_takes_it() {
        let dir = temp_dir();
        let size = CONTENT.len() as u64;
        let arrived = receive(pieces(CONTENT), size, dir.file("a")).await.unwrap();
        assert_eq!(std::fs::read(&arrived.path).unwrap(), CONTENT);
        assert_eq!(arrived.hash, <[u8; 32]>::from(Sha256::digest(CONTENT)));
        assert_eq!(hash_only(pieces(CONTENT), size).await.unwrap(), arrived.hash);
        drop(arrived);
        assert!(is_empty(&dir));
    }

    #[tokio::test]
    async fn more_or_less_than_was_said_is_refused_and_leaves_nothing() {
        let dir = temp_dir();
        for said in [CONTENT.len() as u64 - 1, CONTENT.len() as u64 + 1] {
            let outcome = receive(pieces(CONTENT), said, dir.file("a")).await;
            assert_eq!(refused(outcome), FileRefusal::NotWhole);
        }
        let cut = stream::iter([Ok(&b"The br"[..]), Err("the peer went".to_owned())]);
        assert_eq!(refused(receive(cut, 18, dir.file("a")).await), FileRefusal::NotWhole);
        assert!(is_empty(&dir));
    }

    #[tokio::test]
    async fn a_full_disk_is_said_and_not_taken_for_success() {
        // Every write to it fails with "no space left on device".
        let full = File::options().write(true).open("/dev/full").await.unwrap();
        let Err(AppError::File(why)) = write(full, pieces(CONTENT), CONTENT.len() as u64).await else {
            panic!("it was written");
        };
        assert_eq!(why, FileRefusal::NoRoom);
    }

    #[tokio::test]
    async fn who_sends_nothing_for_long_is_let_go() {
        let stuck = stream::iter([Ok::<_, String>(&b"The br"[..])]).chain(stream::pending());
        let waited = each(stuck, 18, Duration::from_millis(1), None).await;
        assert!(matches!(waited, Err(AppError::File(FileRefusal::TooSlow))));
    }

    #[test]
    fn a_slow_line_is_no_offence_but_a_drip_is() {
        let s = Duration::from_secs;
        assert!(!is_too_slow(0, s(10)));
        assert!(!is_too_slow(32 * 1024, s(12)));
        assert!(is_too_slow(32 * 1024, s(13)));
    }
}
