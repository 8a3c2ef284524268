//! The templates' indentation is for those who write them: a tenth of a page's bytes that no reader sees.

/// The elements whose text stands as it is written; that of a style is also known by its hash, in the page's policy.
const WRITTEN: [(&str, &str); 4] =
    [("<pre", "</pre>"), ("<script", "</script>"), ("<style", "</style>"), ("<textarea", "</textarea>")];

/// The same page with every line flush left. Where a browser makes one space of all white space, a line's end is enough
/// of it; text that it shows as it is written stays so.
pub fn left(html: &str) -> String {
    let mut flush = String::with_capacity(html.len());
    let mut until = None;
    for line in html.split_inclusive('\n') {
        flush.push_str(if until.is_none() { line.trim_start_matches([' ', '\t']) } else { line });
        until = written_until(line, until);
    }
    flush
}

/// What ends the text in which this line leaves off, if it does so in one that stands as it is written.
fn written_until(line: &str, until: Option<&'static str>) -> Option<&'static str> {
    let (mut rest, mut until) = (line, until);
    loop {
        if let Some(end) = until {
            let Some((_, after)) = rest.split_once(end) else { return until };
            rest = after;
        }
        let begun = WRITTEN.iter().filter_map(|(begin, end)| Some((rest.find(begin)?, *end)));
        let (at, end) = begun.min()?;
        (rest, until) = (&rest[at..], Some(end));
    }
}

#[cfg(test)]
mod tests {
    use super::left;

    #[test]
    fn lines_begin_at_the_left() {
        assert_eq!(left("<ul>\n  <li>\n\t  one  two</li>\n</ul>"), "<ul>\n<li>\none  two</li>\n</ul>");
        assert_eq!(left("  \n\n  last"), "\n\nlast");
        assert_eq!(left(""), "");
    }

    #[test]
    fn what_is_shown_as_it_is_written_stays() {
        for kept in ["<textarea>\n  first\n  second</textarea>", "<p><textarea rows=\"2\">a\n  b</textarea> <pre>c\n  d\n</pre>"]
        {
            assert_eq!(left(kept), kept);
        }
        assert_eq!(left("<style>\n  a { b: c }\n  </style>\n  <p>"), "<style>\n  a { b: c }\n  </style>\n<p>");
        assert_eq!(left("<pre>\n  a</pre>\n  <p>\n  b"), "<pre>\n  a</pre>\n<p>\nb");
        assert_eq!(left("<textarea></textarea>\n  <p>"), "<textarea></textarea>\n<p>");
    }
}
