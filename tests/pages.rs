//! Every page that links lead to, read as a browser and a screen reader read it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;

use almanac::app;
use almanac::web::Surroundings;
use reqwest::Method;
use scraper::{ElementRef, Html, Selector};

use crate::support::application::Application;
use crate::support::client::{Client, Page, folded};

/// Each template that is a page, and the path of a page made from it: `*` stands for one part of a path.
const TEMPLATES: &[(&str, &str)] = &[
    ("account/code.html", "/sign-in/code"),
    ("account/kept.html", "/kept"),
    ("account/link.html", "/sign-in/*"),
    ("account/sign_in.html", "/sign-in"),
    ("demo/mail.html", "/demo/mail/*"),
    ("demo/mails.html", "/demo/mail"),
    ("desk/entry_history.html", "/desk/entries/*/history"),
    ("desk/history.html", "/desk/history"),
    ("desk/messages.html", "/desk/messages"),
    ("desk/queue.html", "/desk"),
    ("desk/review.html", "/desk/entries/*"),
    ("error.html", "/nothing"),
    ("reader/choose.html", "/2017/compare"),
    ("reader/compare.html", "/2017/compare"),
    ("reader/figures.html", "/2017/figures"),
    ("reader/finder.html", "/2017/find"),
    ("reader/list.html", "/2017/"),
    ("reader/api.html", "/api/"),
    ("reader/card.html", "/2017/programs/*/card"),
    ("reader/profile.html", "/2017/programs/*"),
    ("reader/report.html", "/2017/programs/*/report"),
    ("reader/reported.html", "/2017/programs/*/report"),
    ("vendor/check.html", "/entries/*/check"),
    ("vendor/entries.html", "/entries"),
    ("vendor/history.html", "/entries/*/history"),
    ("vendor/home.html", "/entries/*"),
    ("vendor/note.html", "/entries/*/notes/*"),
    ("vendor/page.html", "/entries/*/program"),
    ("vendor/receipt.html", "/entries/*/receipt"),
    ("vendor/start.html", "/entries/new"),
    ("vendor/withdraw.html", "/entries/*/withdraw"),
];

/// What the page is called here that comes back when a form did not arrive whole: it has no address of its own.
const UNSAVED: &str = "/unsaved";

/// Templates that are parts of others.
const PARTS: &[&str] = &[
    "components/",
    "desk/margin.html",
    "desk/marked.html",
    "layout.html",
    "mail/",
    "reader/article.html",
    "reader/card.css",
    "reader/context.html",
    "reader/embed.html",
    "reader/figures/",
    "reader/head.html",
    "reader/programs.html",
    "reader/sitemap",
];

#[tokio::test]
async fn every_page_is_sound() {
    let application = Application::on_sqlite().await;
    bring_in_samples(&application).await;
    let mut crawl = Crawl::default();
    let editor = application.editor().await;
    write_notes(&editor).await;

    let nobody = application.client();
    sign_in_pages(&mut crawl, &application, &nobody).await;
    crawl
        .follow(
            &nobody,
            &[
                "/",
                "/2017/",
                "/2017/?q=windham&company_size=small",
                "/2017/?q=xyzzy",
                "/2017/programs/digium/report?sent=yes",
                "/sign-in",
            ],
        )
        .await;
    comparing_and_finding(&mut crawl, &application, &nobody).await;
    for address in ["wlandt@digium.com", "elodie@kirito-networks.example", "evanthia@astrolithi.example"] {
        let vendor = application.signed_in(address).await;
        crawl.follow(&vendor, &["/entries"]).await;
    }
    let draft = application.signed_in("evanthia@astrolithi.example").await;
    crawl.read(unsaved(&draft).await);
    crawl.read(kept(&application, "evanthia@astrolithi.example").await);
    let newcomer = application.signed_in("maya@fenwhistle.example").await;
    crawl.follow(&newcomer, &["/entries", "/entries/new"]).await;
    crawl.read(newcomer.submit(newcomer.get("/entries/new").await.form("/entries/new")).await.expect_status(422));
    crawl.follow(&editor, &["/desk"]).await;
    demo(&mut crawl, &application).await;
    crawl.read(nobody.get("/nothing").await.expect_status(404));

    crawl.expect_anchors();
    crawl.expect_every_template();
    assert!(crawl.problems.is_empty(), "{}", crawl.problems.join("\n"));
    application.stop().await;
}

