//! The page on which a vendor checks everything and submits: it raises an alarm where something has come between, and
//! nowhere else.

use jiff::SignedDuration;
use reqwest::Method;

use crate::support::application::{Application, Engine};
use crate::support::client::{Client, Form, Page};
use crate::support::filling::{colleague, fill_page, sample, vendor_with_entry};
use crate::support::submission::Submission;

/// An entry taken back, ready to be submitted again, with a colleague at it.
struct Case {
    submission: Submission,
    peter: Client,
}

impl Case {
    async fn on(engine: Engine) -> Option<Self> {
        let submission = Submission::on(engine).await?;
        submission.press_at_home("recall").await;
        let peter = colleague(&submission.application, &submission.entry, "peter@kirito-networks.example").await;
        Some(Self { submission, peter })
    }

    fn check(&self) -> String {
        format!("{}/check", self.submission.entry)
    }

    /// The button of the check page as it is now.
    async fn button(&self) -> Form {
        self.submission.vendor.get(&self.check()).await.form(&self.submit())
    }

    fn submit(&self) -> String {
        format!("{}/submit", self.submission.entry)
    }

    /// A moment later a colleague saves the page of the company with this in it.
    async fn peter_saves(&self, name: &str, value: &str) -> Page {
        self.submission.application.clock.advance(SignedDuration::from_secs(1));
        let form = self.peter.get(&format!("{}/company", self.submission.entry)).await.form("/entries/");
        self.peter.submit(form.set(name, value)).await.expect_status(200)
    }

    /// Presses the button; where that leads.
    async fn press(&self, button: &Form) -> String {
        let fields: Vec<_> = button.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let (status, place) = self.submission.vendor.answer(Method::POST, &self.submit(), &fields).await;
        assert_eq!(status, 303);
        place.unwrap()
    }

    async fn look(&self, place: &str) -> Page {
        self.submission.vendor.get(place).await.expect_status(200)
    }
}

/// Whether the page says that something is wrong.
fn alarms(page: &Page) -> bool {
    let alarms = !page.all(".errors").is_empty();
    assert_eq!(page.title().starts_with("Error: "), alarms, "{}", page.title());
    alarms
}

/// Back, loading anew and bookmarks show what is, not what was.
#[tokio::test]
async fn the_alarm_is_over_once_the_entry_is_submitted() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Case::on(engine).await else { continue };
        let button = case.button().await;
        case.peter_saves("ceo", "Ada Unseen").await;
        let place = case.press(&button).await;
        let refused = case.look(&place).await;
        assert!(alarms(&refused) && alarms(&case.look(&place).await));
        case.submission.vendor.submit(refused.form(&case.submit())).await.expect_status(200);
        assert!(!alarms(&case.look(&place).await), "it is submitted");
        case.submission.press_at_home("recall").await;
        assert!(!alarms(&case.look(&place).await), "what was changed before it was submitted is no news");
        case.peter_saves("ceo", "Ada Later").await;
        assert!(alarms(&case.look(&place).await), "what was changed after that is");
        case.submission.application.stop().await;
    }
}

#[tokio::test]
async fn what_is_no_moment_of_the_entry_is_passed_over() {
    let case = Case::on(Engine::Sqlite).await.unwrap();
    case.peter_saves("ceo", "Ada Unseen").await;
    let later = format!("since={}", i64::MAX);
    for query in
        ["since=", "since=abc", "since=0", "since=-1", &later, "since=99999999999999999999999", "since", "since=1&since=2"]
    {
        let page = case.look(&format!("{}?{query}", case.check())).await;
        assert!(!alarms(&page), "{query}");
        assert_eq!(page.heading(), "Check your answers", "{query}");
    }
    case.submission.application.stop().await;
}

