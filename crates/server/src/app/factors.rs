//! Second factors: codes that a device makes from a secret and the time (RFC 6238: SHA-1, 30 s, 6 digits), and recovery codes.
//!
//! - A code is taken once: its step is stored, and no code of that step or an earlier one is taken afterwards.
//! - The secret is sealed in the database. While it is being set up it travels sealed with who asks, and is stored with its first code.

use super::limits::{Network, Rate};
use super::sessions::{Signed, random_words, with_account};
use super::{App, AppError};
use crate::clock;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{Kind, PersonId};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use qrcodegen::{QrCode, QrCodeEcc};
use sha2::{Digest, Sha256};
use std::time::Duration;
use store::NewFactor;
use totp_rs::{Builder, Secret, Totp};

/// Bytes of a secret, as RFC 4226 recommends.
const SECRET: usize = 20;
/// For how long a secret that was shown may be confirmed.
const OFFER_S: i64 = 900;
/// Recovery codes that somebody is given.
const CODES: usize = 10;
/// Codes that are tried for one person within [`TRIES_WITHIN`], wherever they come from.
const TRIES: i64 = 10;
const TRIES_WITHIN: Duration = Duration::from_secs(900);
/// Longest code that is looked at, in bytes.
const CODE_MAX: usize = 64;

impl App {
    /// How it stands with the second factor of who asks.
    pub async fn factor(&self, signed: &Signed) -> Result<wire::Factor, AppError> {
        with_account(signed)?;
        let factor = self.store.factor(signed.person.id).await?;
        Ok(wire::Factor {
            set_at: factor.as_ref().map(|factor| factor.created_at.ms()),
            codes: factor.map_or(0, |factor| factor.codes),
            required: self.store.needs_factor(signed.person.id).await?,
        })
    }

    /// A new secret for who asks, which counts once a code of it was told. Asks for the password, and for a code of the one he has.
    pub async fn offer_factor(
        &self,
        signed: &Signed,
        asks: &wire::ProveMe,
        network: Network,
    ) -> Result<wire::FactorOffer, AppError> {
        self.prove(signed, asks, network).await?;
        let mut secret = [0; SECRET];
        getrandom::fill(&mut secret).map_err(|_| AppError::Busy)?;
        let until = clock::now().plus_s(OFFER_S);
        let told = [&until.0.to_be_bytes()[..], &secret].concat();
        let sealed = self.seal()?.close(&offered(signed), &told)?;
        let encoded = Secret::from(secret).to_base32();
        let address = self.factor_address(signed, &encoded).await?;
        let (size, path) = drawn(&address)?;
        Ok(wire::FactorOffer {
            secret: encoded,
            address,
            size,
            path,
            offer: URL_SAFE_NO_PAD.encode(sealed),
        })
    }

    /// Keeps the secret that was offered, against a code of it; all other sessions end. The recovery codes are told this once.
    pub async fn set_factor(&self, signed: &Signed, asks: &wire::SetFactor) -> Result<wire::RecoveryCodes, AppError> {
        with_account(signed)?;
        let person = signed.person.id;
        self.count_code(person)?;
        let gone = || AppError::LinkGone;
        let sealed = URL_SAFE_NO_PAD.decode(&asks.offer).map_err(|_| gone())?;
        let told = self.seal()?.open_text(&offered(signed), &sealed).ok_or_else(gone)?;
        let (until, secret) = told.split_at_checked(8).ok_or_else(gone)?;
        let until = i64::from_be_bytes(until.try_into().map_err(|_| gone())?);
        if until <= clock::now().0 {
            return Err(gone());
        }
        let step = step_of(secret, &asks.code).ok_or(AppError::WrongCode)?;
        let codes = new_codes();
        let new = NewFactor {
            person,
            secret: self.seal()?.close(&kept(person), secret)?,
            step,
            codes: hashes(person, &codes),
            at: clock::now(),
        };
        self.store.put_factor(&new, &signed.session.0).await?;
        self.shared.presence.end_person(person, Some(&signed.session.0));
        self.notice_changed_rights().await?;
        Ok(wire::RecoveryCodes { codes })
    }

