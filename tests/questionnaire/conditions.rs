//! Questions that are not always asked.

use almanac::questionnaire::{Answers, PageStatus, Questionnaire};
use serde_json::{Value, json};

use super::{answers, calendar, guide, parse, question, sample};

/// The questions of 2017 that depend on an answer, with an answer that keeps them from being asked.
const DEPENDENT: [(&str, &str, &str); 11] = [
    ("deal_response", "deal_margin", "no_deal_registration"),
    ("deal_direct", "deal_margin", "no_deal_registration"),
    ("deal_other_partner", "deal_margin", "no_deal_registration"),
    ("attach_amount", "attach_possible", "no"),
    ("attach_programs", "attach_possible", "no"),
    ("demo_charge", "demo_units", "no"),
    ("training_cost", "training_types", "none"),
    ("recertification", "training_types", "none"),
    ("mdf_uses", "mdf_criteria", "no_mdf"),
    ("mdf_managers", "mdf_criteria", "no_mdf"),
    ("mdf_unspent", "mdf_criteria", "no_mdf"),
];

fn ticked(questionnaire: &Questionnaire, key: &str, option: &str) -> almanac::questionnaire::Answer {
    let one = json!(option);
    let json = match question(questionnaire, key).kind.name() {
        "one_of" => one,
        _ => json!([one]),
    };
    super::answer(questionnaire, key, &json)
}

fn printed(answers: &Answers) -> Vec<String> {
    let sections = guide().print(answers).sections;
    sections.into_iter().flat_map(|section| section.lines).map(|line| line.question).collect()
}

#[test]
fn an_answer_no_longer_asked_for_is_kept_but_neither_printed_nor_refused() {
    for (dependent, decisive, option) in DEPENDENT {
        let mut answers = sample("digium").answers;
        let page = guide().page_of(dependent).expect("on a page");
        assert!(printed(&answers).contains(&dependent.to_owned()));
        assert!(guide().kept_unasked(page, &answers).is_empty());
        let before = answers.get(dependent).cloned();
        answers.set(decisive, ticked(guide(), decisive, option));
        assert!(!guide().asked(&answers).contains(dependent), "{dependent}");
        assert!(!printed(&answers).contains(&dependent.to_owned()), "{dependent}");
        assert_eq!(answers.get(dependent).cloned(), before, "it is kept");
        assert!(guide().kept_unasked(page, &answers).iter().any(|kept| kept.key == dependent));
        answers.set(dependent, super::answer(guide(), dependent, &Value::Null));
        let check = guide().check_page(page, &answers, calendar());
        assert_eq!((check.refusals, check.status), (vec![], PageStatus::Completed), "{dependent} is not missed");
    }
}

#[test]
fn unless_asks_while_nobody_has_answered_and_if_does_not() {
    let nothing = Answers::default();
    let asked = guide().asked(&nothing);
    for (dependent, _, _) in DEPENDENT {
        assert_eq!(asked.contains(dependent), question(guide(), dependent).unless.is_some(), "{dependent}");
    }
    assert_eq!(asked.len(), guide().questions().count() - 2);
}

#[test]
fn a_form_shows_what_it_may_come_to_ask() {
    for (dependent, decisive, option) in DEPENDENT {
        let mut answers = Answers::default();
        answers.set(decisive, ticked(guide(), decisive, option));
        let page = guide().page_of(dependent).expect("on a page");
        assert!(guide().shown(page, &answers).iter().any(|shown| shown.key == dependent), "{dependent}");
    }
}

/// Two pages: the first decides about `b`, `b` about `c` and, unless it is answered no, about `d`.
fn chain() -> Questionnaire {
    let list = |key: &str, condition: &str| {
        format!(
            "[[page.question]]\nkey = \"{key}\"\nlabel = \"{key}\"\nkind = \"one_of\"\n{condition}\n\
             options = [{{ key = \"yes\", label = \"Yes\" }}, {{ key = \"no\", label = \"No\" }}]\n"
        )
    };
    let line = |key: &str, kind: &str| format!("[[page.question]]\nkey = \"{key}\"\nlabel = \"{key}\"\nkind = \"{kind}\"\n");
    parse(&format!(
        "[roles]\ncompany = \"x\"\nprogram = \"y\"\ncontact = \"z\"\n[[page]]\nkey = \"one\"\ntitle = \"One\"\n{}{}{}{}\
         [[page]]\nkey = \"two\"\ntitle = \"Two\"\n{}{}{}",
        line("x", "line"),
        line("y", "line"),
        line("z", "email"),
        list("a", ""),
        list("b", "if = { question = \"a\", is = \"yes\" }"),
        list("c", "if = { question = \"b\", is = [\"yes\"] }"),
        list("d", "unless = { question = \"b\", is = \"no\" }"),
    ))
}

