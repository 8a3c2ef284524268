//! Digium's profile is printed as the guide of 2017 printed it: every label and value, in its order.

use almanac::questionnaire::{Line, Section, Value};

use super::{guide, sample};

const SEED: &str = include_str!("digium-2017.txt");

/// The pages whose titles stand in the seed; the other seven are Almanac's own headings.
pub const TITLED: [&str; 3] = ["products", "program", "services"];

#[test]
fn digiums_profile_is_the_printed_one_line_by_line() {
    let printed = guide().print(&sample("digium").answers);
    let mut ours = vec![printed.company, printed.program];
    for section in &printed.sections {
        ours.extend(section_lines(section));
    }
    let ours: Vec<String> = ours.iter().map(|line| line.replace(GLUE, "")).map(|line| folded(&line)).collect();
    assert_eq!(ours, seed_lines());
    assert!(ours.len() > 150, "the whole of it was compared");
}

#[test]
fn every_label_and_value_has_the_spaces_of_the_printed_one() {
    let seed = SEED.replace("rebatesfor registered", "rebates for registered");
    let seed: Vec<&str> = seed.split_whitespace().collect();
    let seed = seed.join(" ");
    let printed = guide().print(&sample("digium").answers);
    for line in printed.sections.iter().flat_map(section_lines) {
        for piece in line.split(GLUE) {
            assert!(seed.contains(piece), "{piece}");
        }
    }
}

/// Stands between a label and its value where the seed has nothing.
const GLUE: char = '\u{1f}';

/// The seed between what stands around every profile. Of its two mistakes one is no matter here, a missing space, and
/// the other is corrected, an option that stands twice.
pub fn seed_lines() -> Vec<String> {
    let body = SEED.split_once("Email this CRN article").and_then(|(_, rest)| rest.split_once("Unedited content"));
    let (body, _) = body.expect("the profile stands between its links and the closing line");
    let mut lines: Vec<String> = body.lines().map(folded).filter(|line| !line.is_empty()).collect();
    let twice = lines.windows(2).position(|pair| pair[0] == pair[1]).expect("an option stands twice");
    assert_eq!(lines.remove(twice), "Bootcamp");
    lines
}

/// A section as the seed sets it: a label and its value on one line without anything between them, an option a line.
fn section_lines(section: &Section) -> Vec<String> {
    let title = TITLED.contains(&section.key.as_str()).then(|| section.title.clone());
    title.into_iter().chain(section.lines.iter().flat_map(lines)).collect()
}

fn lines(line: &Line) -> Vec<String> {
    let label = line.label.clone();
    match line.value.as_ref().expect("only what is answered is printed") {
        Value::Text(text) | Value::Link { text, .. } => vec![glued(&label, text)],
        Value::Lines(lines) => beside(label, lines),
        Value::Options(options) if line.anchor.contains('.') => beside(label, options),
        Value::Options(options) => std::iter::once(label).chain(options.iter().cloned()).collect(),
        Value::Pairs(pairs) => std::iter::once(label).chain(pairs.iter().map(|(row, choice)| glued(row, choice))).collect(),
        Value::Groups(groups) => groups
            .iter()
            .flat_map(|group| {
                let figures = group.figures.iter().map(|(label, value)| glued(label, value));
                std::iter::once(glued(&group.title, &group.value)).chain(figures)
            })
            .collect(),
    }
}

fn beside(label: String, lines: &[String]) -> Vec<String> {
    let (first, rest) = lines.split_first().expect("an answer has a line");
    std::iter::once(glued(&label, first)).chain(rest.iter().cloned()).collect()
}

fn glued(label: &str, value: &str) -> String {
    format!("{label}{GLUE}{value}")
}

/// Without any white space: the seed has it in odd places, and lacks it in others.
pub fn folded(line: &str) -> String {
    line.split_whitespace().collect()
}

#[test]
fn its_links_lead_where_they_say() {
    let printed = guide().print(&sample("digium").answers);
    let links: Vec<(&str, &str)> = printed
        .sections
        .iter()
        .flat_map(|section| &section.lines)
        .filter_map(|line| match &line.value {
            Some(Value::Link { text, href }) => Some((text.as_str(), href.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(links, [("http://www.digium.com", "http://www.digium.com/"), ("wlandt@digium.com", "mailto:wlandt@digium.com")]);
}

#[test]
fn it_is_complete_and_raises_no_query() {
    for page in guide().check(&sample("digium").answers, super::calendar()) {
        assert_eq!((page.refusals, page.queries), (vec![], vec![]), "{}", page.page);
    }
}

#[test]
fn a_printed_profile_survives_its_json() {
    for name in ["digium", "kirito-networks", "astrolithi"] {
        let printed = guide().print(&sample(name).answers);
        let json = serde_json::to_string(&printed).expect("printable as JSON");
        assert_eq!(serde_json::from_str::<almanac::questionnaire::Printed>(&json).expect("readable"), printed);
    }
}
