//! Pages of failures: whoever is signed in keeps the frame, and every page leads on; nobody learns from them what is not
//! theirs to see, and readers' are the same for everybody.

use reqwest::Method;

use crate::support::application::Application;
use crate::support::client::{Client, Form, Page};
use crate::support::filling::start_entry;

const NOBODYS: &str = "/entries/01890a5d-ac96-774b-bcce-b302099a8057";

/// Who is signed in, as the masthead says it.
fn who(page: &Page) -> Option<String> {
    page.all("form[action='/sign-out'] span").pop()
}

/// Where a failure's page leads on, and with which words.
fn ways(page: &Page) -> Vec<(String, String)> {
    page.all("main .tools a").into_iter().zip(page.attributes("main .tools a", "href")).collect()
}

fn way(words: &str, href: &str) -> (String, String) {
    (words.to_owned(), href.to_owned())
}

async fn vendor_with_entry(application: &Application) -> (Client, String) {
    let vendor = application.signed_in("maya@fenwhistle.example").await;
    let entry = start_entry(&vendor, "Fenwhistle Communications Ltd.", "Fenwhistle Partner Program").await;
    (vendor, entry)
}

#[tokio::test]
async fn a_vendor_keeps_the_frame_and_finds_the_way_back() {
    let application = Application::on_sqlite().await;
    let (vendor, entry) = vendor_with_entry(&application).await;
    let own = Some("Maya Okafor, Fenwhistle Communications Ltd.".to_owned());
    let to_entry = way("Back to your entry", &entry);

    let nothing = vendor.get(&format!("{entry}/nothing")).await.expect_status(404);
    assert_eq!((who(&nothing), ways(&nothing)), (own.clone(), vec![to_entry.clone()]));
    assert_eq!(nothing.all("nav[aria-label='Your entry'] a"), ["Your entry", "Preview", "History"]);
    assert_eq!(nothing.all(".banner strong"), ["Draft – not submitted"]);

    let elsewhere = vendor.raw().post(vendor.address(&format!("{entry}/company"))).header("sec-fetch-site", "same-site");
    let elsewhere = elsewhere.form(&[("ceo", "Mallory")]).send().await.unwrap();
    assert_eq!(elsewhere.status(), 403);
    let page = Page { status: 403, path: String::new(), html: elsewhere.text().await.unwrap() };
    assert_eq!(who(&page), own);
    assert_eq!(ways(&page), [way("Back to “Company”", &format!("{entry}/company")), to_entry.clone()]);

    for (path, allowed) in [(format!("{entry}/history"), "GET, HEAD"), (format!("{entry}/withdraw"), "GET, HEAD, POST")] {
        let answer = vendor.raw().put(vendor.address(&path)).send().await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.headers()["allow"].to_str().unwrap()), (405, allowed), "{path}");
        let page = Page { status: 405, path: String::new(), html: answer.text().await.unwrap() };
        assert_eq!((who(&page), ways(&page)), (own.clone(), vec![to_entry.clone()]), "{path}");
    }
    let answer = vendor.raw().get(vendor.address("/sign-out")).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.headers()["allow"].to_str().unwrap()), (405, "POST"));
    for (path, page) in [("submit", format!("{entry}/check")), ("recall", entry.clone()), ("reinstate", entry.clone())] {
        assert_eq!(vendor.get(&format!("{entry}/{path}")).await.expect_status(200).path, page, "{path}");
    }
    for path in ["/nothing", "/entries/1", "/entries/new/1", NOBODYS, "/desk", "/sign-in/unknown"] {
        let page = vendor.get(path).await;
        assert!(matches!(page.status, 404 | 410), "{path}: {}", page.status);
        assert_eq!((who(&page).as_deref(), ways(&page)), (Some("Maya Okafor"), vec![way("Your entries", "/entries")]), "{path}");
    }
    application.stop().await;
}

#[tokio::test]
async fn an_editor_keeps_the_desk_and_finds_the_way_back() {
    let application = Application::on_sqlite().await;
    let (_, entry) = vendor_with_entry(&application).await;
    let editor = application.editor().await;
    let desk = format!("/desk{entry}");
    let own = who(&editor.get("/desk").await.expect_status(200));
    assert!(own.is_some());
    let queue = way("Back to the queue", "/desk");

    let revision = [("act", "approve"), ("revision", "1")];
    for (method, path, fields) in [
        (Method::PUT, format!("{desk}/decision"), &[][..]),
        (Method::POST, format!("{desk}/decision"), &revision[..]),
        (Method::POST, format!("{desk}/decision"), &[("act", "approve"), ("act", "publish")]),
        (Method::GET, format!("{desk}/nothing"), &[]),
    ] {
        let request = editor.raw().request(method, editor.address(&path)).header("sec-fetch-site", "same-origin").form(fields);
        let answer = request.send().await.unwrap();
        assert!(answer.status().is_client_error(), "{path}: {}", answer.status());
        let page = Page { status: 0, path, html: answer.text().await.unwrap() };
        let expected = vec![way("Back to the review", &desk), queue.clone()];
        assert_eq!((who(&page), ways(&page)), (own.clone(), expected), "{}", page.text());
    }
    for path in ["/desk/entries/1", &format!("/desk{NOBODYS}"), "/desk/nothing", "/nothing", "/sign-in/unknown"] {
        let page = editor.get(path).await;
        assert_eq!((who(&page), ways(&page)), (own.clone(), vec![queue.clone()]), "{path}");
    }
    for path in ["decision", "notes", "participation", "notes/01890a5d-ac96-774b-bcce-b302099a8057"] {
        assert_eq!(editor.get(&format!("{desk}/{path}")).await.expect_status(200).path, desk, "{path}");
    }
    // An editor has no way into an entry as its vendor, so none is shown.
    let page = editor.get(&format!("{entry}/check")).await.expect_status(404);
    assert_eq!(ways(&page), [way("Your entries", "/entries")]);
    application.stop().await;
}

