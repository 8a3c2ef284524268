//! Filling in an entry's pages with the answers of an entry file.

use almanac::questionnaire::entry_file::{self, EntryFile};
use almanac::questionnaire::{Answer, Answers, Questionnaire, form, load};

use super::application::Application;
use super::client::{Client, Form, Page};

/// The questionnaire of 2017.
pub fn questionnaire() -> Questionnaire {
    load::load(std::path::Path::new("guides/2017/questionnaire.toml")).unwrap()
}

/// A sample entry.
pub fn sample(name: &str) -> EntryFile {
    let file = format!("guides/2017/entries/{name}.toml");
    entry_file::parse(&file, &std::fs::read_to_string(&file).unwrap(), &questionnaire()).unwrap()
}

/// Puts these answers into the form of a page, as a browser would post them.
pub fn filled(page: &Page, key: &str, answers: &Answers) -> Form {
    let questionnaire = questionnaire();
    let mut form = page.form("/entries/");
    for question in &questionnaire.page(key).unwrap().questions {
        if form.value(&format!("{}.from", question.key)).is_none() {
            continue;
        }
        let blank = Answer::blank(&question.kind);
        let answer = answers.get(&question.key).unwrap_or(&blank);
        let own = |name: &str| name == question.key || name.strip_prefix(&question.key).is_some_and(|rest| rest.starts_with('.'));
        let said = [".from", ".query", ".reason", ".correct", ".rival"].map(|part| format!("{}{part}", question.key));
        form.fields.retain(|(name, _)| !own(name) || said.contains(name));
        form.fields.extend(form::write(question, answer));
    }
    form
}

/// Fills in one page; the page that came back.
pub async fn fill_page(client: &Client, entry: &str, key: &str, answers: &Answers) -> Page {
    let page = client.get(&format!("{entry}/{key}")).await.expect_status(200);
    client.submit(filled(&page, key, answers)).await.expect_status(200)
}

/// Fills in every page.
pub async fn fill(client: &Client, entry: &str, answers: &Answers) {
    for page in questionnaire().pages {
        let back = fill_page(client, entry, &page.key, answers).await;
        assert!(back.all(".errors li").is_empty(), "{}: {:?}", page.key, back.all(".errors li"));
    }
}

/// Starts an entry as somebody who has none; the path of its home.
pub async fn start_entry(client: &Client, company: &str, program: &str) -> String {
    let page = client.get("/entries/new").await.expect_status(200);
    let form = page.form("/entries/new").set("name", "Maya Okafor").set("company", company).set("program", program);
    let home = client.submit(form).await.expect_status(200);
    home.path.split('?').next().unwrap().to_owned()
}

/// Somebody who has started an entry.
pub async fn vendor_with_entry(application: &Application) -> (Client, String) {
    let vendor = application.signed_in("maya@fenwhistle.example").await;
    let entry = start_entry(&vendor, "Fenwhistle Communications Ltd.", "Fenwhistle Partner Program").await;
    (vendor, entry)
}

/// Makes somebody a colleague: a member of the entry's company.
pub async fn colleague(application: &Application, entry: &str, email: &str) -> Client {
    let client = application.signed_in(email).await;
    let (id, email) = (entry.rsplit('/').next().unwrap().parse().unwrap(), email.to_owned());
    let now = application.house.now();
    let joined = move |connection: &mut almanac::db::Connection| {
        use almanac::db::{accounts, entries};
        let entry = entries::find(connection, id)?.unwrap();
        let account = accounts::by_folded_email(connection, &email)?.unwrap();
        accounts::rename(connection, account.id, "Peter Hallam")?;
        let member =
            accounts::Member { company_id: entry.company_id, account_id: account.id, owner: false, created_at: now.into() };
        accounts::add_member(connection, &member)
    };
    application.house.db.write(joined).await.unwrap();
    client
}
