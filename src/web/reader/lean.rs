//! What HTML lets a page do without, a seventh of its bytes that no reader sees: the templates' indentation, which is for
//! those who write them, and the end tags that whatever follows them implies.

const INDENTATION: [char; 2] = [' ', '\t'];

/// The elements whose text stands as it is written; that of a style is also known by its hash, in the page's policy.
const WRITTEN: [(&str, &str); 4] =
    [("<pre", "</pre>"), ("<script", "</script>"), ("<style", "</style>"), ("<textarea", "</textarea>")];

/// The end tags that may be left out before these tags, by the standard's “Optional tags” (HTML, 13.1.2.4). Those of a
/// table's cells are not among them: on a narrow screen cells stand side by side in a line, parted by the white space between
/// them, which would be within them.
const IMPLIED: [(&str, &[&str]); 4] = [
    ("</li>", &["li", "/ul", "/ol"]),
    ("</dt>", &["dt", "dd"]),
    ("</dd>", &["dd", "dt", "/dl", "/div"]),
    ("</option>", &["option", "optgroup", "/optgroup", "/select", "/datalist"]),
];

/// The same page with less to send: every line flush left, and no end tag that is implied. Where a browser makes one space
/// of all white space, a line's end is enough of it; text that it shows as it is written stays so.
pub fn page(html: &str) -> String {
    let mut lean = String::with_capacity(html.len());
    let mut rest = html.trim_start_matches(INDENTATION);
    while let Some(at) = rest.find(['\n', '<']) {
        let (text, markup) = rest.split_at(at);
        let (kept, after) = next(markup);
        lean.push_str(text);
        lean.push_str(kept);
        rest = after;
    }
    lean.push_str(rest);
    lean
}

/// What is kept of a line's end or of a tag, and what comes after it.
fn next(markup: &str) -> (&str, &str) {
    if let Some(line) = markup.strip_prefix('\n') {
        return ("\n", line.trim_start_matches(INDENTATION));
    }
    if let Some(written) = written(markup) {
        return markup.split_at(written);
    }
    implied(markup).map_or_else(|| markup.split_at(1), |after| ("", after))
}

/// The length of the element that the markup begins with, if it is one whose text stands as it is written.
fn written(markup: &str) -> Option<usize> {
    let (_, end) = WRITTEN.iter().find(|(begin, _)| markup.starts_with(begin))?;
    Some(markup.find(end).map_or(markup.len(), |at| at + end.len()))
}

/// What comes after the end tag that the markup begins with, if that is implied there.
fn implied(markup: &str) -> Option<&str> {
    IMPLIED.iter().find_map(|(end, before)| {
        let after = markup.strip_prefix(end)?;
        let tag = after.trim_start().strip_prefix('<')?;
        before.iter().any(|name| is_named(tag, name)).then_some(after)
    })
}

fn is_named(tag: &str, name: &str) -> bool {
    tag.strip_prefix(name).is_some_and(|rest| rest.starts_with(['>', ' ', '\n']))
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::page;

    #[test]
    fn lines_begin_at_the_left() {
        assert_eq!(page("<p>\n  <b>\n\t  one  two</b>\n</p>"), "<p>\n<b>\none  two</b>\n</p>");
        assert_eq!(page("  \n\n  last"), "\n\nlast");
        assert_eq!(page(""), "");
    }

    #[test]
    fn what_is_shown_as_it_is_written_stays() {
        for kept in ["<textarea>\n  first\n  second</textarea>", "<p><textarea rows=\"2\">a\n  b</textarea> <pre>c\n  d\n</pre>"]
        {
            assert_eq!(page(kept), kept);
        }
        assert_eq!(page("<style>\n  a { b: c }\n  </style>\n  <p>"), "<style>\n  a { b: c }\n  </style>\n<p>");
        assert_eq!(page("<pre>\n  a</pre>\n  <p>\n  b"), "<pre>\n  a</pre>\n<p>\nb");
        assert_eq!(page("<textarea></textarea>\n  <p>"), "<textarea></textarea>\n<p>");
        assert_eq!(page("<script>\"</li><li>\"</script>"), "<script>\"</li><li>\"</script>");
        assert_eq!(page("<pre>never\n  ended"), "<pre>never\n  ended");
    }

    #[test]
    fn end_tags_that_are_implied_are_left_out() {
        assert_eq!(page("<ul>\n  <li>one</li>\n  <li class=\"a\">two</li>\n</ul>"), "<ul>\n<li>one\n<li class=\"a\">two\n</ul>");
        assert_eq!(page("<dl><div><dt>a</dt><dd>b</dd></div></dl>"), "<dl><div><dt>a<dd>b</div></dl>");
        let choice = "<select><option>a</option><option selected>b</option></select>";
        assert_eq!(page(choice), "<select><option>a<option selected>b</select>");
    }

    #[test]
    fn other_end_tags_stay() {
        for kept in
            ["<li>one</li> text", "<li>one</li><link>", "<p>a</p><p>b</p>", "<dt>a</dt> b", "<td>a</td>\n<td>b</td>", "</li>"]
        {
            assert_eq!(page(kept), kept);
        }
    }

    #[test]
    fn a_browser_reads_the_same_page() {
        let whole = "<!doctype html><ul><li>a<ul><li>b</li></ul></li><li><dl><div><dt>c</dt><dd><ol><li>d</li></ol></dd></div>\
                     <dt>e</dt><dd></dd></dl></li></ul><select><optgroup><option>f</option></optgroup></select>";
        let lean = page(whole);
        assert!(lean.len() < whole.len());
        assert_eq!(Html::parse_document(&lean).html(), Html::parse_document(whole).html());
    }
}
