//! The demo's mails, read in the browser.

use almanac::app;
use almanac::web::Surroundings;

use crate::support::client::Client;
use crate::support::house::TestHouse;

#[tokio::test]
async fn the_demos_mails_are_listed_shown_and_downloaded() {
    let house = TestHouse::on(None).await;
    let folder = tempfile::tempdir().unwrap();
    let mails = folder.path().join("mail");
    std::fs::write(folder.path().join("secret.eml"), "Subject: secret\r\n\r\nsecret").unwrap();
    let mut config = house.config.clone();
    config.mail = format!("file:{}", mails.display()).parse().unwrap();
    let post = || app::post(&config, &house.house).unwrap();
    let listener = app::listen(config.listen).unwrap();
    let client = Client::new(&format!("http://{}", listener.local_addr().unwrap()));
    let surroundings = Surroundings { demo_mail: Some(mails.clone()), ..Surroundings::default() };
    let running = app::start(house.house.clone(), post(), surroundings, listener).unwrap();

    assert!(client.get("/demo/mail").await.expect_status(200).text().contains("There is no mail yet"));
    house.house.invite_editor("ruth@guide.example", "Ruth <b>Lindqvist</b>").await.unwrap();
    house.house.request_sign_in("zoe@example.org", "", "sender").await.unwrap();
    // The application's own worker may be quicker; what counts is that both are there.
    while std::fs::read_dir(&mails).map_or(0, |files| files.filter(|file| is_mail(file.as_ref().unwrap())).count()) < 2 {
        post().deliver_due().await.unwrap();
        tokio::task::yield_now().await;
    }
    let list = client.get("/demo/mail").await.expect_status(200);
    assert_eq!(list.all("tbody th"), ["Sign in to the Partner Program Guide", "You are an editor of the Partner Program Guide"]);
    assert_eq!(list.all("tbody td:nth-child(2)"), ["zoe@example.org", "Ruth <b>Lindqvist</b> <ruth@guide.example>"]);

    let path = list.link("Sign in to");
    let mail = client.get(&path).await.expect_status(200);
    assert_eq!(mail.heading(), "Sign in to the Partner Program Guide");
    assert!(mail.link("http://127.0.0.1:1/sign-in/").starts_with("http://127.0.0.1:1/sign-in/"));
    assert!(mail.all("dd").contains(&"guide@example.com".to_owned()));

    let raw = client.raw().get(client.address(&mail.link("Download"))).send().await.unwrap();
    assert_eq!(raw.headers()["content-type"], "message/rfc822");
    assert!(raw.headers()["content-disposition"].to_str().unwrap().starts_with("attachment; filename="));
    assert!(raw.text().await.unwrap().contains("Message-ID: <"));

    let html = client.raw().get(client.address(&mail.link("as mail programs show it"))).send().await.unwrap();
    assert_eq!(html.headers()["content-type"], "text/html; charset=utf-8");
    let policies: Vec<_> = html.headers().get_all("content-security-policy").iter().collect();
    assert!(
        policies.len() == 1 && policies[0].to_str().unwrap().contains("default-src 'none'; style-src 'unsafe-inline'; sandbox")
    );
    assert!(html.text().await.unwrap().contains("Or type this code on the page"));

    for name in ["unknown.eml", "..%2Fsecret.eml", "..%5csecret.eml", "%2e%2e%2fsecret.eml", "mail"] {
        for path in ["", "/html", "/raw"].map(|part| format!("/demo/mail/{name}{part}")) {
            assert_eq!(client.get(&path).await.status, 404, "{path}");
        }
    }
    running.stop().await;
}

fn is_mail(file: &std::fs::DirEntry) -> bool {
    file.path().extension().is_some_and(|end| end == "eml")
}
