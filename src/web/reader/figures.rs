//! The figures of an edition: what its programs answered, question by question, drawn and counted.

use actix_web::{HttpResponse, web};
use askama::Template;
use url::form_urlencoded;

use super::chart::{Column, Dot, LETTERS, Line, Lists, Parted};
use super::head::Head;
use super::years::{self, OtherYear};
use super::{Reading, made};
use crate::domain::Edition;
use crate::error::AppError;
use crate::guide::classes::{Middle, Spread};
use crate::guide::figures::{Counted, Figure, Tally, figures};
use crate::guide::search::{Between, Offer, Said, rows_name};
use crate::guide::{Page, Shelf};
use crate::questionnaire::Kind;
use crate::questionnaire::definition::Choice;
use crate::web::count::{counted, with_commas};
use crate::web::layout::Layout;
use crate::workflow::House;

/// How many programs there must be before something can be said of them.
const FEWEST: usize = 2;
/// A figure with more answers than these shows so many on a phone, and the others when they are opened.
const MOST: usize = 12;
/// How many it shows then.
const SHOWN: usize = 10;
/// What the rows of a grid of choices are called together.
const ANYWHERE: &str = "At least one of them";

/// The figures.
#[derive(Template)]
#[template(path = "reader/figures.html")]
pub struct FiguresPage<'a> {
    layout: Layout,
    edition: &'a Edition,
    head: Head,
    /// Whether there are too few programs to say something of them.
    few: bool,
    /// "24 partner programs".
    programs: String,
    /// The edition before, whose answers stand beside: its year and its programs.
    before: Option<(i32, String)>,
    years: Vec<OtherYear>,
    figures: Vec<Drawn<'a>>,
}

/// One question's figure.
struct Drawn<'a> {
    anchor: &'a str,
    /// For the contents.
    heading: &'a str,
    label: &'a str,
    /// How many answered, and where numbers lie.
    said: String,
    /// Whether the edition before is drawn beside.
    beside: bool,
    chart: Chart<'a>,
}

