//! Every refusal and query of the questionnaire of 2017, word for word.

use almanac::questionnaire::check::{self, Refusal};
use almanac::questionnaire::{Answer, Answered, PageStatus};
use serde_json::{Value, json};

use super::{answer, answers, calendar, every_kind, guide, question};

/// What is refused of this answer.
fn refused(key: &str, json: &Value) -> Vec<Refusal> {
    check::refusals(question(guide(), key), Some(&answer(guide(), key, json)), calendar())
}

/// The field and the sentence of the only refusal.
fn only(key: &str, json: &Value) -> Option<(String, String)> {
    let refused = refused(key, json);
    assert!(refused.len() < 2, "{key} {json}: {refused:?}");
    refused.into_iter().next().map(|refusal| (refusal.field, refusal.sentence))
}

fn text(length: usize) -> String {
    "ü".repeat(length)
}

fn address(change: &[(&str, Value)]) -> Value {
    let mut address = json!({ "street": ["445 Jan Davis Drive"], "city": "Huntsville", "state": "AL", "postal_code": "35806", "country": "US" });
    for (part, value) in change {
        address[part] = value.clone();
    }
    address
}

#[test]
fn what_cannot_be_so_is_refused_in_a_sentence() {
    let table = [
        // Lines
        ("company_name", json!(text(120)), None),
        (
            "company_name",
            json!(text(121)),
            Some(("company_name", "The company name must be 120 characters or fewer; it is 1 too long")),
        ),
        (
            "program_name",
            json!(text(1200)),
            Some(("program_name", "The name of the partner program must be 120 characters or fewer; it is 1,080 too long")),
        ),
        ("ceo", json!(text(131)), Some(("ceo", "The name of the CEO must be 120 characters or fewer; it is 11 too long"))),
        ("ceo", json!("  Danny Windham\r\n"), None),
        // Web address
        ("url", json!("http://www.digium.com"), None),
        ("url", json!("www.digium.com"), Some(("url", "Enter the URL in full, like https://www.example.com"))),
        ("url", json!("ftp://digium.com"), Some(("url", "Enter the URL in full, like https://www.example.com"))),
        ("url", json!("http://intranet/"), Some(("url", "Enter the URL in full, like https://www.example.com"))),
        ("url", json!("http://me:secret@digium.com"), Some(("url", "The URL must not contain a user name or password"))),
        (
            "url",
            json!(format!("http://digium.com/{}", "x".repeat(2000))),
            Some(("url", "The URL must be 2,000 characters or fewer; it is 18 too long")),
        ),
        // Phone
        ("hq_phone", json!("256-428-6000"), None),
        ("hq_phone", json!("1-800-DIGIUM1"), None),
        (
            "hq_phone",
            json!("call us"),
            Some(("hq_phone", "Enter the phone number of the US headquarters with its area code, like 256-428-6000")),
        ),
        // Years
        ("year_founded", json!(1800), None),
        ("year_founded", json!(2017), None),
        ("year_founded", json!(1799), Some(("year_founded", "The year in which the company was founded must be 1800 or later"))),
        (
            "year_founded",
            json!(2018),
            Some(("year_founded", "The year in which the company was founded must be 2017 or earlier")),
        ),
        (
            "year_founded",
            json!("the nineties"),
            Some(("year_founded", "The year in which the company was founded must be a year, like 1999")),
        ),
        (
            "program_year",
            json!(2018),
            Some(("program_year", "The year in which the channel program was established must be 2017 or earlier")),
        ),
        // Months
        ("fiscal_year_end", json!(12), None),
        ("fiscal_year_end", json!("December"), None),
        (
            "fiscal_year_end",
            json!(13),
            Some((
                "fiscal_year_end",
                "The month in which the fiscal year ends must be 1 to 12 or the name of a month; “13” is neither",
            )),
        ),
        (
            "fiscal_year_end",
            json!("Brumaire"),
            Some((
                "fiscal_year_end",
                "The month in which the fiscal year ends must be 1 to 12 or the name of a month; “Brumaire” is neither",
            )),
        ),
        ("worldwide_chief_since", json!("2007-02"), None),
        ("worldwide_chief_since", json!("2017-03"), None),
        (
            "worldwide_chief_since",
            json!("2017-04"),
            Some((
                "worldwide_chief_since.month",
                "The date on which the Worldwide Channel Chief began serving in this role must be this month or earlier",
            )),
        ),
        (
            "na_chief_since",
            json!({ "month": "", "year": "2007" }),
            Some((
                "na_chief_since.month",
                "The date on which the North American Channel Chief began serving in this role must include a month",
            )),
        ),
        (
            "na_chief_since",
            json!({ "month": "13", "year": "2007" }),
            Some((
                "na_chief_since.month",
                "The date on which the North American Channel Chief began serving in this role must include a month, like 02 or February",
            )),
        ),
        (
            "na_chief_since",
            json!({ "month": "Feb", "year": "" }),
            Some((
                "na_chief_since.year",
                "The date on which the North American Channel Chief began serving in this role must include a year",
            )),
        ),
        (
            "na_chief_since",
            json!({ "month": "Feb", "year": "07" }),
            Some((
                "na_chief_since.year",
                "The date on which the North American Channel Chief began serving in this role must include a year of four digits, like 2007",
            )),
        ),
        // Persons
        ("worldwide_chief", json!({ "name": "A", "title": "B" }), None),
        (
            "worldwide_chief",
            json!({ "name": "A" }),
            Some(("worldwide_chief.title", "Enter the title of the Worldwide Channel Chief")),
        ),
        (
            "worldwide_chief",
            json!({ "title": "B" }),
            Some(("worldwide_chief.name", "Enter the name of the Worldwide Channel Chief")),
        ),
        (
            "worldwide_chief",
            json!({ "name": "A", "title": text(125) }),
            Some((
                "worldwide_chief.title",
                "The title of the Worldwide Channel Chief must be 120 characters or fewer; it is 5 too long",
            )),
        ),
        // E-mail
        ("program_manager_email", json!("wlandt@digium.com"), None),
        (
            "program_manager_email",
            json!("wlandt@digium"),
            Some(("program_manager_email", "Enter the program manager’s e-mail address in full, like name@example.com")),
        ),
        // Numbers
        ("na_partners", json!(0), None),
        ("na_partners", json!("1,180"), None),
        ("na_partners", json!("999 999 999 999"), None),
        ("na_partners", json!(-1), Some(("na_partners", "The number of North American partners must be 0 or more"))),
        (
            "na_partners",
            json!("about 120"),
            Some(("na_partners", "The number of North American partners must be a whole number, like 120")),
        ),
        (
            "na_partners_new",
            json!("1.5"),
            Some(("na_partners_new", "The number of new North American partners must be a whole number, like 120")),
        ),
        (
            "na_partners",
            json!(1_000_000_000_000_i64),
            Some(("na_partners", "The number of North American partners must be 999,999,999,999 or less")),
        ),
        (
            "na_partners",
            json!("99999999999999999999"),
            Some(("na_partners", "The number of North American partners must be 999,999,999,999 or less")),
        ),
        // Lists
        ("company_size", json!("small"), None),
        ("company_size", json!("tiny"), Some(("company_size.small", "“tiny” is not an option of “Company Size”"))),
        (
            "company_size",
            json!({ "options": [], "other": "Tiny" }),
            Some(("company_size.small", "“other” is not an option of “Company Size”")),
        ),
        ("cloud_involvement", json!(["off_premise", "hybrid_private"]), None),
        ("cloud_involvement", json!(["no_cloud"]), None),
        (
            "cloud_involvement",
            json!(["no_cloud", "off_premise"]),
            Some((
                "cloud_involvement.no_cloud",
                "“We have no cloud involvement” must stand alone in “Cloud Involvement, Products, And Solutions”; clear it or the other options",
            )),
        ),
        (
            "training_types",
            json!({ "options": ["none"], "other": "Seminars" }),
            Some((
                "training_types.none",
                "“None” must stand alone in “What types of training does your partner program offer?”; clear it or the other options",
            )),
        ),
        ("portal", json!({ "options": [], "other": text(300) }), None),
        (
            "portal",
            json!({ "options": [], "other": text(301) }),
            Some((
                "portal.other",
                "What is typed under “Other” in “What does your company's partner program portal/web site provide?” must be 300 characters or fewer; it is 1 too long",
            )),
        ),
        // Grids
        ("specialties", json!({ "resell": ["storage"] }), None),
        ("specialties", json!({ "resell": { "options": [], "other": "Radio" } }), None),
        ("training_cost", json!({ "basic": "not_offered", "advanced": "not_offered", "high_level": "not_offered" }), None),
        (
            "training_cost",
            json!({ "basic": "not_offered", "high_level": "not_offered" }),
            Some(("training_cost.advanced.free_for_all", "Select an answer for “Advanced Training”")),
        ),
        // Addresses
        ("address", address(&[]), None),
        ("address", address(&[("postal_code", json!("35806-1234"))]), None),
        ("address", address(&[("postal_code", json!("358061234"))]), None),
        // As office programs and East Asian keyboards write them.
        ("address", address(&[("postal_code", json!("35806–1234"))]), None),
        ("address", address(&[("postal_code", json!("35806 - 1234"))]), None),
        ("address", address(&[("postal_code", json!("35806\u{a0}−\u{200b} 1234"))]), None),
        ("address", address(&[("postal_code", json!("３５８０６－１２３４"))]), None),
        ("address", address(&[("postal_code", json!("３５８０６"))]), None),
        (
            "address",
            address(&[("postal_code", json!("35806–"))]),
            Some(("address.postal_code", "The ZIP code must have 5 or 9 digits, like 35806")),
        ),
        (
            "address",
            address(&[("country", json!("CA")), ("state", json!("ON")), ("postal_code", json!("Ｋ１Ａ — ０Ｂ１"))]),
            None,
        ),
        ("address", address(&[("state", json!("Alabama"))]), None),
        ("address", address(&[("street", json!([]))]), Some(("address.street.1", "Enter the street"))),
        (
            "address",
            address(&[("street", json!(["A", text(121)]))]),
            Some(("address.street.2", "Line 2 of the street must be 120 characters or fewer; it is 1 too long")),
        ),
        ("address", address(&[("city", json!(""))]), Some(("address.city", "Enter the city"))),
        (
            "address",
            address(&[("city", json!(text(122)))]),
            Some(("address.city", "The city must be 120 characters or fewer; it is 2 too long")),
        ),
        ("address", address(&[("state", json!(""))]), Some(("address.state", "Enter the state"))),
        ("address", address(&[("state", json!("ON"))]), Some(("address.state", "Enter a state of the United States, like AL"))),
        ("address", address(&[("postal_code", json!(""))]), Some(("address.postal_code", "Enter the ZIP code"))),
        (
            "address",
            address(&[("postal_code", json!("K1A 0B1"))]),
            Some(("address.postal_code", "The ZIP code must have 5 or 9 digits, like 35806")),
        ),
        (
            "address",
            address(&[("postal_code", json!("3-5-8-0-6"))]),
            Some(("address.postal_code", "The ZIP code must have 5 or 9 digits, like 35806")),
        ),
        ("address", address(&[("country", json!(""))]), Some(("address.country", "Select the country"))),
        ("address", address(&[("country", json!("XX"))]), Some(("address.country", "Select the country"))),
        ("address", address(&[("country", json!("CA")), ("state", json!("Ontario")), ("postal_code", json!("K1A 0B1"))]), None),
        ("address", address(&[("country", json!("CA")), ("state", json!("ON")), ("postal_code", json!("k1a0b1"))]), None),
        (
            "address",
            address(&[("country", json!("CA")), ("postal_code", json!("K1A 0B1"))]),
            Some(("address.state", "Enter a province of Canada, like AB")),
        ),
        (
            "address",
            address(&[("country", json!("CA")), ("state", json!("")), ("postal_code", json!("K1A 0B1"))]),
            Some(("address.state", "Enter the province")),
        ),
        (
            "address",
            address(&[("country", json!("CA")), ("state", json!("QC"))]),
            Some(("address.postal_code", "The postal code must be three letters and three digits, like K1A 0B1")),
        ),
        ("address", address(&[("country", json!("GR")), ("state", json!("")), ("postal_code", json!("546 21"))]), None),
        ("address", address(&[("country", json!("HK")), ("state", json!("")), ("postal_code", json!(""))]), None),
        ("address", address(&[("country", json!("JP")), ("state", json!("Kanagawa"))]), None),
        (
            "address",
            address(&[("country", json!("GB")), ("state", json!(text(121)))]),
            Some(("address.state", "The state or province must be 120 characters or fewer; it is 1 too long")),
        ),
    ];
    for (key, json, expected) in table {
        let expected = expected.map(|(field, sentence)| (field.to_owned(), sentence.to_owned()));
        assert_eq!(only(key, &json), expected, "{key} {json}");
    }
}

