use super::super::cut::{LONGEST, around};
use super::*;
use crate::guide::search::samples::{meant, questionnaire, sample, shelf};

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
