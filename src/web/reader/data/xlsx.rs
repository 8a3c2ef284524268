//! An edition's file as a workbook for Excel, LibreOffice and their like: the programs, what each column and each option
//! means, and where all of it is from. What somebody typed is a text in it, and never a formula.

use std::borrow::Cow;

use jiff::Timestamp;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::table::{self, Content};
use crate::error::AppError;
use crate::guide::Page;
use crate::questionnaire::Kind;
use crate::questionnaire::definition::Question;
use crate::questionnaire::flat;
use crate::web::api::question::id;
use crate::web::api::{FORMAT, NOTICE};
use crate::web::reader::Reading;

/// The content type.
const MEDIA: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// The most characters of a cell, counted as UTF-16 does: what is not in its first plane counts as two.
const LONGEST: usize = 32_767;
/// What stands at the end of a text that is longer.
const CUT: &str = " … (cut: the whole text is in programs.json)";
/// The widest column beside the programs', in pixels.
const WIDEST: u32 = 480;
/// How moments are shown: days and minutes, in UTC.
const MOMENTS: &str = "yyyy-mm-dd hh:mm";

/// The path of an edition's workbook.
pub fn address(year: i32) -> String {
    format!("/{year}/programs.xlsx")
}

/// The workbook of an edition: the same bytes as long as the same is published.
///
/// # Errors
/// [`AppError::NotThere`] for an edition that is not in the catalogue.
pub fn make(reading: &Reading) -> Result<Page, AppError> {
    let updated = reading.shelf()?.updated();
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(reading, updated).map_err(AppError::broken)?);
    let looks = Looks { head: Format::new().set_bold(), moment: Format::new().set_num_format(MOMENTS) };
    programs(workbook.add_worksheet(), &looks, reading)?;
    columns(workbook.add_worksheet(), &looks, reading).map_err(AppError::broken)?;
    options(workbook.add_worksheet(), &looks, reading).map_err(AppError::broken)?;
    about(workbook.add_worksheet(), &looks, reading)?;
    let page = Page::packed(workbook.save_to_buffer().map_err(AppError::broken)?, MEDIA, updated)?;
    super::open_as_attachment(page, reading, "xlsx")
}

struct Looks {
    head: Format,
    moment: Format,
}

/// The clock of the machine has no place in a file that is compared with what it was.
fn properties(reading: &Reading, updated: Option<Timestamp>) -> Result<DocProperties, XlsxError> {
    let created = ExcelDateTime::from_timestamp(updated.unwrap_or(Timestamp::UNIX_EPOCH).as_second())?;
    Ok(DocProperties::new().set_title(reading.edition.title()).set_comment(NOTICE).set_creation_datetime(&created))
}

fn programs(sheet: &mut Worksheet, looks: &Looks, reading: &Reading) -> Result<(), AppError> {
    sheet.set_name("Programs").map_err(AppError::broken)?;
    let names = table::head(reading);
    let last_column = u16::try_from(names.len().saturating_sub(1)).map_err(AppError::broken)?;
    head(sheet, looks, names.iter().map(String::as_str)).map_err(AppError::broken)?;
    let listed = reading.shelf()?.listed();
    for (number, listed) in (1..).zip(listed) {
        for (column, content) in (0..).zip(table::row(reading, listed)?) {
            write(sheet, looks, number, column, content).map_err(AppError::broken)?;
        }
    }
    let last_row = u32::try_from(listed.len()).map_err(AppError::broken)?;
    sheet.autofilter(0, 0, last_row, last_column).map_err(AppError::broken)?;
    Ok(())
}

/// What each column of the programs says.
fn columns(sheet: &mut Worksheet, looks: &Looks, reading: &Reading) -> Result<(), XlsxError> {
    sheet.set_name("Columns")?;
    head(sheet, looks, ["Column", "Question", "Section", "Words of the question", "Kind", "Id"].into_iter())?;
    let of_the_program =
        table::OF_THE_PROGRAM.map(|(name, words)| [name, "", "About the program", words, "", ""].map(str::to_owned));
    let pages = &reading.edition.questionnaire.pages;
    let questions = pages.iter().flat_map(|page| page.questions.iter().map(move |question| (page, question)));
    let of_questions = questions.flat_map(|(page, question)| {
        let said = |column: String| {
            let (key, section, words) = (question.key.clone(), page.title.clone(), question.label.clone());
            [column, key, section, words, question.kind.name().to_owned(), id(reading, &question.key)]
        };
        flat::columns(question).into_iter().map(said).collect::<Vec<_>>()
    });
    for (number, row) in (1..).zip(of_the_program.into_iter().chain(of_questions)) {
        for (place, text) in (0..).zip(row) {
            write_text(sheet, number, place, &text)?;
        }
    }
    sheet.set_autofit_max_width(WIDEST).autofit();
    Ok(())
}