/// A form that no page of ours sends is told so in words that say what is wrong with it.
#[tokio::test]
async fn a_form_that_did_not_arrive_whole_says_what_is_wrong() {
    let application = Application::on_sqlite().await;
    let (vendor, entry) = vendor_with_entry(&application).await;
    let editor = application.editor().await;
    let desk = format!("/desk{entry}");
    let thread = "01890a5d-ac96-774b-bcce-b302099a8057";
    for (client, path, fields, told) in [
        (&vendor, format!("{entry}/submit"), &[("revision", "abc")][..], "the field “revision” is not one that this page sends"),
        (&vendor, format!("{entry}/submit"), &[], "the field “revision” is missing"),
        (
            &editor,
            format!("{desk}/decision"),
            &[("act", "approve"), ("revision", "abc"), ("remarks", "1")],
            "“revision” is not one that this page",
        ),
        (
            &editor,
            format!("{desk}/decision"),
            &[("act", "x"), ("revision", "1"), ("remarks", "1")],
            "the button “x” does not belong to this page",
        ),
        (&editor, format!("{desk}/decision"), &[("revision", "1"), ("remarks", "1")], "the field “act” is missing"),
        (&editor, format!("{desk}/participation"), &[("act", "x")], "the button “x” does not belong to this page"),
        (&editor, format!("{desk}/notes/{thread}"), &[("act", "x")], "the button “x” does not belong to this page"),
        (&editor, format!("/desk/messages/{thread}/resend"), &[("act", "x")], "the field “act” does not belong to this page"),
    ] {
        let form = Form { action: path, fields: fields.iter().map(|(name, text)| ((*name).into(), (*text).into())).collect() };
        let page = client.submit(form).await.expect_status(400);
        assert_eq!(page.heading(), "The form did not arrive whole");
        assert!(page.text().contains(told), "{told} in: {}", page.text());
    }
    application.stop().await;
}

/// The page for another company's entry is, to the letter, the one for an entry that there is not.
#[tokio::test]
async fn no_failure_tells_that_an_entry_is_there() {
    let application = Application::on_sqlite().await;
    let (_, entry) = vendor_with_entry(&application).await;
    let another = application.signed_in("joel@kestermoor.example").await;
    start_entry(&another, "Kestermoor Cloud, Inc.", "Kestermoor Summit").await;
    let nobody = application.client();
    for client in [&another, &nobody] {
        for (method, below) in [
            (Method::GET, ""),
            (Method::GET, "/company"),
            (Method::GET, "/nothing"),
            (Method::GET, "/submit"),
            (Method::POST, "/submit"),
            (Method::POST, "/company"),
            (Method::PUT, "/company"),
            (Method::GET, "/notes/01890a5d-ac96-774b-bcce-b302099a8057"),
        ] {
            let told = async |entry: &str| {
                let request = client.raw().request(method.clone(), client.address(&format!("{entry}{below}")));
                let answer = request.header("sec-fetch-site", "same-origin").form(&[("ceo", "Mallory")]).send().await.unwrap();
                (answer.status(), answer.text().await.unwrap())
            };
            let (theirs, nobodys) = (told(&entry).await, told(NOBODYS).await);
            assert_eq!(theirs, nobodys, "{method} {below}");
            assert!(!theirs.1.contains("Back to"), "{method} {below}: {}", theirs.1);
        }
    }
    application.stop().await;
}

/// A reader's failure is the same for everybody, signed in or not; what depends on who asks is kept by nobody on the way.
#[tokio::test]
async fn readers_are_led_to_the_list_and_nobody_is_looked_up() {
    let application = Application::on_sqlite().await;
    let (vendor, entry) = vendor_with_entry(&application).await;
    let (told, nobody) = (
        async |client: &Client, path: &str| {
            let answer = client.raw().get(client.address(path)).send().await.unwrap();
            let line = |name: &str| -> Vec<String> {
                answer.headers().get_all(name).iter().map(|value| value.to_str().unwrap().to_ascii_lowercase()).collect()
            };
            let (kept, varies) = (line("cache-control"), line("vary"));
            let page = Page { status: answer.status().as_u16(), path: path.to_owned(), html: answer.text().await.unwrap() };
            (page, kept, varies.join(", ").contains("cookie"))
        },
        application.client(),
    );
    for path in ["/2017/programs/nobody", "/2017/nothing", "/2017/compare/nothing"] {
        let (page, kept, varies) = told(&nobody, path).await;
        assert_eq!((page.status, kept, varies), (404, vec!["no-store".to_owned()], false), "{path}");
        assert_eq!(ways(&page), [way("Sign in", "/sign-in"), way("All programs of 2017", "/2017/")]);
        assert_eq!(told(&vendor, path).await.0.html, page.html, "{path}");
    }
    let (page, ..) = told(&nobody, "/1999/programs/nobody").await;
    assert_eq!(ways(&page), [way("Sign in", "/sign-in"), way("Partner Program Guide", "/")]);
    for (client, path) in
        [(&vendor, format!("{entry}/nothing")), (&vendor, "/nothing".to_owned()), (&nobody, "/nothing".to_owned())]
    {
        let (page, kept, varies) = told(client, &path).await;
        assert_eq!((page.status, kept, varies), (404, vec!["no-store".to_owned()], true), "{path}");
    }
    application.stop().await;
}