#[test]
fn every_unanswered_question_says_what_to_do() {
    let expected = [
        ("company_name", "company_name", "Enter the company name"),
        ("program_name", "program_name", "Enter the name of the partner program"),
        ("address", "address.street.1", "Enter the address"),
        ("url", "url", "Enter the URL"),
        ("hq_phone", "hq_phone", "Enter the phone number of the US headquarters"),
        ("ceo", "ceo", "Enter the name of the CEO"),
        ("year_founded", "year_founded", "Enter the year in which the company was founded"),
        ("fiscal_year_end", "fiscal_year_end", "Select the month in which the fiscal year ends"),
        ("worldwide_chief", "worldwide_chief.name", "Enter the name and title of the Worldwide Channel Chief"),
        (
            "worldwide_chief_since",
            "worldwide_chief_since.month",
            "Enter the date on which the Worldwide Channel Chief began serving in this role",
        ),
        ("na_chief", "na_chief.name", "Enter the name and title of the North American Channel Chief"),
        (
            "na_chief_since",
            "na_chief_since.month",
            "Enter the date on which the North American Channel Chief began serving in this role",
        ),
        ("company_size", "company_size.small", "Select the company size"),
        (
            "indirect_revenue",
            "indirect_revenue.percent_1_to_10",
            "Select the percentage of total corporate revenue that is indirect",
        ),
        (
            "specialties",
            "specialties.resell.application_development",
            "Select at least one technology in one of the sales models",
        ),
        ("program_year", "program_year", "Enter the year in which the channel program was established"),
        ("program_manager", "program_manager.name", "Enter the name and title of the North American Channel Program Manager"),
        ("program_manager_email", "program_manager_email", "Enter the program manager’s e-mail address"),
        ("na_partners", "na_partners", "Enter the number of North American partners"),
        ("na_partners_new", "na_partners_new", "Enter the number of new North American partners"),
        ("tiers", "tiers.1.partner_types.distributors", "Enter at least one tier"),
        (
            "attach_possible",
            "attach_possible.yes",
            "Select yes if a Solution Provider can attach services to your product/service",
        ),
        ("training_cost", "training_cost.basic.free_for_all", "Select the cost of each kind of training or certification"),
        ("recertification", "recertification.never", "Select how often partners must renew or re-certify"),
        (
            "lead_support",
            "lead_support.leads_and_sales.all_partners",
            "Select which partners are supported with leads in each of the four ways",
        ),
        ("lead_criteria", "lead_criteria.yes", "Select yes if partners need to meet lead management criteria or training"),
    ];
    for (key, field, sentence) in expected {
        let question = question(guide(), key);
        for nothing in [None, Some(Answer::blank(&question.kind))] {
            let refused = check::refusals(question, nothing.as_ref(), calendar());
            let found: Vec<_> = refused.iter().map(|one| (one.field.as_str(), one.sentence.as_str(), one.missing)).collect();
            assert_eq!(found, [(field, sentence, true)], "{key}");
        }
    }
}

