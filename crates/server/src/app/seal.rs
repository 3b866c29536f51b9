//! What must not be read by whoever has a copy of the database: sealed with a key that is kept beside it.

use super::{App, AppError, hex};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use sha2::{Digest, Sha256};
use std::io::{ErrorKind, Write};
use std::path::Path;

/// Bytes of the key.
const KEY: usize = 32;
/// Bytes by which a sealed text names its key.
const MARK: usize = 8;

/// The key, and what it is called in what was sealed with it.
pub struct Seal {
    key: LessSafeKey,
    mark: [u8; MARK],
}

impl Seal {
    /// Takes the key from a file, which is made where there is none. The error is a sentence.
    pub fn open(file: &Path) -> Result<Self, String> {
        let why = |error: std::io::Error| format!("cannot use the key {}: {error}", file.display());
        match std::fs::read_to_string(file) {
            Ok(text) => Self::read(&text).ok_or_else(|| format!("{} holds no key", file.display())),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                make(file).map_err(why)?;
                let text = std::fs::read_to_string(file).map_err(why)?;
                Self::read(&text).ok_or_else(|| format!("{} holds no key", file.display()))
            }
            Err(error) => Err(why(error)),
        }
    }

    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() != 2 * KEY || !text.is_ascii() {
            return None;
        }
        let byte = |at: usize| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok();
        let bytes = (0..KEY).map(byte).collect::<Option<Vec<_>>>()?;
        let key = UnboundKey::new(&CHACHA20_POLY1305, &bytes).ok()?;
        let mut mark = [0; MARK];
        mark.copy_from_slice(&Sha256::digest([b"deskbell seal ", bytes.as_slice()].concat())[..MARK]);
        Some(Self {
            key: LessSafeKey::new(key),
            mark,
        })
    }

    /// Seals a text for one use, which has to be named again to open it.
    pub fn close(&self, what: &str, text: &[u8]) -> Result<Vec<u8>, AppError> {
        let mut nonce = [0; NONCE_LEN];
        getrandom::fill(&mut nonce).map_err(|_| AppError::Busy)?;
        let mut sealed = text.to_vec();
        let bound = Aad::from(what.as_bytes());
        self.key
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), bound, &mut sealed)
            .map_err(|_| AppError::Busy)?;
        Ok([&self.mark[..], &nonce, &sealed].concat())
    }

    /// What was sealed for this use. `None` where it was sealed for another, with another key, or was changed.
    pub fn open_text(&self, what: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (mark, rest) = sealed.split_at_checked(MARK)?;
        let (nonce, text) = rest.split_at_checked(NONCE_LEN)?;
        if mark != self.mark {
            return None;
        }
        let mut text = text.to_vec();
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let opened = self
            .key
            .open_in_place(nonce, Aad::from(what.as_bytes()), &mut text)
            .ok()?;
        Some(opened.to_vec())
    }
}

impl App {
    /// With what secrets are sealed from now on.
    pub fn take_seal(&self, seal: Seal) {
        let _ = self.seal.set(seal);
    }

    pub(super) fn seal(&self) -> Result<&Seal, AppError> {
        self.seal.get().ok_or(AppError::FactorUnreadable)
    }
}

/// Writes a new key for its owner alone, whole or not at all; of several who make one at once the first does.
fn make(file: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut key = [0_u8; KEY];
    getrandom::fill(&mut key).map_err(std::io::Error::other)?;
    let text = hex(&key);
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let beside = file.with_extension(format!("new-{}", std::process::id()));
    let mut options = std::fs::OpenOptions::new();
    let mut made = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&beside)?;
    made.write_all(text.as_bytes())?;
    made.write_all(b"\n")?;
    made.sync_all()?;
    let linked = std::fs::hard_link(&beside, file);
    std::fs::remove_file(&beside)?;
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    std::fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_for_its_use_and_with_its_key_alone() {
        let dir = proof::temp_dir();
        let seal = Seal::open(&dir.file("a")).unwrap();
        let sealed = seal.close("factor of Ines", b"secret").unwrap();
        assert_eq!(
            seal.open_text("factor of Ines", &sealed).as_deref(),
            Some(&b"secret"[..])
        );
        assert_eq!(seal.open_text("factor of Maren", &sealed), None);
        let again = Seal::open(&dir.file("a")).unwrap();
        assert_eq!(
            again.open_text("factor of Ines", &sealed).as_deref(),
            Some(&b"secret"[..])
        );
        let other = Seal::open(&dir.file("b")).unwrap();
        assert_eq!(other.open_text("factor of Ines", &sealed), None);
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(seal.open_text("factor of Ines", &changed), None, "byte {at}");
            assert_eq!(seal.open_text("factor of Ines", &sealed[..at]), None);
        }
        assert_ne!(seal.close("factor of Ines", b"secret").unwrap(), sealed);
    }

    #[test]
    fn a_key_is_for_its_owner_alone_and_nonsense_is_none() {
        use std::os::unix::fs::PermissionsExt;
        let dir = proof::temp_dir();
        let file = dir.file("key");
        Seal::open(&file).unwrap();
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        for nonsense in ["", "x", &"g".repeat(64), &"ä".repeat(32), &"0".repeat(63)] {
            std::fs::write(&file, nonsense).unwrap();
            assert!(Seal::open(&file).is_err(), "{nonsense}");
        }
    }
}
