//! Text from elsewhere made plain, and ours made fit for one line.

/// What a desk says is cut to so many characters.
pub const REMARK_MAX: usize = 300;

/// One line of plain text, without markup, of what a desk said.
pub fn plain(said: &str) -> String {
    // Cut first: what is far too long is not worth reading to its end.
    let head: String = said.chars().take(8 * REMARK_MAX).collect();
    one_line(&without_tags(&head), REMARK_MAX)
}

/// Text without line ends and other control characters, cut to `max` characters.
pub fn one_line(text: &str, max: usize) -> String {
    let mut line = String::new();
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if !word.is_empty() && !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    match line.char_indices().nth(max) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

/// Text with a line end in place of each tag.
pub fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        let Some(end) = rest[at..].find('>') else {
            return text + &rest[at..];
        };
        text.push('\n');
        rest = &rest[at + end + 1..];
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_desk_says_becomes_one_plain_line() {
        assert_eq!(plain("<h1>Oops</h1>\r\n\u{1b}[31m a <b>b</b>\u{0}c"), "Oops [31m a b c");
        assert_eq!(plain("1 < 2"), "1 < 2");
        let long = plain(&"ä".repeat(1_000_000));
        assert_eq!(long.chars().count(), REMARK_MAX + 1);
        assert!(long.ends_with('…'));
    }
}
