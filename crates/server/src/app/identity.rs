//! Signed identities: a page that embeds a snippet proves who is signed in there, by a JSON Web Token (RFC 7519) under a key of the
//! snippet.
//!
//! - There is one algorithm, HMAC with SHA-256 (`HS256`, RFC 7518 section 3.2); nothing in the token chooses another, or a key.
//! - Pages of a site name the same person by the same subject, and he is the same visitor on all his devices. Neither his name nor
//!   his address leads to anybody: those are told, not looked up.
//! - A token is good for an hour at most, and within it as often as he opens a page.

use super::limits::{Network, Rate};
use super::sessions::Signed;
use super::{App, AppError};
use crate::clock;
use crate::mail::address;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{PersonId, SnippetId, text};
use ring::hmac;
use serde::Deserialize;
use std::time::Duration;
use store::{Identified, Identity, NewPerson, Snippet, StoreError, Whence};
use uuid::Uuid;

/// Longest token that is looked at, in bytes.
const TOKEN_MAX: usize = 4_096;
/// Longest subject, in characters.
const SUBJECT_MAX: usize = 200;
/// For how long a token may be good.
const GOOD_S: i64 = 3_600;
/// How far the clocks of the page's server and of this one may differ.
const LEEWAY_S: i64 = 60;
/// How often one visitor may come with a token in a minute, and how many sessions he has.
const COMES_PER_MIN: i64 = 60;
const SESSIONS: i64 = 50;

/// What a token says of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Claimed {
    identity: Identity,
    name: String,
}

/// Whatever it asks for besides (`crit`, `jku`, `jwk`, `x5u` …) is refused.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    alg: String,
    typ: Option<String>,
    #[serde(rename = "kid")]
    _kid: Option<String>,
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    aud: Audience,
    iat: i64,
    exp: i64,
    nbf: Option<i64>,
    name: String,
    email: Option<String>,
    email_verified: Option<bool>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// What a page of this snippet says with a token, at this time in seconds. The error is why it says nothing.
fn claimed(token: &str, keys: &[Vec<u8>], snippet: &str, now: i64) -> Result<Claimed, &'static str> {
    if token.len() > TOKEN_MAX {
        return Err("the token is too long");
    }
    let (signed, signature) = token.rsplit_once('.').ok_or("it is no token")?;
    let (header, claims) = signed.split_once('.').ok_or("it is no token")?;
    let header: Header = read(header).ok_or("the token's header is not understood")?;
    if header.alg != "HS256" {
        return Err("the token's algorithm is not HS256");
    }
    if header.typ.is_some_and(|typ| !typ.eq_ignore_ascii_case("JWT")) {
        return Err("the token is no JWT");
    }
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| "it is no token")?;
    let matches = |key: &Vec<u8>| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, key);
        hmac::verify(&key, signed.as_bytes(), &signature).is_ok()
    };
    if !keys.iter().any(matches) {
        return Err("the token is signed with none of the snippet's keys");
    }
    // From here on it is the page's own mistake.
    let claims: Claims =
        read(claims).ok_or("the token lacks sub, aud, iat, exp or name, or one of them is of another type")?;
    let meant = match &claims.aud {
        Audience::One(one) => one == snippet,
        Audience::Many(many) => many.iter().any(|one| one == snippet),
    };
    if !meant {
        return Err("the token is meant for another snippet (aud)");
    }
    if claims.iat.checked_sub(now).is_none_or(|ahead| ahead > LEEWAY_S) {
        return Err("the token is of the future (iat)");
    }
    match claims.exp.checked_sub(claims.iat) {
        Some(1..=GOOD_S) => {}
        _ => return Err("the token is good for longer than an hour, or for no time (exp)"),
    }
    if claims.exp.saturating_add(LEEWAY_S) <= now {
        return Err("the token has run out (exp)");
    }
    if claims.nbf.is_some_and(|from| from > now.saturating_add(LEEWAY_S)) {
        return Err("the token is not good yet (nbf)");
    }
    let fits = !claims.sub.is_empty() && claims.sub.chars().count() <= SUBJECT_MAX;
    if !fits || claims.sub != claims.sub.trim() || claims.sub.chars().any(char::is_control) {
        return Err("the token's subject is empty or too long (sub)");
    }
    let name = text::name(&claims.name).map_err(|_| "the token's name is empty or too long (name)")?;
    let email = claims.email.filter(|_| claims.email_verified == Some(true));
    Ok(Claimed {
        identity: Identity {
            subject: claims.sub,
            email: email.and_then(|email| address(&email)),
        },
        name,
    })
}

