//! Pictures of people: small, and made anew from what was sent, so that nothing else of it is kept.

use super::sessions::{Signed, with_account};
use super::{App, AppError, Content, Sending};
use domain::{ChatId, Kind, Member, Person, PersonId, Refusal};
use futures_util::stream;
use png::{BitDepth, ColorType, Decoder, Encoder, Transformations};
use std::io::Cursor;
use uuid::Uuid;

/// Longest side in pixels.
const SIDE_MAX: u32 = 512;
/// Most bytes that are taken.
pub const PICTURE_MAX: usize = 300 * 1_024;
/// Bytes that reading one may take.
const MEMORY: usize = 8 * 1_024 * 1_024;
/// Times it is tried again where the same content is just being removed.
const TRIES: usize = 3;

impl App {
    /// Somebody has this picture from now on (PNG).
    pub async fn set_picture(&self, signed: &Signed, sent: Vec<u8>) -> Result<(), AppError> {
        with_account(signed)?;
        if sent.len() > PICTURE_MAX {
            return Err(AppError::UnfitPicture);
        }
        let made = tokio::task::spawn_blocking(move || made_anew(&sent)).await;
        let made = made.map_err(|_| AppError::Busy)?.ok_or(AppError::UnfitPicture)?;
        for _ in 0..TRIES {
            let sending = Sending {
                cid: Uuid::now_v7(),
                name: "picture.png".to_owned(),
                size_bytes: made.len() as u64,
                note: false,
            };
            let piece = made.clone();
            let body = stream::once(async { Ok::<_, std::convert::Infallible>(piece) });
            let (turn, file) = self.receive_file(&signed.person, &sending, body).await?;
            let set = self.store.set_picture(signed.person.id, Some(&file.hash)).await?;
            drop(turn);
            if set {
                return self.picture_changed().await;
            }
        }
        Err(AppError::Busy)
    }

    pub async fn remove_picture(&self, signed: &Signed) -> Result<(), AppError> {
        with_account(signed)?;
        self.store.set_picture(signed.person.id, None).await?;
        self.picture_changed().await
    }

    async fn picture_changed(&self) -> Result<(), AppError> {
        self.files.released();
        self.notice_changed_rights().await?;
        Ok(())
    }

    /// The picture of somebody: agents see everybody's, others their own.
    pub async fn picture(&self, reader: &Person, of: PersonId) -> Result<Content, AppError> {
        if reader.kind != Kind::Agent && reader.id != of {
            return Err(Refusal::NotFound.into());
        }
        self.picture_of(of).await
    }

    /// The picture of the `n`th agent in a chat, for externals in it who are shown that.
    pub async fn member_picture(&self, reader: &Person, chat: ChatId, n: u32) -> Result<Content, AppError> {
        let granted = self.grant_newest(reader, chat).await?;
        let (side, settings) = (granted.access.side, self.settings());
        let is_it = |member: &&Member| side.number(member) == Some(n) && side.sees_picture(member, &settings);
        let member = granted.chat.members.iter().find(is_it).ok_or(Refusal::NotFound)?;
        self.picture_of(member.person).await
    }

    async fn picture_of(&self, of: PersonId) -> Result<Content, AppError> {
        let found = self.store.picture(of).await?;
        let (hash, size_bytes) = found.ok_or(Refusal::NotFound)?;
        self.content(&hash, size_bytes).await
    }
}

/// The first frame of a PNG as a PNG of its own: no names, no places, no texts, nothing behind its end.
pub(super) fn made_anew(sent: &[u8]) -> Option<Vec<u8>> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(sent), png::Limits { bytes: MEMORY });
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().ok()?;
    let (width, height) = (reader.info().width, reader.info().height);
    if !(1..=SIDE_MAX).contains(&width) || !(1..=SIDE_MAX).contains(&height) {
        return None;
    }
    let mut pixels = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut pixels).ok()?;
    if frame.bit_depth != BitDepth::Eight || frame.color_type == ColorType::Indexed {
        return None;
    }
    let mut made = Vec::new();
    let mut encoder = Encoder::new(&mut made, frame.width, frame.height);
    encoder.set_color(frame.color_type);
    encoder.set_depth(BitDepth::Eight);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&pixels[..frame.buffer_size()]).ok()?;
    writer.finish().ok()?;
    Some(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, height: u32) -> Vec<u8> {
        let mut made = Vec::new();
        let mut encoder = Encoder::new(&mut made, width, height);
        encoder.set_color(ColorType::Rgba);
        encoder.add_text_chunk("GPS".into(), "59.9, 10.7".into()).unwrap();
        let mut writer = encoder.write_header().unwrap();
        writer
            .write_image_data(&vec![7; (width * height * 4) as usize])
            .unwrap();
        writer.finish().unwrap();
        made
    }

    #[test]
    fn what_else_was_in_a_picture_is_gone() {
        let mut sent = picture(16, 9);
        sent.extend(b"<script>alert(1)</script>");
        let made = made_anew(&sent).unwrap();
        for hidden in [&b"GPS"[..], b"script", b"tEXt"] {
            assert!(sent.windows(hidden.len()).any(|piece| piece == hidden));
            assert!(!made.windows(hidden.len()).any(|piece| piece == hidden));
        }
        let again = made_anew(&made).unwrap();
        assert_eq!(again, made, "and the picture is the same");
    }

    #[test]
    fn what_is_no_small_picture_is_not_taken() {
        assert!(made_anew(&picture(512, 512)).is_some());
        assert!(made_anew(&picture(513, 1)).is_none() && made_anew(&picture(1, 513)).is_none());
        let whole = picture(32, 32);
        for cut in [0, 8, 20, whole.len() / 2] {
            assert!(made_anew(&whole[..cut]).is_none(), "{cut}");
        }
        assert!(made_anew(b"<svg xmlns='http://www.w3.org/2000/svg'/>").is_none());
        // Sides that no memory holds.
        let mut bomb = whole;
        bomb[16..24].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]);
        assert!(made_anew(&bomb).is_none());
    }
}
