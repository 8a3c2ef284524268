//! Strings that break programs break nothing here: not reading, not checking, not storing, not printing.

use almanac::questionnaire::definition::Page;
use almanac::questionnaire::form::{self, Fields};
use almanac::questionnaire::{Answer, Answers, Kind, Question, Questionnaire, check};

use super::{calendar, every_kind, guide};

/// Strings that have broken programs.
fn naughty() -> Vec<String> {
    let short = [
        "",
        " ",
        "\0",
        "a\0b",
        "\r\n\r\n",
        "\u{1}\u{2}\u{1b}[31mred\u{7f}\u{85}",
        "\t\t",
        "\u{feff}",
        "\u{200b}\u{200c}\u{200d}\u{2060}",
        "\u{202e}gnp.exe\u{202c}",
        "שלום עולם ‏(RTL)‏",
        "مرحبا بالعالم",
        "👩‍👩‍👧‍👦🏳️‍🌈👍🏿",
        "Z̤̯͙̗̆͐ͭa̛͕̼̠ͨ̈́lg̨̖̐͢o",
        "ﷺﷺﷺ",
        "ÅÅ Å",
        "ß ẞ ſ ŉ ǰ İ ı",
        "\u{fffd}\u{ffff}\u{10ffff}\u{1fffe}",
        "\u{2028}\u{2029}",
        "<script>alert(1)</script>",
        "\"'`><img src=x onerror=alert(1)>",
        "{{7*7}} {% raw %} {this} {other} {row} {n}",
        "'; DROP TABLE answers; --",
        "../../../etc/passwd",
        "%00%0d%0aSet-Cookie:x=y",
        "http://",
        "http://[::1",
        "http://\u{202e}example.com",
        "http://example.com:99999/",
        "https://xn--/",
        "https://%zz.com",
        "@",
        "@@@.@",
        "a@b@c@d.e",
        "mailto:?cc=a@example.com",
        "+",
        "+++++++",
        "+1(((((((2564286000",
        "0000000",
        "00000000000000000000",
        "1-800-",
        "ext. 5",
        "256-428-6000;ext=;ext=;isub=1;phone-context=+1",
        "tel:+1-201-555-0123;phone-context=example.com",
        "-0",
        "-",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "1e309",
        "NaN",
        "0x10",
        "٤٠٥٥",
        "４０５５",
        "²",
        "½",
        "0",
        "13",
        "9999",
        "+207",
        "ＤＥＣ",
        "other",
        "null",
        "true",
        "[]",
        "{}",
        "other\0",
    ];
    short.map(str::to_owned).to_vec()
}

/// Texts as long as a form can be.
fn megabytes() -> Vec<String> {
    let megabyte = 1 << 20;
    let pieces = ["1,", "\n"];
    let mut all: Vec<String> = pieces.iter().map(|piece| piece.repeat(megabyte / piece.len())).collect();
    all.push(format!("http://example.com/{}", "x".repeat(megabyte)));
    all.push(format!("+1256428{}", "6".repeat(megabyte)));
    all
}

/// The form of a question with this text in each of its text fields.
fn filled(question: &Question, text: &str) -> Fields {
    let mut blank = Answer::blank(&question.kind);
    if let (Kind::Groups(groups), Answer::Groups(rows)) = (&question.kind, &mut blank) {
        rows.push(form::blank_row(groups));
    }
    let month = matches!(question.kind, Kind::Month);
    let chosen = |name: &str| month || name.ends_with(".country") || name == "groups.1.month";
    let fill = |(name, value): (String, String)| {
        let value = if chosen(&name) { value } else { text.to_owned() };
        (name, value)
    };
    form::write(question, &blank).into_iter().map(fill).collect()
}

/// Posts a page with this text in every field, and does with it all that can be done.
fn try_out(questionnaire: &Questionnaire, page: &Page, text: &str) {
    let shown: String = text.chars().take(20).collect();
    let mut fields = Fields::new();
    for question in &page.questions {
        fields.extend(["from", "query", "reason"].map(|part| (format!("{}.{part}", question.key), text.to_owned())));
        fields.extend(filled(question, text));
    }
    let read = form::read(page, &fields).unwrap_or_else(|error| panic!("{shown:?} on {}: {error}", page.key));
    let mut answers = Answers::default();
    for posted in read.answers {
        let question = super::question(questionnaire, &posted.question);
        let json = posted.answer.to_json();
        assert!(!json.to_string().contains("\\u0000"), "no database takes it");
        assert_eq!(Answer::from_json(&question.kind, &json).as_ref(), Ok(&posted.answer), "{shown:?}");
        answers.set(posted.question, posted.answer);
    }
    questionnaire.check(&answers, calendar());
    let printed = questionnaire.print(&answers);
    let lines = printed.sections.iter().flat_map(|section| &section.lines).filter_map(|line| line.value.as_ref());
    assert!(lines.flat_map(almanac::questionnaire::Value::lines).all(|line| !line.contains('\0')));
}

#[test]
fn no_string_breaks_reading_checking_storing_or_printing() {
    for text in naughty() {
        for questionnaire in [guide(), every_kind()] {
            for page in &questionnaire.pages {
                try_out(questionnaire, page, &text);
            }
        }
    }
}

#[test]
fn a_megabyte_in_a_field_takes_no_time_to_speak_of() {
    for text in megabytes() {
        // The fields of groups are of the same kinds.
        for question in every_kind().questions().filter(|question| question.key != "groups") {
            let start = std::time::Instant::now();
            let page = Page { key: "page".into(), title: "Page".into(), facts: false, questions: vec![question.clone()] };
            try_out(every_kind(), &page, &text);
            let taken = start.elapsed();
            assert!(taken < std::time::Duration::from_secs(10), "{}: {taken:?} for {:?}", question.key, text.get(..20));
        }
    }
}

#[test]
fn what_shows_nothing_is_no_answer() {
    let ceo = super::question(guide(), "ceo");
    for nothing in ["", " \u{a0}\t\r\n", "\u{200b}", "\u{feff}\u{2060}", "\0\u{7}", "\u{202e}", "\u{3164}", "\u{2800}"] {
        let answer = super::answer(guide(), "ceo", &nothing.into());
        let refused = check::refusals(ceo, Some(&answer), calendar());
        assert_eq!(refused.first().map(|refusal| refusal.sentence.as_str()), Some("Enter the name of the CEO"), "{nothing:?}");
    }
}

#[test]
fn an_unknown_option_is_quoted_but_not_at_any_length() {
    let answer = super::answer(guide(), "company_size", &"ü".repeat(1 << 20).into());
    let refused = check::refusals(super::question(guide(), "company_size"), Some(&answer), calendar());
    assert_eq!(refused[0].sentence, format!("“{}…” is not an option of “Company Size”", "ü".repeat(60)));
}
