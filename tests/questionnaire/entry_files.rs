//! Entry files: the samples check as they should, and what is wrong with a file is said all at once.

use almanac::questionnaire::entry_file::{self, EntryFileError, EntryMistake, FileStatus};
use almanac::questionnaire::{Answer, PageStatus};

use super::{calendar, guide, sample};

/// The status of every page, in order.
fn statuses(name: &str) -> Vec<(String, PageStatus)> {
    guide().check(&sample(name).answers, calendar()).into_iter().map(|page| (page.page, page.status)).collect()
}

#[test]
fn digium_is_published_and_complete() {
    let entry = sample("digium");
    assert_eq!((entry.edition, entry.status), (2017, FileStatus::Published));
    assert_eq!(entry.members[0].name, "Wayne Landt");
    assert_eq!(entry.members[0].email, "wlandt@digium.com");
    assert_eq!(entry_file::refusals(guide(), &entry, calendar()), []);
    assert!(statuses("digium").iter().all(|(_, status)| *status == PageStatus::Completed));
}

#[test]
fn kirito_is_complete_with_two_confirmed_queries() {
    let entry = sample("kirito-networks");
    assert_eq!((entry.status, entry.members.len()), (FileStatus::Submitted, 2));
    assert_eq!(entry_file::refusals(guide(), &entry, calendar()), []);
    assert!(statuses("kirito-networks").iter().all(|(_, status)| *status == PageStatus::Completed));
    let queries: Vec<_> = guide().check(&entry.answers, calendar()).into_iter().flat_map(|page| page.queries).collect();
    let found: Vec<_> = queries.iter().map(|query| (query.question.as_str(), query.sentence.as_str(), query.confirmed)).collect();
    let program = "The channel program was established in 1998. The company was founded later, in 2006.";
    let tiers = "Your tiers add up to 206,000 North American partners. Above, you gave 184,200.";
    assert_eq!(found, [("program_year", program, true), ("tiers", tiers, true)]);
    assert!(queries[1].reason.starts_with("Agents and consultants of two tiers"));
}

#[test]
fn kirito_prints_what_was_typed_under_other_last() {
    let printed = guide().print(&sample("kirito-networks").answers);
    let lines = |key: &str| -> Vec<String> {
        let lines = printed.sections.iter().flat_map(|section| &section.lines);
        lines.filter(|line| line.anchor == key).flat_map(|line| line.value.as_ref()).flat_map(|value| value.lines()).collect()
    };
    assert_eq!(lines("portal").last().map(String::as_str), Some("A planner for radio coverage"));
    assert_eq!(lines("specialties.as_a_service"), ["Wireless coverage by the square metre"]);
    assert_eq!(
        lines("address"),
        ["Kiritō Building, 5th floor", "3-9-2 Kaigan-dōri", "Naka-ku", "Yokohama-shi, Kanagawa", "231-0002", "Japan"]
    );
    let tiers = lines("tiers");
    assert_eq!(tiers[0], "Top Tier [Tōdai 灯台]: Distributors; North American Partners 6, Worldwide Partners 48");
    assert_eq!(
        tiers[9],
        "Tier 10 [Étincelle]: Lighting designers, port authorities; North American Partners 0, Worldwide Partners 500"
    );
    let title = (printed.company.as_str(), printed.program.as_str());
    assert_eq!(title, ("Kiritō Networks K.K. (株式会社霧灯ネットワークス)", "霧灯パートナープログラム “Lantern & Fog”"));
}

#[test]
fn astrolithi_is_half_way_through() {
    let entry = sample("astrolithi");
    assert_eq!(entry.status, FileStatus::Draft);
    use PageStatus::{Completed, InProgress, NotStarted};
    let expected = [
        ("company", Completed),
        ("products", Completed),
        ("program", InProgress),
        ("cloud", Completed),
        ("deals", Completed),
        ("services", InProgress),
        ("training", Completed),
        ("joining", NotStarted),
        ("marketing", InProgress),
        ("leads", NotStarted),
    ];
    assert_eq!(statuses("astrolithi"), expected.map(|(page, status)| (page.to_owned(), status)));
    assert_eq!(entry_file::refusals(guide(), &entry, calendar()), [], "a draft may lack answers");
    let submitted = entry_file::EntryFile { status: FileStatus::Submitted, ..entry };
    let refusals = entry_file::refusals(guide(), &submitted, calendar());
    let sentence = |sentence: &str| refusals.iter().any(|(_, said)| said == sentence);
    assert!(sentence("Enter the name and title of the North American Channel Program Manager"));
    assert!(sentence("Top Tier: enter the number of worldwide partners"));
    assert!(sentence("Tier 2: enter the number of North American partners"));
    assert!(sentence("Select the fee that partners pay to join"));
    let questions = refusals.iter().map(|(question, _)| question.as_str());
    assert!(questions.clone().all(|question| !["deal_response", "training_cost", "mdf_uses", "demo_charge"].contains(&question)));
    assert!(questions.clone().any(|question| question == "marketing_support"));
}

