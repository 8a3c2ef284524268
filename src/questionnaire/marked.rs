//! An entry's lines with what went and what came marked in each, for whoever reads it again.

use std::collections::BTreeMap;

use similar::{Algorithm, ChangeTag, DiffOp, TextDiff, capture_diff_slices};

use super::asked::Answers;
use super::definition::Questionnaire;
use super::printed::{Line, Section, Value};

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stretch {
    /// It stood there and stands there.
    Kept(String),
    /// It stood there.
    Gone(String),
    /// It stands there now.
    Came(String),
}

/// A changed answer, as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Marked {
    /// Lines that belong together, or the only one.
    Lines(Vec<Vec<Stretch>>),
    /// One option or group a line.
    Options(Vec<Vec<Stretch>>),
    /// One choice a row.
    Pairs(Vec<(String, Vec<Stretch>)>),
}

/// An entry laid beside what was answered earlier.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// Every question that is asked, and every line that was answered earlier and is not there any more.
    pub sections: Vec<Section>,
    /// The changed answers, by the anchor of their line.
    pub marked: BTreeMap<String, Marked>,
}

/// Texts that have less in common than this are told whole: word by word nobody could read them.
const ALIKE: f32 = 0.5;

impl Questionnaire {
    /// Lays answers beside earlier ones, which may be another edition's; then what only one of both asks is no change.
    pub fn beside(&self, answers: &Answers, earlier: &Self, earlier_answers: &Answers) -> Beside {
        let before = earlier.in_the_words_of(self).answered_lines(earlier_answers);
        let before = before.into_iter().filter(|line| self.both_print(earlier, line)).collect::<Vec<_>>();
        let mut beside = Beside { sections: self.sections(answers), marked: BTreeMap::new() };
        for line in beside.sections.iter().flat_map(|section| &section.lines).filter(|line| self.both_print(earlier, line)) {
            let gone = before.iter().find(|known| known.anchor == line.anchor).and_then(|known| known.value.as_ref());
            if gone != line.value.as_ref() {
                beside.marked.insert(line.anchor.clone(), Marked::new(gone, line.value.as_ref()));
            }
        }
        for line in before {
            if !beside.sections.iter().any(|section| section.lines.iter().any(|known| known.anchor == line.anchor)) {
                beside.marked.insert(line.anchor.clone(), Marked::new(line.value.as_ref(), None));
                self.put_back(&mut beside.sections, line);
            }
        }
        beside
    }

    /// Whether a line's question, and its row, are there in both editions.
    fn both_print(&self, earlier: &Self, line: &Line) -> bool {
        let prints = |questionnaire: &Self| questionnaire.question(&line.question).is_some_and(|one| one.prints_at(&line.anchor));
        prints(self) && prints(earlier)
    }

    /// Puts a line that is not there any more where its question would stand.
    fn put_back(&self, sections: &mut [Section], line: Line) {
        let Some(page) = self.page_of(&line.question) else { return };
        let Some(section) = sections.iter_mut().find(|section| section.key == page.key) else { return };
        let order = |line: &Line| page.questions.iter().position(|question| question.key == line.question);
        let place = section.lines.iter().position(|known| order(known) > order(&line)).unwrap_or(section.lines.len());
        section.lines.insert(place, Line { value: None, ..line });
    }
}

impl Marked {
    fn new(before: Option<&Value>, after: Option<&Value>) -> Self {
        if let (None | Some(Value::Pairs(_)), None | Some(Value::Pairs(_))) = (before, after) {
            return Self::Pairs(marked_pairs(pairs(before), pairs(after)));
        }
        let word_by_word = !matches!(after.or(before), Some(Value::Options(_)));
        let lines = marked_lines(&lines(before), &lines(after), word_by_word);
        match after.or(before) {
            Some(Value::Options(_) | Value::Groups(_)) => Self::Options(lines),
            _ => Self::Lines(lines),
        }
    }
}

fn lines(value: Option<&Value>) -> Vec<String> {
    value.map(Value::lines).unwrap_or_default()
}

fn pairs(value: Option<&Value>) -> &[(String, String)] {
    match value {
        Some(Value::Pairs(pairs)) => pairs,
        _ => &[],
    }
}

/// Rows as they are now, then those that are not there any more.
fn marked_pairs(before: &[(String, String)], after: &[(String, String)]) -> Vec<(String, Vec<Stretch>)> {
    let choice =
        |pairs: &[(String, String)], row: &str| pairs.iter().find(|(known, _)| known == row).map(|(_, choice)| choice.clone());
    let gone = before.iter().filter(|(row, _)| choice(after, row).is_none());
    let rows = after.iter().chain(gone).map(|(row, _)| row);
    let marked = |row: &String| match (choice(before, row), choice(after, row)) {
        (Some(gone), Some(came)) if gone == came => vec![Stretch::Kept(came)],
        (gone, came) => gone.map(Stretch::Gone).into_iter().chain(came.map(Stretch::Came)).collect(),
    };
    rows.map(|row| (row.clone(), marked(row))).collect()
}

/// Lines of both; where some took the place of others, word by word if that is wanted.
fn marked_lines(before: &[String], after: &[String], word_by_word: bool) -> Vec<Vec<Stretch>> {
    let mut marked: Vec<Vec<Stretch>> = Vec::new();
    for change in capture_diff_slices(Algorithm::Myers, before, after) {
        let (gone, came) = (&before[change.old_range()], &after[change.new_range()]);
        if let DiffOp::Equal { .. } = change {
            marked.extend(came.iter().map(|line| vec![Stretch::Kept(line.clone())]));
            continue;
        }
        let together = if word_by_word { gone.len().min(came.len()) } else { 0 };
        marked.extend(gone.iter().zip(came).take(together).map(|(gone, came)| marked_words(gone, came)));
        marked.extend(gone[together..].iter().map(|line| vec![Stretch::Gone(line.clone())]));
        marked.extend(came[together..].iter().map(|line| vec![Stretch::Came(line.clone())]));
    }
    marked
}

