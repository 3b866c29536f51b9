//! Text as it is searched: one tokeniser for what is stored and for what is asked, so that both databases find the same.
//!
//! A token is made of letters, digits and the marks that belong to them, and of nothing else: whatever a person types, none of
//! it is syntax to a database. Compatibility forms, case and accents are folded (`STRASSE` finds Straße, `Tromso` finds Tromsø,
//! `Ha Noi` finds Hà Nội); vowel signs of Indic scripts and the voicing marks of Kana are letters and stay. Where words stand
//! without spaces between them (Han, Kana, Hangul with its particles, Thai, Lao, Khmer, Burmese) tokens are pairs of neighbours,
//! and the last one alone, so that anything inside a sentence is found. `docs/decisions/0019` says why.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// Longest token in code points; what is longer counts by its beginning.
pub const TOKEN_MAX: usize = 40;
/// Most tokens of one text. PostgreSQL knows 16,383 positions.
pub const TOKENS_MAX: usize = 10_000;
/// Longest query in code points.
pub const QUERY_MAX: usize = 200;
/// Most tokens of one query.
const QUERY_TOKENS_MAX: usize = 64;
/// A word of so many code points is found by its beginning: `ticket` finds tickets.
const BEGINNING_MIN: usize = 3;

/// The tokens of a text in its order.
pub fn tokens(text: &str) -> Vec<String> {
    placed(text).into_iter().map(|token| token.word).collect()
}

/// What is looked for: all of its phrases.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    phrases: Vec<Phrase>,
}

/// Tokens that stand one behind the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    pub tokens: Vec<String>,
    /// The last token is the beginning of one.
    pub open: bool,
}

impl Query {
    /// Reads what a person typed. What stands in quotation marks is looked for as it stands, other words by their beginnings; what
    /// holds no letter or digit looks for nothing.
    pub fn new(typed: &str) -> Self {
        let mut phrases = Vec::new();
        for (at, part) in typed.split(['"', '“', '”', '„']).enumerate() {
            if at % 2 == 1 {
                phrases_of(part, false, &mut phrases);
            } else {
                part.split_whitespace()
                    .for_each(|word| phrases_of(word, true, &mut phrases));
            }
        }
        let mut left = QUERY_TOKENS_MAX;
        for phrase in &mut phrases {
            phrase.open &= phrase.tokens.len() <= left;
            phrase.tokens.truncate(left);
            left -= phrase.tokens.len();
        }
        phrases.retain(|phrase| !phrase.tokens.is_empty());
        Self { phrases }
    }

    pub fn phrases(&self) -> &[Phrase] {
        &self.phrases
    }

    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// Where a text has what is looked for: byte ranges in order that do not touch.
    pub fn found_in(&self, text: &str) -> Vec<Range<usize>> {
        let placed = placed(text);
        let mut found: Vec<Range<usize>> = Vec::new();
        for phrase in &self.phrases {
            let at = placed.windows(phrase.tokens.len()).filter(|at| phrase.is(at));
            found.extend(at.map(|at| at[0].place.start..at[at.len() - 1].place.end));
        }
        found.sort_by_key(|place| (place.start, place.end));
        found.dedup_by(|next, before| {
            let touches = next.start <= before.end;
            if touches {
                before.end = before.end.max(next.end);
            }
            touches
        });
        found
    }
}

impl Phrase {
    fn is(&self, placed: &[Placed]) -> bool {
        let last = self.tokens.len() - 1;
        let same = |(at, (want, has)): (usize, (&String, &Placed))| match self.open && at == last {
            true => has.word.starts_with(want.as_str()),
            false => has.word == *want,
        };
        self.tokens.iter().zip(placed).enumerate().all(same)
    }
}