    /// New recovery codes, told this once; the old ones are good for nothing any more.
    pub async fn renew_codes(
        &self,
        signed: &Signed,
        asks: &wire::ProveMe,
        network: Network,
    ) -> Result<wire::RecoveryCodes, AppError> {
        self.prove(signed, asks, network).await?;
        if self.store.factor(signed.person.id).await?.is_none() {
            return Err(domain::Refusal::NotFound.into());
        }
        let codes = new_codes();
        let hashed = hashes(signed.person.id, &codes);
        self.store.put_codes(signed.person.id, &hashed).await?;
        Ok(wire::RecoveryCodes { codes })
    }

    /// Who asks does without a second factor from now on, unless one is asked of him; all other sessions end.
    pub async fn remove_factor(&self, signed: &Signed, asks: &wire::ProveMe, net: Network) -> Result<(), AppError> {
        self.prove(signed, asks, net).await?;
        if self.store.needs_factor(signed.person.id).await? {
            return Err(AppError::FactorRequired);
        }
        self.store.remove_factor(signed.person.id, &signed.session.0).await?;
        self.shared
            .presence
            .end_person(signed.person.id, Some(&signed.session.0));
        Ok(())
    }

    /// Whether he holds a key on a group that asks for a second factor, and has none.
    pub(super) async fn owes_factor(&self, person: PersonId) -> Result<bool, AppError> {
        Ok(self.store.needs_factor(person).await? && self.store.factor(person).await?.is_none())
    }

    /// Refuses who has a second factor and does not show it. A code that was taken is taken no more.
    pub(super) async fn check_factor(&self, person: PersonId, code: Option<&str>) -> Result<(), AppError> {
        let Some(factor) = self.store.factor(person).await? else {
            return Ok(());
        };
        let code = code.map(str::trim).filter(|code| !code.is_empty());
        let code = code.ok_or(AppError::FactorNeeded)?;
        self.count_code(person)?;
        if code.len() > CODE_MAX {
            return Err(AppError::WrongCode);
        }
        let taken = if is_digits(code) {
            let secret = self.seal()?.open_text(&kept(person), &factor.secret);
            let secret = secret.ok_or(AppError::FactorUnreadable)?;
            match step_of(&secret, code) {
                Some(step) => self.store.use_step(person, step).await?,
                None => false,
            }
        } else {
            self.store.use_code(person, &hash(person, code)).await?
        };
        match taken {
            true => Ok(()),
            false => Err(AppError::WrongCode),
        }
    }

    /// That it is he who asks: his password, and his second factor if he has one.
    async fn prove(&self, signed: &Signed, asks: &wire::ProveMe, network: Network) -> Result<(), AppError> {
        with_account(signed)?;
        self.know_password(signed, &asks.password, network).await?;
        self.check_factor(signed.person.id, asks.code.as_deref()).await
    }

    /// Counts a code before it is looked at: tries that run at the same time cannot pass together.
    fn count_code(&self, person: PersonId) -> Result<(), AppError> {
        let rate = Rate::new(TRIES, TRIES_WITHIN);
        self.doors.codes.take(person, rate, std::time::Instant::now())
    }

    /// What a device takes the secret from (`otpauth:`), under the name of this installation.
    async fn factor_address(&self, signed: &Signed, secret: &str) -> Result<String, AppError> {
        let row = self.store.person(signed.person.id).await?;
        let login = row.and_then(|row| row.login).unwrap_or_default();
        let host = self.own_address().split("://").nth(1).unwrap_or("deskbell");
        let issuer = match signed.person.kind {
            Kind::Agent => format!("Deskbell {host}"),
            Kind::CustomerUser | Kind::PublicUser => host.to_owned(),
        };
        let written = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let (issuer, login) = (written(&issuer), written(&login));
        Ok(format!(
            "otpauth://totp/{issuer}:{login}?secret={secret}&issuer={issuer}"
        ))
    }
}

