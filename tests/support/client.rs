//! A person at a browser without JavaScript, over HTTP: follows links and redirects, fills in the forms of a page.

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Method, cookie::Jar, redirect::Policy};
use scraper::{ElementRef, Html, Selector};

/// For how long a connection is used again. The server ends one after five seconds, and no request may meet its end.
const IDLE: Duration = Duration::from_secs(2);

/// Somebody with cookies of their own.
#[derive(Clone)]
pub struct Client {
    follows: reqwest::Client,
    stands_still: reqwest::Client,
    base: String,
}

/// A page that came back.
#[derive(Debug, Clone)]
pub struct Page {
    pub status: u16,
    /// Path and query of the page, after all redirects.
    pub path: String,
    pub html: String,
}

/// A form, as a browser would post it.
#[derive(Debug, Clone)]
pub struct Form {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

impl Client {
    pub fn new(base: &str) -> Self {
        let cookies = Arc::new(Jar::default());
        let build = |policy| {
            let client = reqwest::Client::builder().cookie_provider(Arc::clone(&cookies)).redirect(policy);
            client.pool_idle_timeout(IDLE).build().unwrap()
        };
        Self { follows: build(Policy::limited(5)), stands_still: build(Policy::none()), base: base.to_owned() }
    }

    pub async fn get(&self, path: &str) -> Page {
        let response = self.follows.get(format!("{}{path}", self.base)).send().await.unwrap();
        Page::read(response).await
    }

    /// Posts a form, as our own pages do.
    pub async fn submit(&self, form: Form) -> Page {
        let request = self.follows.post(format!("{}{}", self.base, form.action));
        let response = request.header("sec-fetch-site", "same-origin").form(&form.fields).send().await.unwrap();
        Page::read(response).await
    }

    /// What comes back at once, without going where it leads: status and place.
    pub async fn answer(&self, method: Method, path: &str, fields: &[(&str, &str)]) -> (u16, Option<String>) {
        let mut request = self.stands_still.request(method.clone(), format!("{}{path}", self.base));
        if method == Method::POST {
            request = request.header("sec-fetch-site", "same-origin").form(fields);
        }
        let response = request.send().await.unwrap();
        let place = response.headers().get("location").map(|place| place.to_str().unwrap().to_owned());
        (response.status().as_u16(), place)
    }

    /// The client itself, for requests that no page of ours makes.
    pub fn raw(&self) -> &reqwest::Client {
        &self.stands_still
    }

    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }
}

impl Page {
    async fn read(response: reqwest::Response) -> Self {
        let status = response.status().as_u16();
        let url = response.url().clone();
        let path = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        Self { status, path, html: response.text().await.unwrap() }
    }

    pub fn expect_status(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{} says: {}", self.path, self.text());
        self
    }

    pub fn title(&self) -> String {
        self.first("title")
    }

    pub fn heading(&self) -> String {
        self.first("h1")
    }

    /// The text of the page's main part, folded to single spaces.
    pub fn text(&self) -> String {
        let document = Html::parse_document(&self.html);
        let main = document.select(&selector("main")).next();
        folded(&main.unwrap_or_else(|| document.root_element()).text().collect::<Vec<_>>().join(" "))
    }

    /// The texts of all elements that this selects.
    pub fn all(&self, css: &str) -> Vec<String> {
        let document = Html::parse_document(&self.html);
        document.select(&selector(css)).map(|element| folded(&element.text().collect::<String>())).collect()
    }

    /// The values of an attribute of all elements that this selects.
    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        let document = Html::parse_document(&self.html);
        document.select(&selector(css)).filter_map(|element| element.attr(name).map(str::to_owned)).collect()
    }

    fn first(&self, css: &str) -> String {
        self.all(css).into_iter().next().unwrap_or_default()
    }

    /// Where the link with these words leads.
    pub fn link(&self, words: &str) -> String {
        let document = Html::parse_document(&self.html);
        let links: Vec<_> = document.select(&selector("a[href]")).collect();
        let found = links.iter().find(|link| folded(&link.text().collect::<String>()).contains(words));
        found.unwrap_or_else(|| panic!("no link “{words}” on {}", self.path)).attr("href").unwrap().to_owned()
    }

    /// The form whose action begins so, or which a button sends to such an address, with what stands in its fields.
    pub fn form(&self, action: &str) -> Form {
        self.find_form(action).unwrap_or_else(|| panic!("no form {action} on {}: {}", self.path, self.text()))
    }

    pub fn find_form(&self, action: &str) -> Option<Form> {
        let document = Html::parse_document(&self.html);
        let forms: Vec<_> = document.select(&selector("form[method=post]")).collect();
        let begins = |known: Option<&str>| known.filter(|known| known.starts_with(action)).map(str::to_owned);
        let own = forms.iter().find_map(|form| Some((*form, begins(form.attr("action"))?)));
        let (form, action) = own.or_else(|| {
            let buttons = selector("button[form][formaction]");
            let (button, action) =
                document.select(&buttons).find_map(|button| Some((button, begins(button.attr("formaction"))?)))?;
            Some((*forms.iter().find(|form| form.attr("id") == button.attr("form"))?, action))
        })?;
        Some(Form { action, fields: fields(&document, form) })
    }
}

impl Form {
    /// Types over a field, or adds one that is not posted while it is empty.
    pub fn set(mut self, name: &str, value: &str) -> Self {
        match self.fields.iter_mut().find(|(known, _)| known == name) {
            Some(field) => value.clone_into(&mut field.1),
            None => self.fields.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    /// Ticks an option.
    pub fn tick(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Takes all fields of this name out, as a browser does for what is not ticked.
    pub fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self
    }

    /// Presses a button other than the main one.
    pub fn press(self, act: &str) -> Self {
        self.tick("act", act)
    }

    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// What a browser posts of a form when its main button is pressed.
fn fields(document: &Html, form: ElementRef) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    let controls = selector("input[name], textarea[name], select[name]");
    let within: Vec<_> = form.select(&controls).map(|control| control.id()).collect();
    let belongs = |control: &ElementRef| match control.attr("form") {
        Some(owner) => form.attr("id") == Some(owner),
        None => within.contains(&control.id()),
    };
    for control in document.select(&controls).filter(belongs) {
        let name = control.attr("name").unwrap().to_owned();
        let value = match (control.value().name(), control.attr("type").unwrap_or("text")) {
            ("textarea", _) => {
                let text = control.text().collect::<String>();
                Some(text.strip_prefix('\n').unwrap_or(&text).to_owned())
            }
            ("select", _) => {
                let options: Vec<_> = control.select(&selector("option")).collect();
                let chosen = options.iter().find(|option| option.attr("selected").is_some()).or(options.first());
                chosen.and_then(|option| option.attr("value")).map(str::to_owned)
            }
            (_, "checkbox" | "radio") => control.attr("checked").map(|_| control.attr("value").unwrap_or("on").to_owned()),
            _ => Some(control.attr("value").unwrap_or_default().to_owned()),
        };
        fields.extend(value.map(|value| (name, value)));
    }
    fields
}

pub fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap()
}
