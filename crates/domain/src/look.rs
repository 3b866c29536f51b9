//! How what visitors see looks.

use serde::{Deserialize, Serialize};

const LABEL_MAX: usize = 40;
const LABELS_MAX: usize = 50;
/// What text needs against what is behind it (WCAG 2.2, criterion 1.4.3).
pub const CONTRAST_MIN: f64 = 4.5;

/// How a snippet's launcher looks on the page it is embedded in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SnippetLook {
    /// In the corner where lines start, and not where they end.
    pub at_start: bool,
    /// The launcher's, in place of the product's own.
    pub colour: Option<Colour>,
    pub labels: Vec<Label>,
    /// The launcher comes only while somebody is there.
    pub hidden_when_closed: bool,
}

/// What stands on a launcher in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// A code as `de`.
    pub language: String,
    pub text: String,
}

impl SnippetLook {
    /// Says why it cannot be shown.
    pub fn fit(&self) -> Result<(), String> {
        if self.labels.len() > LABELS_MAX {
            return Err(format!("a launcher has at most {LABELS_MAX} labels"));
        }
        for (n, label) in self.labels.iter().enumerate() {
            fit_language(&label.language)?;
            if self.labels[..n].iter().any(|other| other.language == label.language) {
                return Err(format!("there are two labels in {}", label.language));
            }
            let length = label.text.chars().count();
            if length == 0 || length > LABEL_MAX || label.text.chars().any(char::is_control) {
                return Err(format!("a label is one line of 1 to {LABEL_MAX} characters"));
            }
        }
        Ok(())
    }
}

/// A language is named by the two or three letters of ISO 639.
pub fn fit_language(code: &str) -> Result<(), String> {
    let fits = (2..=3).contains(&code.len()) && code.chars().all(|c| c.is_ascii_lowercase());
    fits.then_some(())
        .ok_or_else(|| format!("{code} is no code of a language as de or en"))
}

/// A colour as `#1a5f7a`, in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour([u8; 3]);

impl Colour {
    pub const WHITE: Self = Self([255; 3]);
    const BLACK: Self = Self([0; 3]);
    /// What is read on light colours.
    pub const INK: Self = Self([16, 24, 32]);

    /// WCAG 2.2, "contrast ratio": from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// White or ink, whichever is read better on it.
    pub fn text_on(self) -> Self {
        match self.contrast(Self::WHITE) >= self.contrast(Self::INK) {
            true => Self::WHITE,
            false => Self::INK,
        }
    }

    /// A part of the way to another one.
    fn towards(self, other: Self, part: f64) -> Self {
        let mix = |at: usize| f64::from(self.0[at]) * (1.0 - part) + f64::from(other.0[at]) * part;
        Self([0, 1, 2].map(|at| mix(at).round() as u8))
    }

    /// As far from itself, towards black or white, as it has to go to be read on all of these.
    fn read_on(self, behind: &[Self], away: Self) -> Self {
        let steps = (0..).map(|step| f64::from(step) * STEP).take_while(|part| *part < 1.0);
        let fits = |colour: &Self| behind.iter().all(|it| colour.contrast(*it) >= CONTRAST_MIN);
        steps.map(|part| self.towards(away, part)).find(fits).unwrap_or(away)
    }

    /// WCAG 2.2, "relative luminance".
    fn luminance(self) -> f64 {
        let [r, g, b] = self.0.map(|byte| {
            let value = f64::from(byte) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }
}

impl TryFrom<String> for Colour {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("{text} is no colour as #1a5f7a");
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
        let digits = digits.filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let number = u32::from_str_radix(digits.ok_or_else(wrong)?, 16).map_err(|_| wrong())?;
        let [_, r, g, b] = number.to_be_bytes();
        Ok(Self([r, g, b]))
    }
}

impl From<Colour> for String {
    fn from(Colour([r, g, b]): Colour) -> Self {
        format!("#{r:02x}{g:02x}{b:02x}")
    }
}

/// What is behind words and buttons by day and by night, where they are hardest to read.
const DAY: Colour = Colour([230, 235, 238]);
const NIGHT: Colour = Colour([50, 60, 67]);
/// How much of a colour is in what is tinted by it.
const TINT: f64 = 0.12;
/// How far a colour goes towards black or white at a time.
const STEP: f64 = 0.02;

/// The action colours of pages by day or by night.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent {
    /// Behind the words of a button.
    pub ground: Colour,
    /// The words of a button.
    pub on_ground: Colour,
    /// Words and links.
    pub ink: Colour,
    /// Behind what is chosen; `ink` is read on it.
    pub soft: Colour,
}