/// What an offered secret is sealed for: one session.
fn offered(signed: &Signed) -> String {
    format!("offered {} {}", signed.person.id, signed.session.name())
}

/// What a kept secret is sealed for.
fn kept(person: PersonId) -> String {
    format!("factor {person}")
}

fn totp(secret: &[u8]) -> Option<Totp> {
    // One step before and after, for clocks that are not quite right.
    Builder::new().with_secret(secret).with_skew(1).build().ok()
}

/// The step that a code is of, if it is of this one or one beside it.
fn step_of(secret: &[u8], code: &str) -> Option<i64> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let now = u64::try_from(clock::now().ms() / 1_000).ok()?;
    let step = totp(secret)?.check(&code, now)?;
    i64::try_from(step).ok()
}

fn is_digits(code: &str) -> bool {
    code.chars().all(|c| c.is_ascii_digit() || c.is_whitespace())
}

fn new_codes() -> Vec<String> {
    (0..CODES).map(|_| random_words(4)).collect()
}

fn hashes(person: PersonId, codes: &[String]) -> Vec<[u8; 32]> {
    codes.iter().map(|code| hash(person, code)).collect()
}

/// Of 80 random bits nobody finds what a fast hash was made of.
fn hash(person: PersonId, code: &str) -> [u8; 32] {
    let written = code.chars().filter(|c| c.is_ascii_alphanumeric());
    let written: String = written.map(|c| c.to_ascii_lowercase()).collect();
    Sha256::new()
        .chain_update("recovery")
        .chain_update(person.0)
        .chain_update(written)
        .finalize()
        .into()
}

/// A text as a QR code: how many modules a side has, and the dark ones as a path of SVG.
fn drawn(text: &str) -> Result<(i32, String), AppError> {
    use std::fmt::Write;
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(|_| AppError::Busy)?;
    let (size, mut path) = (code.size(), String::new());
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let from = x;
            while code.get_module(x, y) {
                x += 1;
            }
            if x > from {
                let _ = write!(path, "M{from} {y}h{}v1H{from}z", x - from);
            }
            x += 1;
        }
    }
    Ok((size, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the last six of its eight digits.
    #[test]
    fn codes_are_those_of_the_rfc() {
        let totp = totp(b"12345678901234567890").unwrap();
        for (time, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(totp.generate(time).to_string(), code);
            assert_eq!(totp.check(code, time), Some(time / 30));
            assert_eq!(totp.check(code, time + 30), Some(time / 30), "the step before");
            assert_eq!(totp.check(code, time - 30), Some(time / 30), "the step after");
            assert_eq!(totp.check(code, time + 60), None);
        }
    }

    #[test]
    fn recovery_codes_are_read_as_people_write_them() {
        let person = PersonId(uuid::Uuid::nil());
        let code = &new_codes()[0];
        let spoken = code.to_uppercase().replace('-', " ");
        assert_eq!(hash(person, code), hash(person, &spoken));
        assert_ne!(hash(person, code), hash(PersonId(uuid::Uuid::max()), code));
        assert!(!is_digits(code) && is_digits("123 456"));
    }

    #[test]
    fn a_qr_code_is_drawn_as_one_path() {
        let (size, path) = drawn("otpauth://totp/Deskbell:ines?secret=JBSWY3DPEHPK3PXP").unwrap();
        assert!((29..60).contains(&size), "{size}");
        // The finder in the corner: a row of seven.
        assert!(path.starts_with("M0 0h7v1H0z"), "{path}");
        assert!(path.chars().all(|c| c.is_ascii_digit() || "M hvHz".contains(c)));
    }
}