/// Whatever counts as a change is told, also what was only said to a query, or typed beside an answer.
#[tokio::test]
async fn every_change_that_keeps_an_entry_from_being_submitted_is_named() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Case::on(engine).await else { continue };
        case.peter_saves("year_founded", "2015").await;
        let button = case.button().await;
        case.peter_saves("worldwide_chief_since.reason", "A merger").await;
        let told = case.look(&case.press(&button).await).await;
        assert_eq!(told.all(".errors li"), ["“Worldwide Channel Chief Since” was changed by Peter Hallam"]);

        let button = case.button().await;
        let old = case.peter.get(&format!("{}/company", case.submission.entry)).await.form("/entries/");
        case.submission.application.clock.advance(SignedDuration::from_secs(1));
        let form = case.submission.page("company").await.set("ceo", "Ada");
        case.submission.vendor.submit(form.press("later")).await.expect_status(200);
        case.submission.application.clock.advance(SignedDuration::from_secs(1));
        case.peter.submit(old.set("ceo", "Grace").press("later")).await.expect_status(200);
        let told = case.look(&case.press(&button).await).await;
        let lines = told.all(".errors li");
        assert_eq!(lines[0], "“CEO” was changed by Peter Hallam", "{lines:?}");
        case.submission.application.stop().await;
    }
}

/// Whoever pressed the button learns that nothing came of it, what is missing, and who changed it.
#[tokio::test]
async fn what_became_incomplete_meanwhile_is_refused_in_words() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Case::on(engine).await else { continue };
        let button = case.button().await;
        case.peter_saves("ceo", "").await;
        let place = case.press(&button).await;
        let told = case.look(&place).await;
        assert!(alarms(&told));
        let errors = told.all(".errors").concat();
        assert!(errors.contains("There is a problem") && errors.contains("nothing was sent"), "{errors}");
        assert!(!errors.contains("submit the entry here"), "there is no button: {errors}");
        let lines = told.all(".errors li");
        assert_eq!(lines, ["“CEO” was changed by Peter Hallam", "Enter the name of the CEO"]);
        let page = case.look(&told.attributes(".errors li a", "href").remove(1)).await;
        assert_eq!(page.all(".errors li"), [lines[1].as_str()]);
        // Once it is complete again, it can be submitted here.
        case.peter_saves("ceo", "Ada").await;
        let told = case.look(&place).await;
        assert!(alarms(&told) && told.all(".errors").concat().contains("submit the entry here"));
        case.submission.vendor.submit(told.form(&case.submit())).await.expect_status(200);
        case.submission.application.stop().await;
    }
}

/// The sentences of the check page that stand at a line, and where they lead.
fn marked(check: &Page, line: &str) -> Vec<(String, String)> {
    let links = format!("[id='{line}'] .error a");
    check.all(&links).into_iter().zip(check.attributes(&links, "href")).collect()
}