/// The conventions for every sentence that can be said about nothing: how it begins, how it ends, and what it never says.
#[test]
fn no_sentence_begs_scolds_or_ends() {
    for questionnaire in [guide(), every_kind()] {
        for question in questionnaire.questions().filter(|question| !question.optional) {
            let refused = check::refusals(question, None, calendar());
            assert_eq!(refused.len(), 1, "{}", question.key);
            let sentence = &refused[0].sentence;
            assert!(sentence.starts_with("Enter ") || sentence.starts_with("Select "), "{sentence}");
            assert!(!sentence.ends_with('.') && sentence.chars().count() <= 120, "{sentence}");
            let words: Vec<String> = sentence.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase).collect();
            let said = ["please", "sorry", "invalid", "required", "error"].map(|banned| words.contains(&banned.to_owned()));
            assert_eq!(said, [false; 5], "{sentence}");
        }
    }
}

/// Without `called` and `missing` in the file the sentences are made of the labels.
#[test]
fn sentences_made_of_labels_read_well() {
    let said = |key: &str, json: &Value| -> Vec<String> {
        let kind = &question(every_kind(), key).kind;
        let answer = Answer::from_json(kind, json).expect("the kind's shape");
        let refused = check::refusals(question(every_kind(), key), Some(&answer), calendar());
        refused.into_iter().map(|refusal| refusal.sentence).collect()
    };
    let table = [
        ("about", json!(null), vec!["Enter the description"]),
        ("count", json!(null), vec!["Enter an answer to “How many are there?”"]),
        ("count", json!("x"), vec!["The answer to “How many are there?” must be a whole number, like 120"]),
        ("count", json!(-6), vec!["The answer to “How many are there?” must be -5 or more"]),
        ("count", json!(1001), vec!["The answer to “How many are there?” must be 1,000 or less"]),
        ("year", json!(2011), vec!["The year must be 2010 or earlier"]),
        ("month", json!(null), vec!["Select the month"]),
        ("since", json!(null), vec![]),
        ("since", json!("9999-12"), vec![]),
        ("url", json!("x"), vec!["Enter the web site in full, like https://www.example.com"]),
        ("phone", json!("x"), vec!["Enter the phone with its area code, like 256-428-6000"]),
        ("person", json!(null), vec!["Enter the name and title of the person"]),
        ("size", json!(null), vec!["Select the size"]),
        ("colour", json!({ "options": [], "other": "", "chosen": true }), vec!["Enter what “Other” is in “Colour”"]),
        (
            "colour",
            json!({ "options": [], "other": "blue", "chosen": false }),
            vec!["Select “Other” in “Colour”, or clear what is typed under it"],
        ),
        ("colour", json!({ "options": ["red"], "other": "blue" }), vec![]),
        ("colour", json!({ "options": [], "other": "blue" }), vec![]),
        (
            "colour",
            json!({ "options": [], "other": text(302) }),
            vec!["What is typed under “Other” in “Colour” must be 300 characters or fewer; it is 2 too long"],
        ),
        ("kinds", json!(null), vec!["Select at least one answer to “Which kinds?”"]),
        ("kinds", json!(["a", "d"]), vec!["“d” is not an option of “Which kinds?”"]),
        ("tastes", json!(null), vec!["Select at least one option for tastes"]),
        ("grid", json!(null), vec!["Select an answer in each row of “Grid”"]),
        ("grid", json!({ "second": "x" }), vec!["Select an answer for “First”"]),
        ("grid", json!({ "first": "x", "second": "x", "third": "x" }), vec!["“third” is not a row of “Grid”"]),
        ("ticks", json!({ "first": ["x", "z"] }), vec!["“Z” must stand alone in “First”; clear it or the other options"]),
        ("ticks", json!({ "first": { "options": [], "other": "w" } }), vec!["“w” is not an option of “First”"]),
        ("groups", json!(null), vec!["Enter at least 2 entries"]),
        ("groups", json!([{}, {}]), vec!["Enter at least 2 entries"]),
    ];
    for (key, json, expected) in table {
        assert_eq!(said(key, &json), expected, "{key} {json}");
    }
}

