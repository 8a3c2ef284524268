//! Texts looked for in a shelf as its readers do.

use super::samples::{made_up, questionnaire, sample, shelf, shelf_of};
use super::{Hits, Index, Offer, Query, order};
use crate::guide::Shelf;
use crate::questionnaire::definition::Questionnaire;

/// Some made-up companies, and the three samples: one in English, one with Japanese, one with Greek.
fn everything(questionnaire: &Questionnaire) -> Shelf {
    let mut entries = made_up(questionnaire, 30);
    entries.extend(["digium", "kirito-networks", "astrolithi"].map(|name| sample(questionnaire, name)));
    shelf(questionnaire, &entries)
}

fn find(questionnaire: &Questionnaire, shelf: &Shelf, text: &str) -> Hits {
    Index::new().unwrap().follow(shelf, questionnaire).unwrap().find(text).unwrap()
}

/// The companies in which a text is found, best first.
fn companies(shelf: &Shelf, questionnaire: &Questionnaire, hits: &Hits) -> Vec<String> {
    let offer = Offer::of(questionnaire);
    let query = Query { text: "any".to_owned(), ..Query::default() };
    let places = order::page(shelf, &offer, &hits.programs, Some(hits), &query);
    places.into_iter().map(|place| shelf.at(place).unwrap().company.clone()).collect()
}

const DIGIUM: &str = "Digium, Inc.";
const KIRITO: &str = "Kiritō Networks K.K. (株式会社霧灯ネットワークス)";
const ASTROLITHI: &str = "Αστρολίθι Δίκτυα Α.Ε. (Astrolithi Networks S.A.)";

#[test]
fn a_program_is_found_by_what_its_profile_says() {
    let questionnaire = questionnaire();
    let shelf = everything(questionnaire);
    let texts = Index::new().unwrap().follow(&shelf, questionnaire).unwrap();
    for (text, company) in [
        ("Digium", DIGIUM),
        ("digi", DIGIUM),
        ("digum", DIGIUM),
        ("danny windham", DIGIUM),
        ("Jan Davis Drive digium", DIGIUM),
        ("kirito", KIRITO),
        ("KIRITŌ", KIRITO),
        ("霧灯", KIRITO),
        ("ネットワーク", KIRITO),
        ("灯", KIRITO),
        ("Zolkiewski", KIRITO),
        ("żółkiewsky", KIRITO),
        ("Αστρολιθι", ASTROLITHI),
        ("ΔΊΚΤΥΑ", ASTROLITHI),
        ("astrolithi", ASTROLITHI),
        ("Ανεμομύλου", ASTROLITHI),
        ("anemomylou", ASTROLITHI),
    ] {
        let hits = texts.find(text).unwrap();
        assert_eq!(companies(&shelf, questionnaire, &hits).first().map(String::as_str), Some(company), "{text}");
    }
    for text in ["xyzzy", "digium xyzzy", "霧X灯海"] {
        assert!(texts.find(text).unwrap().programs.is_empty(), "{text}");
    }
}

#[test]
fn all_words_must_stand_there_and_errors_are_forgiven_only_where_nothing_else_is_found() {
    let questionnaire = questionnaire();
    let shelf = everything(questionnaire);
    let found = |text: &str| find(questionnaire, &shelf, text);
    let (unified, communications) = (found("unified"), found("communications"));
    let both = found("unified communications");
    assert_eq!(both.programs, &unified.programs & &communications.programs);
    assert!(!both.forgiven);
    let misspelt = found("unifed comunications");
    assert!(misspelt.forgiven && both.programs.is_subset(&misspelt.programs));
}

