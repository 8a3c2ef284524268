//! Finding programs in the readers' list, over HTTP: filters, search, sorting, paging, and what search engines are told.

use std::collections::BTreeSet;
use std::time::Duration;

use reqwest::Method;

use crate::editions::with_year_before;
use crate::support::application::{Application, Engine};
use crate::support::client::{Client, Page};

/// A guide with Digium and so many made-up programs.
async fn guide(made_up: usize) -> Application {
    let application = Application::on_sqlite().await;
    let file = "guides/2017/entries/digium.toml".to_owned();
    let text = std::fs::read_to_string(&file).unwrap();
    application.house.import(&[(file, text)]).await.unwrap();
    application.house.make_up(made_up).await.unwrap();
    application
}

async fn list(client: &Client, query: &str) -> Page {
    client.get(&format!("/2017/{query}")).await.expect_status(200)
}

/// The companies of a page, in its order.
fn companies(page: &Page) -> Vec<String> {
    page.all(".programs .name")
}

/// How many programs a page says that there are.
fn found(page: &Page) -> usize {
    let heading = page.all("h2").remove(0);
    heading.split(' ').next().unwrap().parse().unwrap_or_else(|_| panic!("{heading}"))
}

/// What stands beside a choice.
fn count(page: &Page, id: &str) -> String {
    page.all(&format!("label[for='{id}'] .count")).remove(0)
}

#[tokio::test]
async fn each_count_is_what_the_click_leaves() {
    let application = guide(60).await;
    let client = application.client();
    let whole = list(&client, "").await;
    assert_eq!(found(&whole), 61);
    for choice in ["company_size=small", "specialties=storage", "specialties.row=hybrid", "tiers.partner_types=msps"] {
        let one = list(&client, &format!("?{choice}")).await;
        assert_eq!(count(&whole, &choice.replace('=', "-")), found(&one).to_string(), "{choice}");
    }
    // Another choice of the same question widens, and says by how much; another question narrows.
    let small = list(&client, "?company_size=small").await;
    let wider = list(&client, "?company_size=small&company_size=large").await;
    assert_eq!(count(&small, "company_size-large"), format!("+{}", found(&wider) - found(&small)));
    let narrower = list(&client, "?company_size=small&residual_revenue=yes").await;
    assert_eq!(count(&small, "residual_revenue-yes"), found(&narrower).to_string());
    assert!(found(&narrower) < found(&small) && found(&small) < found(&wider));
    // The rows and options of a grid have to meet.
    let storage = list(&client, "?specialties=storage").await;
    let hybrid = list(&client, "?specialties=storage&specialties.row=hybrid").await;
    assert_eq!(count(&storage, "specialties.row-hybrid"), found(&hybrid).to_string());
    assert!(found(&hybrid) < found(&storage));
    application.stop().await;
}

#[tokio::test]
async fn what_is_on_can_be_taken_off_one_by_one() {
    let application = guide(30).await;
    let client = application.client();
    let page = list(&client, "?q=partner&specialties=storage&company_size=small&program=digium").await;
    let active = [
        ("“partner”", "?specialties=storage&company_size=small&program=digium"),
        ("Technology: Storage", "?q=partner&company_size=small&program=digium"),
        ("Size: Small", "?q=partner&specialties=storage&program=digium"),
    ];
    assert_eq!(page.all(".active a").len(), active.len());
    for (words, without) in active {
        assert_eq!(page.link(words), format!("/2017/{without}"));
    }
    assert_eq!(page.link("Clear all"), "/2017/?program=digium");
    // On a phone its head is small from the first moment: the page does not move when the filters are there.
    assert_eq!(page.attributes(".cover", "class"), ["page cover narrowed"]);
    assert_eq!(list(&client, "").await.attributes(".cover", "class"), ["page cover"]);
    // A long filter hides no choice that is on.
    let shown = page.attributes(".facet:first-of-type > .choice > input[checked]", "value");
    assert_eq!(shown, ["storage"]);
    application.stop().await;
}