#[test]
fn tiers_are_refused_row_by_row() {
    let tier = json!({ "partner_types": ["vars"], "north_american_partners": 1, "worldwide_partners": 1 });
    let tiers = |rows: Vec<Value>| -> Vec<(String, String, bool)> {
        refused("tiers", &rows.into()).into_iter().map(|one| (one.field, one.sentence, one.missing)).collect()
    };
    let said = |field: &str, sentence: &str, missing: bool| (field.to_owned(), sentence.to_owned(), missing);
    assert_eq!(tiers(vec![tier.clone()]), []);
    assert_eq!(tiers(vec![tier.clone(); 10]), []);
    assert_eq!(tiers(vec![]), [said("tiers.1.partner_types.distributors", "Enter at least one tier", true)]);
    assert_eq!(tiers(vec![json!({})]), [said("tiers.1.partner_types.distributors", "Enter at least one tier", true)]);
    assert_eq!(tiers(vec![tier.clone(); 12]), [said("tiers", "There must be 10 tiers or fewer; remove 2", false)]);
    assert_eq!(
        tiers(vec![tier.clone(), json!({})]),
        [said("tiers.2.partner_types.distributors", "Enter Tier 2, or remove it", true)]
    );
    assert_eq!(
        tiers(vec![json!({}), tier.clone()]),
        [said("tiers.1.partner_types.distributors", "Enter Top Tier, or remove it", true)]
    );
    assert_eq!(
        tiers(vec![tier, json!({ "name": text(121), "north_american_partners": "x" })]),
        [
            said("tiers.2.name", "Tier 2: the tier’s own name must be 120 characters or fewer; it is 1 too long", false),
            said("tiers.2.partner_types.distributors", "Tier 2: select at least one partner type", true),
            said(
                "tiers.2.north_american_partners",
                "Tier 2: the number of North American partners must be a whole number, like 120",
                false
            ),
            said("tiers.2.worldwide_partners", "Tier 2: enter the number of worldwide partners", true),
        ]
    );
}