/// The pages on the way in, and what they say to what cannot be used.
async fn sign_in_pages(crawl: &mut Crawl, application: &Application, nobody: &Client) {
    let page = nobody.get("/sign-in").await;
    crawl.read(nobody.submit(page.form("/sign-in").set("email", "nobody")).await.expect_status(422));
    let page = nobody.submit(page.form("/sign-in").set("email", "joel@kestermoor.example")).await.expect_status(200);
    crawl.read(page.clone());
    crawl.read(nobody.submit(page.form("/sign-in/code").set("code", "AAAA AAAA")).await.expect_status(422));
    let mail = application.newest_sign_in_mail("joel@kestermoor.example", 1).await;
    crawl.read(nobody.get(&crate::support::application::link_in(&mail, "/sign-in/")).await.expect_status(200));
}

/// Comparisons, the ways to choose what to compare, and the finder with and without what it found.
async fn comparing_and_finding(crawl: &mut Crawl, application: &Application, nobody: &Client) {
    application.house.make_up(1).await.unwrap();
    let slugs = nobody.get("/2017/").await.attributes(".programs a.name", "href");
    let slugs: Vec<&str> = slugs.iter().filter_map(|href| href.rsplit('/').next()).collect();
    let compared = format!("/2017/compare?program={}&program={}", slugs[0], slugs[1]);
    let found = "/2017/find?specialties=unified_communications&join_fee=no_fee&training_cost.basic=same_fee";
    let starts = [compared.clone(), format!("{compared}&only=differences"), format!("{compared}&find="), found.to_owned()];
    let starts: Vec<&str> = starts.iter().map(String::as_str).collect();
    crawl.follow(nobody, &starts).await;
    crawl.follow(nobody, &["/2017/compare?program=nobody&find=x", "/2017/find?act=find&join_fee=x"]).await;
}

/// What comes back for a form in which something stands twice.
async fn unsaved(vendor: &Client) -> Page {
    let entry = vendor.get("/entries").await.attributes("th a.name", "href").remove(0);
    let page = vendor.get(&format!("{entry}/company")).await;
    let back = vendor.submit(page.form("/entries/").tick("ceo", "Twice")).await.expect_status(400);
    Page { path: UNSAVED.to_owned(), ..back }
}

/// What comes back after signing in, for a form that was sent before that.
async fn kept(application: &Application, email: &str) -> Page {
    let vendor = application.signed_in(email).await;
    let entry = vendor.get("/entries").await.attributes("th a.name", "href").remove(0);
    vendor.answer(Method::POST, "/sign-out", &[]).await;
    vendor.answer(Method::POST, &format!("{entry}/reinstate"), &[("reason", "Twice")]).await;
    let before = application.sign_in_mails(email).len();
    let page = vendor.get("/sign-in").await;
    vendor.submit(page.form("/sign-in").set("email", email)).await.expect_status(200);
    let mail = application.newest_sign_in_mail(email, before + 1).await;
    let page = vendor.get(&crate::support::application::link_in(&mail, "/sign-in/")).await;
    let page = vendor.submit(page.form("/sign-in/")).await.expect_status(200);
    assert_eq!(page.path, "/kept");
    page
}