#[tokio::test]
async fn a_program_is_found_by_text_and_the_hits_are_marked() {
    let application = guide(30).await;
    let client = application.client();
    let digium = list(&client, "?q=digum").await;
    assert_eq!((found(&digium), companies(&digium)), (1, vec!["Digium, Inc.".to_owned()]));
    assert_eq!(digium.all(".programs .name mark"), ["Digium"]);
    assert!(digium.text().contains("No company, program, person or answer has “digum”. These have something like it."));
    for mistyped in ["dany+windham", "stve+harvey", "wayne+lant", "dnany+windham"] {
        let page = list(&client, &format!("?q={mistyped}")).await;
        assert_eq!(companies(&page), ["Digium, Inc."], "{mistyped}");
        assert!(page.text().contains("something like it"), "{mistyped}");
    }
    let person = list(&client, "?q=danny+windham").await;
    assert_eq!(person.all(".snippet"), ["CEO: Danny Windham"]);
    assert_eq!(person.all(".snippet mark"), ["Danny", "Windham"]);
    assert_eq!(person.link("CEO"), "/2017/programs/digium#ceo");
    assert!(!person.text().contains("something like it"));
    let filtered = list(&client, "?q=digium&company_size=large").await;
    assert_eq!(found(&filtered), 0);
    // What it belongs to is what is looked for, whichever apostrophe the keyboard has.
    for possessive in ["?q=digium's", "?q=digium%E2%80%99s+partner", "?q=digium+p"] {
        assert_eq!(found(&list(&client, possessive).await), 1, "{possessive}");
    }
    let forgiven_and_filtered = list(&client, "?q=digum&company_size=large").await;
    assert_eq!(found(&forgiven_and_filtered), 0);
    assert!(!forgiven_and_filtered.text().contains("something like it"));
    application.stop().await;
}

/// What is one word for some and two for others is found as either, also mistyped, and then it is said so.
#[tokio::test]
async fn one_word_or_two_are_found_as_either_and_mistyped_too() {
    let application = guide(30).await;
    let client = application.client();
    let remark = |page: &Page| page.text().contains("something like it");
    let sorted = |page: &Page| BTreeSet::from_iter(companies(page));
    for (spellings, mistyped) in [
        (["road show", "road-show", "roadshow"].as_slice(), ["rodashow", "roasdhow"].as_slice()),
        (&["email", "e-mail"], &["e-mial", "emial"]),
    ] {
        let exact = list(&client, &format!("?q={}", spellings[0])).await;
        assert!(found(&exact) > 0 && !remark(&exact), "{spellings:?}");
        for same in &spellings[1..] {
            let page = list(&client, &format!("?q={same}")).await;
            assert_eq!((sorted(&page), remark(&page)), (sorted(&exact), false), "{same}");
        }
        for mistyped in mistyped {
            let page = list(&client, &format!("?q={mistyped}")).await;
            assert_eq!((sorted(&page), remark(&page)), (sorted(&exact), true), "{mistyped}");
        }
    }
    let digium = list(&client, "?q=digium+roadshow").await;
    assert!(digium.all(".snippet mark").contains(&"road shows".to_owned()), "{:?}", digium.all(".snippet mark"));
    application.stop().await;
}

#[tokio::test]
async fn a_search_finds_what_was_just_published_and_no_longer_what_was_taken_down() {
    let application = Application::on_sqlite().await;
    let file = "guides/2017/entries/kirito-networks.toml".to_owned();
    let text = std::fs::read_to_string(&file).unwrap();
    application.house.import(&[(file, text)]).await.unwrap();
    let client = application.client();
    let editor = application.editor().await;
    let desk = editor.get("/desk").await.attributes(".queue a.name", "href").remove(0);
    for (form, act, found) in [
        ("decision", "publish", vec!["Kiritō Networks K.K. (株式会社霧灯ネットワークス)"]),
        ("participation", "unpublish", vec![]),
    ] {
        let review = editor.get(&desk).await;
        editor.submit(review.form(&format!("{desk}/{form}")).press(act)).await.expect_status(200);
        assert_eq!(companies(&list(&client, "?q=%E9%9C%A7%E7%81%AF").await), found, "{act}");
    }
    application.stop().await;
}

#[tokio::test]
async fn a_vendors_markup_and_a_readers_stay_words() {
    let application = Application::on_sqlite().await;
    let file = "guides/2017/entries/digium.toml".to_owned();
    let text = std::fs::read_to_string(&file).unwrap().replace("Danny Windham", "Danny <script>alert(1)</script> & Windham");
    application.house.import(&[(file, text)]).await.unwrap();
    let page = list(&application.client(), "?q=alert+%3Cscript%3E%22").await;
    assert_eq!(page.attributes("#q", "value"), ["alert <script>\""]);
    assert_eq!(page.all(".snippet"), ["CEO: Danny <script>alert(1)</script> & Windham"]);
    assert_eq!(page.all(".snippet mark"), ["script", "alert", "script"]);
    assert!(page.html.contains("&#60;<mark>script</mark>&#62;"), "{}", page.html);
    assert_eq!(page.all("main script"), [] as [&str; 0]);
    application.stop().await;
}

