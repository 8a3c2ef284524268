use super::super::cut::{LONGEST, around};
use super::*;
use crate::guide::Shelf;
use crate::guide::search::samples::{made_up, meant, questionnaire, sample, shelf, shelf_of};
use crate::guide::search::{Hits, Index, Offer, Query, order};

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

fn shown(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text.clone() }).collect()
}

fn marks(text: &str, forgiving: bool) -> Marks {
    Marks::new(meant(text, forgiving, &["email", "road", "show"]))
}

#[test]
fn hits_are_marked_where_they_stand() {
    for (asked, text, marked) in [
        ("digi", "Digium, Inc.", "[Digium], Inc."),
        ("nunez", "Siobhán O’Dálaigh-Núñez", "Siobhán O’Dálaigh-[Núñez]"),
        ("霧灯ネ", "株式会社霧灯ネットワークス", "株式会社[霧灯ネ]ットワークス"),
        ("b", "<b>R&B</b>", "<[b]>R&[B]</[b]>"),
        ("none", "", ""),
        ("e-mail", "by email, E-mail or mail", "by [email], [E-mail] or mail"),
        ("mail", "mail-order, e-mail", "[mail]-order, e-[mail]"),
        ("ネット", "ﾈｯﾄﾜｰｸ", "[ﾈｯﾄ]ﾜｰｸ"),
        ("灯野智恵子", "灯野 智恵子 (CEO)", "[灯野 智恵子] (CEO)"),
        ("灯", "霧灯ネットワークス", "霧[灯]ネットワークス"),
        ("野", "灯野 智恵子", "灯[野] 智恵子"),
        ("灯", "灯灯 霧灯", "[灯灯] 霧[灯]"),
        ("霧 霧灯", "霧灯 霧野", "[霧灯] [霧]野"),
        ("バ", "カバー ｶﾊﾞｰ", "カ[バ]ー ｶ[ﾊﾞ]ｰ"),
        (
            "roadshow",
            "a Road Show, road-shows; the show on the road, roadshow",
            "a [Road Show], [road-shows]; the show on the road, [roadshow]",
        ),
        ("a roadshow", "a road show", "[a] [road show]"),
        ("show roadshow", "a road show", "a [road show]"),
        (
            "road-show",
            "a Road Show, road-shows; the show on the road, roadshow",
            "a [Road Show], [road-shows]; the show on the road, [roadshow]",
        ),
        (
            "roadshow",
            "Road. Show, road (show), road: show, road\nshow, road/show",
            "Road. Show, road (show), road: show, road\nshow, [road/show]",
        ),
        ("pre-sales", "off-premise, Channel Sales, pre sales, PreSales", "off-premise, Channel Sales, [pre sales], [PreSales]"),
        ("e-commerce", "8566 Commerce Drive (i.e. SaaS), e-commerce", "8566 Commerce Drive (i.e. SaaS), [e-commerce]"),
        (
            "co-op",
            "Denver, CO, Cooper Co. Operating, Co operating, co-operation, co-ops, coop",
            "Denver, CO, Cooper Co. Operating, Co operating, [co-operation], [co-ops], [coop]",
        ),
        ("VoIP/e-mail", "VoIP, email, VoIP/email, VoIP e-mail", "VoIP, email, [VoIP/email], [VoIP e-mail]"),
        ("24/7", "24 of 70, 24/70, 24–7, 24 x 7, 7/24", "24 of 70, 24/70, [24–7], [24 x 7], 7/24"),
    ] {
        assert_eq!(shown(&marks(asked, false).mark(text)), marked, "{asked}");
    }
    assert_eq!(shown(&marks("rodashow", true).mark("Road shows, a road show")), "[Road shows], a [road show]");
    assert_eq!(shown(&marks("comunications", true).mark("Unified Communications")), "Unified [Communications]");
}