/// What the keys of options and rows mean.
fn options(sheet: &mut Worksheet, looks: &Looks, reading: &Reading) -> Result<(), XlsxError> {
    sheet.set_name("Options")?;
    head(sheet, looks, ["Question", "Key", "Words"].into_iter())?;
    let named = reading.edition.questionnaire.questions().flat_map(offered);
    for (number, (question, key, words)) in (1..).zip(named) {
        for (place, text) in (0..).zip([question.as_str(), key, words]) {
            write_text(sheet, number, place, text)?;
        }
    }
    sheet.set_autofit_max_width(WIDEST).autofit();
    Ok(())
}

/// The options and rows of a question, and of the fields of a group.
fn offered(question: &Question) -> Vec<(String, &str, &str)> {
    match &question.kind {
        Kind::Groups(groups) => {
            groups.fields.iter().flat_map(|field| choices(&format!("{}.{}", question.key, field.key), field)).collect()
        }
        _ => choices(&question.key, question),
    }
}

fn choices<'a>(name: &str, question: &'a Question) -> Vec<(String, &'a str, &'a str)> {
    let choices = question.options().iter().chain(question.rows());
    choices.map(|choice| (name.to_owned(), choice.key.as_str(), choice.label.as_str())).collect()
}

/// Where all of it is from.
fn about(sheet: &mut Worksheet, looks: &Looks, reading: &Reading) -> Result<(), AppError> {
    let shelf = reading.shelf()?;
    let rows = [
        ("Edition", Content::Text(reading.edition.title())),
        ("Address", Content::Text(reading.address(""))),
        ("Notice", Content::Text(NOTICE.to_owned())),
        ("Programs", Content::Number(i64::try_from(shelf.listed().len()).map_err(AppError::broken)?)),
        ("Version", Content::Text(shelf.mark().to_owned())),
        ("Updated", shelf.updated().map_or(Content::Text(String::new()), Content::Moment)),
        ("Format", Content::Number(FORMAT.into())),
        ("Questions", Content::Text(reading.address("questions.json"))),
    ];
    let write_all = || {
        sheet.set_name("About")?;
        for (number, (name, content)) in (0..).zip(rows) {
            sheet.write_string_with_format(number, 0, name, &looks.head)?;
            write(sheet, looks, number, 1, content)?;
        }
        sheet.set_autofit_max_width(WIDEST).autofit();
        Ok::<_, XlsxError>(())
    };
    write_all().map_err(AppError::broken)
}

fn head<'a>(sheet: &mut Worksheet, looks: &Looks, names: impl Iterator<Item = &'a str>) -> Result<(), XlsxError> {
    for (column, name) in (0..).zip(names) {
        sheet.write_string_with_format(0, column, name, &looks.head)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn write(sheet: &mut Worksheet, looks: &Looks, row: u32, column: u16, content: Content) -> Result<(), XlsxError> {
    match content {
        Content::Number(number) => {
            // What a cell holds is a number with a point; those of a questionnaire are small enough for it.
            sheet.write_number(row, column, number as f64)?;
        }
        Content::Text(text) => write_text(sheet, row, column, &text)?,
        Content::Moment(moment) => {
            let moment = ExcelDateTime::from_timestamp(moment.as_second())?;
            sheet.write_datetime_with_format(row, column, &moment, &looks.moment)?;
        }
    }
    Ok(())
}

fn write_text(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
    if !text.is_empty() {
        sheet.write_string(row, column, fitting(text))?;
    }
    Ok(())
}

/// A text that a cell can hold.
fn fitting(text: &str) -> Cow<'_, str> {
    if text.encode_utf16().count() <= LONGEST {
        return Cow::Borrowed(text);
    }
    let mut room = LONGEST - CUT.encode_utf16().count();
    let fits = |character: &char| room.checked_sub(character.len_utf16()).map(|left| room = left).is_some();
    Cow::Owned(text.chars().take_while(fits).chain(CUT.chars()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_no_cell_holds_it_and_says_so() {
        for length in [0, 1, LONGEST] {
            let text = "ł".repeat(length);
            assert_eq!(fitting(&text), text);
        }
        let cut = fitting(&"ł".repeat(LONGEST + 1)).into_owned();
        assert_eq!(cut.chars().count(), LONGEST);
        assert!(cut.starts_with("łł") && cut.ends_with(CUT));
    }

    /// Spreadsheets count as UTF-16 does: a smiling face is two.
    #[test]
    fn a_cell_takes_what_is_cut_in_any_script() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for text in ["😀".repeat(LONGEST / 2), "😀".repeat(LONGEST / 2 + 1), format!("a{}", "😀".repeat(LONGEST))] {
            sheet.write_string(0, 0, fitting(&text)).unwrap();
            assert_eq!(fitting(&text) == text, text.encode_utf16().count() <= LONGEST);
        }
    }
}