#[tokio::test]
async fn where_nothing_is_found_it_is_said_what_to_drop() {
    let application = guide(30).await;
    let client = application.client();
    let page = list(&client, "?q=digium&company_size=large&residual_revenue=yes").await;
    assert_eq!(found(&page), 0);
    let dropped = page.all(".dropped a");
    assert_eq!(dropped, ["Without “digium”", "Without Size: Large"]);
    let counts: Vec<usize> =
        page.all(".dropped span").iter().map(|count| count.split(' ').next().unwrap().parse().unwrap()).collect();
    assert!(counts.is_sorted_by(|one, next| one >= next), "best first: {counts:?}");
    for (link, count) in page.attributes(".dropped a", "href").iter().zip(counts) {
        assert_eq!(found(&client.get(link).await), count, "{link}");
    }
    // The whole text is dropped last where it is a word of it that stands nowhere.
    let left_out = |page: &Page| page.all(".dropped a").split_last().map(|(_, words)| words.to_vec()).unwrap_or_default();
    let nothing = |page: &Page| page.all("main .reading p").concat();
    let hopeless = list(&client, "?q=xyzzyxyzzy&company_size=large&company_size=small").await;
    assert_eq!(hopeless.all(".dropped a"), ["Without “xyzzyxyzzy”"]);
    assert_eq!(nothing(&hopeless), "No program fits all of this. Without this there are some:");
    for (asked, label) in [("q=xyzzyxyzzy", "“xyzzyxyzzy”"), ("program_year=-2000", "Established: −2000")] {
        let alone = list(&client, &format!("?{asked}")).await;
        assert_eq!(nothing(&alone), "No program fits this. Without it there are some:", "{asked}");
        assert_eq!(alone.all(".dropped a"), [format!("Without {label}")]);
    }
    let twice = list(&client, "?q=xyzzyxyzzy+digium&company_size=large").await;
    assert_eq!(twice.all(".dropped a"), ["Without “xyzzyxyzzy digium”"]);
    // A word alone may be what is too much, and only one that is leaves anything.
    for (asked, without) in [
        ("?q=digium+xyzzyxyzzy", "?q=digium"),
        ("?q=xyzzyxyzzy+danny+windham&company_size=small&program=digium", "?q=danny+windham&company_size=small&program=digium"),
    ] {
        let page = list(&client, asked).await;
        assert_eq!(page.all(".dropped a")[0], "Without “xyzzyxyzzy”", "{asked}");
        let said = "No program fits all of this. No company, program, person or answer has “xyzzyxyzzy”.";
        assert_eq!(nothing(&page), format!("{said} Without one of these there are some:"), "{asked}");
        assert_eq!(page.link("Without “xyzzyxyzzy”"), format!("/2017/{without}"));
        assert_eq!(page.all(".dropped span")[0], "1 program");
        assert_eq!(found(&list(&client, without).await), 1);
    }
    // A word that stands nowhere is named wherever it is, and with it all that do.
    for (asked, said, without) in [
        ("partner+program+cloud+data+training+sales+zzqqxx", "“zzqqxx”", "partner+program+cloud+data+training+sales"),
        ("zzqqxx+digium+yyqqxx+zzqqxx", "“zzqqxx” and “yyqqxx”", "digium"),
        ("zzqqxx+digium+yyqqxx+%26+xxqqzz", "“zzqqxx”, “yyqqxx” and “xxqqzz”", "digium+%26"),
    ] {
        let page = list(&client, &format!("?q={asked}")).await;
        assert_eq!(left_out(&page), [format!("Without {said}")], "{asked}");
        assert_eq!(page.link(&format!("Without {said}")), format!("/2017/?q={without}"));
        assert!(nothing(&page).contains(&format!(" has {}. ", said.replace(" and ", " or "))), "{}", nothing(&page));
        assert!(found(&list(&client, &format!("?q={without}")).await) > 0);
    }
    // Words are parted by other signs than blanks, too.
    for (asked, word) in [("zzqqxx%2Fdigium", "zzqqxx"), ("digium,zzqqxx", "zzqqxx"), ("%22digium%22%2Fzz-qqxx", "zz-qqxx")] {
        let page = list(&client, &format!("?q={asked}")).await;
        assert_eq!(left_out(&page), [format!("Without “{word}”")], "{asked}");
        assert_eq!(page.link(&format!("Without “{word}”")), "/2017/?q=digium");
    }
    // Of a pair of marks none is left.
    for asked in ["%22digium+zzqqxx%22", "(zzqqxx+digium)", "%E2%80%9Cdigium%E2%80%9D+zzqqxx"] {
        let page = list(&client, &format!("?q={asked}")).await;
        assert_eq!(page.link("Without “zzqqxx”"), "/2017/?q=digium", "{asked}");
    }
    // What is but mistyped is no word to drop.
    for (asked, without) in [("digum+zzz", "digum"), ("zzqqxx+e-mial", "e-mial"), ("zzz+digum+widnham", "digum+widnham")] {
        let page = list(&client, &format!("?q={asked}")).await;
        let programs = found(&list(&client, &format!("?q={without}")).await);
        let word = if asked.contains("zzz") { "zzz" } else { "zzqqxx" };
        assert_eq!(page.link(&format!("Without “{word}”")), format!("/2017/?q={without}"), "{asked}");
        assert_eq!(page.all(".dropped span")[0].split(' ').next(), Some(programs.to_string().as_str()), "{asked}");
    }
    // What is joined and stands nowhere so may stand with a blank, and if not, one of its words may.
    for (asked, sign, apart) in [
        ("digium-windham", "hyphen in “digium-windham”", "digium+windham"),
        ("%22digium/windham%22", "slash in “digium/windham”", "%22digium+windham%22"),
        ("digium%E2%80%93windham", "dash in “digium–windham”", "digium+windham"),
        ("digium-danny-windham", "hyphens in “digium-danny-windham”", "digium+danny+windham"),
        ("danny/digium-windham", "signs in “danny/digium-windham”", "danny+digium+windham"),
        ("danny+digium-windham&company_size=small", "hyphen in “digium-windham”", "danny+digium+windham&company_size=small"),
    ] {
        let page = list(&client, &format!("?q={asked}")).await;
        assert_eq!(page.link(&format!("Without the {sign}")), format!("/2017/?q={apart}"), "{asked}");
        assert_eq!(found(&list(&client, &format!("?q={apart}")).await), 1, "{asked}");
    }
    for (asked, words) in [("digium-zzqqxx", ["“zzqqxx”"].as_slice()), ("zzqqxx-yyqqxx", &[]), ("256-999-6000", &[])] {
        let page = list(&client, &format!("?q={asked}")).await;
        let without: Vec<String> = words.iter().map(|word| format!("Without {word}")).collect();
        assert_eq!(left_out(&page), without, "{asked}");
    }
    // However many words there are, an answer comes.
    let many = list(&client, &format!("?q={}", "a+b+".repeat(25))).await;
    assert!(many.all(".dropped a").len() < 10);
    application.stop().await;
}