#[test]
fn a_draft_with_something_wrong_is_refused() {
    let text = entry(
        "draft",
        "na_partners = \"about 120\"\naddress.country = \"US\"\naddress.postal_code = \"123\"\nfiscal_year_end = 13",
    );
    let entry = parse(&text).expect("well-formed");
    let refused = entry_file::refusals(guide(), &entry, calendar());
    let expected = [
        ("address", "The ZIP code must have 5 or 9 digits, like 35806"),
        ("fiscal_year_end", "The month in which the fiscal year ends must be 1 to 12 or the name of a month; “13” is neither"),
        ("na_partners", "The number of North American partners must be a whole number, like 120"),
    ];
    assert_eq!(refused, expected.map(|(question, sentence)| (question.to_owned(), sentence.to_owned())));
}

/// An entry file with these answers.
fn entry(status: &str, answers: &str) -> String {
    format!("edition = 2017\nstatus = \"{status}\"\n[[member]]\nname = \"A\"\nemail = \"a@example.com\"\n[answers]\n{answers}\n")
}

fn parse(text: &str) -> Result<entry_file::EntryFile, EntryFileError> {
    entry_file::parse("trial.toml", text, guide())
}

/// The mistakes in a file with these answers, as they are said.
fn mistakes(answers: &str) -> Vec<String> {
    said(parse(&entry("draft", answers)))
}

fn said(parsed: Result<entry_file::EntryFile, EntryFileError>) -> Vec<String> {
    match parsed {
        Err(EntryFileError::Mistakes { mistakes, .. }) => mistakes.iter().map(EntryMistake::to_string).collect(),
        other => panic!("no mistakes: {other:?}"),
    }
}

#[test]
fn each_mistake_names_its_question() {
    let table = [
        ("ceo = 3", "question \"ceo\": must be a text"),
        ("ceo = { name = \"A\" }", "question \"ceo\": must be a text"),
        ("chief = \"A\"", "in [answers]: there is no question \"chief\""),
        ("na_partners = 40.5", "question \"na_partners\": must be a whole number"),
        ("na_partners = true", "question \"na_partners\": must be a whole number"),
        ("worldwide_chief = \"Steve Harvey\"", "question \"worldwide_chief\": must be a name and a title"),
        ("worldwide_chief.nam = \"A\"", "question \"worldwide_chief\": must be a name and a title; \"nam\" is no part of it"),
        ("worldwide_chief.name = 3", "question \"worldwide_chief\": \"name\" must be a text"),
        ("worldwide_chief_since = 2007-02-01", "question \"worldwide_chief_since\": must be a month and year, like \"2007-02\""),
        ("worldwide_chief_since = \"02/2007\"", "question \"worldwide_chief_since\": must be a month and year, like \"2007-02\""),
        ("worldwide_chief_since = \"2007-13\"", "question \"worldwide_chief_since\": must be a month and year, like \"2007-02\""),
        ("address.zip = \"1\"", "question \"address\": must be an address; \"zip\" is no part of it"),
        ("address.street = [1]", "question \"address\": \"street\" must be a list of texts"),
        ("address.street = [\"a\", \"b\", \"c\", \"d\"]", "question \"address\": \"street\" must be a list of 3 lines or fewer"),
        ("address.country = \"XX\"", "question \"address\": in \"country\", there is no option \"XX\""),
        ("company_size = \"tiny\"", "question \"company_size\": there is no option \"tiny\""),
        ("company_size = [\"small\", \"large\"]", "question \"company_size\": must be one option's key"),
        ("company_size = { options = [], other = \"Tiny\" }", "question \"company_size\": the list has no \"other\""),
        ("company_size = { options = [\"small\"], other = \"Tiny\" }", "question \"company_size\": the list has no \"other\""),
        ("company_size = \"other\"", "question \"company_size\": the list has no \"other\""),
        ("deal_margin = \"no\"", "question \"deal_margin\": must be a list of options' keys"),
        ("deal_margin = [\"maybe\"]", "question \"deal_margin\": there is no option \"maybe\""),
        ("deal_margin = [\"other\"]", "question \"deal_margin\": there is no option \"other\""),
        ("deal_margin = { options = [], other = \"X\" }", "question \"deal_margin\": the list has no \"other\""),
        ("portal.option = [\"orders\"]", "question \"portal\": must be a list of options' keys; \"option\" is no part of it"),
        (
            "portal.options = [\"orders\", \"orders\"]",
            "question \"portal\": \"options\" must be a list in which no option stands twice, as \"orders\" does",
        ),
        ("portal.options = \"orders\"", "question \"portal\": \"options\" must be a list of texts"),
        ("training_cost = \"free_for_all\"", "question \"training_cost\": must be an object with the answer of each row"),
        ("training_cost.basics = \"not_offered\"", "question \"training_cost\": there is no row \"basics\""),
        ("training_cost.basic = \"free\"", "question \"training_cost\": in \"basic\", there is no option \"free\""),
        ("training_cost.basic = [\"not_offered\"]", "question \"training_cost\": \"basic\" must be a text"),
        ("specialties.resell = [\"radio\"]", "question \"specialties\": in \"resell\", there is no option \"radio\""),
        ("specialties.resale = [\"storage\"]", "question \"specialties\": there is no row \"resale\""),
        ("tiers = 3", "question \"tiers\": must be a list of objects"),
        ("tiers = [3]", "question \"tiers\": \"1\" must be an object"),
        (
            "tiers = [{}, { partners = 3 }]",
            "question \"tiers\": \"2\" must be made of a tier’s fields; \"partners\" is no part of it",
        ),
        ("tiers = [{ worldwide_partners = [] }]", "question \"tiers\": \"1.worldwide_partners\" must be a whole number"),
        (
            "tiers = [{}, { partner_types = [\"friends\"] }]",
            "question \"tiers\": in \"2.partner_types\", there is no option \"friends\"",
        ),
    ];
    for (answers, expected) in table {
        assert_eq!(mistakes(answers), [expected], "{answers}");
    }
}