#[test]
fn what_is_not_asked_counts_as_no_answer_for_what_depends_on_it() {
    let chain = chain();
    let asked = |given: &[(&str, &str)]| {
        let given: Vec<(&str, Value)> = given.iter().map(|(key, option)| (*key, json!(option))).collect();
        let answers = answers(&chain, &given);
        let asked = chain.asked(&answers);
        ["b", "c", "d"].map(|key| asked.contains(key))
    };
    assert_eq!(asked(&[]), [false, false, true]);
    assert_eq!(asked(&[("a", "yes")]), [true, false, true]);
    assert_eq!(asked(&[("a", "yes"), ("b", "yes")]), [true, true, true]);
    assert_eq!(asked(&[("a", "yes"), ("b", "no")]), [true, false, false]);
    assert_eq!(asked(&[("a", "no"), ("b", "yes")]), [false, false, true], "the answer to b is kept, and decides nothing");
    assert_eq!(asked(&[("a", "no"), ("b", "no")]), [false, false, true]);
}

#[test]
fn a_form_does_not_show_what_an_earlier_page_ruled_out() {
    let chain = chain();
    let shown = |option: &str| -> Vec<String> {
        let answers = answers(&chain, &[("a", json!(option))]);
        let page = chain.page("two").expect("the second page");
        chain.shown(page, &answers).into_iter().map(|question| question.key.clone()).collect()
    };
    assert_eq!(shown("yes"), ["b", "c", "d"]);
    assert_eq!(shown("no"), ["d"], "c depends on b, which this page cannot bring back");
}

#[test]
fn a_query_of_a_question_that_is_not_asked_is_not_raised() {
    let text = std::fs::read_to_string("guides/2017/questionnaire.toml").expect("the questionnaire of 2017");
    let program_year = "key = \"program_year\"\n";
    let conditional = format!("{program_year}if = {{ question = \"company_size\", is = \"small\" }}\n");
    let questionnaire = parse(&text.replacen(program_year, &conditional, 1));
    let query = |size: &str| {
        let given = [("year_founded", json!(2006)), ("program_year", json!(1998)), ("company_size", json!(size))];
        let answers = answers(&questionnaire, &given);
        questionnaire.query(question(&questionnaire, "program_year"), &answers)
    };
    assert!(query("small").is_some());
    assert!(query("large").is_none());
}

#[test]
fn a_number_that_is_not_asked_for_is_compared_with_nothing() {
    let text = std::fs::read_to_string("guides/2017/questionnaire.toml").expect("the questionnaire of 2017");
    let na_partners = "key = \"na_partners\"\n";
    let conditional = format!("{na_partners}if = {{ question = \"company_size\", is = \"small\" }}\n");
    let questionnaire = parse(&text.replacen(na_partners, &conditional, 1));
    let query = |size: &str| {
        let given = [("na_partners", json!(1)), ("na_partners_new", json!(2)), ("company_size", json!(size))];
        questionnaire.query(question(&questionnaire, "na_partners_new"), &answers(&questionnaire, &given))
    };
    assert!(query("small").is_some());
    assert!(query("large").is_none());
}

/// The answers that bear on a page are enough to check it.
fn assert_enough(questionnaire: &Questionnaire, all: &Answers) {
    for page in &questionnaire.pages {
        let mut bearing = Answers::default();
        for key in questionnaire.bearing_on(page) {
            if let Some(answered) = all.answered(key) {
                bearing.set(key, answered.clone());
            }
        }
        let checked = questionnaire.check_page(page, &bearing, calendar());
        assert_eq!(checked, questionnaire.check_page(page, all, calendar()));
        assert_eq!(questionnaire.shown(page, &bearing), questionnaire.shown(page, all), "{}", page.key);
    }
}

#[test]
fn what_bears_on_a_page_is_all_that_its_check_needs() {
    let digium = sample("digium").answers;
    assert_enough(guide(), &digium);
    for (_, decisive, option) in DEPENDENT {
        let mut answers = digium.clone();
        answers.set(decisive, ticked(guide(), decisive, option));
        assert_enough(guide(), &answers);
    }
    let chain = chain();
    let two = chain.page("two").expect("the second page");
    assert_eq!(chain.bearing_on(two), ["b", "c", "d", "a"], "a decides about b, from the page before");
    for (a, b) in [("yes", "yes"), ("yes", "no"), ("no", "yes"), ("no", "no")] {
        assert_enough(&chain, &answers(&chain, &[("a", json!(a)), ("b", json!(b)), ("c", json!("no"))]));
    }
    let text = std::fs::read_to_string("guides/2017/questionnaire.toml").expect("the questionnaire of 2017");
    let na_partners = "key = \"na_partners\"\n";
    let conditional = format!("{na_partners}if = {{ question = \"company_size\", is = \"small\" }}\n");
    let questionnaire = parse(&text.replacen(na_partners, &conditional, 1));
    for size in ["small", "large"] {
        let given = [("na_partners", json!(1)), ("na_partners_new", json!(2)), ("company_size", json!(size))];
        assert_enough(&questionnaire, &answers(&questionnaire, &given));
    }
}
