use super::*;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Sixteen pixels wide and eight high: red on the left, blue on the right.
const JPEG: &str = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/\
    2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAAIABADASIAAhEBAxEB/8QA\
    FQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAABP/EABgRAAIDAAAAAAAAAAAAAAAAAAAFQoHB\
    /9oADAMBAAIRAxEAPwCBCBiqdaPZRvD/2Q==";
/// The same as lossy WebP, without its container.
const VP8: &str = "VlA4IC4AAABwAQCdASoQAAgABABoJaACdAFAAAD+7uR/lzH0K//xNnT31YP/oSY9//iYsgAA";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\x03\x01\x01\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82";
const GIF: &[u8] = b"GIF89a\x02\0\x03\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x02\0\x03\0\0\x02\x02\x84\x51\0;";
/// What no picture may hold afterwards.
const SECRET: &[u8] = b"59.0N 5.7E";

fn bytes(base64: &str) -> Vec<u8> {
    STANDARD.decode(base64).unwrap()
}

/// What a telephone writes: how it was held, and where (the place stands behind the directory, as rationals do).
fn exif(big: bool, orientation: u16) -> Vec<u8> {
    let short = |n: u16| if big { n.to_be_bytes() } else { n.to_le_bytes() };
    let long = |n: u32| if big { n.to_be_bytes() } else { n.to_le_bytes() };
    let mut tiff = if big { b"MM\0*".to_vec() } else { b"II*\0".to_vec() };
    tiff.extend(long(8));
    tiff.extend(short(2));
    for (tag, kind, count, value) in [
        (0x0112, 3, 1, short(orientation).to_vec()),
        (0x8825, 4, 1, long(38).to_vec()),
    ] {
        tiff.extend(short(tag));
        tiff.extend(short(kind));
        tiff.extend(long(count));
        tiff.extend(&value);
        tiff.resize(tiff.len() + 4 - value.len(), 0);
    }
    tiff.extend(long(0));
    tiff.extend(SECRET);
    tiff
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let len = (content.len() as u16 + 2).to_be_bytes();
    [&[0xff, marker][..], &len, content].concat()
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let typed = [&kind[..], data].concat();
    let sum = crc32(&typed).to_be_bytes();
    [&(data.len() as u32).to_be_bytes()[..], &typed, &sum].concat()
}

fn riff(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut all = b"WEBP".to_vec();
    for (kind, data) in chunks {
        all.extend(*kind);
        all.extend((data.len() as u32).to_le_bytes());
        all.extend(data);
        all.resize(all.len() + data.len() % 2, 0);
    }
    [&b"RIFF"[..], &(all.len() as u32).to_le_bytes(), &all].concat()
}

fn holds(whole: &[u8], what: &[u8]) -> bool {
    whole.windows(what.len()).any(|window| window == what)
}

#[test]
fn a_picture_that_tells_nothing_more_stays_as_it_is() {
    let webp = riff(&[(b"VP8 ", bytes(VP8)[8..].to_vec())]);
    let (jpeg, png, gif) = (bytes(JPEG), PNG.to_vec(), GIF.to_vec());
    let pictures = [
        (FileType::Jpeg, jpeg),
        (FileType::Webp, webp),
        (FileType::Png, png),
        (FileType::Gif, gif),
    ];
    for (kind, picture) in pictures {
        let seen = bare(&picture, kind);
        assert_eq!((seen.bytes == picture, seen.turned), (true, None), "{kind:?}");
        // Whatever is cut off or changed on its way: it ends, and more it never gets.
        for len in 0..picture.len() {
            assert!(bare(&picture[..len], kind).bytes.len() <= len.max(8), "{kind:?} {len}");
            let mut other = picture.clone();
            for change in [0, 0x7f, 0xff] {
                other[len] = change;
                assert!(bare(&other, kind).bytes.len() <= other.len(), "{kind:?} {len} {change}");
            }
        }
    }
}