/// The mails of a demo, which only a demo shows.
async fn demo(crawl: &mut Crawl, application: &Application) {
    let folder = application.folder().join("mail");
    std::fs::create_dir(&folder).unwrap();
    let mail =
        "From: a@example.com\r\nTo: b@example.com\r\nDate: Mon, 20 Mar 2017 12:00:00 +0000\r\nSubject: Mail\r\n\r\nHello.\r\n";
    std::fs::write(folder.join("mail.eml"), mail).unwrap();
    let listener = app::listen(application.config.listen).unwrap();
    let client = Client::new(&format!("http://{}", listener.local_addr().unwrap()));
    let surroundings = Surroundings { demo_mail: Some(folder), ..Surroundings::default() };
    let post = app::post(&application.config, &application.house).unwrap();
    let running = app::start(application.house.clone(), post, surroundings, listener).unwrap();
    crawl.follow(&client, &["/demo/mail"]).await;
    running.stop().await;
}

async fn bring_in_samples(application: &Application) {
    let mut files = Vec::new();
    for file in std::fs::read_dir("guides/2017/entries").unwrap() {
        let path = file.unwrap().path();
        files.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
    }
    assert_eq!(application.house.import(&files).await.unwrap(), files.len());
    application.house.make_up(2).await.unwrap();
}

/// A note on a question and one on the whole of every entry that the desk shows, and an open query.
async fn write_notes(editor: &Client) {
    let queue = editor.get("/desk").await.expect_status(200);
    for review in queue.attributes("th a.name", "href") {
        let notes = format!("{review}/notes");
        for field in ["note.na_partners", "note"] {
            let page = editor.get(&review).await.expect_status(200);
            editor.submit(page.form(&notes).set(field, "Is it so?\nWith Canada?")).await.expect_status(200);
        }
    }
}

/// What was visited, and what was wrong with it.
#[derive(Default)]
struct Crawl {
    problems: Vec<String>,
    /// The ids on each page, by its path and query.
    ids: BTreeMap<String, HashSet<String>>,
    /// Links to places on other pages: from, to, id.
    anchors: BTreeSet<(String, String, String)>,
}

impl Crawl {
    /// Reads these pages and all that links lead to from them. Pages that differ only in what their query says are one.
    async fn follow(&mut self, client: &Client, starts: &[&str]) {
        let mut waiting: Vec<String> = starts.iter().map(|&start| start.to_owned()).collect();
        let mut seen: HashSet<String> = waiting.iter().map(|start| shape(start)).collect();
        while let Some(place) = waiting.pop() {
            let page = client.get(&place).await;
            if page.status != 200 {
                self.problems.push(format!("{place}: status {}", page.status));
                continue;
            }
            if !page.html.starts_with("<!doctype html>") {
                continue;
            }
            let links = links(&page);
            self.read(Page { path: place, ..page.clone() });
            self.ids.insert(page.path.clone(), ids(&Html::parse_document(&page.html)));
            waiting.extend(links.into_iter().filter(|link| seen.insert(shape(link))));
        }
    }

    /// Reads one page.
    fn read(&mut self, page: Page) {
        let document = Html::parse_document(&page.html);
        for problem in problems(&document) {
            self.problems.push(format!("{}: {problem}", page.path));
        }
        for link in select(&document, "a[href^='/']") {
            if let Some((place, id)) = link.attr("href").unwrap().split_once('#') {
                self.anchors.insert((page.path.clone(), place.to_owned(), id.to_owned()));
            }
        }
        self.ids.insert(page.path, ids(&document));
    }

    /// A link to a place on another page leads to something there.
    fn expect_anchors(&mut self) {
        for (from, to, id) in &self.anchors {
            if self.ids.get(to).is_some_and(|ids| !ids.contains(id)) {
                self.problems.push(format!("{from}: nothing on {to} has the id {id}"));
            }
        }
    }

    /// Every page that can be made was made.
    fn expect_every_template(&mut self) {
        for (template, place) in TEMPLATES {
            if !self.ids.keys().any(|visited| fits(visited, place)) {
                self.problems.push(format!("templates/{template}: no page {place} was visited"));
            }
        }
        for template in templates(Path::new("templates")) {
            let listed = TEMPLATES.iter().any(|(known, _)| *known == template);
            if !listed && !PARTS.iter().any(|part| template.starts_with(part)) {
                self.problems
                    .push(format!("templates/{template}: add it to the list of tests/pages.rs, with a page made from it"));
            }
        }
    }
}