impl Accent {
    /// By day and by night, from one that was chosen: as near to it as all of it can be read (WCAG 2.2, 1.4.3).
    pub fn of(chosen: Colour) -> [Self; 2] {
        [(DAY, Colour::WHITE, Colour::BLACK), (NIGHT, NIGHT, Colour::WHITE)].map(|(behind, paper, away)| {
            let soft = paper.towards(chosen, TINT);
            let ground = chosen.read_on(&[behind], away);
            Self {
                ground,
                on_ground: ground.text_on(),
                ink: chosen.read_on(&[behind, soft], away),
                soft,
            }
        })
    }

    /// The same as CSS: what the pages call them.
    pub fn css(chosen: Colour) -> String {
        let [day, night] = Self::of(chosen);
        let both = |name: &str, of: fn(Self) -> Colour| {
            let (day, night) = (String::from(of(day)), String::from(of(night)));
            format!("--{name}:light-dark({day},{night});")
        };
        format!(
            ":root{{{}{}{}{}--own:{};--on-own:{}}}\n",
            both("accent", |it| it.ground),
            both("on-accent", |it| it.on_ground),
            both("accent-ink", |it| it.ink),
            both("accent-soft", |it| it.soft),
            String::from(day.ground),
            String::from(day.on_ground),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Accent, CONTRAST_MIN, Colour, DAY, Label, NIGHT, SnippetLook};

    fn colour(text: &str) -> Colour {
        Colour::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn contrasts_are_those_of_wcag() {
        let near = |a: f64, b: f64| (a - b).abs() < 0.01;
        assert!(near(Colour::WHITE.contrast(colour("#000000")), 21.0));
        assert!(near(Colour::WHITE.contrast(colour("#777777")), 4.48));
        assert!(near(colour("#ff0000").contrast(Colour::WHITE), 4.0));
    }

    #[test]
    fn what_is_written_on_any_colour_can_be_read() {
        for n in 0..=0xff_ffff_u32 {
            if n % 257 != 0 {
                continue;
            }
            let colour = colour(&format!("#{n:06x}"));
            assert!(colour.contrast(colour.text_on()) > CONTRAST_MIN - 0.4, "{colour:?}");
        }
    }

    #[test]
    fn what_is_no_colour_and_no_label_is_refused() {
        for wrong in [
            "",
            "red",
            "#12345",
            "#1234567",
            "#12345g",
            "#+12345",
            "123456",
            "#１２３４",
        ] {
            assert!(Colour::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
        assert_eq!(String::from(colour("#1A5f7A")), "#1a5f7a");
        let of = |language: &str, text: &str| SnippetLook {
            labels: vec![Label {
                language: language.into(),
                text: text.into(),
            }],
            ..SnippetLook::default()
        };
        assert_eq!(of("de", "Fragen Sie uns").fit(), Ok(()));
        for (language, text) in [("DE", "x"), ("d", "x"), ("deutsch", "x"), ("de", ""), ("de", "a\nb")] {
            assert!(of(language, text).fit().is_err(), "{language} {text}");
        }
    }

    #[test]
    fn whatever_is_chosen_all_of_it_can_be_read() {
        let (mut colours, mut least) = (0, f64::MAX);
        for number in (0..0x100_0000_u32).step_by(997) {
            let [_, r, g, b] = number.to_be_bytes();
            let chosen = Colour([r, g, b]);
            for (accent, behind) in Accent::of(chosen).into_iter().zip([DAY, NIGHT]) {
                for (one, other) in [
                    (accent.ground, accent.on_ground),
                    (accent.ground, behind),
                    (accent.ink, behind),
                    (accent.ink, accent.soft),
                ] {
                    least = least.min(one.contrast(other));
                }
            }
            assert!(least >= CONTRAST_MIN, "{}", String::from(chosen));
            colours += 1;
        }
        println!("{colours} colours, the least contrast is {least:.2}");
        // What can be read stays as it was chosen.
        let teal = colour("#006682");
        assert_eq!(Accent::of(teal)[0].ground, teal);
        assert!(Accent::css(teal).starts_with(":root{--accent:light-dark(#006682,#"));
    }
}