/// What is drawn.
enum Chart<'a> {
    /// Nobody answered.
    Nothing,
    /// A bar an answer; in a grid also a dot a row, with these letters and labels. Of many answers the last are folded on
    /// a phone.
    Bars { rows: Vec<(char, &'a str)>, lines: Vec<Line>, folded: Vec<Line> },
    /// A divided bar a row, and how many chose each option in any row.
    Parted { rows: Vec<Parted>, anywhere: Parted },
    /// A histogram.
    Columns(Vec<Column>),
}

impl<'a> Chart<'a> {
    fn bars(rows: Vec<(char, &'a str)>, mut lines: Vec<Line>) -> Self {
        let folded = if lines.len() > MOST { lines.split_off(SHOWN) } else { Vec::new() };
        Self::Bars { rows, lines, folded }
    }
}

impl<'a> FiguresPage<'a> {
    fn new(reading: &'a Reading, shelf: &Shelf, before: Option<(&'a Edition, &Shelf)>) -> Self {
        let edition = &*reading.edition;
        let layout = Layout::public(&reading.house, Some(edition), "Figures");
        let programs = shelf.listed().len();
        let answered_before = before.map(|(_, shelf)| shelf.answered());
        let offered = |edition: &'a Edition| (edition.year, Offer::of(&edition.questionnaire));
        let before_offered = before.map(|(edition, _)| offered(edition));
        let drawing = Drawing { now: offered(edition), before: before_offered, live: layout.live, programs };
        let (title, programs_counted) = (edition.title(), how_many(shelf));
        let description =
            format!("What {programs_counted} answered for the {title}, counted and drawn, each figure with its numbers.");
        let counted = figures(&edition.questionnaire, shelf.answered(), answered_before);
        Self {
            layout,
            edition,
            head: Head::of_page(reading, "Figures", description, &address(edition.year)),
            few: programs < FEWEST,
            programs: programs_counted,
            before: before.map(|(edition, shelf)| (edition.year, how_many(shelf))),
            years: years::others(reading, |other| Some(("The figures of", address(other.edition.year)))),
            figures: counted.iter().map(|figure| drawing.draw(figure)).collect(),
        }
    }

    /// The year of the edition before; this one's where there is none, and nothing asks.
    fn year_before(&self) -> i32 {
        self.before.as_ref().map_or(self.edition.year, |(year, _)| *year)
    }
}

fn address(year: i32) -> String {
    format!("/{year}/figures")
}

fn how_many(shelf: &Shelf) -> String {
    counted(shelf.listed().len(), "partner program", "partner programs")
}

/// What all figures of the page share.
struct Drawing<'a> {
    /// The edition's year, and what its list can be filtered by.
    now: (i32, Offer<'a>),
    /// The same of the edition before.
    before: Option<(i32, Offer<'a>)>,
    live: bool,
    programs: usize,
}

impl<'a> Drawing<'a> {
    fn draw(&self, figure: &Figure<'a>) -> Drawn<'a> {
        let chart = if figure.answered == 0 { Chart::Nothing } else { self.chart(figure) };
        Drawn {
            anchor: figure.place,
            heading: figure.question.heading(),
            label: &figure.question.label,
            said: self.said(figure),
            beside: figure.answered > 0 && figure.answered_before.is_some_and(|answered| answered > 0),
            chart,
        }
    }

    fn chart(&self, figure: &Figure<'a>) -> Chart<'a> {
        let place = figure.place;
        let named = |tally: &Tally| self.lists(&[(place, tally.key)]);
        let named_in = |tally: &Tally, row: &Choice| self.lists(&[(place, tally.key), (&rows_name(place), &row.key)]);
        match &figure.counted {
            Counted::Options(tallies) => Chart::bars(Vec::new(), Line::of(tallies, named)),
            Counted::Ticks { rows, options } => {
                let tallies: Vec<Tally> = options.iter().map(|(tally, _)| tally.clone()).collect();
                let most = options.iter().flat_map(|(_, shares)| shares).map(|share| share.count).max().unwrap_or(0);
                let lines = Line::of(&tallies, named).into_iter().zip(options);
                let dots = |(tally, shares): &(Tally, Vec<_>)| Dot::of(rows, shares, most, |row| named_in(tally, row).now);
                let lines = lines.map(|(line, option)| Line { dots: dots(option), ..line }).collect();
                Chart::bars(LETTERS.zip(rows.iter()).map(|(letter, row)| (letter, row.label.as_str())).collect(), lines)
            }
            Counted::Choices { rows, anywhere } => {
                let row = |(row, tallies): &(&Choice, Vec<Tally>)| Parted::of(&row.label, tallies, |tally| named_in(tally, row));
                Chart::Parted { rows: rows.iter().map(row).collect(), anywhere: Parted::of(ANYWHERE, anywhere, named) }
            }
            Counted::Numbers { classes, .. } => Chart::Columns(Column::of(classes, is_year(figure), |class| {
                let between = Between { least: *class.numbers.start(), most: *class.numbers.end() };
                self.lists(&[(place, &between.to_string())])
            })),
        }
    }

    /// The lists of the programs that gave an answer; none where no server looks them up, or where the edition cannot be
    /// filtered by it.
    fn lists(&self, asked: &[(&str, &str)]) -> Lists {
        let written = form_urlencoded::Serializer::new(String::new()).extend_pairs(asked).finish();
        let list = |(year, offer): &(i32, Offer)| {
            let is_offered = asked.iter().all(|(name, value)| Said::read(name, value, offer).is_ok());
            (self.live && is_offered).then(|| format!("/{year}/?{written}"))
        };
        Lists { now: list(&self.now), before: self.before.as_ref().and_then(list) }
    }

    fn said(&self, figure: &Figure) -> String {
        let answered = match usize::try_from(figure.answered).unwrap_or_default() {
            0 => "No program answered".to_owned(),
            answered if answered == self.programs => format!("All {answered} programs answered"),
            answered => format!("{answered} of {} programs answered", self.programs),
        };
        let before = match (self.before.as_ref().map(|(year, _)| year), figure.answered_before) {
            (Some(year), Some(answered)) => format!("; {answered} did in {year}"),
            (Some(year), None) => format!("; it was not asked in {year}"),
            (None, _) => String::new(),
        };
        let several = if takes_several(figure) { " Several answers were possible." } else { "" };
        let spread = match figure.counted {
            Counted::Numbers { spread: Some(spread), .. } => spread_words(spread, is_year(figure)),
            _ => String::new(),
        };
        format!("{answered}{before}.{several}{spread}")
    }
}

fn is_year(figure: &Figure) -> bool {
    matches!(figure.question.kind, Kind::Year { .. })
}

/// Whether a program may be counted at several options: those of a list, or of several groups.
fn takes_several(figure: &Figure) -> bool {
    matches!(figure.question.kind, Kind::AnyOf { .. } | Kind::GridAny { .. }) || figure.place.contains('.')
}

fn spread_words(spread: Spread, years: bool) -> String {
    let written = |number: i64| if years { number.to_string() } else { with_commas(number) };
    let [least, lower, upper, most] = [spread.least, spread.lower, spread.upper, spread.most].map(written);
    let median = middle_words(spread.median, written);
    format!(" The median is {median}; the middle half lies between {lower} and {upper}, all between {least} and {most}.")
}

/// "1,136", "1,135.5".
fn middle_words(middle: Middle, written: impl Fn(i64) -> String) -> String {
    match (middle.half, middle.whole) {
        (false, whole) => written(whole),
        (true, -1) => format!("\u{2212}{}.5", written(0)),
        // A half above −4 is written −3.5.
        (true, whole) if whole < 0 => format!("{}.5", written(whole + 1)),
        (true, whole) => format!("{}.5", written(whole)),
    }
}

/// `/{year}/figures`
///
/// # Errors
/// [`AppError::NotThere`] for a year without an edition.
pub async fn show(house: web::Data<House>, year: web::Path<i32>) -> Result<HttpResponse, AppError> {
    let reading = Reading::of_year(&house, *year)?;
    reading.answer(&address(*year), make).await
}

/// The figures.
///
/// # Errors
/// [`AppError::NotThere`] for an edition that is not in the catalogue.
pub fn make(reading: &Reading) -> Result<Page, AppError> {
    let shelf = reading.shelf()?;
    let before = reading.year_before();
    let before = before.as_ref().map(|(edition, shelf)| (&**edition, *shelf));
    // It counts the edition before, and says which others there are to read.
    made(&FiguresPage::new(reading, shelf, before), reading.catalogue().changed_at())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_is_written_as_a_decimal() {
        for (one, other, words) in
            [(1135, 1136, "1,135.5"), (1135, 1137, "1,136"), (0, 1, "0.5"), (-1, 0, "\u{2212}0.5"), (-4, -3, "\u{2212}3.5")]
        {
            assert_eq!(middle_words(Middle::of(one, other), with_commas), words);
        }
    }
}