#[test]
fn a_snippet_shows_the_words_that_stand_in_no_name() {
    let questionnaire = questionnaire();
    let digium = shelf(questionnaire, &[sample(questionnaire, "digium")]);
    let snippets = |asked: &str| {
        let snippets = marks(asked, false).snippets(&digium.listed()[0], questionnaire).unwrap();
        snippets.iter().map(|snippet| format!("{}: {}", snippet.label, shown(&snippet.pieces))).collect::<Vec<_>>()
    };
    assert_eq!(snippets("digium partner"), [] as [&str; 0]);
    assert_eq!(snippets("digium windham"), ["CEO: Danny [Windham]"]);
    assert_eq!(snippets("windham no fee"), ["Fee to join: [No] [fee]", "CEO: Danny [Windham]"]);
    assert!(
        snippets("unified")[0].starts_with("One-Time Product Purchase And Resell Model: [Unified]"),
        "{:?}",
        snippets("unified")
    );
}

/// The words that each snippet of Digium's profile marks, whose chief is called so.
fn marked(asked: &str, chief: &str) -> Vec<Vec<String>> {
    let questionnaire = questionnaire();
    let mut answers = sample(questionnaire, "digium");
    answers.set("ceo", crate::questionnaire::Answer::Text(chief.to_owned()));
    let shelf = shelf(questionnaire, &[answers]);
    let snippets = marks(asked, false).snippets(&shelf.listed()[0], questionnaire).unwrap();
    let marked = |snippet: &Snippet| snippet.pieces.iter().filter(|piece| piece.hit).map(|piece| piece.text.clone()).collect();
    snippets.iter().map(marked).collect()
}

#[test]
fn each_of_many_words_is_shown_once_in_four_snippets_at_most() {
    for (asked, shown) in [
        ("digium windham harvey landt", vec![vec!["Windham"], vec!["Harvey"], vec!["Landt"]]),
        ("harvey danny landt windham", vec![vec!["Danny", "Windham"], vec!["Harvey"], vec!["Landt"]]),
        ("windham harvey landt huntsville webinars", vec![vec!["Huntsville"], vec!["Windham"], vec!["Harvey"], vec!["Landt"]]),
        ("website windham agreement", vec![vec!["Windham"], vec!["website", "Agreement"]]),
        ("windham nobody", vec![vec!["Windham"]]),
    ] {
        assert_eq!(marked(asked, "Danny Windham"), shown, "{asked}");
    }
}

#[test]
fn a_word_counts_as_shown_where_the_cut_answer_has_it() {
    let chief = format!("Larch {} Holly and Rowan, no Larch", "in between ".repeat(20));
    assert_eq!(marked("larch holly rowan", &chief), [["Holly", "Rowan", "Larch"]]);
    let chief = chief.replace(", no Larch", "");
    assert_eq!(marked("larch holly rowan", &chief), [["Holly", "Rowan", "Larch"]]);
    assert_eq!(marked("rowan", &chief), [["Rowan"]]);
}

#[test]
fn a_snippet_shows_a_word_rather_than_what_begins_with_it() {
    let questionnaire = questionnaire();
    let mut answers = sample(questionnaire, "digium");
    answers.set("ceo", crate::questionnaire::Answer::Text("Jamal Yester".to_owned()));
    let shelf = shelf(questionnaire, &[answers]);
    let snippets = marks("yes webinars", false).snippets(&shelf.listed()[0], questionnaire).unwrap();
    let shown: Vec<String> = snippets.iter().map(|snippet| shown(&snippet.pieces)).collect();
    assert!(shown.iter().any(|text| text.starts_with("[Yes]")), "{shown:?}");
    assert!(shown.iter().all(|text| !text.contains("Yester")), "{shown:?}");
}

#[test]
fn a_long_answer_is_cut_around_its_first_hit() {
    let text = format!("{} found here {}", "before ".repeat(20), "after ".repeat(60));
    let found = marks("found", false);
    let hits = found.hits(&text);
    let cut = shown(&cut(&text, &hits, around(&text, hits[0].from)));
    assert!(cut.starts_with("… before before") && cut.contains("[found] here after") && cut.ends_with("after …"), "{cut}");
    assert!(cut.chars().count() < LONGEST + 10);
    let unspaced = format!("{}灯{}", "霧".repeat(100), "霧".repeat(300));
    let hits = marks("灯", false).hits(&unspaced);
    assert!(shown(&super::cut(&unspaced, &hits, around(&unspaced, hits[0].from))).starts_with("… [灯]霧"));
}