#[test]
fn of_a_photograph_only_how_it_is_turned_is_left() {
    let plain = bytes(JPEG);
    for (big, orientation, turned) in [
        (true, 6, Some(6)),
        (false, 3, Some(3)),
        (true, 1, None),
        (false, 99, None),
    ] {
        let comment = segment(0xfe, SECRET);
        let photo = [
            &plain[..2],
            &segment(0xe1, &[EXIF, &exif(big, orientation)].concat()),
            &segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0<x/>", SECRET].concat()),
            &segment(0xed, &[b"Photoshop 3.0\x008BIM", SECRET].concat()),
            &segment(0xe2, &[b"MPF\0", SECRET].concat()),
            &segment(0xe2, b"ICC_PROFILE\0\x01\x01colours"),
            &plain[2..plain.len() - 2],
            &comment,
            &plain[plain.len() - 2..],
            // The other picture of the two a telephone took.
            &plain,
            SECRET,
        ]
        .concat();
        let seen = bare(&photo, FileType::Jpeg);
        assert!(
            !holds(&seen.bytes, SECRET) && !holds(&seen.bytes, b"adobe"),
            "{orientation}"
        );
        assert!(holds(&seen.bytes, b"colours"));
        assert_eq!(seen.turned, turned);
        let size = imagesize::blob_size(&seen.bytes).unwrap();
        assert_eq!((size.width, size.height), (16, 8));
        // Once more changes nothing.
        let again = bare(&seen.bytes, FileType::Jpeg);
        assert_eq!((again.bytes == seen.bytes, again.turned), (true, turned));
    }
}

#[test]
fn other_pictures_lose_the_same() {
    let end = PNG.len() - 12;
    let png = [
        &PNG[..33],
        &chunk(b"eXIf", &exif(true, 8)),
        &chunk(b"tEXt", &[b"Comment\0", SECRET].concat()),
        &chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", SECRET].concat()),
        &chunk(b"tIME", b"\x07\xea\x0b\x1b\x12\0\0"),
        &chunk(b"pHYs", b"\0\0\x0b\x13\0\0\x0b\x13\x01"),
        &PNG[33..end],
        &PNG[end..],
        SECRET,
    ]
    .concat();
    let seen = bare(&png, FileType::Png);
    assert!(!holds(&seen.bytes, SECRET) && !holds(&seen.bytes, b"tIME") && holds(&seen.bytes, b"pHYs"));
    assert_eq!(seen.turned, Some(8));
    assert!(bare(&seen.bytes, FileType::Png).bytes == seen.bytes);

    let vp8 = bytes(VP8)[8..].to_vec();
    let (xmp, place) = (SECRET.to_vec(), exif(false, 6));
    let extended = b"\x2c\0\0\0\x0f\0\0\x07\0\0".to_vec();
    let webp = riff(&[
        (b"VP8X", extended),
        (b"ICCP", b"colours".to_vec()),
        (b"VP8 ", vp8),
        (b"EXIF", place),
        (b"XMP ", xmp),
    ]);
    let seen = bare(&webp, FileType::Webp);
    assert!(!holds(&seen.bytes, SECRET) && holds(&seen.bytes, b"colours"));
    // Colours and how it is turned, and no XMP.
    assert_eq!((seen.bytes[20], seen.turned), (0x28, Some(6)));
    assert!(bare(&seen.bytes, FileType::Webp).bytes == seen.bytes);
    assert_eq!(imagesize::blob_size(&seen.bytes).unwrap().width, 16);

    let blocks = [
        &GIF[..19],
        b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0",
        b"\x21\xfe\x0a59.0N 5.7E\0",
        b"\x21\xff\x0bXMP DataXMP\x0a59.0N 5.7E\0",
        b"\x21\xf9\x04\0\0\0\0\0",
        &GIF[19..],
        SECRET,
    ]
    .concat();
    let seen = bare(&blocks, FileType::Gif);
    assert!(!holds(&seen.bytes, SECRET) && holds(&seen.bytes, b"NETSCAPE2.0"));
    assert_eq!(seen.bytes.len(), GIF.len() + 19 + 8);
}