#[tokio::test]
async fn what_an_address_asks_for_in_vain_is_said() {
    let application = guide(30).await;
    let client = application.client();
    for (asked, said) in [
        ("q=%F0%9F%98%80", "“😀” holds no word that can be searched for. All programs are shown."),
        ("q=+%25%00", "“%” holds no word that can be searched for. All programs are shown."),
        ("q=digium&q=%25", "“%” holds no word that can be searched for. All programs are shown."),
        ("join_fee=zzz", "“zzz” is not among the choices under “Fee to join”, and was passed over. All programs are shown."),
        ("ceo=Danny", "Programs of 2017 cannot be filtered by “CEO”. All programs are shown."),
        (
            "program_year=then",
            "“then” is not a number, nor a range like 2000-2004, and was passed over under “Established”. All programs are shown.",
        ),
        (
            "program_year=99999999999999999999",
            "“99999999999999999999” lies beyond every number that is answered, and was passed over under “Established”. All programs are shown.",
        ),
        ("ceo.name=Danny", "Programs of 2017 cannot be filtered by “CEO”. All programs are shown."),
        (
            "specialties.resell=zzz",
            "“zzz” is not among the choices under “Technology”, and was passed over. All programs are shown.",
        ),
        ("sort=zzz", "Programs cannot be sorted by “zzz”. All programs are shown."),
        (
            "q=%26&company_size=%3Cb%3E",
            "“&” holds no word that can be searched for. “<b>” is not among the choices under “Size”, and was passed over. All programs are shown.",
        ),
        ("company_size=small&join_fee=zzz", "“zzz” is not among the choices under “Fee to join”, and was passed over."),
    ] {
        let page = list(&client, &format!("?{asked}")).await;
        assert_eq!(page.all(".remark"), [said], "{asked}");
        assert_eq!(found(&page), if asked.starts_with("company_size") { companies(&page).len() } else { 31 }, "{asked}");
        assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex"], "{asked}");
        assert_eq!(page.attributes("#q", "value"), [""], "{asked}");
    }
    let several = "?na_partners=1,000&na_partners=3000&join_fee=no_fee&join_fee=zzz&na_partners=0-2000";
    let page = list(&client, several).await;
    let outdone = "was passed over under “Partners, N. America”: of several numbers or ranges the last counts.";
    let zzz = "“zzz” is not among the choices under “Fee to join”, and was passed over.";
    assert_eq!(page.all(".remark"), [format!("“1,000” {outdone} “3000” {outdone} {zzz}")]);
    assert_eq!(page.path, "/2017/?na_partners=1%2C000&na_partners=3000&join_fee=no_fee&na_partners=0-2000&join_fee=zzz");
    let last = list(&client, "?join_fee=no_fee&na_partners=0-2000").await;
    assert_eq!(companies(&page), companies(&last), "the last counts");
    assert!(last.all(".remark").is_empty());
    let same = list(&client, "?na_partners=1,000&na_partners=1000").await;
    assert_eq!((same.path.as_str(), same.all(".remark").len()), ("/2017/?na_partners=1000", 0));
    let more = list(&client, "?na_partners=1&na_partners=2&na_partners=3&na_partners=4&na_partners=5&join_fee=zzz").await;
    assert_eq!(more.path, "/2017/?na_partners=1&na_partners=2&na_partners=3&na_partners=5", "a few are spoken of");
    // Others' marks, fields that were left empty, and what no edition ever asked are no reader's question.
    for nothing in ["utm_source=x&fbclid=y&gclid=z&nothing=1", "q=", "q=+&company_size=", "q=%25&q=digium", "page=x&letter="] {
        let page = list(&client, &format!("?{nothing}")).await;
        assert!(page.all(".remark").is_empty(), "{nothing}: {:?}", page.all(".remark"));
        assert!(page.attributes("meta[name=robots]", "content").is_empty() || nothing.contains("digium"), "{nothing}");
    }
    // What is repeated is short, and there is an end of it.
    let long = list(&client, &format!("?company_size={}", "x".repeat(500))).await;
    assert_eq!(long.path, format!("/2017/?company_size={}", "x".repeat(40)));
    let many: String = (0..500).map(|number| format!("company_size={number}&")).collect();
    assert_eq!(list(&client, &format!("?{many}")).await.path, "/2017/?company_size=0&company_size=1&company_size=2");
    application.stop().await;
}

