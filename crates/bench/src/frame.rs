//! As much of RFC 6455 as a load driver needs: it costs the driver next to nothing, so that the servers get the machine.

use std::ops::Range;

pub const TEXT: u8 = 1;
pub const CLOSE: u8 = 8;
pub const PING: u8 = 9;

/// Appends a frame as clients send it. The mask is there, as it must be, and zero.
pub fn put(out: &mut Vec<u8>, opcode: u8, payload: &[u8]) {
    out.push(0x80 | opcode);
    match payload.len() {
        len @ 0..=125 => out.push(0x80 | len as u8),
        len => {
            out.push(0x80 | 126);
            out.extend((len as u16).to_be_bytes());
        }
    }
    out.extend([0; 4]);
    out.extend(payload);
}

/// The first frame in `buffer`, if all of it is there: opcode, where its payload lies, where the next one begins.
pub fn first(buffer: &[u8]) -> Option<(u8, Range<usize>)> {
    let (&[head, short], rest) = buffer.split_first_chunk::<2>()?;
    let (from, len) = match short & 0x7f {
        126 => (4, u16::from_be_bytes(*rest.first_chunk()?) as usize),
        127 => (10, u64::from_be_bytes(*rest.first_chunk()?) as usize),
        len => (2, usize::from(len)),
    };
    (buffer.len() >= from + len).then_some((head & 0x0f, from..from + len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_found_once_all_of_it_is_there() {
        let whole = [&[0x81, 126, 0, 200][..], &[b'x'; 200]].concat();
        assert_eq!(first(&whole), Some((TEXT, 4..204)));
        for short in [0, 1, 2, 3, 4, 203] {
            assert_eq!(first(&whole[..short]), None);
        }
    }

    #[test]
    fn frames_of_both_lengths_carry_a_mask_that_changes_nothing() {
        for len in [0, 125, 126, 4_000] {
            let mut out = Vec::new();
            put(&mut out, TEXT, &vec![b'x'; len]);
            let head = if len < 126 { 6 } else { 8 };
            assert_eq!((out[0], out[1] & 0x80, out.len()), (0x81, 0x80, head + len));
        }
    }
}
