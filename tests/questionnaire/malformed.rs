//! Forms that did not arrive as they were sent are refused as a whole; and the buttons of a form.

use almanac::questionnaire::Answers;
use almanac::questionnaire::form::{self, Act, Chosen, Fields, Malformed, PostedPage, RowChange};

use super::{every_kind, guide, sample};

/// The form of a page as a browser posts it, with these answers in it.
fn posted(page: &str, answers: &Answers) -> Fields {
    let page = guide().page(page).expect("a page");
    let mut fields = Fields::new();
    for question in guide().shown(page, answers) {
        let blank = almanac::questionnaire::Answer::blank(&question.kind);
        fields.push((format!("{}.from", question.key), "mark".to_owned()));
        fields.extend(form::write(question, answers.get(&question.key).unwrap_or(&blank)));
    }
    fields
}

fn read(page: &str, fields: &Fields) -> Result<PostedPage, Malformed> {
    form::read(guide().page(page).expect("a page"), fields)
}

fn field(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// Reads the page as it was posted with one change.
fn changed(page: &str, change: impl FnOnce(&mut Fields)) -> Result<PostedPage, Malformed> {
    let mut fields = posted(page, &sample("digium").answers);
    change(&mut fields);
    read(page, &fields)
}

fn without(name: &'static str) -> impl FnOnce(&mut Fields) {
    move |fields| fields.retain(|(field, _)| field != name)
}

fn with(name: &'static str, value: &'static str) -> impl FnOnce(&mut Fields) {
    move |fields| fields.push(field(name, value))
}

fn instead(name: &'static str, value: &'static str) -> impl FnOnce(&mut Fields) {
    move |fields| {
        fields.retain(|(field, _)| field != name);
        fields.push(field(name, value));
    }
}

#[test]
fn every_page_of_every_sample_arrives_as_it_was_sent() {
    for name in ["digium", "kirito-networks", "astrolithi"] {
        let answers = sample(name).answers;
        for page in &guide().pages {
            let read =
                read(&page.key, &posted(&page.key, &answers)).unwrap_or_else(|error| panic!("{name} {}: {error}", page.key));
            assert_eq!(read.act, Act::Continue);
            for posted in read.answers {
                let stored = answers.get(&posted.question).cloned();
                assert!(stored.is_none_or(|stored| stored == posted.answer), "{name} {}", posted.question);
            }
        }
    }
}

#[test]
fn a_field_twice_missing_or_misspelt_is_refused() {
    let twice = |name: &str| Malformed::Twice(name.to_owned());
    let missing = |name: &str| Malformed::Missing(name.to_owned());
    let unknown = |name: &str| Malformed::Unknown(name.to_owned());
    assert_eq!(changed("company", with("ceo", "A")), Err(twice("ceo")));
    assert_eq!(changed("company", with("ceo.from", "mark")), Err(twice("ceo.from")));
    assert_eq!(changed("company", with("address.city", "A")), Err(twice("address.city")));
    assert_eq!(changed("company", with("company_size", "large")), Err(twice("company_size")));
    assert_eq!(changed("cloud", with("cloud_involvement", "off_premise")), Err(twice("cloud_involvement=off_premise")));
    assert_eq!(changed("training", with("training_cost.basic", "not_offered")), Err(twice("training_cost.basic")));
    assert_eq!(changed("company", without("ceo")), Err(missing("ceo")));
    assert_eq!(changed("company", without("ceo.from")), Err(missing("ceo.from")));
    assert_eq!(changed("company", without("worldwide_chief.title")), Err(missing("worldwide_chief.title")));
    assert_eq!(changed("company", without("worldwide_chief_since.year")), Err(missing("worldwide_chief_since.year")));
    assert_eq!(changed("company", without("address.street.3")), Err(missing("address.street.3")));
    assert_eq!(changed("joining", without("portal.other")), Err(missing("portal.other")));
    assert_eq!(changed("products", without("specialties.hybrid.other")), Err(missing("specialties.hybrid.other")));
    assert_eq!(changed("program", without("tiers.2.worldwide_partners")), Err(missing("tiers.2.worldwide_partners")));
    assert_eq!(changed("company", with("chief", "A")), Err(unknown("chief")));
    assert_eq!(changed("company", with("ceo.other", "A")), Err(unknown("ceo.other")));
    assert_eq!(changed("company", with("CEO", "A")), Err(unknown("CEO")));
    assert_eq!(changed("company", with("address.street.4", "A")), Err(unknown("address.street.4")));
    assert_eq!(changed("company", with("", "A")), Err(unknown("")));
    assert_eq!(changed("cloud", with("cloud_involvement.other", "A")), Err(unknown("cloud_involvement.other")));
    assert_eq!(changed("cloud", with("ceo", "A")), Err(unknown("ceo")), "a question of another page");
    assert_eq!(changed("training", with("training_cost.basics", "not_offered")), Err(unknown("training_cost.basics")));
    assert_eq!(changed("company", with("ceo.correct", "yes")), Err(unknown("ceo.correct")), "there was no query");
    assert_eq!(changed("program", with("program_year.query", "Is it?")), Err(missing("program_year.reason")));
}

#[test]
fn an_option_that_no_form_offers_is_refused() {
    let unknown =
        |field: &str, option: &str| Err(Malformed::UnknownOption { field: field.to_owned(), option: option.to_owned() });
    assert_eq!(changed("company", instead("company_size", "tiny")), unknown("company_size", "tiny"));
    assert_eq!(changed("company", instead("company_size", "")), unknown("company_size", ""));
    assert_eq!(changed("company", instead("company_size", "other")), unknown("company_size", "other"));
    assert_eq!(changed("company", instead("company_size", "SMALL")), unknown("company_size", "SMALL"));
    assert_eq!(changed("company", instead("fiscal_year_end", "13")), unknown("fiscal_year_end", "13"));
    assert_eq!(changed("company", instead("fiscal_year_end", "December")), unknown("fiscal_year_end", "December"));
    assert_eq!(changed("company", instead("address.country", "XX")), unknown("address.country", "XX"));
    assert_eq!(changed("cloud", with("cloud_involvement", "fog")), unknown("cloud_involvement", "fog"));
    assert_eq!(changed("joining", with("portal", "other")), unknown("portal", "other"));
    assert_eq!(changed("products", with("specialties.resell", "radio")), unknown("specialties.resell", "radio"));
    assert_eq!(changed("training", instead("training_cost.basic", "free")), unknown("training_cost.basic", "free"));
    assert_eq!(changed("program", with("tiers.1.partner_types", "friends")), unknown("tiers.1.partner_types", "friends"));
    assert_eq!(changed("company", with("ceo.rival", "mine")), unknown("ceo.rival", "mine"));
    assert!(changed("company", instead("fiscal_year_end", "")).is_ok(), "nothing chosen");
    assert!(changed("company", instead("address.country", "")).is_ok(), "nothing chosen");
}

#[test]
fn rows_come_without_gaps() {
    let row = |number: usize| {
        move |fields: &mut Fields| {
            for name in ["name", "partner_types.other", "north_american_partners", "worldwide_partners"] {
                fields.push(field(&format!("tiers.{number}.{name}"), "3"));
            }
        }
    };
    assert!(changed("program", row(3)).is_ok());
    let unknown = |name: &str| Err(Malformed::Unknown(name.to_owned()));
    assert_eq!(changed("program", row(4)), unknown("tiers.4.name"));
    assert_eq!(changed("program", row(0)), unknown("tiers.0.name"));
    assert_eq!(changed("program", row(usize::MAX)), unknown("tiers.18446744073709551615.name"));
    assert_eq!(changed("program", with("tiers.x.name", "A")), unknown("tiers.x.name"));
    assert_eq!(changed("program", with("tiers.1", "A")), unknown("tiers.1"));
    assert_eq!(changed("program", with("tiers.3.name", "A")), Err(Malformed::Missing("tiers.3.partner_types.other".into())));
    let gone = |fields: &mut Fields| fields.retain(|(name, _)| !name.starts_with("tiers.1."));
    assert_eq!(changed("program", gone), unknown("tiers.2.name"), "the first row is missing");
    let none = changed("program", |fields| fields.retain(|(name, _)| !name.starts_with("tiers.") || name == "tiers.from"));
    let none = none.expect("no rows are a form, too");
    let tiers = none.answers.iter().find(|posted| posted.question == "tiers").expect("asked");
    assert_eq!(tiers.answer, almanac::questionnaire::Answer::Groups(vec![]));
}

#[test]
fn a_thousand_rows_are_read_in_no_time() {
    let start = std::time::Instant::now();
    let many = changed("program", |fields| {
        for number in 3..=5000 {
            for name in ["name", "partner_types.other", "north_american_partners", "worldwide_partners"] {
                fields.push(field(&format!("tiers.{number}.{name}"), "3"));
            }
        }
    });
    assert!(many.is_ok());
    assert!(start.elapsed() < std::time::Duration::from_secs(5), "{:?}", start.elapsed());
}

#[test]
fn a_question_that_may_not_be_asked_may_be_missing_as_a_whole() {
    let gone = |fields: &mut Fields| fields.retain(|(name, _)| !name.starts_with("deal_direct"));
    let read = changed("deals", gone).expect("the question was not shown");
    assert!(read.answers.iter().all(|posted| posted.question != "deal_direct"));
    let half = changed("deals", without("deal_direct.from"));
    assert_eq!(half, Err(Malformed::Unknown("deal_direct".into())));
}

#[test]
fn the_button_is_one_of_the_page() {
    let act = |page: &str, value: &'static str| changed(page, with("act", value)).map(|read| read.act);
    let rows = |change: RowChange| Ok(Act::Rows { question: "tiers".to_owned(), change });
    assert_eq!(changed("program", |_| {}).map(|read| read.act), Ok(Act::Continue));
    assert_eq!(act("program", "continue"), Ok(Act::Continue));
    assert_eq!(act("program", "later"), Ok(Act::Later));
    assert_eq!(act("program", "autosave"), Ok(Act::Autosave));
    assert_eq!(act("program", "add.tiers"), rows(RowChange::Add));
    assert_eq!(act("program", "remove.tiers.2"), rows(RowChange::Remove(2)));
    assert_eq!(act("program", "up.tiers.2"), rows(RowChange::Up(2)));
    assert_eq!(act("program", "down.tiers.1"), rows(RowChange::Down(1)));
    assert_eq!(act("company", "same.na_chief"), Ok(Act::SameAs("na_chief".to_owned())));
    for unknown in [
        "",
        "submit",
        "Continue",
        "continue.tiers",
        "add",
        "add.",
        "add.ceo",
        "add.na_partners",
        "add.tiers.1",
        "add.tiers.",
        "remove.tiers",
        "remove.tiers.",
        "remove.tiers.x",
        "remove.tiers.-1",
        "remove.tiers.+1",
        "remove.tiers.1.2",
        "remove.tiers.99999999999999999999",
        "up.1",
        "same.na_chief",
        "same.tiers",
        "same",
    ] {
        assert_eq!(act("program", unknown), Err(Malformed::UnknownAct(unknown.to_owned())));
    }
    let both = changed("program", |fields| fields.extend([field("act", "continue"), field("act", "add.tiers")]));
    assert_eq!(both.map(|read| read.act), rows(RowChange::Add), "the button pressed comes after the hidden one");
}

#[test]
fn what_is_said_to_a_query_and_of_a_rival_comes_with_its_question() {
    let read = changed("program", |fields| {
        fields.extend([
            field("program_year.query", "Is it?"),
            field("program_year.correct", "yes"),
            field("program_year.reason", " A\r\nspin-off. "),
            field("na_partners.query", "Is it?"),
            field("na_partners.reason", ""),
            field("na_partners.rival", "field"),
            field("na_partners_new.rival", "rival"),
        ]);
    });
    let read = read.expect("a form with queries");
    let of = |key: &str| read.answers.iter().find(|posted| posted.question == key).expect("posted");
    let query = of("program_year").query.clone().expect("confirmed");
    assert_eq!((query.sentence.as_str(), query.correct, query.reason.as_str()), ("Is it?", true, "A\nspin-off."));
    assert!(!of("na_partners").query.clone().expect("shown").correct);
    assert_eq!(of("na_partners").rival, Some(Chosen::Field));
    assert_eq!(of("na_partners_new").rival, Some(Chosen::Rival));
    assert_eq!((of("tiers").query.clone(), of("tiers").rival, of("tiers").from.as_str()), (None, None, "mark"));
}

#[test]
fn what_is_malformed_is_said_in_a_sentence() {
    let said = [
        Malformed::Twice("ceo".into()).to_string(),
        Malformed::Missing("ceo".into()).to_string(),
        Malformed::Unknown("chief".into()).to_string(),
        Malformed::UnknownOption { field: "size".into(), option: "tiny".into() }.to_string(),
        Malformed::UnknownAct("fly".into()).to_string(),
    ];
    let expected = [
        "the field “ceo” came twice",
        "the field “ceo” is missing",
        "the field “chief” does not belong to this page",
        "“tiny” is not an option of the field “size”",
        "the button “fly” does not belong to this page",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_form_with_nothing_in_it_is_missing_everything() {
    let page = &every_kind().pages[0];
    assert_eq!(form::read(page, &Fields::new()), Err(Malformed::Missing("company.from".into())));
}
