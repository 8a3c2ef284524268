use proptest::prelude::*;

use super::super::joints::Joint;
use super::*;

fn all(text: &str) -> Vec<String> {
    let (mut words, mut all) = (words(text), Vec::new());
    while words.advance() {
        all.push(words.token().text.clone());
    }
    all
}

/// What is asked for, each row in one word.
fn rows(text: &str) -> Vec<String> {
    asked(text).into_iter().map(|row| row.words.join("+")).collect()
}

#[test]
fn words_are_folded_to_small_latin_letters() {
    for (text, folded) in [
        ("Digium, Inc.", "digium inc"),
        ("Bartłomiej Żółkiewski", "bartlomiej zolkiewski"),
        ("Siobhán O’Dálaigh Núñez", "siobhan o dalaigh nunez"),
        ("Nu\u{301}n\u{303}ez", "nunez"),
        ("Straße Æther", "strasse aether"),
        ("the partner's, Digium’s and O'Shea", "the partner digium and o shea"),
        ("ΑΣΤΡΟΛΊΘΙ Αστρολίθι", "astrolithi astrolithi"),
        ("61% to 70%", "61 to 70"),
        ("R&D + <b>bold</b>", "r d b bold b"),
        ("Digium™ ＡＢＣ", "digium abc"),
        (" … – ", ""),
    ] {
        assert_eq!(all(text).join(" "), folded, "{text}");
    }
}

#[test]
fn what_may_be_one_word_is_one_too() {
    for (text, read) in [
        ("E-mail", "e email e-mail mail"),
        ("state-of-the-art", "state stateoftheart state-of-the-art of oftheart of-the-art the theart the-art art"),
        ("4,055 partners", "4 4055 055 partners"),
        ("256-428-6000", "256 2564286000 428 4286000 6000"),
        ("+1 (256) 428.6000", "1 12564286000 256 2564286000 428 4286000 6000"),
        ("24 x 7", "24 24x7 x x7 7"),
        ("24×7", "24x7"),
        ("4.5 of 10, 20", "4 5 of 10 20"),
        ("road show – part", "road show part"),
        ("-a-", "a"),
    ] {
        assert_eq!(all(text).join(" "), read, "{text}");
    }
}

#[test]
fn words_that_may_be_one_are_asked_for_together() {
    assert_eq!(rows("an e-mail, 24 x 7"), ["an", "e+mail", "24+x+7"]);
    assert_eq!(rows("256-428-6000 4,055"), ["256+428+6000", "4+055"]);
    assert!(asked("2016 2017")[0].joint == Joint::Loose && asked("2016-2017")[0].joint == Joint::Tight);
    assert_eq!(rows("R&D digium’s"), ["r", "d", "digium"]);
    assert_eq!(rows("24/7 foo/bar http://x"), ["24+7", "foo+bar", "http", "x"]);
}

/// A text with a bar wherever two words are no neighbours.
fn apart(text: &str) -> String {
    let (mut words, mut apart, mut last) = (words(text), String::new(), 0);
    while words.advance() {
        let Token { position, text, .. } = words.token();
        apart += if *position > last + 1 { " | " } else { " " };
        apart += text;
        last = *position;
    }
    apart.trim_start().to_owned()
}

#[test]
fn words_with_a_stop_between_them_are_no_neighbours() {
    for (text, read) in [
        ("Data, Center", "data | center"),
        ("Road. Show; a (b) c: d", "road | show | a | b | c | d"),
        ("road show\nshow-off", "road show | show showoff show-off off"),
        ("4,055; (256) 428.6000", "4 4055 055 | 256 2564286000 428 4286000 6000"),
        ("Digium’s, and Núñez/霧灯", "digium | and nunez 霧灯 灯"),
        ("4.5", "4 | 5"),
    ] {
        assert_eq!(apart(text), read, "{text}");
    }
}

#[test]
fn what_belongs_together_is_one_part() {
    for (text, of_it) in [
        ("foo/digium", ["foo", "digium"].as_slice()),
        ("foo,digium;bar", &["foo", "digium", "bar"]),
        ("foo@digium.com", &["foo", "digium", "com"]),
        ("foo&digium’s", &["foo", "digium"]),
        ("e-mail", &["e-mail"]),
        ("4,055", &["4,055"]),
        ("AT&T/R&D", &["AT&T", "R&D"]),
        ("O’Dálaigh-Núñez", &["O’Dálaigh-Núñez"]),
        ("霧灯ネット/ﾈｯﾄ", &["霧灯ネット", "ﾈｯﾄ"]),
        ("%", &[]),
    ] {
        assert_eq!(parts(text), of_it, "{text}");
    }
}

#[test]
fn the_first_different_words_end_with_the_last_of_them() {
    for (text, beginning) in [
        ("one two", None),
        ("one two, One two two", None),
        ("one two three", Some("one two")),
        ("one (Digium’s) 3", Some("one (Digium’s")),
        ("one one-two-three four", Some("one one-two")),
        ("霧灯ネット one ﾈｯﾄ two 霧灯 ㈱ three", Some("霧灯ネット one ﾈｯﾄ two 霧灯 ㈱")),
    ] {
        assert_eq!(end_of_first(text, 2).map(|end| &text[..end]), beginning, "{text}");
    }
}

#[test]
fn scripts_without_blanks_are_cut_into_pairs() {
    assert_eq!(all("霧灯ネット K.K."), ["霧灯", "灯ネ", "ネッ", "ット", "ト", "k", "k"]);
    assert_eq!(all("灯野 智恵"), ["灯野", "野", "野智", "智恵", "恵"], "names are written without a blank, too");
    assert_eq!(all("ﾈｯﾄ"), all("ネット"));
    assert_eq!(rows("霧灯ネ"), ["霧灯", "灯ネ"]);
    assert_eq!(rows("灯野 智恵"), ["灯野", "智恵"]);
    assert_eq!(rows("霧"), ["霧"]);
    assert_eq!(rows("Digium digium"), ["digium"]);
}

proptest! {
    #[test]
    fn every_word_stands_where_it_says(text in "(\\PC|[-ｶﾞ㈱ 0-9a-z,霧]){0,40}") {
        let (mut words, mut last) = (words(&text), 0);
        while words.advance() {
            let word = words.token();
            prop_assert!(word.offset_from >= last && word.offset_to <= text.len());
            prop_assert!(!text[word.offset_from..word.offset_to].is_empty());
            last = word.offset_from;
        }
        asked(&text);
    }
}