#[test]
fn all_mistakes_are_said_at_once_each_with_its_file() {
    let text = "edition = \"2017\"\nstate = \"draft\"\n[[member]]\nname = \"A\"\n[[member]]\nname = \"B\"\nemail = \"b@example.com\"\n\
        [[member]]\nname = \"C\"\nemail = \"B@example.com\"\n[answers]\nchief = 1\nceo = 2\n[reasons]\nchef = \"x\"\nceo = \"\"\nurl = \"y\"\n";
    let error = parse(text).expect_err("full of mistakes").to_string();
    let expected = [
        "\"edition\" must be a year",
        "\"status\" must be \"draft\", \"submitted\" or \"published\"",
        "member 1: \"email\" must be an e-mail address, like name@example.com",
        "member 3: \"B@example.com\" stands twice",
        "question \"ceo\": must be a text",
        "in [answers]: there is no question \"chief\"",
        "unknown key \"state\"",
        "question \"ceo\": its reason must be a text that is not empty",
        "in [reasons]: there is no question \"chef\"",
        "question \"url\": there is a reason, but no query that it would confirm",
    ];
    let expected: Vec<String> = expected.iter().map(|mistake| format!("trial.toml: {mistake}")).collect();
    assert_eq!(error, expected.join("\n"));
}

#[test]
fn an_entry_has_members_and_answers() {
    let expected =
        ["\"member\" must be a list of at least one member, with name and email", "\"answers\" must be a table of answers"];
    assert_eq!(said(parse("edition = 2017\nstatus = \"draft\"\n")), expected);
    let members = "edition = 2017\nstatus = \"draft\"\nmember = [{ name = \"A\", email = \"a@example.com\", role = \"owner\" }, 3, { email = \"b\", age = 3, size = 1 }]\n[answers]\n";
    let expected = [
        "member 1: unknown key \"role\"",
        "member 2: it must have a name and an email",
        "member 3: unknown key \"age\"",
        "member 3: unknown key \"size\"",
        "member 3: \"name\" must be a text that is not empty",
        "member 3: \"email\" must be an e-mail address, like name@example.com",
    ];
    assert_eq!(said(parse(members)), expected);
    let long = format!("member = [{{ name = \"{}\", email = \"a@example.com\" }}]\n", "x".repeat(131));
    let long = format!("edition = 2017\nstatus = \"draft\"\n{long}[answers]\n");
    assert_eq!(said(parse(&long)), ["member 1: \"name\" must be 120 characters or fewer; it is 11 too long"]);
}

