//! Plain text as it stands in a mail: short lines, and one blank line between paragraphs.

/// Longer lines are hard to read, and some programs break them where it hurts.
const WIDTH: usize = 72;

/// Lays out what a template made, so that templates may write a paragraph as one line and leave blank lines where a
/// condition did not hold. A word that is longer, like an address, stays whole. Lines keep their indent.
pub(super) fn laid_out(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        match line.is_empty() {
            true if lines.last().is_some_and(|last| !last.is_empty()) => lines.push(String::new()),
            true => {}
            false => wrap(line, &mut lines),
        }
    }
    let mut text = lines.join("\n").trim_end().to_owned();
    text.push('\n');
    text
}

fn wrap(line: &str, lines: &mut Vec<String>) {
    let words = line.trim_start();
    let indent = &line[..line.len() - words.len()];
    let mut current = indent.to_owned();
    for word in words.split(' ') {
        let begun = current.len() > indent.len();
        if begun && current.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::replace(&mut current, indent.to_owned()).trim_end().to_owned());
        } else if begun {
            current.push(' ');
        }
        current.push_str(word);
    }
    lines.push(current);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_wrapped_and_stand_one_line_apart() {
        let text = laid_out(&format!("\n\n{}\n\n \n\nEnd\n\n", "word ".repeat(20)));
        let first = "word ".repeat(14);
        let rest = "word ".repeat(6);
        assert_eq!(text, format!("{}\n{}\n\nEnd\n", first.trim(), rest.trim()));
    }

    #[test]
    fn lines_keep_their_indent_and_addresses_stay_whole() {
        let address = format!("https://guide.example.com/{}", "a".repeat(80));
        let text = laid_out(&format!("    See {address} there\n  two  spaces"));
        assert_eq!(text, format!("    See\n    {address}\n    there\n  two  spaces\n"));
    }
}
