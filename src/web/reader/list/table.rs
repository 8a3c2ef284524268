//! The table of programs.

use std::thread;

use crate::error::AppError;
use crate::guide::search::{By, Hits, Offer, Piece, Query, Snippet, Sort};
use crate::guide::{Listed, Shelf};
use crate::questionnaire::definition::{Kind, Question, Questionnaire};

use super::leafing::anchor;

/// The head of a column.
pub struct Column {
    /// What it says.
    pub heading: String,
    /// Whether it holds figures, which stand at the end of their cells.
    pub figures: bool,
    /// How the list is sorted by it, in the words of `aria-sort`.
    pub sorted: Option<&'static str>,
    /// What the address says to sort the list by it, or the other way round where it is already.
    pub sort: String,
}

/// The programs under one letter; all programs where the list is not sorted by letters.
pub struct Group<'a> {
    /// The letter and, where it begins, its anchor.
    pub letter: Option<(char, Option<String>)>,
    /// The programs.
    pub rows: Vec<Row<'a>>,
}

/// A program.
pub struct Row<'a> {
    /// What the catalogue knows of it.
    pub listed: &'a Listed,
    /// The company's name, with what was found in it.
    pub company: Vec<Piece>,
    /// The program's name, with what was found in it.
    pub program: Vec<Piece>,
    /// Where the text was found, if not in a name.
    pub snippets: Vec<Snippet>,
    /// Whether it is chosen for comparison.
    pub chosen: bool,
}

/// The heads of all columns, the company's first.
pub fn columns(offer: &Offer, query: &Query) -> Vec<Column> {
    let column = |by, heading: &str, figures| {
        let a_to_z = by == By::Company && query.is_a_to_z();
        let reversed = query.sort.filter(|sort| sort.by == by).map(|sort| sort.reversed).or(a_to_z.then_some(false));
        let sorted = reversed.map(|reversed| if reversed { "descending" } else { "ascending" });
        let next = Sort { by, reversed: reversed == Some(false) };
        Column { heading: heading.to_owned(), figures, sorted, sort: next.word(offer).unwrap_or_default() }
    };
    let company = std::iter::once(column(By::Company, "Company and program", false));
    let others = offer.columns.iter().enumerate();
    company.chain(others.map(|(index, question)| column(By::Column(index), question.heading(), are_figures(question)))).collect()
}

/// Whether all that can stand in a column begins with a digit: years, counts, "61% to 70%".
fn are_figures(question: &Question) -> bool {
    let begins_with_digit = |label: &str| label.starts_with(|first: char| first.is_ascii_digit());
    match &question.kind {
        Kind::WholeNumber { .. } | Kind::Year { .. } => true,
        Kind::OneOf { options, other: false } => options.iter().all(|option| begins_with_digit(&option.label)),
        _ => false,
    }
}

/// The rows of a page.
///
/// # Errors
/// [`AppError::Broken`] when a document cannot be read.
pub fn rows<'a>(
    shelf: &'a Shelf,
    questionnaire: &Questionnaire,
    places: &[u32],
    query: &Query,
    hits: Option<&Hits>,
) -> Result<Vec<Row<'a>>, AppError> {
    let row = |place: &u32| shelf.at(*place).map(|listed| row(listed, questionnaire, query, hits));
    let rows = |places: &[u32]| places.iter().filter_map(row).collect::<Result<Vec<_>, _>>();
    if hits.is_none() {
        return rows(places);
    }
    // Answers are read to show where a text was found: that takes longer than to start a thread for half of them.
    let (first, second) = places.split_at(places.len() / 2);
    let (first, second) = thread::scope(|scope| {
        let second = scope.spawn(|| rows(second));
        (rows(first), second.join())
    });
    let mut rows = first?;
    rows.extend(second.map_err(|_| AppError::Broken("a thread that marks what was found panicked".to_owned()))??);
    Ok(rows)
}

fn row<'a>(listed: &'a Listed, questionnaire: &Questionnaire, query: &Query, hits: Option<&Hits>) -> Result<Row<'a>, AppError> {
    let (company, program) = (listed.company.as_str(), listed.program.as_str());
    let mark = |text: &str| match hits {
        Some(hits) => hits.marks.mark(text),
        None => vec![Piece { text: text.to_owned(), hit: false }],
    };
    let snippets = match hits {
        Some(hits) => hits.marks.snippets(listed, questionnaire)?,
        None => Vec::new(),
    };
    let chosen = query.programs.contains(&listed.slug);
    Ok(Row { listed, company: mark(company), program: mark(program), snippets, chosen })
}

/// The rows by letter, each with its anchor where it `begins` on this page. Rows in another order are one group.
pub fn groups<'a>(rows: Vec<Row<'a>>, a_to_z: bool, begins: impl Fn(char) -> bool) -> Vec<Group<'a>> {
    let mut groups: Vec<Group> = Vec::new();
    for row in rows {
        let letter = a_to_z.then_some(row.listed.letter);
        match groups.last_mut().filter(|group| group.letter.as_ref().map(|(letter, _)| *letter) == letter) {
            Some(group) => group.rows.push(row),
            None => {
                let letter = letter.map(|letter| (letter, begins(letter).then(|| anchor(letter))));
                groups.push(Group { letter, rows: vec![row] });
            }
        }
    }
    groups
}