/// The phrases of a piece of a query; `open`: words may go on.
fn phrases_of(piece: &str, open: bool, phrases: &mut Vec<Phrase>) {
    let mut words: Vec<String> = Vec::new();
    let mut run: Vec<char> = Vec::new();
    let end_words = |words: &mut Vec<String>, phrases: &mut Vec<Phrase>| {
        let goes_on = |last: &String| open && last.chars().count() >= BEGINNING_MIN;
        let open = words.last().is_some_and(goes_on);
        let tokens = std::mem::take(words);
        phrases.extend((!tokens.is_empty()).then_some(Phrase { tokens, open }));
    };
    let end_run = |run: &mut Vec<char>, phrases: &mut Vec<Phrase>| {
        let open = run.len() == 1;
        let tokens = match run.as_slice() {
            [one] => vec![one.to_string()],
            more => more.windows(2).map(String::from_iter).collect(),
        };
        run.clear();
        phrases.extend((!tokens.is_empty()).then_some(Phrase { tokens, open }));
    };
    for item in items(piece) {
        match item.is {
            Is::Word(word) => {
                end_run(&mut run, phrases);
                words.push(word);
            }
            Is::Char(c) => {
                end_words(&mut words, phrases);
                run.push(c);
            }
            Is::Gap => end_run(&mut run, phrases),
        }
    }
    end_words(&mut words, phrases);
    end_run(&mut run, phrases);
}

/// A token and the bytes of the text it was made from.
struct Placed {
    word: String,
    place: Range<usize>,
}

fn placed(text: &str) -> Vec<Placed> {
    let mut placed = Vec::new();
    let mut items = items(text).peekable();
    while let Some(item) = items.next() {
        let mut place = item.place;
        let word = match (item.is, items.peek()) {
            (Is::Gap, _) => continue,
            (Is::Word(word), _) => word,
            (
                Is::Char(c),
                Some(Item {
                    is: Is::Char(next),
                    place: after,
                }),
            ) => {
                place.end = after.end;
                String::from_iter([c, *next])
            }
            (Is::Char(c), _) => c.to_string(),
        };
        placed.push(Placed { word, place });
        if placed.len() == TOKENS_MAX {
            break;
        }
    }
    placed
}

/// A piece of a text, folded.
struct Item {
    is: Is,
    place: Range<usize>,
}

enum Is {
    Word(String),
    /// One of a script that puts no spaces between words.
    Char(char),
    /// What is between words and no part of one.
    Gap,
}

fn items(text: &str) -> impl Iterator<Item = Item> {
    text.split_word_bound_indices().flat_map(|(at, segment)| {
        let place = at..at + segment.len();
        let mut pieces: Vec<Is> = Vec::new();
        let mut length = 0;
        for c in fold(segment).chars() {
            match pieces.last_mut() {
                _ if is_unspaced(c) => pieces.push(Is::Char(c)),
                _ if !c.is_alphanumeric() && !is_combining_mark(c) => pieces.push(Is::Gap),
                Some(Is::Word(_)) if length == TOKEN_MAX => {}
                Some(Is::Word(word)) => {
                    word.push(c);
                    length += 1;
                }
                _ => {
                    pieces.push(Is::Word(c.into()));
                    length = 1;
                }
            }
        }
        pieces.into_iter().map(move |is| Item {
            is,
            place: place.clone(),
        })
    })
}

/// Compatibility forms, case and accents made alike.
fn fold(segment: &str) -> String {
    if segment.is_ascii() {
        return segment.to_ascii_lowercase();
    }
    let cased = segment.nfkc().flat_map(char::to_uppercase).flat_map(char::to_lowercase);
    let plain = cased.nfd().filter(|c| !is_accent(*c) && !is_unseen(*c)).nfc();
    let mut folded = String::with_capacity(segment.len());
    for c in plain {
        // Letters that no normal form takes apart, as people type them who have no such key.
        match c {
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ħ' => folded.push('h'),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            c => folded.push(c),
        }
    }
    folded
}

/// Accents of Latin, Greek and Cyrillic, points of Hebrew, vowel signs of Arabic and its lengthening stroke.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}'
        | '\u{6ea}'..='\u{6ed}')
}

