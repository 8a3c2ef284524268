//! An entry that was submitted, with its vendor and an editor at their desks.

use super::application::{Application, Engine};
use super::client::{Client, Form, Page};

/// The vendor's address.
pub const VENDOR: &str = "elodie@kirito-networks.example";

/// A submitted entry and the people round it.
pub struct Submission {
    pub application: Application,
    pub editor: Client,
    pub vendor: Client,
    /// The path of the entry's review.
    pub desk: String,
    /// The path of the entry's home.
    pub entry: String,
}

/// A form of a page that posts to a path below the page's own.
pub fn form(page: &Page, below: &str) -> Form {
    let path = page.path.split('?').next().unwrap_or_default();
    page.form(&format!("{path}/{below}"))
}

impl Submission {
    /// `None` where there is no such database.
    pub async fn on(engine: Engine) -> Option<Self> {
        Self::changed_on(engine, str::to_owned).await
    }

    /// The same with the entry's file changed before it is brought in.
    pub async fn changed_on(engine: Engine, change: impl Fn(&str) -> String) -> Option<Self> {
        let application = Application::start(engine).await?;
        let text = change(&std::fs::read_to_string("guides/2017/entries/kirito-networks.toml").unwrap());
        application.house.import(&[("kirito-networks.toml".to_owned(), text)]).await.unwrap();
        let editor = application.editor().await;
        let vendor = application.signed_in(VENDOR).await;
        let entry = vendor.get("/entries").await.expect_status(200).attributes("td a, th a", "href").remove(0);
        let desk = format!("/desk{entry}");
        Some(Self { application, editor, vendor, desk, entry })
    }

    /// The review, as this query asks for it.
    pub async fn review(&self, asked: &str) -> Page {
        self.editor.get(&format!("{}{asked}", self.desk)).await.expect_status(200)
    }

    /// The entry's home.
    pub async fn home(&self) -> Page {
        self.vendor.get(&self.entry).await.expect_status(200)
    }

    /// A page of the questionnaire, to be filled in.
    pub async fn page(&self, key: &str) -> Form {
        self.vendor.get(&format!("{}/{key}", self.entry)).await.expect_status(200).form("/entries/")
    }

    /// Presses a button of the bar.
    pub async fn decide(&self, act: &str) -> Page {
        self.editor.submit(form(&self.review("").await, "decision").press(act)).await.expect_status(200)
    }

    /// Writes a note on the whole entry.
    pub async fn note(&self, body: &str) {
        let form = form(&self.review("").await, "notes").set("note", body);
        self.editor.submit(form).await.expect_status(200);
    }

    /// Presses a button of the entry's home.
    pub async fn press_at_home(&self, act: &str) -> Page {
        self.vendor.submit(form(&self.home().await, act)).await.expect_status(200)
    }

    /// Submits the entry as its check page shows it.
    pub async fn submit(&self) -> Page {
        let check = self.vendor.get(&format!("{}/check", self.entry)).await.expect_status(200);
        let receipt = self.vendor.submit(check.form(&format!("{}/submit", self.entry))).await.expect_status(200);
        assert!(receipt.path.ends_with("/receipt"), "{}", receipt.text());
        receipt
    }
}
