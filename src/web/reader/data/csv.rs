//! An edition's file as CSV: RFC 4180, in UTF-8 with the mark by which spreadsheets know it.

use std::ops::Range;

use super::table::{Content, head, row};
use crate::error::AppError;
use crate::web::reader::Reading;

/// The content type.
pub(super) const MEDIA: &str = "text/csv; charset=utf-8; header=present";
/// By this, spreadsheets know UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The head.
pub(super) fn beginning(reading: &Reading) -> Result<Vec<u8>, AppError> {
    let mut table = begun(BYTE_ORDER_MARK.to_vec());
    table.write_record(head(reading)).map_err(AppError::broken)?;
    table.into_inner().map_err(AppError::broken)
}

/// The rows of the programs at these places.
pub(super) fn programs(reading: &Reading, places: Range<usize>) -> Result<Vec<u8>, AppError> {
    let mut table = begun(Vec::new());
    for listed in reading.shelf()?.listed().get(places).unwrap_or_default() {
        table.write_record(row(reading, listed)?.into_iter().map(written)).map_err(AppError::broken)?;
    }
    table.into_inner().map_err(AppError::broken)
}

fn begun(begun: Vec<u8>) -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(begun)
}

fn written(content: Content) -> String {
    match content {
        Content::Number(number) => number.to_string(),
        Content::Text(text) => harmless(text),
        Content::Moment(moment) => moment.to_string(),
    }
}

/// A text that no spreadsheet takes for a formula: one that could be one gets an apostrophe before it. So does one that
/// begins with an apostrophe itself, so that whoever takes one off gets the text as it was.
fn harmless(text: String) -> String {
    let formula = |first| matches!(first, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r' | '\n' | '\'');
    if text.starts_with(formula) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn no_cell_is_a_formula_and_every_text_can_be_had_back() {
        for text in ["=1+1", "+48 22 555 01 00", "-", "@SUM(A1)", "＝1", "'tis", "''", "\tx", "\nx"] {
            let cell = harmless(text.to_owned());
            assert!(cell.starts_with('\''), "{text}");
            assert_eq!(cell.strip_prefix('\''), Some(text));
        }
        for text in ["", "Digium, Inc.", "256-428-6000", "a=b", "“=”"] {
            assert_eq!(harmless(text.to_owned()), text);
        }
    }
}