/// What is asked for in one word or in two is found where it stands in two or in one.
#[test]
fn what_means_the_same_finds_the_same() {
    let questionnaire = questionnaire();
    let called = |name: &str, about: &str| {
        let mut answers = sample(questionnaire, "digium");
        answers.set("company_name", crate::questionnaire::Answer::Text(name.to_owned()));
        answers.set("ceo", crate::questionnaire::Answer::Text(about.to_owned()));
        answers
    };
    let entries = [
        called("A", "quicksend quick-send 24 x 9 5,077 (555) 428-6111 zebra-fish ﾈｯﾄﾜｰｸ"),
        called("B", "quick-send 24x9 5077 555-428-6111 zebrafish ネットワーク"),
        called("C", "quicksend 24×9 5077 5554286111 灯野 智恵子 moon walks zebra fish"),
        called("D", "the fish of a zebra, zebra and fish, zebra. Fish, zerba"),
    ];
    let shelf = shelf(questionnaire, &entries);
    let texts = Index::new().unwrap().follow(&shelf, questionnaire).unwrap();
    let found = |text: &str| {
        let mut found = companies(&shelf, questionnaire, &texts.find(text).unwrap());
        found.sort();
        found.concat()
    };
    for (texts, companies) in [
        (["quicksend", "quick-send", "QUICK‐SEND"].as_slice(), "ABC"),
        (&["24x9", "24 x 9", "24×9"], "ABC"),
        (&["5077", "5,077"], "ABC"),
        (&["555-428-6111", "5554286111", "(555) 428-6111", "555 428 6111"], "ABC"),
        (&["428-6111", "4286111"], "AB"),
        (&["zebra fish"], "ABCD"),
        (&["zebrafish", "zebra-fish", "zebra-fis"], "ABC"),
        (&["zebra/fish"], "AC"),
        (&["moonwal", "moonwa"], "C"),
        (&["zebra-f", "zebra-fi"], "A"),
        (&["quick-sned", "qiuck-send", "quick-sedn"], "ABC"),
        (&["zerbafish", "zebrafihs", "zebrfaish", "quicksned zebrafish"], "ABC"),
        (&["quiksend"], "ABC"),
        (&["monwalks", "moonwalsk"], "C"),
        (&["ネットワーク", "ﾈｯﾄﾜｰｸ"], "AB"),
        (&["灯野智恵子", "灯野 智恵子", "智恵子"], "C"),
        (&["moonwalks", "moon walks"], "C"),
    ] {
        for text in texts {
            assert_eq!(found(text), companies, "{text}");
        }
    }
}

#[test]
fn what_stands_in_a_name_comes_before_what_stands_in_an_answer() {
    let questionnaire = questionnaire();
    let shelf = everything(questionnaire);
    let companies = companies(&shelf, questionnaire, &find(questionnaire, &shelf, "storage"));
    let named = companies.iter().take_while(|company| company.contains("Storage")).count();
    assert!(named > 0 && named < companies.len());
    assert!(companies[named..].iter().all(|company| !company.contains("Storage")), "{companies:?}");
}

/// Whose name a word begins is not whom it was asked for, if others have the word itself.
#[test]
fn a_word_comes_before_what_begins_with_it_or_is_almost_it() {
    let questionnaire = questionnaire();
    let called = |name: &str, chief: &str| {
        let mut answers = sample(questionnaire, "digium");
        answers.set("company_name", crate::questionnaire::Answer::Text(name.to_owned()));
        answers.set("ceo", crate::questionnaire::Answer::Text(chief.to_owned()));
        answers
    };
    let entries = [
        called("Feeley Novak", "Ann Lee"),
        called("Novak No Fee", "Bo Lee"),
        called("Zeta", "Grant Fee"),
        called("Grantham", "Cy Lee"),
        called("Grand", "Di Lee"),
    ];
    let shelf = shelf(questionnaire, &entries);
    let found = |text: &str| companies(&shelf, questionnaire, &find(questionnaire, &shelf, text));
    // All have an answer "No fee": only who bears the words as a name stands before the others.
    assert_eq!(found("no fee")[0], "Novak No Fee");
    assert_ne!(found("no fee")[1], "Feeley Novak");
    assert_eq!(found("grant"), ["Zeta", "Grantham"]);
    assert_eq!(found("novak fee")[..2], ["Novak No Fee", "Feeley Novak"]);
    // More words as they were asked for come before fewer.
    assert_eq!(found("grant lee"), ["Grantham"]);
    assert_eq!(found("gran lee"), ["Grand", "Grantham"]);
}

#[test]
fn an_index_follows_its_shelf() {
    let questionnaire = questionnaire();
    let digium = sample(questionnaire, "digium");
    let kirito = sample(questionnaire, "kirito-networks");
    let mut entries = made_up(questionnaire, 5);
    let mut index = Index::new().unwrap();
    let mut published = |entries: &[(u128, &crate::questionnaire::Answers)]| {
        let shelf = shelf_of(questionnaire, entries);
        let texts = index.follow(&shelf, questionnaire).unwrap();
        move |text: &str| companies(&shelf, crate::guide::search::samples::questionnaire(), &texts.find(text).unwrap())
    };
    assert!(published(&[])("digium").is_empty());
    let first = published(&[(1, &entries[0]), (2, &digium)]);
    assert_eq!(first("digium"), [DIGIUM]);
    let second = published(&[(1, &entries[0]), (2, &digium), (3, &kirito)]);
    assert_eq!((second("digium"), second("kirito")), (vec![DIGIUM.to_owned()], vec![KIRITO.to_owned()]));
    assert!(first("kirito").is_empty(), "who still has the shelf of before finds what was on it");
    // Another version is another profile; one that is taken down is gone.
    entries[0].set("company_name", crate::questionnaire::Answer::Text("Quite Another".to_owned()));
    let third = published(&[(4, &entries[0]), (3, &kirito)]);
    assert!(third("digium").is_empty());
    assert_eq!(third("quite"), ["Quite Another"]);
    assert_eq!(third("kirito"), [KIRITO]);
    assert_eq!(first("digium"), [DIGIUM]);
}