#[test]
fn a_blank_group_that_cannot_be_removed_is_not_told_to_be() {
    let groups = question(every_kind(), "groups");
    let blank_second = |rows: Value| {
        let answer = Answer::from_json(&groups.kind, &rows).expect("rows");
        let refused = check::refusals(groups, Some(&answer), calendar());
        refused.into_iter().map(|refusal| refusal.sentence).find(|sentence| sentence.starts_with("Enter No. 2"))
    };
    assert_eq!(blank_second(json!([{ "count": 1 }, {}])).as_deref(), Some("Enter No. 2"));
    assert_eq!(blank_second(json!([{ "count": 1 }, {}, { "count": 1 }])).as_deref(), Some("Enter No. 2, or remove it"));
    let one = check::refusals(groups, Some(&answer(every_kind(), "groups", &json!([{ "count": 1 }]))), calendar());
    assert_eq!((one[0].field.as_str(), one[0].sentence.as_str(), one[0].missing), ("groups", "Enter at least 2 entries", true));
}

#[test]
fn what_is_unusual_is_a_query() {
    let tier =
        |here: i64, all: i64| json!({ "partner_types": ["vars"], "north_american_partners": here, "worldwide_partners": all });
    let table = [
        (vec![("year_founded", json!(1999)), ("worldwide_chief_since", json!("2007-02"))], "worldwide_chief_since", None),
        (vec![("year_founded", json!(1999)), ("worldwide_chief_since", json!("1999-01"))], "worldwide_chief_since", None),
        (
            vec![("year_founded", json!(1999)), ("worldwide_chief_since", json!("1998-12"))],
            "worldwide_chief_since",
            Some("The role was taken up in 12/1998. The company was founded later, in 1999."),
        ),
        (
            vec![("year_founded", json!(1999)), ("na_chief_since", json!("1998-12"))],
            "na_chief_since",
            Some("The role was taken up in 12/1998. The company was founded later, in 1999."),
        ),
        (vec![("year_founded", json!(1999)), ("na_chief_since", json!({ "month": "", "year": "1998" }))], "na_chief_since", None),
        (vec![("na_chief_since", json!("1998-12"))], "na_chief_since", None),
        (vec![("year_founded", json!(2006)), ("program_year", json!(2006))], "program_year", None),
        (
            vec![("year_founded", json!(2006)), ("program_year", json!(1998))],
            "program_year",
            Some("The channel program was established in 1998. The company was founded later, in 2006."),
        ),
        (vec![("na_partners", json!(765)), ("na_partners_new", json!(765))], "na_partners_new", None),
        (
            vec![("na_partners", json!(4055)), ("na_partners_new", json!(7650))],
            "na_partners_new",
            Some("You gave 7,650 new North American partners. That is more than the 4,055 you have in all."),
        ),
        (vec![("na_partners", json!("many")), ("na_partners_new", json!(7650))], "na_partners_new", None),
        (vec![("na_partners", json!(4055)), ("tiers", json!([tier(12, 43), tier(4055, 5454)]))], "tiers", None),
        // Five percent of 100 are not more than five percent.
        (vec![("na_partners", json!(100)), ("tiers", json!([tier(105, 200)]))], "tiers", None),
        (vec![("na_partners", json!(100)), ("tiers", json!([tier(95, 200)]))], "tiers", None),
        (
            vec![("na_partners", json!(100)), ("tiers", json!([tier(106, 200)]))],
            "tiers",
            Some("Your tiers add up to 106 North American partners. Above, you gave 100."),
        ),
        (
            vec![("na_partners", json!(1180)), ("tiers", json!([tier(60, 85), tier(1250, 1690)]))],
            "tiers",
            Some("Your tiers add up to 1,310 North American partners. Above, you gave 1,180."),
        ),
        (
            vec![("na_partners", json!(0)), ("tiers", json!([tier(1, 1)]))],
            "tiers",
            Some("Your tiers add up to 1 North American partners. Above, you gave 0."),
        ),
        (vec![("na_partners", json!(100)), ("tiers", json!([tier(100, 100), {}]))], "tiers", None),
        (
            vec![("tiers", json!([tier(2, 1), tier(1, 1), tier(9, 3)]))],
            "tiers",
            Some(
                "Top Tier has 2 North American partners. That is more than its 1 worldwide partners. \
                 Tier 3 has 9 North American partners. That is more than its 3 worldwide partners.",
            ),
        ),
        (
            vec![("na_partners", json!(1)), ("tiers", json!([tier(2, 1)]))],
            "tiers",
            Some(
                "Top Tier has 2 North American partners. That is more than its 1 worldwide partners. \
                 Your tiers add up to 2 North American partners. Above, you gave 1.",
            ),
        ),
        // Sums past every limit are refused elsewhere, and break nothing here.
        (
            vec![("na_partners", json!(-5)), ("tiers", json!([tier(i64::MAX, 1), tier(i64::MAX, i64::MAX)]))],
            "na_partners_new",
            None,
        ),
        (
            vec![("na_partners", json!(i64::MIN)), ("tiers", json!([tier(i64::MAX, i64::MAX)]))],
            "tiers",
            Some(
                "Your tiers add up to 9,223,372,036,854,775,807 North American partners. Above, you gave -9,223,372,036,854,775,808.",
            ),
        ),
    ];
    for (given, key, expected) in table {
        let query = guide().query(question(guide(), key), &answers(guide(), &given));
        assert_eq!(query.as_ref().map(|query| query.sentence.as_str()), expected, "{given:?}");
        assert!(query.is_none_or(|query| !query.confirmed && query.reason.is_empty()));
    }
}