#[test]
fn a_reason_confirms_the_query_that_is_raised_and_no_other() {
    let raised = "year_founded = 2010\nprogram_year = 2007\n[reasons]\nprogram_year = \" A spin-off. \"";
    let entry = parse(&entry("draft", raised)).expect("a reason for a query");
    let answered = entry.answers.answered("program_year").expect("answered");
    assert_eq!(answered.reason, "A spin-off.");
    let sentence = "The channel program was established in 2007. The company was founded later, in 2010.";
    assert_eq!(answered.confirmed.as_deref(), Some(sentence));
    let none = "question \"program_year\": there is a reason, but no query that it would confirm";
    assert_eq!(mistakes("year_founded = 2007\nprogram_year = 2007\n[reasons]\nprogram_year = \"A\""), [none]);
    assert_eq!(mistakes("[reasons]\nprogram_year = \"A\""), [none]);
    let wrong = mistakes("year_founded = []\nprogram_year = 2007\n[reasons]\nprogram_year = \"A\"");
    assert_eq!(wrong, ["question \"year_founded\": must be a whole number"], "nobody knows whether there is a query");
}

#[test]
fn json_says_the_same_as_toml() {
    let toml = sample("kirito-networks");
    let answers: serde_json::Map<_, _> =
        toml.answers.iter().map(|(key, answered)| (key.to_owned(), answered.answer.to_json())).collect();
    let reasons = toml.answers.iter().filter(|(_, answered)| !answered.reason.is_empty());
    let reasons: serde_json::Map<_, _> =
        reasons.map(|(key, answered)| (key.to_owned(), answered.reason.clone().into())).collect();
    let members: Vec<_> =
        toml.members.iter().map(|member| serde_json::json!({ "name": member.name, "email": member.email })).collect();
    let json = serde_json::json!({
        "edition": 2017, "status": "submitted", "member": members, "answers": answers, "reasons": reasons,
    });
    let read = entry_file::parse("Kirito.JSON", &json.to_string(), guide()).expect("the same entry");
    assert_eq!(read.answers, toml.answers);
    assert_eq!(read.members, toml.members);
}

#[test]
fn a_file_is_toml_or_json_and_well_formed() {
    let error = |file: &str, text: &str| entry_file::parse(file, text, guide()).expect_err("no entry").to_string();
    assert_eq!(error("entry.yaml", ""), "entry.yaml: an entry file ends in .toml or .json");
    assert_eq!(error("entry", ""), "entry: an entry file ends in .toml or .json");
    assert!(error("a.toml", "edition = ").starts_with("a.toml is not well-formed TOML: "));
    assert!(error("a.toml", "[answers]\nceo = \"A\"\nceo = \"B\"").contains("duplicate key"));
    assert!(error("a.json", "{").starts_with("a.json is not well-formed JSON: "));
    let list = error("a.json", "[]");
    assert!(list.starts_with("a.json: an entry must be one JSON object") && !list.contains("well-formed"), "{list}");
    let twice = error("a.json", r#"{"answers": {"ceo": "A", "ceo": "B"}}"#);
    assert!(twice.contains("the key \"ceo\" stands twice at line 1"), "{twice}");
}

#[test]
fn a_file_says_its_edition_before_it_is_read_whole() {
    assert_eq!(entry_file::edition("a.toml", "\u{feff}edition = 2018\nstatus = 3"), Some(2018));
    assert_eq!(entry_file::edition("a.JSON", "\u{feff}{\"edition\": 2018}"), Some(2018));
    for (file, text) in [("a.toml", "edition = \"2018\""), ("a.toml", "edition ="), ("a.json", "[]"), ("a.txt", "edition = 2018")]
    {
        assert_eq!(entry_file::edition(file, text), None, "{file} {text}");
    }
}

#[test]
fn a_byte_order_mark_and_nulls_do_no_harm() {
    let text = format!("\u{feff}{}", entry("draft", "ceo = \" A \""));
    let read = parse(&text).expect("a byte order mark is no mistake");
    assert_eq!(read.answers.get("ceo"), Some(&Answer::Text("A".into())));
    let json = r#"{"edition": 2017, "status": "draft", "member": [{"name": "A", "email": "a@example.com"}],
        "answers": {"ceo": null, "tiers": [{"name": null, "worldwide_partners": 3}]}}"#;
    let read = entry_file::parse("a.json", json, guide()).expect("null is no answer");
    assert!(read.answers.get("ceo").is_none());
    assert!(read.answers.has("tiers"));
}