fn marked_words(before: &str, after: &str) -> Vec<Stretch> {
    let compared = TextDiff::from_unicode_words(before, after);
    if compared.ratio() < ALIKE {
        return vec![Stretch::Gone(before.to_owned()), Stretch::Came(after.to_owned())];
    }
    let mut stretches = Vec::new();
    let (mut gone, mut came, mut kept) = (String::new(), String::new(), String::new());
    for change in compared.iter_all_changes() {
        match change.tag() {
            ChangeTag::Equal => kept.push_str(change.value()),
            tag => {
                let changing = !gone.is_empty() && !came.is_empty();
                match changing && kept.trim().is_empty() {
                    // White space between changed words is no reason to tell them apart.
                    true => [&mut gone, &mut came].into_iter().for_each(|text| text.push_str(&kept)),
                    false => finish(&mut stretches, &mut gone, &mut came, &kept),
                }
                kept.clear();
                if tag == ChangeTag::Delete { gone.push_str(change.value()) } else { came.push_str(change.value()) }
            }
        }
    }
    finish(&mut stretches, &mut gone, &mut came, &kept);
    stretches
}

/// Writes down what changed, and what was kept after it.
fn finish(stretches: &mut Vec<Stretch>, gone: &mut String, came: &mut String, kept: &str) {
    let [gone, came] = [gone, came].map(std::mem::take);
    let all = [Stretch::Gone(gone), Stretch::Came(came), Stretch::Kept(kept.to_owned())];
    stretches.extend(all.into_iter().filter(|stretch| !stretch.text().is_empty()));
}

impl Stretch {
    /// What it says.
    pub fn text(&self) -> &str {
        let (Self::Kept(text) | Self::Gone(text) | Self::Came(text)) = self;
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A kept text as it is, in brackets with a sign what went and what came.
    fn told(stretches: &[Stretch]) -> String {
        let tell = |stretch: &Stretch| match stretch {
            Stretch::Kept(text) => text.clone(),
            Stretch::Gone(text) => format!("[-{text}]"),
            Stretch::Came(text) => format!("[+{text}]"),
        };
        stretches.iter().map(tell).collect()
    }

    #[test]
    fn words_are_told_apart_where_texts_are_alike() {
        for (before, after, expected) in [
            (
                "Owen Tull, VP of Global Channel Sales",
                "Nadia Petrossian, VP of Global Partner Sales",
                "[-Owen Tull][+Nadia Petrossian], VP of Global [-Channel][+Partner] Sales",
            ),
            ("VARs, Consultants", "VARs, MSSPs, Consultants", "VARs, [+MSSPs, ]Consultants"),
            ("04/2014", "10/2011", "[-04/2014][+10/2011]"),
            ("1510", "1465", "[-1510][+1465]"),
            ("Leads, twice a year, to all", "Leads, twice a year", "Leads, twice a year[-, to all]"),
            ("霧島 灯", "霧島 明", "霧島 [-灯][+明]"),
            ("We pay", "Everything else has changed", "[-We pay][+Everything else has changed]"),
        ] {
            assert_eq!(told(&marked_words(before, after)), expected);
        }
    }

    #[test]
    fn options_are_told_whole() {
        let texts = |list: &[&str]| Value::Options(list.iter().map(|&text| text.to_owned()).collect());
        let before = texts(&["Yes, depending on the product", "Yes, when we have time sensitive incentives"]);
        let after = texts(&["Yes, depending on the product", "Yes, depending on the size of the deal"]);
        let Marked::Options(lines) = Marked::new(Some(&before), Some(&after)) else { panic!("not options") };
        let lines: Vec<String> = lines.iter().map(|line| told(line)).collect();
        assert_eq!(
            lines,
            [
                "Yes, depending on the product",
                "[-Yes, when we have time sensitive incentives]",
                "[+Yes, depending on the size of the deal]"
            ]
        );
    }

    #[test]
    fn rows_are_told_by_their_names() {
        let rows =
            |list: &[(&str, &str)]| Value::Pairs(list.iter().map(|&(row, choice)| (row.to_owned(), choice.to_owned())).collect());
        let before = rows(&[("Basic", "Free"), ("Advanced", "Free"), ("High", "Fee")]);
        let after = rows(&[("Basic", "Free"), ("Advanced", "Fee")]);
        let Marked::Pairs(pairs) = Marked::new(Some(&before), Some(&after)) else { panic!("not pairs") };
        let pairs: Vec<_> = pairs.iter().map(|(row, stretches)| format!("{row}: {}", told(stretches))).collect();
        assert_eq!(pairs, ["Basic: Free", "Advanced: [-Free][+Fee]", "High: [-Fee]"]);
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost(before in "[a-c ,.é霧]{0,24}", after in "[a-c ,.é霧]{0,24}") {
            let stretches = marked_words(&before, &after);
            let without = |left_out: fn(&Stretch) -> bool| {
                stretches.iter().filter(|stretch| !left_out(stretch)).map(Stretch::text).collect::<String>()
            };
            proptest::prop_assert_eq!(without(|stretch| matches!(stretch, Stretch::Came(_))), before);
            proptest::prop_assert_eq!(without(|stretch| matches!(stretch, Stretch::Gone(_))), after);
        }
    }
}