/// What is written otherwise than the guide writes it leads to the address that it means.
#[tokio::test]
async fn what_can_be_understood_is_taken_as_it_is_meant() {
    let application = guide(30).await;
    let client = application.client();
    for (asked, meant) in [
        ("program_year=2000%E2%80%932004", "program_year=2000-2004"),
        ("program_year=+2000+-+2004+", "program_year=2000-2004"),
        ("program_year=2004-2000", "program_year=2000-2004"),
        ("na_partners=1,000%E2%80%934,999", "na_partners=1000-4999"),
        ("COMPANY_SIZE=small&Q=digium&Sort=na_partners", "q=digium&company_size=small&sort=na_partners"),
        ("specialties.resell=cloud_hosting", "specialties=cloud_hosting&specialties.row=resell"),
        ("training_cost.basic=free_for_all", "training_cost=free_for_all&training_cost.row=basic"),
    ] {
        let (status, place) = client.answer(Method::GET, &format!("/2017/?{asked}"), &[]).await;
        assert_eq!((status, place), (302, Some(format!("/2017/?{meant}"))), "{asked}");
        let page = list(&client, &format!("?{meant}")).await;
        assert!(page.all(".remark").is_empty(), "{meant}: {:?}", page.all(".remark"));
    }
    for (letter, anchor) in [("d", "D"), ("%C3%96", "O"), ("7", "others"), ("D", "D")] {
        let (status, place) = client.answer(Method::GET, &format!("/2017/?letter={letter}"), &[]).await;
        assert_eq!((status, place), (302, Some(format!("/2017/#{anchor}"))), "{letter}");
    }
    application.stop().await;
}

/// However many parameters an address has, each is read a few times.
#[tokio::test]
async fn the_longest_address_is_soon_answered() {
    let application = guide(3).await;
    let client = application.client();
    let longest = format!("?{}{}", "na_partners=1&".repeat(1500), "a&".repeat(20_000));
    let page = tokio::time::timeout(Duration::from_secs(20), list(&client, &longest)).await.unwrap();
    assert_eq!(page.path, "/2017/?na_partners=1");
    application.stop().await;
}

#[tokio::test]
async fn a_text_that_is_too_long_is_cut_with_a_word() {
    let application = guide(3).await;
    let client = application.client();
    let (cut, long) = ("partner+".repeat(12) + "part", "partner+".repeat(40));
    let page = list(&client, &format!("?q={long}&company_size=small")).await;
    assert_eq!(page.path, format!("/2017/?q={cut}&company_size=small&cut=1"));
    assert_eq!(page.all(".remark"), ["The text is longer than can be searched for: only its first 100 characters were."]);
    // A sign may stand for several letters: what counts is how many are searched for.
    let page = list(&client, &format!("?q={}", "㌖".repeat(50))).await;
    assert_eq!(page.path, format!("/2017/?q={}&cut=1", "%E3%8C%96".repeat(16)));
    assert!(page.all(".remark").iter().any(|remark| remark.contains("longer")), "{:?}", page.all(".remark"));
    for whole in [format!("q={cut}"), "q=digium".to_owned()] {
        let page = list(&client, &format!("?{whole}")).await;
        assert!(page.all(".remark").iter().all(|remark| !remark.contains("longer")), "{whole}");
    }
    assert_eq!(list(&client, "?q=digium&cut=1").await.path, "/2017/?q=digium");
    assert_eq!(list(&client, "?q=digium&cut=words").await.path, "/2017/?q=digium");
    assert_eq!(list(&client, "?cut=1").await.path, "/2017/");
    application.stop().await;
}