/// A path, and which questions its query answers, whatever the answers.
fn shape(link: &str) -> String {
    let (path, query) = link.split_once('?').unwrap_or((link, ""));
    let mut names: Vec<&str> = query.split('&').map(|pair| pair.split('=').next().unwrap_or_default()).collect();
    names.sort_unstable();
    names.dedup();
    format!("{path}?{}", names.join("&"))
}

/// Where a page's links lead within our own pages.
fn links(page: &Page) -> Vec<String> {
    let own = |href: &String| href.starts_with('/') && !href.starts_with("//");
    let without_place = |href: String| href.split('#').next().unwrap_or_default().to_owned();
    let files = page.attributes("script[src]", "src");
    let links = page.attributes("a[href], link[rel=stylesheet]", "href");
    links.into_iter().chain(files).filter(own).map(without_place).collect()
}

fn fits(visited: &str, pattern: &str) -> bool {
    let visited = visited.split('?').next().unwrap_or_default();
    let (visited, pattern): (Vec<_>, Vec<_>) = (visited.split('/').collect(), pattern.split('/').collect());
    visited.len() == pattern.len() && visited.iter().zip(pattern).all(|(part, wanted)| wanted == "*" || *part == wanted)
}

fn templates(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(templates(&path)),
            false => found.push(path.strip_prefix("templates").unwrap().display().to_string()),
        }
    }
    found
}

/// All that is wrong with a page.
fn problems(document: &Html) -> Vec<String> {
    [headings(document), references(document), labels(document), strangers(document), pictures(document)].concat()
}

/// One first heading, with which the title begins; the title ends with the guide's, and the language is told.
fn headings(document: &Html) -> Vec<String> {
    let mut problems = Vec::new();
    let (title, headings) = (texts(document, "head > title").concat(), texts(document, "h1"));
    if headings.len() != 1 {
        problems.push(format!("{} first headings: {headings:?}", headings.len()));
    }
    // The cover is the guide's own page: its heading is the guide, its title says that it is the list of programs.
    let heading = if document.select(&selector(".cover h1")).next().is_some() {
        "Programs"
    } else {
        headings.first().map_or("", String::as_str)
    };
    if !title.strip_prefix("Error: ").unwrap_or(&title).starts_with(heading) {
        problems.push(format!("the title “{title}” does not begin with the heading “{heading}”"));
    }
    if document.select(&selector(".errors")).next().is_some() != title.starts_with("Error: ") {
        problems.push(format!("the title “{title}” and the summary of problems do not say the same"));
    }
    if !title.ends_with(" – 2017 Partner Program Guide") {
        problems.push(format!("the title “{title}” does not end with the guide’s"));
    }
    if document.select(&selector("html[lang=en]")).next().is_none() {
        problems.push("the language is not told".to_owned());
    }
    problems
}

/// Ids are unique, and whatever names one names one that is there.
fn references(document: &Html) -> Vec<String> {
    let mut problems = Vec::new();
    let mut known = HashSet::new();
    for element in select(document, "[id]") {
        if !known.insert(element.attr("id").unwrap().to_owned()) {
            problems.push(format!("the id {} stands twice", element.attr("id").unwrap()));
        }
    }
    for attribute in ["for", "aria-describedby", "aria-labelledby", "aria-controls"] {
        for element in select(document, &format!("[{attribute}]")) {
            for id in element.attr(attribute).unwrap().split_whitespace().filter(|id| !known.contains(*id)) {
                problems.push(format!("{attribute} names {id}, which is not there"));
            }
        }
    }
    for link in select(document, "a[href^='#']") {
        let id = link.attr("href").unwrap().trim_start_matches('#');
        if !known.contains(id) {
            problems.push(format!("a link leads to #{id}, which is not there"));
        }
    }
    problems
}

