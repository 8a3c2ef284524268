//! `docs/QUESTIONNAIRE.md` says what is true: its messages, kinds, rules and examples.

use std::collections::BTreeSet;

use almanac::questionnaire::{entry_file, load};

use super::{calendar, every_kind, guide};

fn page() -> String {
    std::fs::read_to_string("docs/QUESTIONNAIRE.md").expect("the page for who writes a questionnaire")
}

/// The code block that follows this text.
fn block(after: &str) -> String {
    let page = page();
    let (_, rest) = page.split_once(after).unwrap_or_else(|| panic!("{after}"));
    let (_, rest) = rest.split_once("```").expect("a block begins");
    let (block, _) = rest.split_once("```").expect("a block ends");
    block.split_once('\n').expect("lines").1.trim_end().to_owned()
}

/// The first column of the table that follows this text.
fn column(after: &str) -> BTreeSet<String> {
    let page = page();
    let (_, rest) = page.split_once(after).unwrap_or_else(|| panic!("{after}"));
    let rows = rest.lines().skip_while(|line| !line.starts_with("|---")).skip(1).take_while(|line| line.starts_with('|'));
    let first = rows.map(|row| row.split('|').nth(1).unwrap_or_default());
    first.flat_map(|cell| cell.split(',')).map(|name| name.trim().trim_matches('`').to_owned()).collect()
}

#[test]
fn the_messages_shown_are_the_loaders_own() {
    let mut text = std::fs::read_to_string("guides/2017/questionnaire.toml").expect("the questionnaire of 2017");
    let mut change = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    };
    change("key = \"join_fee\"\nlabel", "key = \"join_fee\"\nlable");
    change("key = \"ceo\"", "key = \"deal_direct\"");
    let condition = "if = { question = \"attach_possible\", is = \"yes\" }";
    change(condition, "if = { question = \"demo_units\", is = \"no\" }");
    change(condition, "if = { question = \"attach_possible\", is = \"maybe\" }");
    change("\"join_fee\"]", "\"join_fees\"]");
    let error = load::parse("guides/2018/questionnaire.toml", &text).expect_err("the mistakes of the page").to_string();
    assert_eq!(error, block("and the question, for example:"));
}

#[test]
fn the_messages_about_an_entry_file_are_its_readers_own() {
    let text = std::fs::read_to_string("guides/2017/entries/digium.toml").expect("the entry of Digium");
    let text = text
        .replace("[answers]\n", "[answers]\nchief = \"A\"\n")
        .replace("ceo = \"Danny Windham\"\n", "")
        .replace("company_size = \"small\"", "company_size = \"tiny\"")
        .replace("worldwide_partners = 5454", "worldwide_partners = []");
    let told = entry_file::parse_and_check("entries/trial.toml", &text, guide(), calendar()).expect_err("four sentences");
    assert_eq!(told.sentences.join("\n"), block("Whatever is wrong in any file is reported at once"));
}

#[test]
fn the_example_of_an_entry_file_can_be_read() {
    let entry = entry_file::parse("example.toml", &block("## Entry files"), guide()).unwrap_or_else(|error| panic!("{error}"));
    let tiers = entry.answers.answered("tiers").expect("answered");
    assert_eq!(tiers.reason, "Two partners hold contracts in both tiers.");
    assert!(tiers.confirmed.is_some());
}

#[test]
fn every_kind_is_explained_and_no_other() {
    let kinds: BTreeSet<String> = every_kind().questions().map(|question| question.kind.name().to_owned()).collect();
    assert_eq!(kinds.len(), 16);
    assert_eq!(column("## The kinds of question"), kinds);
    let answers: BTreeSet<String> =
        column("[reasons]\ntiers").into_iter().filter(|name| !name.contains(' ') && name != "either").collect();
    assert_eq!(answers, kinds, "and how each is written in an entry file");
}

#[test]
fn every_rule_is_explained() {
    let rules = ["above", "before", "row_above", "sum_differs"].map(str::to_owned);
    assert_eq!(column("| `rule` | its keys | raised when |"), BTreeSet::from(rules));
}

#[test]
fn every_example_of_a_question_can_be_read() {
    let examples = [
        block("## Pages and questions"),
        format!(
            "[[page]]\nkey = \"training\"\ntitle = \"T\"\n[[page.question]]\nkey = \"cost\"\nlabel = \"Cost\"\n{}",
            block("**Grids.**")
        ),
        format!("[[page]]\nkey = \"program_tiers\"\ntitle = \"T\"\n{}", {
            let fields = "\n[[page.question.field]]\nkey = \"partner_types\"\nlabel = \"Types\"\nkind = \"line\"\n";
            block("**Groups** repeat a few fields") + fields
        }),
    ];
    let roles = "[roles]\ncompany = \"x\"\nprogram = \"y\"\ncontact = \"z\"\n[[page]]\nkey = \"names\"\ntitle = \"Names\"\n";
    let line = |key: &str, kind: &str| format!("[[page.question]]\nkey = \"{key}\"\nlabel = \"{key}\"\nkind = \"{kind}\"\n");
    let start = [roles.to_owned(), line("x", "line"), line("y", "line"), line("z", "email")].concat();
    for example in examples {
        super::parse(&format!("{start}{example}\n"));
    }
}