#[tokio::test]
async fn of_very_many_words_the_first_are_searched_for_with_a_word() {
    let application = guide(3).await;
    let client = application.client();
    let numbers = |last: u8| (11..=last).map(|number| number.to_string()).collect::<Vec<_>>().join("+");
    let most = numbers(34);
    let remark = "The text has more words than are searched for at once: only the first 24 different ones were.";
    for (asked, beginning) in
        [(numbers(35), most.clone()), (numbers(43), most.clone()), (format!("{most}+12+11+43"), format!("{most}+12+11"))]
    {
        let page = list(&client, &format!("?q={asked}&company_size=small")).await;
        assert_eq!(page.all(".remark"), [remark], "{asked}");
        assert_eq!(page.path, format!("/2017/?q={beginning}&company_size=small&cut=words"));
    }
    for whole in [format!("{most}+12+12+11"), "%E9%9C%A7".repeat(60)] {
        let page = list(&client, &format!("?q={whole}")).await;
        assert_eq!((page.path.as_str(), page.all(".remark").len()), (&*format!("/2017/?q={whole}"), 0));
    }
    application.stop().await;
}

#[tokio::test]
async fn a_letter_leads_to_its_page_of_what_the_filters_leave() {
    let application = guide(150).await;
    let client = application.client();
    let filter =
        "residual_revenue=yes&residual_revenue=no&residual_revenue=not_applicable&company_size=small&company_size=medium";
    let first = list(&client, &format!("?{filter}")).await;
    assert!((51..100).contains(&found(&first)), "{}", found(&first));
    let elsewhere = first.attributes(".letters button", "value");
    assert!(!elsewhere.is_empty());
    for letter in elsewhere {
        let (status, place) = client.answer(Method::GET, &format!("/2017/?{filter}&letter={letter}"), &[]).await;
        let (address, anchor) = place.as_deref().unwrap().split_once('#').unwrap();
        assert_eq!((status, anchor), (302, letter.as_str()));
        let page = client.get(address).await.expect_status(200);
        assert!(page.attributes("th.letter", "id").contains(&letter), "{address} {letter}");
    }
    for letter in first.attributes("th.letter", "id") {
        let (_, place) = client.answer(Method::GET, &format!("/2017/?{filter}&letter={letter}"), &[]).await;
        assert!(!place.unwrap().contains("page="), "{letter} is on the first page");
    }
    application.stop().await;
}

#[tokio::test]
async fn the_list_is_sorted_by_any_column() {
    let application = guide(60).await;
    let client = application.client();
    let by = |page: &Page, label: &str| page.all(&format!(".programs td[data-label='{label}']"));
    let sorted = |page: &Page| {
        page.all("th[aria-sort]").into_iter().zip(page.attributes("th[aria-sort]", "aria-sort")).collect::<Vec<_>>()
    };
    let plain = list(&client, "").await;
    assert_eq!(sorted(&plain), [("Company and program".to_owned(), "ascending".to_owned())]);
    let partners = list(&client, "?sort=-na_partners").await;
    let numbers: Vec<i64> = by(&partners, "Partners, N. America").iter().map(|number| number.parse().unwrap()).collect();
    assert!(numbers.len() == 50 && numbers.is_sorted_by(|one, next| one >= next), "{numbers:?}");
    assert_eq!(sorted(&partners), [("Partners, N. America".to_owned(), "descending".to_owned())]);
    assert!(partners.all(".letters").is_empty(), "letters lead into an alphabet alone");
    // The head that is sorted by turns the list round, the others begin at the beginning.
    let buttons = partners.attributes("th button", "value");
    assert_eq!(buttons[..3], ["company_name", "program_year", "na_partners"]);
    assert_eq!(plain.attributes("th button", "value")[0], "-company_name");
    // A text puts first what fits best, and says so.
    let search = list(&client, "?q=storage").await;
    assert!(sorted(&search).is_empty() && search.text().contains("sorted by how well they fit"));
    assert!(list(&client, "?q=storage&sort=company_name").await.text().contains("sorted by company"));
    application.stop().await;
}