/// Every control has a label, or is hidden; buttons and links have words.
fn labels(document: &Html) -> Vec<String> {
    let mut problems = Vec::new();
    let labelled: HashSet<&str> = select(document, "label[for]").iter().filter_map(|label| label.attr("for")).collect();
    for control in select(document, "input, select, textarea") {
        let named = control.attr("id").is_some_and(|id| labelled.contains(id)) || control.attr("aria-label").is_some();
        if !named && control.attr("type") != Some("hidden") {
            problems.push(format!("no label: {}", control.html()));
        }
    }
    let words = |element: &ElementRef| element.text().collect::<String>();
    let others: HashMap<&str, String> =
        select(document, "[id]").iter().filter_map(|other| Some((other.attr("id")?, words(other)))).collect();
    for named in select(document, "button, a, legend, summary, caption, th, h1, h2, h3") {
        let name = match (named.attr("aria-labelledby"), named.attr("aria-label")) {
            (Some(ids), _) => ids.split_whitespace().filter_map(|id| others.get(id)).cloned().collect(),
            (None, Some(label)) => label.to_owned(),
            (None, None) => words(&named),
        };
        if folded(&name).is_empty() && !is_for_the_mouse(&named) {
            problems.push(format!("no words: {}", named.html()));
        }
    }
    problems
}

/// Whether nobody comes upon a link who cannot see it: no keyboard stops at it, and nothing is read aloud of where it stands.
fn is_for_the_mouse(link: &ElementRef) -> bool {
    let is_hidden = |element: ElementRef| element.attr("aria-hidden") == Some("true");
    link.attr("tabindex") == Some("-1") && link.ancestors().filter_map(ElementRef::wrap).any(is_hidden)
}

/// Nothing stands in the page that its policy forbids, and nothing comes from elsewhere.
fn strangers(document: &Html) -> Vec<String> {
    let mut problems = Vec::new();
    for element in select(document, "*") {
        let inline = |name: &str| name == "style" || name.starts_with("on");
        problems
            .extend(element.value().attrs().filter(|(name, _)| inline(name)).map(|(name, value)| format!("{name}=\"{value}\"")));
    }
    // A card asks for no stylesheet: its policy has the hash of the style that stands in it (machines/card.rs).
    let forbidden = match select(document, "link[rel=stylesheet]").is_empty() {
        true => "script:not([src])",
        false => "style, script:not([src]):not([type='application/ld+json'])",
    };
    for element in select(document, forbidden) {
        problems.push(format!("it stands in the page: {}", element.html()));
    }
    for (css, attribute) in [("link:not([rel=canonical])", "href"), ("[src]", "src"), ("form[action]", "action")] {
        let elsewhere = |address: &&str| !address.starts_with('/') || address.starts_with("//");
        for address in select(document, css).iter().filter_map(|element| element.attr(attribute)).filter(elsewhere) {
            problems.push(format!("{attribute}=\"{address}\" leads elsewhere"));
        }
    }
    problems
}

/// Pictures only repeat what words say, unless they are links that have a name each.
fn pictures(document: &Html) -> Vec<String> {
    let shown = select(document, "svg:not([aria-hidden=true], [role=group][aria-labelledby]:has(a[aria-label])), img:not([alt])");
    shown.iter().map(|picture| format!("a picture that is neither described nor hidden: {}", picture.html())).collect()
}

fn ids(document: &Html) -> HashSet<String> {
    select(document, "[id]").iter().filter_map(|element| element.attr("id").map(str::to_owned)).collect()
}

fn texts(document: &Html, css: &str) -> Vec<String> {
    select(document, css).iter().map(|element| folded(&element.text().collect::<String>())).collect()
}

fn select<'a>(document: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    document.select(&selector(css)).collect()
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap()
}
