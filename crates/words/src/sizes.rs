//! How large a file is.

use crate::Words;

const KB: u64 = 1_000;
const MB: u64 = KB * KB;

impl Words {
    /// `18 bytes`, `350 KB`, `2.4 MB`: rounded up, so that nothing is smaller than it says.
    pub fn size(&self, bytes: u64) -> String {
        let (id, n) = match bytes {
            0..KB => ("chat-file-bytes", bytes.to_string()),
            // What would be rounded up to 1000 KB is a megabyte.
            _ if bytes <= MB - KB => ("chat-file-kb", bytes.div_ceil(KB).to_string()),
            _ => {
                let tenths = bytes.div_ceil(MB / 10);
                let decimal = self.say("transcript-decimal", &[]);
                ("chat-file-mb", format!("{}{decimal}{}", tenths / 10, tenths % 10))
            }
        };
        self.say(id, &[("n", n.as_str().into())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_told_in_the_unit_people_think_in() {
        let sizes = |language| {
            [18, 999, 1_000, 349_001, 999_000, 999_001, 20 * 1024 * 1024].map(|n| Words::of(language).size(n))
        };
        assert_eq!(
            sizes("en"),
            ["18 bytes", "999 bytes", "1 KB", "350 KB", "999 KB", "1.0 MB", "21.0 MB"]
        );
        assert_eq!(sizes("de")[5], "1,0 MB");
    }
}