/// An order that was chosen stays when a text is typed, and one button leads from it to what fits the text best.
#[tokio::test]
async fn an_order_by_a_column_is_taken_back_for_what_fits_best() {
    let application = guide(60).await;
    let client = application.client();
    for sort in ["-na_partners", "company_name", "-company_name"] {
        let page = list(&client, &format!("?q=storage&specialties=storage&sort={sort}&program=digium")).await;
        assert_eq!(page.all("caption button[form=find][name=sort][value='']"), ["Sort by how well they fit"], "{sort}");
        assert_eq!(page.attributes("#find input[name=sort]", "value"), [sort], "what is typed anew keeps the order");
        let by_fit = list(&client, &format!("?q=storage&sort={sort}&program=digium&specialties=storage&sort=")).await;
        assert_eq!(by_fit.path, "/2017/?q=storage&specialties=storage&program=digium");
        assert!(by_fit.text().contains("sorted by how well they fit") && by_fit.all("caption button").is_empty());
    }
    for usual in ["", "?sort=-na_partners", "?q=storage", "?specialties=storage&sort=-na_partners"] {
        assert!(list(&client, usual).await.all("caption button").is_empty(), "{usual}");
    }
    application.stop().await;
}

#[tokio::test]
async fn a_long_list_is_leafed_through_and_a_choice_survives() {
    let application = guide(120).await;
    let client = application.client();
    let first = list(&client, "").await;
    let second = list(&client, "?page=2").await;
    let third = list(&client, "?page=3&program=digium").await;
    let all = [companies(&first), companies(&second), companies(&third)].concat();
    assert_eq!(all.len(), 121);
    assert!(all.contains(&"Digium, Inc.".to_owned()));
    assert!(first.text().contains("Programs 1 to 50 of 121") && third.text().contains("Programs 101 to 121 of 121"));
    // A letter leads to its page and place, with the form's choices.
    let letters = first.attributes(".letters button", "value");
    assert!(!letters.is_empty());
    let (status, place) = client.answer(Method::GET, "/2017/?letter=Z&program=digium", &[]).await;
    assert_eq!((status, place.as_deref()), (302, Some("/2017/?page=3&program=digium#Z")));
    assert!(third.attributes("th.letter", "id").contains(&"Z".to_owned()));
    // A letter that began on the page before has no second beginning.
    let ids = [first, second].iter().flat_map(|page| page.attributes("th.letter", "id")).collect::<Vec<_>>();
    assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len());
    // What is chosen on another page goes along unseen, what stands on this one is ticked.
    assert_eq!(third.attributes("#find input[type=hidden]", "value"), ["digium"]);
    assert!(third.text().contains("1 chosen Digium, Inc."));
    let digium = list(&client, "?q=digium&program=digium").await;
    assert!(digium.attributes("#find input[type=hidden]", "value").is_empty());
    assert_eq!(digium.attributes(".pick input[checked]", "value"), ["digium"]);
    let (status, place) = client.answer(Method::GET, "/2017/?page=2&q=x&compare=chosen&program=b&program=digium", &[]).await;
    assert_eq!((status, place.as_deref()), (302, Some("/2017/compare?program=digium")));
    application.stop().await;
}

#[tokio::test]
async fn every_question_has_one_address_and_search_engines_know_the_plain_list() {
    let application = guide(60).await;
    let client = application.client();
    for (asked, leads_to) in [
        ("/2017/?q=&company_size=large&company_size=small", "/2017/?company_size=small&company_size=large"),
        ("/2017/?colour=blue&company_size=huge", "/2017/?company_size=huge"),
        ("/?q=%F0%9F%98%80&company_size=small&utm_source=x", "/2017/?company_size=small&q=%F0%9F%98%80"),
        ("/2017/?sort=company_name&page=1", "/2017/"),
        ("/2017/?program=nobody", "/2017/"),
        ("/?q=digium", "/2017/?q=digium"),
        ("/2017?q=digium", "/2017/?q=digium"),
        ("/2017/?program=Digium&program=digium&company_size=small", "/2017/?company_size=small&program=digium"),
    ] {
        let (status, place) = client.answer(Method::GET, asked, &[]).await;
        assert!(matches!(status, 302 | 308), "{asked} {status}");
        assert_eq!(place.as_deref(), Some(leads_to), "{asked}");
    }
    for same in ["/2017/?q=a%20b", "/2017/?", "/?utm_source=x", "/"] {
        assert_eq!(client.answer(Method::GET, same, &[]).await.0, 200, "{same}");
    }
    // Either they know a page under an address that has the same, or they are told to know none: never both.
    for (address, canonical) in [
        ("/", Some("/2017/")),
        ("/2017/", Some("/2017/")),
        ("/2017/?page=2", Some("/2017/?page=2")),
        ("/2017/?page=99", Some("/2017/?page=2")),
        ("/2017/?sort=-na_partners", None),
        ("/2017/?sort=na_partners&page=2", None),
        ("/2017/?program=digium", None),
        ("/2017/?page=2&program=digium", None),
        ("/2017/?q=digium", None),
        ("/2017/?company_size=small", None),
        ("/2017/?company_size=huge", None),
        ("/2017/?q=%25", None),
    ] {
        let page = client.get(address).await.expect_status(200);
        let known: Vec<String> = canonical.map(|canonical| client.address(canonical)).into_iter().collect();
        assert_eq!(page.attributes("link[rel=canonical]", "href"), known, "{address}");
        let forbidden = page.attributes("meta[name=robots][content=noindex]", "content").len();
        assert_eq!(forbidden, usize::from(canonical.is_none()), "{address}");
    }
    assert_eq!(list(&client, "").await.attributes("link[rel=next]", "href"), ["/2017/?page=2"]);
    application.stop().await;
}