fn read<T: for<'a> Deserialize<'a>>(part: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

/// For what a snippet's keys are sealed.
pub(super) fn sealed_for(snippet: SnippetId) -> String {
    format!("identity key of {}", snippet.0)
}

impl App {
    /// Whom a page of the snippet proves to be here, by its token: the visitor he always was, or a new one.
    pub async fn identify(&self, public_id: &str, token: &str, net: Network) -> Result<wire::Visitor, AppError> {
        let snippet = self.valid_snippet(public_id).await?;
        let claimed = match self.claimed(&snippet, token).await? {
            Ok(claimed) => claimed,
            Err(why) => {
                self.count_visitor(net)?;
                return Err(AppError::Unidentified(why));
            }
        };
        let person = self.visitor_of(&snippet, &claimed, net).await?;
        let rate = Rate::new(COMES_PER_MIN, Duration::from_secs(60));
        self.doors.identified.take(person, rate, std::time::Instant::now())?;
        self.store.keep_newest_sessions(person, SESSIONS - 1).await?;
        let (Signed { person, .. }, token) = self.open_session(person, &Whence::default()).await?;
        Ok(wire::Visitor {
            token,
            me: self.me(&person).await?,
        })
    }

    async fn claimed(&self, snippet: &Snippet, token: &str) -> Result<Result<Claimed, &'static str>, AppError> {
        let stored = self.store.identity_keys(snippet.id).await?;
        if stored.is_empty() {
            return Ok(Err("the snippet has no key"));
        }
        let what = sealed_for(snippet.id);
        let opened = stored.iter().map(|key| self.seal().ok()?.open_text(&what, &key.sealed));
        let Some(keys) = opened.collect::<Option<Vec<_>>>() else {
            tracing::error!(
                snippet = snippet.public_id,
                "a key of the snippet cannot be read with the key of this process"
            );
            return Ok(Err("the snippet's keys cannot be read here"));
        };
        Ok(claimed(token, &keys, &snippet.public_id, clock::now().ms() / 1_000))
    }

    async fn visitor_of(&self, snippet: &Snippet, claimed: &Claimed, net: Network) -> Result<PersonId, AppError> {
        let Claimed { identity, name } = claimed;
        if let Some(known) = self.store.identified(snippet.id, &identity.subject).await? {
            return self.known_by_now(known, claimed).await;
        }
        self.count_visitor(net)?;
        let new = NewPerson::visitor(PersonId(Uuid::now_v7()), name.clone(), snippet.id, clock::now());
        match self.store.make_identified(&new, snippet.id, identity).await {
            // He opened two pages at once.
            Err(StoreError::Taken(_)) => {
                let known = self.store.identified(snippet.id, &identity.subject).await?;
                self.known_by_now(known.ok_or(AppError::Busy)?, claimed).await
            }
            made => Ok(made.map(|()| new.id)?),
        }
    }

    /// The page knows best what he is called now.
    async fn known_by_now(&self, known: Identified, claimed: &Claimed) -> Result<PersonId, AppError> {
        let email = claimed.identity.email.as_deref();
        if known.name != claimed.name || known.email.as_deref() != email {
            self.store.change_identified(known.person, &claimed.name, email).await?;
        }
        Ok(known.person)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const NOW: i64 = 1_790_000_000;
    const SNIPPET: &str = "harbour";

    fn keys() -> Vec<Vec<u8>> {
        vec![
            b"the older key of the harbour office".to_vec(),
            b"the newer key of the harbour office".to_vec(),
        ]
    }

    fn good() -> Value {
        json!({ "sub": "c-7", "aud": SNIPPET, "iat": NOW, "exp": NOW + 600, "name": "Priya Nair" })
    }

    fn with(change: Value) -> Value {
        let mut claims = good();
        for (name, value) in change.as_object().unwrap() {
            match value {
                Value::Null => drop(claims.as_object_mut().unwrap().remove(name)),
                value => claims[name] = value.clone(),
            }
        }
        claims
    }

    fn signed(header: &str, claims: &str, key: &[u8]) -> String {
        let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let key = hmac::Key::new(hmac::HMAC_SHA256, key);
        let signature = hmac::sign(&key, signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    fn token(claims: &Value) -> String {
        signed(r#"{"alg":"HS256","typ":"JWT"}"#, &claims.to_string(), &keys()[1])
    }

    fn reads(token: &str) -> Result<Claimed, &'static str> {
        claimed(token, &keys(), SNIPPET, NOW)
    }

    #[test]
    fn a_page_says_who_is_signed_in() {
        let plain = reads(&token(&good())).unwrap();
        assert_eq!((&*plain.identity.subject, &*plain.name), ("c-7", "Priya Nair"));
        assert_eq!(plain.identity.email, None);
        for key in keys() {
            let told = signed(r#"{"alg":"HS256"}"#, &good().to_string(), &key);
            assert_eq!(reads(&told).as_ref(), Ok(&plain), "either of two keys");
        }
        for fine in [
            json!({ "aud": ["shop", SNIPPET] }),
            json!({ "exp": NOW + 3_600 }),
            json!({ "iat": NOW + 59, "exp": NOW + 600 }),
            json!({ "iat": NOW - 600, "exp": NOW - 59 }),
            json!({ "nbf": NOW, "jti": "1", "roles": ["x"] }),
            json!({ "email": "priya@example.org" }),
            json!({ "email": "priya@example.org", "email_verified": false }),
            json!({ "email": "no address", "email_verified": true }),
        ] {
            assert_eq!(reads(&token(&with(fine.clone()))).as_ref(), Ok(&plain), "{fine}");
        }
        let proven = with(json!({ "email": "priya@example.org", "email_verified": true }));
        let email = reads(&token(&proven)).unwrap().identity.email;
        assert_eq!(email.as_deref(), Some("priya@example.org"));
    }

    #[test]
    fn forged_and_broken_tokens_are_refused() {
        let (fine, claims) = (token(&good()), good().to_string());
        let parts: Vec<&str> = fine.split('.').collect();
        let (header, body, signature) = (parts[0], parts[1], parts[2]);
        let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
        let under = |header: &str| signed(header, &claims, &keys()[1]);
        let mut forged = vec![
            // Nothing, and not three parts.
            String::new(),
            ".".into(),
            "..".into(),
            "...".into(),
            "a.b.c".into(),
            format!("{header}.{body}"),
            format!("{header}.{body}."),
            format!(".{body}.{signature}"),
            format!("{header}..{signature}"),
            format!("{fine}.{signature}"),
            format!(" {fine}"),
            format!("{fine} "),
            format!("{fine}\n"),
            format!("Bearer {fine}"),
            // In other alphabets, or padded.
            format!("{header}.{body}.{signature}="),
            format!("{header}.{body}.{}+/", &signature[..signature.len() - 2]),
            fine.replace('.', "%2E"),
            // Unsigned.
            format!("{}.{body}.", encode(r#"{"alg":"none"}"#)),
            format!("{}.{body}.{signature}", encode(r#"{"alg":"none"}"#)),
            under(r#"{"alg":"none","typ":"JWT"}"#),
            under(r#"{"alg":"NONE"}"#),
            under(r#"{"alg":""}"#),
            under(r#"{"typ":"JWT"}"#),
            under(r#"{"alg":null}"#),
            under(r#"{"alg":["HS256"]}"#),
            // Another algorithm, and this one written otherwise.
            under(r#"{"alg":"HS384"}"#),
            under(r#"{"alg":"HS512"}"#),
            under(r#"{"alg":"RS256"}"#),
            under(r#"{"alg":"ES256"}"#),
            under(r#"{"alg":"EdDSA"}"#),
            under(r#"{"alg":"hs256"}"#),
            under(r#"{"alg":"HS256 "}"#),
            under(r#"{"alg":"none","alg":"HS256"}"#),
            // Keys and rules that the token brings along.
            under(r#"{"alg":"HS256","jku":"https://evil.example/keys"}"#),
            under(r#"{"alg":"HS256","jwk":{"kty":"oct","k":"AA"}}"#),
            under(r#"{"alg":"HS256","x5u":"https://evil.example/cert"}"#),
            under(r#"{"alg":"HS256","x5c":["AA"]}"#),
            under(r#"{"alg":"HS256","crit":["exp"]}"#),
            under(r#"{"alg":"HS256","b64":false}"#),
            under(r#"{"alg":"HS256","zip":"DEF"}"#),
            under(r#"{"alg":"HS256","typ":"JWE"}"#),
            under(r#"{"alg":"HS256","kid":["../../dev/null"]}"#),
            under("[]"),
            under("nonsense"),
            // Another key, none, or the text of the signature turned round.
            signed(r#"{"alg":"HS256"}"#, &claims, b"another key"),
            signed(r#"{"alg":"HS256"}"#, &claims, b""),
            signed(r#"{"alg":"HS256"}"#, &claims, SNIPPET.as_bytes()),
            format!("{header}.{body}.{}", signature.chars().rev().collect::<String>()),
            format!("{header}.{body}.{}", &signature[..40]),
            format!("{header}.{body}.{}", encode("")),
            format!(
                "{header}.{}.{signature}",
                encode(&with(json!({ "sub": "c-8" })).to_string())
            ),
            format!("{body}.{header}.{signature}"),
            "x".repeat(TOKEN_MAX + 1),
            format!(
                "{}.{body}.{signature}",
                encode(&format!("{{\"alg\":\"HS256\",\"kid\":\"{}\"}}", "k".repeat(4_000)))
            ),
        ];
        // Rightly signed, and not what is asked for.
        for change in [
            json!({ "sub": null }),
            json!({ "sub": "" }),
            json!({ "sub": "  " }),
            json!({ "sub": " c-7" }),
            json!({ "sub": 7 }),
            json!({ "sub": "c\n7" }),
            json!({ "sub": "x".repeat(201) }),
            json!({ "aud": null }),
            json!({ "aud": "" }),
            json!({ "aud": "*" }),
            json!({ "aud": "harbour2" }),
            json!({ "aud": "Harbour" }),
            json!({ "aud": [] }),
            json!({ "aud": [["harbour"]] }),
            json!({ "iat": null }),
            json!({ "iat": "now" }),
            json!({ "iat": NOW.to_string() }),
            json!({ "iat": NOW + 61, "exp": NOW + 600 }),
            json!({ "iat": i64::MAX, "exp": i64::MAX }),
            json!({ "iat": i64::MIN }),
            json!({ "iat": NOW as f64 + 0.5 }),
            json!({ "exp": null }),
            json!({ "exp": (NOW + 600).to_string() }),
            json!({ "exp": NOW + 3_601 }),
            json!({ "exp": NOW + 315_360_000 }),
            json!({ "exp": i64::MAX }),
            json!({ "exp": NOW }),
            json!({ "exp": -1 }),
            json!({ "iat": NOW - 600, "exp": NOW - 60 }),
            json!({ "iat": NOW - 7_200, "exp": NOW - 3_600 }),
            json!({ "iat": NOW * 1_000, "exp": NOW * 1_000 + 600 }),
            json!({ "nbf": NOW + 61 }),
            json!({ "nbf": "soon" }),
            json!({ "name": null }),
            json!({ "name": "" }),
            json!({ "name": " \t " }),
            json!({ "name": "n".repeat(10_000) }),
            json!({ "name": 7 }),
            json!({ "email": ["a@example.org"], "email_verified": true }),
            json!({ "email_verified": "true" }),
        ] {
            forged.push(token(&with(change)));
        }
        // A claim twice: who reads the first one and who reads the last one differ.
        forged.push(signed(
            r#"{"alg":"HS256"}"#,
            &claims.replacen('{', r#"{"sub":"c-1","#, 1),
            &keys()[1],
        ));
        forged.push(signed(r#"{"alg":"HS256"}"#, "[]", &keys()[1]));
        forged.push(signed(r#"{"alg":"HS256"}"#, "null", &keys()[1]));
        forged.push(signed(r#"{"alg":"HS256"}"#, &format!("{claims}{claims}"), &keys()[1]));
        let lane = proof::Lane::part("identity", "forged tokens");
        for (at, token) in forged.iter().enumerate() {
            assert!(reads(token).is_err(), "{at}: {token}");
            lane.case();
        }
        // Any bit of it.
        let mut bits = 0;
        for at in 0..fine.len() {
            for bit in 0..7 {
                let mut bytes = fine.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                let changed = String::from_utf8(bytes).unwrap();
                assert!(reads(&changed).is_err(), "bit {bit} of byte {at}");
                bits += 1;
            }
        }
        for no_keys in [vec![], vec![b"".to_vec()]] {
            assert!(claimed(&fine, &no_keys, SNIPPET, NOW).is_err());
        }
        lane.figure("forged", forged.len());
        lane.figure("flipped_bits", bits);
        lane.finish();
    }
}