/// What is refused cannot be confirmed, and nothing is measured by it.
#[test]
fn what_is_refused_is_not_queried() {
    let tier = json!({ "partner_types": ["vars"], "north_american_partners": 1200, "worldwide_partners": 1200 });
    let queried = |given: &[(&str, Value)]| -> Vec<String> {
        let pages = guide().check(&answers(guide(), given), calendar());
        pages.into_iter().flat_map(|check| check.queries).map(|query| query.question).collect()
    };
    assert_eq!(queried(&[("na_partners", json!(5)), ("tiers", json!([tier]))]), ["tiers"]);
    assert_eq!(queried(&[("na_partners", json!(-5)), ("tiers", json!([tier]))]), [] as [&str; 0]);
    let far = json!({ "partner_types": ["vars"], "north_american_partners": -3, "worldwide_partners": -9 });
    assert_eq!(queried(&[("tiers", json!([far]))]), [] as [&str; 0]);
    // What is missing beside it is another matter.
    let half = json!({ "north_american_partners": 1200, "worldwide_partners": 1200 });
    assert_eq!(queried(&[("na_partners", json!(5)), ("tiers", json!([half]))]), ["tiers"]);
}

#[test]
fn a_query_stays_confirmed_while_it_says_the_same() {
    let mut given = answers(guide(), &[("year_founded", json!(2006)), ("program_year", json!(1998))]);
    let program_year = question(guide(), "program_year");
    let query = guide().query(program_year, &given).expect("unusual");
    let answer = given.get("program_year").cloned().expect("answered");
    given.set("program_year", Answered { answer, confirmed: Some(query.sentence), reason: "A spin-off.".into() });
    let query = guide().query(program_year, &given).expect("still unusual");
    assert!(query.confirmed);
    given.set("year_founded", answer_of("year_founded", 2005));
    let query = guide().query(program_year, &given).expect("unusual in another way");
    assert_eq!((query.confirmed, query.reason.as_str()), (false, "A spin-off."));
    given.set("year_founded", answer_of("year_founded", 1998));
    assert_eq!(guide().query(program_year, &given), None);
}