/// Half an answer is none: what is missing of it is said at its line, and leads to its field.
#[tokio::test]
async fn what_is_missing_of_half_an_answer_is_marked() {
    let application = Application::on_sqlite().await;
    let (vendor, entry) = vendor_with_entry(&application).await;
    let form = vendor.get(&format!("{entry}/company")).await.form("/entries/");
    let form = form.set("address.street.1", "445 Jan Davis Drive").set("worldwide_chief.name", "Anna");
    vendor.submit(form.set("worldwide_chief_since.year", "2007")).await.expect_status(200);
    let form = vendor.get(&format!("{entry}/program")).await.form("/entries/").set("tiers.1.name", "Gold");
    let form = vendor.submit(form.press("add.tiers")).await.form("/entries/").set("tiers.2.name", "Silver");
    vendor.submit(form).await.expect_status(200);
    let form = vendor.get(&format!("{entry}/leads")).await.form("/entries/");
    vendor.submit(form.tick("lead_support.leads_and_sales", "all_partners")).await.expect_status(200);
    let check = vendor.get(&format!("{entry}/check")).await.expect_status(200);
    let at = |page: &str, field: &str| format!("{entry}/{page}?return=check#{field}");
    for (line, page, field, sentence) in [
        ("address", "company", "address.city", "Enter the city"),
        ("worldwide_chief", "company", "worldwide_chief.title", "Enter the title of the Worldwide Channel Chief"),
        ("tiers", "program", "tiers.2.partner_types.distributors", "Tier 2: select at least one partner type"),
        (
            "lead_support",
            "leads",
            "lead_support.portal_tools.all_partners",
            "Provides tools on portal for partners to drive their own demand”",
        ),
    ] {
        let marked = marked(&check, line);
        assert!(marked.iter().any(|(said, _)| said.ends_with(sentence)), "{line}: {marked:?}");
        let place = vendor.get(&at(page, "")).await;
        for (_, leads) in &marked {
            let id = leads.strip_prefix(&at(page, "")).unwrap_or_else(|| panic!("{leads}"));
            assert_eq!(place.attributes(&format!("[id='{id}']"), "id").len(), 1, "{leads}");
        }
        assert!(marked.iter().any(|(_, leads)| *leads == at(page, field)), "{line}: {marked:?}");
    }
    let since = marked(&check, "worldwide_chief_since");
    assert!(since.len() == 1 && since[0].0.ends_with("must include a month"), "{since:?}");
    // What is not answered at all is said so, and no more.
    assert!(marked(&check, "ceo").is_empty());
    assert!(check.all("[id='ceo'] dd a").contains(&"Not answered: CEO".to_owned()), "{:?}", check.all("[id='ceo'] dd a"));
    application.stop().await;
}

/// What the vendor said to a query is there to be checked, whether it was confirmed or not.
#[tokio::test]
async fn a_reason_without_its_tick_is_asked_about_once() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        let (vendor, entry) = vendor_with_entry(&application).await;
        let address = format!("{entry}/company");
        let mut answers = sample("digium").answers;
        let year = |year: i64| almanac::questionnaire::Answer::Number(almanac::questionnaire::Typed::Value(year));
        answers.set("year_founded", year(2016));
        let later = almanac::questionnaire::MonthYear { month: "02".to_owned(), year: "2017".to_owned() };
        answers.set("na_chief_since", almanac::questionnaire::Answer::MonthYear(later));
        let page = fill_page(&vendor, &entry, "company", &answers).await;
        assert_eq!(page.all(".unusual li").len(), 1, "{}", page.text());
        let told = |page: &Page| page.all("[id='worldwide_chief_since-correct-told']").concat();
        assert_eq!(told(&page), "", "nothing was said yet");
        let form = page.form("/entries/").set("worldwide_chief_since.reason", "Founded twice");
        let page = vendor.submit(form).await.expect_status(200);
        assert!(page.path.starts_with(&address), "{}", page.path);
        // It is a question, in the summary and at the tick, and no problem.
        assert_eq!(told(&page), "You gave a reason: tick “This is correct” if it is, or correct the answer.");
        let asked = page.all(".unusual li");
        assert!(asked.len() == 1 && asked[0].ends_with(&told(&page)), "{asked:?}");
        let tick = "worldwide_chief_since-correct";
        assert_eq!(page.attributes(".unusual li a", "href"), [format!("#{tick}")]);
        assert_eq!(page.attributes(&format!("[id='{tick}']"), "aria-describedby"), [format!("{tick}-told")]);
        assert!(page.title().starts_with("Unusual: ") && page.all(".error").is_empty(), "{}", page.text());
        let check = vendor.get(&format!("{entry}/check")).await;
        assert!(check.all("[id='worldwide_chief_since']").concat().contains("“Founded twice”"), "{}", check.text());
        // Whoever has seen that goes on as they like.
        let next = vendor.submit(page.form("/entries/")).await.expect_status(200);
        assert!(!next.path.starts_with(&address), "{}", next.path);
        application.stop().await;
    }
}