/// The other editions' lists are asked the same, as far as they can be.
#[tokio::test]
async fn a_search_is_led_to_other_editions() {
    let mut definitions = with_year_before();
    let now = definitions.iter_mut().find(|definition| definition.edition.year == 2017).unwrap();
    let roles = &mut now.questionnaire.roles;
    for places in [&mut roles.filters, &mut roles.figures] {
        places.retain(|place| place != "company_size");
    }
    let application = Application::with(Engine::Sqlite, definitions).await.unwrap();
    for edition in application.house.editions.all().iter() {
        application.house.make_up_in(edition, 60).await.unwrap();
    }
    let client = application.client();
    for (asked, words, meant) in [
        ("/2016/", "The programs of 2017", "/2017/"),
        ("/2016/?page=2", "The programs of 2017", "/2017/"),
        ("/2016/?sort=-na_partners", "The programs of 2017", "/2017/"),
        ("/2016/?q=partner", "This search in 2017", "/2017/?q=partner"),
        (
            "/2016/?q=partner&specialties=storage&program_year=2000-2004&page=2",
            "This search in 2017",
            "/2017/?q=partner&specialties=storage&program_year=2000-2004",
        ),
        (
            "/2016/?q=partner&company_size=small&specialties=storage",
            "The programs of 2017",
            "/2017/?q=partner&specialties=storage",
        ),
        ("/2016/?company_size=small", "The programs of 2017", "/2017/"),
        ("/2017/?specialties=storage&sort=program_year", "This search in 2016", "/2016/?specialties=storage"),
    ] {
        let page = client.get(asked).await.expect_status(200);
        assert_eq!(page.link(words), meant, "{asked}");
        let there = client.get(meant).await.expect_status(200);
        assert_eq!(there.path, meant);
        let is_plain = !meant.contains('?');
        assert_eq!(there.attributes("link[rel=canonical]", "href").len(), usize::from(is_plain), "{meant}");
        assert_eq!(there.attributes("meta[name=robots]", "content").len(), usize::from(!is_plain), "{meant}");
    }
    application.stop().await;
}

/// Whatever is ticked, the list can be sent: where very much is, it is taken off by heading.
#[tokio::test]
async fn a_list_with_everything_ticked_is_no_burden() {
    let application = guide(60).await;
    let client = application.client();
    let plain = list(&client, "").await;
    let names = plain.attributes(".facet input", "name").into_iter();
    let ticks: Vec<String> =
        names.zip(plain.attributes(".facet input", "value")).map(|(name, key)| format!("{name}={key}")).collect();
    let all = list(&client, &format!("?{}", ticks.join("&"))).await;
    assert_eq!(all.attributes(".facet input[checked]", "value").len(), ticks.len());
    assert!(all.html.len() < 3 * plain.html.len(), "{} and {} bytes", all.html.len(), plain.html.len());
    let (links, words) = (all.attributes(".active a", "href"), all.all(".active a"));
    assert_eq!(links.len(), plain.all(".facet legend").len());
    for (link, words) in links.iter().zip(words) {
        let page = client.get(link).await.expect_status(200);
        assert_eq!(page.path, *link);
        assert_eq!(page.all(".active a").len(), links.len() - 1, "{words}");
    }
    application.stop().await;
}

#[tokio::test]
async fn a_long_list_is_light() {
    let application = guide(310).await;
    let request = application.client().raw().get(application.client().address("/2017/")).header("accept-encoding", "br");
    let size = request.send().await.unwrap().bytes().await.unwrap().len();
    assert!(size < 20_000, "{size}");
    application.stop().await;
}
