use proptest::prelude::*;

use super::*;
use crate::guide::search::samples::questionnaire;

/// The address of what another one asks for.
fn address(query: &str) -> String {
    let questionnaire = questionnaire();
    let offer = Offer::of(questionnaire);
    Query::read(query, &offer).0.address(2017, &offer)
}

#[test]
fn the_same_question_has_the_same_address() {
    for (query, address_of_it) in [
        ("", "/2017/"),
        ("q=&page=1", "/2017/"),
        ("q=+Digium%20%20+Partner&q=", "/2017/"),
        ("q=+Digium%20%20+Partner", "/2017/?q=Digium+Partner"),
        ("q=%26%26+%3C", "/2017/"),
        ("q=a%00b", "/2017/?q=a+b"),
        (
            "company_size=large&specialties=storage&company_size=small",
            "/2017/?specialties=storage&company_size=small&company_size=large",
        ),
        ("specialties.row=hybrid&specialties=storage", "/2017/?specialties=storage&specialties.row=hybrid"),
        ("company_size=small&company_size=small", "/2017/?company_size=small"),
        ("tiers.partner_types=msps", "/2017/?tiers.partner_types=msps"),
        ("company_size=huge&na_partners=few&utm_source=x&%ff=%fe", "/2017/"),
        ("na_partners=007&program_year=2004-2000", "/2017/?program_year=2000-2004&na_partners=7"),
        ("na_partners=007&program_year=2004-then", "/2017/?na_partners=7"),
        ("Company_Size=small&SORT=-na_partners", "/2017/?company_size=small&sort=-na_partners"),
        ("specialties.resell=storage", "/2017/?specialties=storage&specialties.row=resell"),
        ("specialties.resell=nothing&specialties.nowhere=storage", "/2017/"),
        (
            "na_partners=1&company_size=small&program_year=1990&program_year=2000-2004",
            "/2017/?company_size=small&program_year=2000-2004&na_partners=1",
        ),
        ("sort=company_name", "/2017/"),
        ("sort=-company_name", "/2017/?sort=-company_name"),
        ("q=x&sort=company_name", "/2017/?q=x&sort=company_name"),
        ("sort=na_partners&sort=ceo&sort=-program_year", "/2017/?sort=-program_year"),
        ("page=3&page=x&page=-1", "/2017/?page=3"),
        ("page=0", "/2017/"),
        ("program=b&page=2&program=a&program=&program=b", "/2017/?page=2&program=b&program=a"),
    ] {
        assert_eq!(address(query), address_of_it, "{query}");
    }
    assert!(address(&format!("q={}", "x".repeat(500))).len() < 150);
    let programs: String = (0..500).map(|number| format!("&program=p{number}")).collect();
    assert!(address(&programs).len() < 400);
}

#[test]
fn what_the_definition_offers_is_what_can_be_asked_for() {
    let questionnaire = questionnaire();
    let offer = Offer::of(questionnaire);
    let names: Vec<&str> = offer.parts().map(|(_, _, part)| &*part.name).collect();
    let wanted = ["specialties", "specialties.row", "company_size", "indirect_revenue", "deal_margin", "deal_response"];
    assert_eq!(names[..6], wanted);
    for (_, _, part) in offer.parts() {
        for (key, _) in &part.choices {
            assert_eq!(address(&format!("{}={key}", part.name)), format!("/2017/?{}={key}", part.name));
        }
    }
}

#[test]
fn buttons_ask_for_more_than_the_list() {
    let questionnaire = questionnaire();
    let offer = Offer::of(questionnaire);
    for (query, act) in [
        ("q=x", None),
        ("letter=M", Some(Act::Letter('M'))),
        ("letter=m", Some(Act::Letter('M'))),
        ("letter=7", Some(Act::Letter('#'))),
        ("letter=", None),
        ("letter=%23", Some(Act::Letter('#'))),
        ("compare=&program=a", Some(Act::Compare)),
    ] {
        assert_eq!(Query::read(query, &offer).1, act, "{query}");
    }
}

#[test]
fn the_more_words_a_text_has_the_fewer_are_left_out_in_turn() {
    for (words, left_out) in [(1, 0), (2, 2), (6, 6), (12, 6), (13, 5), (24, 2)] {
        let text = (0..words).map(|word| format!("w{word}")).collect::<Vec<_>>().join(" ");
        assert_eq!(Query { text, ..Query::default() }.without_a_word().len(), left_out, "{words}");
    }
}

#[test]
fn addresses_are_the_same_however_they_are_encoded() {
    assert!(same_address("/2017/?q=a%20b", "/2017/?q=a+b"));
    assert!(same_address("/2017/?", "/2017/"));
    for other in ["/2017/?q=b", "/2017/", "/2016/?q=a", "/2017/?q=a&q=a"] {
        assert!(!same_address("/2017/?q=a", other), "{other}");
    }
}

proptest! {
    /// Whatever is asked, its address asks for the same and is its own.
    #[test]
    fn an_address_is_read_as_it_was_written(query in "(&?(q|sort|page|program|company_size|specialties|specialties\\.row|program_year|x)=(small|storage|resell|-?program_year|[0-9]{1,3}|-?[0-9]{1,2}-[0-9]{2}|\\PC{0,6})){0,8}") {
        let questionnaire = questionnaire();
        let offer = Offer::of(questionnaire);
        let (read, _) = Query::read(&query, &offer);
        let written = read.address(2017, &offer);
        let (again, act) = Query::read(written.strip_prefix("/2017/").unwrap().trim_start_matches('?'), &offer);
        prop_assert_eq!(&again, &read);
        prop_assert_eq!(act, None);
        prop_assert_eq!(again.address(2017, &offer), written);
    }
}
