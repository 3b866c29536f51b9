//! What people say, and other things that happen by chance: the same in every run.

use std::sync::LazyLock;

/// Words of what is said: few enough to read like people, enough that no two messages are alike.
const WORDS: &str = "the ferry to Bremen leaves at five and takes our parcel with it; could you tell me when it will be back? \
    Yes, of course: number 88-1973 was loaded on Tuesday, the carrier says Friday. Überfahrt für sechs Personen, bitte! I look \
    into the booking now, it should not take more than a minute. Thank you, that is kind. Which address do you have for us? \
    Harbour Street 12, second floor. We sent it again and there is nothing to pay for; only wait until your statement shows the refund.";

/// Rarer words, as many as a language has; the first ones are the more frequent.
const RARE: usize = 40_000;

pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    /// From three words to sixty, most of them short.
    pub fn text(&mut self) -> String {
        let most = if self.below(4) == 0 { 58 } else { 18 };
        let count = 3 + self.below(most);
        self.words(count)
    }

    /// As [`Self::text`], every fourth word one of a language's others: no two chats have the same.
    pub fn said(&mut self) -> String {
        let common = self.text();
        let mut said: Vec<String> = common.split(' ').map(str::to_owned).collect();
        for word in said.iter_mut().step_by(4) {
            *word = rare(self.rank());
        }
        said.join(" ")
    }

    /// Some twelve common words and four of a language's others: about 100 bytes.
    pub fn line(&mut self) -> String {
        let mut text = self.words(10);
        for _ in 0..4 {
            text.push(' ');
            text.push_str(&rare(self.rank()));
        }
        text
    }

    fn words(&mut self, count: usize) -> String {
        let words = words();
        let text: Vec<&str> = (0..count).map(|_| words[self.below(words.len())]).collect();
        text.join(" ")
    }

    /// Which of the rarer words: one of rank n comes about 1/n as often as the first (Zipf).
    fn rank(&mut self) -> usize {
        let share = self.below(1 << 30) as f64 / (1_u64 << 30) as f64;
        ((RARE as f64).powf(share) as usize).min(RARE - 1)
    }
}

fn words() -> &'static [&'static str] {
    static ALL: LazyLock<Vec<&str>> = LazyLock::new(|| WORDS.split_whitespace().collect());
    &ALL
}

/// The rarer word of this rank: three syllables, each word its own.
pub fn rare(rank: usize) -> String {
    const HEADS: &[u8] = b"bdfghjklmnprstvwz";
    const TAILS: &[u8] = b"aeiou";
    let mut left = rank * 7_919 % (85 * 85 * 85);
    let mut word = String::new();
    for _ in 0..3 {
        let syllable = left % 85;
        left /= 85;
        word.push(char::from(HEADS[syllable / 5]));
        word.push(char::from(TAILS[syllable % 5]));
    }
    word
}
