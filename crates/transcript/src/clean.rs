//! What people typed, made harmless for a document. What is stored is clean already; a document does not rely on it.

/// A name or title: one line, without what would turn the direction of the text around it.
pub fn line(given: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let one_line = |c: char| if breaks(c) || c == '\t' { ' ' } else { c };
    given
        .chars()
        .filter(|c| !turns(*c))
        .map(one_line)
        .filter(|c| !c.is_control())
        .collect()
}

/// A message: its lines end in LF, whatever ended them before, and nothing else controls anything but tab.
pub fn lines(given: &str) -> String {
    let unix = given.replace("\r\n", "\n");
    let plain = |c: char| if breaks(c) { '\n' } else { c };
    unix.chars()
        .map(plain)
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect()
}

/// Everything that some program takes for the end of a line: nobody begins a line of a document who should not.
fn breaks(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_one_line_and_turns_nothing_around() {
        assert_eq!(
            line("Priya\r\nRaman\u{202E}\u{2066}\u{0}\t\u{1b}[2J\u{2028}x"),
            "Priya  Raman [2J x"
        );
        assert_eq!(line("نورة\u{200F}"), "نورة\u{200F}");
    }

    #[test]
    fn a_message_keeps_its_lines_whatever_ended_them() {
        assert_eq!(lines("a\r\nb\rc\u{2028}d\u{B}e\u{0}\u{7f}\tf"), "a\nb\nc\nd\ne\tf");
    }
}