fn answer_of(key: &str, year: i64) -> Answer {
    answer(guide(), key, &json!(year))
}

#[test]
fn a_page_is_completed_in_progress_or_a_problem() {
    let status = |given: &[(&str, Value)], page: &str| {
        let pages = guide().check(&answers(guide(), given), calendar());
        pages.into_iter().find(|check| check.page == page).map(|check| check.status)
    };
    assert_eq!(status(&[], "leads"), Some(PageStatus::NotStarted));
    assert_eq!(status(&[("address", json!({ "country": "GR" }))], "company"), Some(PageStatus::NotStarted));
    assert_eq!(status(&[("lead_criteria", json!("yes"))], "leads"), Some(PageStatus::InProgress));
    assert_eq!(status(&[("lead_support", json!({ "leads": "all_partners" }))], "leads"), Some(PageStatus::InProgress));
    assert_eq!(status(&[("url", json!("x"))], "company"), Some(PageStatus::Problem));
    assert_eq!(status(&[("cloud_involvement", json!(["no_cloud"]))], "cloud"), Some(PageStatus::Completed));
    let optional = super::parse(
        "[roles]\ncompany = \"a\"\nprogram = \"b\"\ncontact = \"c\"\n\
         [[page]]\nkey = \"one\"\ntitle = \"One\"\n\
         [[page.question]]\nkey = \"a\"\nlabel = \"A\"\nkind = \"line\"\n[[page.question]]\nkey = \"b\"\nlabel = \"B\"\nkind = \"line\"\n\
         [[page]]\nkey = \"two\"\ntitle = \"Two\"\n\
         [[page.question]]\nkey = \"c\"\nlabel = \"C\"\nkind = \"email\"\noptional = true\n",
    );
    let statuses: Vec<PageStatus> = optional.check(&answers(&optional, &[]), calendar()).iter().map(|page| page.status).collect();
    assert_eq!(
        statuses,
        [PageStatus::NotStarted, PageStatus::Completed],
        "nothing is in the way of a page of optional questions"
    );
}

#[test]
fn an_answer_of_another_kind_counts_as_none() {
    let changed = Answer::Text("from before the question was changed".into());
    for question in guide().questions().filter(|question| !changed.fits(&question.kind)) {
        let refused = check::refusals(question, Some(&changed), calendar());
        assert_eq!(refused, check::refusals(question, None, calendar()), "{}", question.key);
    }
}