/// Joiners, soft hyphens, marks of direction, variation selectors.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Letters of Han, Kana, Bopomofo and Hangul, of Thai, Lao, Burmese and Khmer and their kin.
fn is_unspaced(c: char) -> bool {
    let in_block = matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{1950}'..='\u{19df}' | '\u{1a20}'..='\u{1aaf}'
        | '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{312f}' | '\u{31a0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aa7f}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}');
    in_block && (c.is_alphabetic() || is_combining_mark(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(query: &str, text: &str) -> Vec<String> {
        let found = Query::new(query).found_in(text);
        found.into_iter().map(|place| text[place].to_owned()).collect()
    }

    #[test]
    fn tokens_are_folded_words_and_neighbours() {
        for (text, words) in [
            ("The ferry sails at 7:45!", "the ferry sails at 7 45"),
            ("Straße STRASSE Ｆerry ﬁne", "strasse strasse ferry fine"),
            ("Tromsø, Malmö; l'été d’Ærø", "tromso malmo l ete d aero"),
            ("Όλος ΟΛΟΣ", "ολοσ ολοσ"),
            ("Ещё й İstanbul", "еще и istanbul"),
            ("hanne@wiebe.example SK-4711", "hanne wiebe example sk 4711"),
            ("買船票。船", "買船 船票 票 船"),
            ("ﾌｪﾘｰ が", "フェ ェリ リー ー が"),
            ("서울에서", "서울 울에 에서 서"),
            ("ตั๋ว", "ตั ั๋ ๋ว ว"),
            ("हिन्दी नौका", "हिन्दी नौका"),
            ("مُحَمَّد أين می\u{200c}خواهم", "محمد اين میخواهم"),
            ("שָׁלוֹם", "שלום"),
            ("iPhone手机3", "iphone 手机 机 3"),
            ("🚲 -- ' \" * ( ) : ^ & | ! <-> \\ ", ""),
        ] {
            assert_eq!(tokens(text).join(" "), words, "{text}");
        }
    }

    #[test]
    fn what_is_found_is_where_it_stands() {
        for (query, text, marked) in [
            ("strasse", "In der Hauptstraße, STRASSE 5", &["STRASSE"][..]),
            ("ferry REFUND", "Refunds for the Ferry", &["Refunds", "Ferry"]),
            ("\"the ferry\"", "the ferry, ferry the", &["the ferry"]),
            ("船票", "我要買船票嗎", &["船票"]),
            ("票", "船票", &["票"]),
            ("ตั๋ว", "ขอซื้อตั๋วสองใบ", &["ตั๋ว"]),
            ("e-mail", "E-Mail or email", &["E-Mail"]),
            ("nothing", "the ferry", &[]),
        ] {
            assert_eq!(found(query, text), marked, "{query} in {text}");
        }
    }

    #[test]
    fn nothing_typed_is_syntax_and_nothing_is_without_bound() {
        for typed in ["", "\"", "* OR ( NEAR/3", "' & !", "a* b:c", "\u{0}\u{fffd}"] {
            let query = Query::new(typed);
            let tokens = query.phrases.iter().flat_map(|phrase| &phrase.tokens);
            assert!(
                tokens.into_iter().all(|token| token.chars().all(char::is_alphanumeric)),
                "{typed}"
            );
        }
        assert!(Query::new("\" - * \"").is_empty());
        let long = "x".repeat(1_000);
        assert_eq!(tokens(&long)[0].len(), TOKEN_MAX);
        assert_eq!(tokens(&"a ".repeat(TOKENS_MAX + 5)).len(), TOKENS_MAX);
        let query = Query::new(&"ab ".repeat(500));
        assert_eq!(
            query.phrases.iter().map(|phrase| phrase.tokens.len()).sum::<usize>(),
            QUERY_TOKENS_MAX
        );
        // One letter that stands for eighteen.
        assert!(tokens(&"\u{fdfa}".repeat(1_000)).len() <= TOKENS_MAX);
    }
}
