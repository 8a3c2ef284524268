//! Pages that stand ready are handed out at the front door; inside one gets the very same answer.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::application::Application;

/// An answer as it came: the status, the lines of its head in order of their names (the date left out), the body.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Answer {
    status: u16,
    lines: Vec<String>,
    body: Vec<u8>,
}

impl Answer {
    fn line(&self, name: &str) -> Option<&str> {
        self.lines.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// Asks on a connection of its own, letter by letter as it stands here.
async fn ask(application: &Application, method: &str, target: &str, asked: &[(&str, &str)]) -> Answer {
    let mut stream = TcpStream::connect(application.url.trim_start_matches("http://")).await.unwrap();
    let lines: String = asked.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let request = format!("{method} {target} HTTP/1.1\r\nHost: guide.example\r\n{lines}Connection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut read = Vec::new();
    stream.read_to_end(&mut read).await.unwrap();
    let end = read.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(read[..end].to_vec()).unwrap();
    let mut lines: Vec<_> = head.lines().skip(1).filter(|line| !line.starts_with("date: ")).map(str::to_owned).collect();
    lines.sort();
    Answer { status: head[9..12].parse().unwrap(), lines, body: read[end + 4..].to_vec() }
}

/// The answer at the door, and the answer inside. The door knows a page by the text of its address: with a question
/// mark after it, it is another text for the same page.
async fn both_ways(application: &Application, method: &str, path: &str, asked: &[(&str, &str)]) -> [Answer; 2] {
    [ask(application, method, path, asked).await, ask(application, method, &format!("{path}?"), asked).await]
}

async fn with_digium() -> Application {
    let application = Application::on_sqlite().await;
    let file = "guides/2017/entries/digium.toml".to_owned();
    let text = std::fs::read_to_string(&file).unwrap();
    application.house.import(&[(file, text)]).await.unwrap();
    application
}

const PROFILE: &str = "/2017/programs/digium";

/// Addresses of pages that stand ready once they were asked for.
async fn ready(application: &Application) -> Vec<String> {
    let stylesheet = application.client().get(PROFILE).await.attributes("link[rel=stylesheet]", "href").remove(0);
    let print = format!("{PROFILE}/print");
    vec!["/".to_owned(), "/2017/".to_owned(), PROFILE.to_owned(), print, stylesheet]
}

#[tokio::test]
async fn every_encoding_is_the_same_at_the_door_and_inside() {
    let application = with_digium().await;
    let asked: &[&[(&str, &str)]] = &[
        &[],
        &[("Accept-Encoding", "br")],
        &[("Accept-Encoding", "gzip")],
        &[("Accept-Encoding", "gzip, deflate, br, zstd")],
        &[("Accept-Encoding", "gzip"), ("Accept-Encoding", "br")],
        &[("Accept-Encoding", "BR")],
        &[("Accept-Encoding", "deflate")],
        &[("Accept-Encoding", "zstd, nonsense")],
        &[("Accept-Encoding", "identity")],
        &[("Accept-Encoding", "*")],
        &[("Accept-Encoding", "")],
        &[("Accept-Encoding", "br;q=0, gzip")],
        &[("Accept-Encoding", "br; q=0.000, gzip;q=0")],
        &[("Accept-Encoding", "gzip;q=0.5, identity;q=0")],
        &[("Accept-Encoding", "identity;q=0")],
        &[("Accept-Encoding", "*;q=0")],
        &[("Range", "bytes=0-9")],
    ];
    for path in ready(&application).await {
        ask(&application, "GET", &path, &[]).await;
        for method in ["GET", "HEAD", "POST"] {
            for asked in asked {
                let [door, inside] = both_ways(&application, method, &path, asked).await;
                assert_eq!(door, inside, "{method} {path} {asked:?}");
                assert!(method != "HEAD" || door.body.is_empty());
            }
        }
    }
    application.stop().await;
}

#[tokio::test]
async fn an_encoding_is_sent_to_whom_takes_it() {
    let application = with_digium().await;
    let plain = ask(&application, "GET", PROFILE, &[]).await;
    for (asked, encoding) in [
        ("br", Some("br")),
        ("gzip, deflate, br, zstd", Some("br")),
        ("br;q=0, gzip", Some("gzip")),
        ("br; q=0.000, gzip;q=0", None),
        ("br;q=0.1, gzip;q=1", Some("gzip")),
        ("gzip;q=1.0, br;q=0.5", Some("gzip")),
        ("identity;q=1, br;q=0.5", None),
        ("gzip;q=0.5, br;q=0.5", Some("br")),
        ("deflate", None),
        ("nonsense", None),
        // Whoever takes nothing is sent the page as it is all the same.
        ("identity;q=0", None),
        ("*;q=0", None),
        ("gzip;q=0.5, identity;q=0", Some("gzip")),
    ] {
        let answer = ask(&application, "GET", PROFILE, &[("Accept-Encoding", asked)]).await;
        assert_eq!((answer.status, answer.line("content-encoding")), (200, encoding), "{asked}");
        assert_eq!(answer.line("vary"), Some("Accept-Encoding"));
        assert_eq!(answer.line("content-type"), Some("text/html; charset=utf-8"));
        assert_eq!(answer.line("content-length"), Some(answer.body.len().to_string().as_str()), "{asked}");
        assert_eq!(answer.body == plain.body, encoding.is_none(), "{asked}");
        assert_eq!(answer.line("etag") == plain.line("etag"), encoding.is_none(), "{asked}");
        let head = ask(&application, "HEAD", PROFILE, &[("Accept-Encoding", asked)]).await;
        assert_eq!(head.lines, answer.lines, "{asked}");
    }
    application.stop().await;
}

#[tokio::test]
async fn what_a_reader_has_is_not_sent_again() {
    let application = with_digium().await;
    for path in ready(&application).await {
        let first = ask(&application, "GET", &path, &[("Accept-Encoding", "br")]).await;
        let tag = first.line("etag").unwrap();
        let listed = format!("\"other\", W/{tag}");
        let mut asked = vec![
            (vec![("If-None-Match", tag)], 304),
            (vec![("If-None-Match", listed.as_str())], 304),
            (vec![("If-None-Match", "\"other\""), ("If-None-Match", tag)], 304),
            (vec![("If-None-Match", "*")], 304),
            (vec![("If-None-Match", "\"other\"")], 200),
            (vec![("If-Modified-Since", "nonsense")], 200),
            (vec![("If-Modified-Since", "Sat, 01 Jan 2000 00:00:00 GMT")], 200),
        ];
        if let Some(date) = first.line("last-modified") {
            asked.push((vec![("If-Modified-Since", date)], 304));
            asked.push((vec![("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT")], 304));
            asked.push((vec![("If-Modified-Since", date), ("If-None-Match", "\"other\"")], 200));
        }
        for (mut asked, status) in asked {
            asked.push(("Accept-Encoding", "br"));
            for method in ["GET", "HEAD"] {
                let [door, inside] = both_ways(&application, method, &path, &asked).await;
                assert_eq!(door, inside, "{path} {asked:?}");
                assert_eq!(door.status, status, "{path} {asked:?}");
                assert_eq!(door.line("etag"), Some(tag));
                assert_eq!(door.body.is_empty(), status == 304 || method == "HEAD");
            }
        }
        let other = ask(&application, "GET", &path, &[("Accept-Encoding", "gzip"), ("If-None-Match", tag)]).await;
        assert_eq!(other.status, 200, "the mark of one encoding is none of another");
    }
    application.stop().await;
}

/// What stands ready at the door does not hide that another address is meant, and what is not there is not found.
#[tokio::test]
async fn a_slip_in_an_address_leads_to_the_page() {
    let application = with_digium().await;
    ready(&application).await;
    for (asked, meant) in [
        ("/2017/programs/digium/", PROFILE),
        ("/2017/programs/Digium", PROFILE),
        ("/2017/Programs/DIGIUM//?from=mail", "/2017/programs/digium?from=mail"),
        ("/2017/programs/digium/print/", "/2017/programs/digium/print"),
        ("/2017/programs/Digium/report", "/2017/programs/digium/report"),
        ("/2017/programs/Digium/card", "/2017/programs/digium/card"),
        ("/2017/programs/Digium.json", "/2017/programs/digium.json"),
        ("/2017/figures/", "/2017/figures"),
        ("/2017/find/?join_fee=no_fee", "/2017/find?join_fee=no_fee"),
        ("/2017/Compare/?program=digium", "/2017/compare?program=digium"),
        ("/2017/feed.atom/", "/2017/feed.atom"),
        ("/2017/programs.csv/", "/2017/programs.csv"),
        ("/2017/programs", "/2017/"),
        ("/2017//", "/2017/"),
        ("/2017//?q=partner", "/2017/?q=partner"),
        ("/2017/Programs/?company_size=small", "/2017/?company_size=small"),
    ] {
        for method in ["GET", "HEAD"] {
            let answer = ask(&application, method, asked, &[]).await;
            assert_eq!((answer.status, answer.line("location")), (308, Some(meant)), "{method} {asked}");
        }
        let there = ask(&application, "GET", meant, &[]).await;
        assert_eq!(there.status, 200, "{meant}");
    }
    for nothing in [
        "/2017/programs/nobody/",
        "/2017/programs/Nobody",
        "/2016/figures/",
        "/02017/figures/",
        "/2016/programs/",
        "/programs",
        "/2017/x/programs",
        "/2017/nothing/",
        "/2017/programs/digium/nothing/",
        "//elsewhere.example/2017/figures/",
        "/Entries/",
    ] {
        let answer = ask(&application, "GET", nothing, &[]).await;
        assert_eq!((answer.status, answer.line("location")), (404, None), "{nothing}");
    }
    assert_eq!(ask(&application, "POST", "/2017/programs/Digium/report", &[]).await.line("location"), None);
    application.stop().await;
}

#[tokio::test]
async fn odd_addresses_are_understood_as_ever() {
    let application = with_digium().await;
    let page = ask(&application, "GET", PROFILE, &[]).await;
    for (target, status) in [
        ("http://guide.example/2017/programs/digium", 200),
        ("http://elsewhere.example/2017/programs/digium", 200),
        ("/2017/programs/%64igium", 200),
        ("/%32017/programs/digium", 200),
        ("/2017/programs/digium?", 200),
        ("/2017/programs/digium?utm_source=mail", 200),
        ("//2017/programs/digium", 404),
        ("/2017//programs/digium", 404),
        ("/2017/programs/digium/", 308),
        ("/2017/programs/DIGIUM", 308),
        ("/2017/programs/digium%3F", 404),
        ("/2017/programs/digium%00", 404),
        ("/static/", 404),
        ("/static/../2017/programs/digium", 404),
        ("/static/%2e%2e/Cargo.toml", 404),
        ("*", 404),
    ] {
        let [first, again] = [ask(&application, "GET", target, &[]).await, ask(&application, "GET", target, &[]).await];
        assert_eq!(first, again, "{target}");
        assert_eq!(first.status, status, "{target}");
        assert_eq!(first == page, status == 200, "{target}");
    }
    application.stop().await;
}

#[tokio::test]
async fn what_is_asked_for_at_once_is_answered_in_order() {
    let application = with_digium().await;
    let page = ask(&application, "GET", PROFILE, &[]).await;
    let mut stream = TcpStream::connect(application.url.trim_start_matches("http://")).await.unwrap();
    let request = |target: &str, more: &str| format!("GET {target} HTTP/1.1\r\nHost: guide.example\r\n{more}\r\n");
    let requests = [
        request(PROFILE, ""),
        request("/2017/programs/nobody", ""),
        request(PROFILE, ""),
        request(PROFILE, "Connection: close\r\n"),
    ];
    stream.write_all(requests.concat().as_bytes()).await.unwrap();
    let mut read = Vec::new();
    stream.read_to_end(&mut read).await.unwrap();
    let read = String::from_utf8(read).unwrap();
    let statuses: Vec<_> = read.match_indices("HTTP/1.1 ").map(|(at, _)| &read[at + 9..at + 12]).collect();
    assert_eq!(statuses, ["200", "404", "200", "200"]);
    assert_eq!(read.matches(std::str::from_utf8(&page.body).unwrap()).count(), 3);
    application.stop().await;
}

#[tokio::test]
async fn a_publication_changes_what_stands_ready_at_once() {
    let application = Application::on_sqlite().await;
    let mut before = Vec::new();
    for path in ["/", "/2017/"] {
        let [door, inside] = both_ways(&application, "GET", path, &[]).await;
        assert_eq!(door, inside);
        before.push((path, door));
    }
    assert_eq!(ask(&application, "GET", PROFILE, &[]).await.status, 404);
    let file = "guides/2017/entries/digium.toml".to_owned();
    let text = std::fs::read_to_string(&file).unwrap();
    application.house.import(&[(file, text)]).await.unwrap();
    assert_eq!(ask(&application, "GET", PROFILE, &[]).await.status, 200);
    for (path, before) in before {
        let date = before.line("last-modified").unwrap();
        assert!(!String::from_utf8_lossy(&before.body).contains("Digium"));
        for asked in [("If-None-Match", before.line("etag").unwrap()), ("If-Modified-Since", date)] {
            // The clock stands still here: the date changes all the same.
            let [door, inside] = both_ways(&application, "GET", path, &[asked]).await;
            assert_eq!(door, inside);
            assert_eq!(door.status, 200, "{path} {asked:?}");
            assert!(String::from_utf8_lossy(&door.body).contains("Digium"));
            assert_ne!(door.line("last-modified"), Some(date));
        }
    }
    application.stop().await;
}

#[tokio::test]
async fn what_may_be_kept_by_whom_is_said() {
    let application = with_digium().await;
    let paths = ready(&application).await;
    let (stylesheet, pages) = paths.split_last().unwrap();
    for path in pages {
        let kept = ask(&application, "GET", path, &[]).await;
        assert_eq!(kept.line("cache-control"), Some("public, max-age=0, s-maxage=2, must-revalidate"), "{path}");
        assert!(kept.line("last-modified").is_some() && kept.line("content-security-policy").is_some(), "{path}");
    }
    let kept = ask(&application, "GET", stylesheet, &[]).await;
    assert_eq!(kept.line("cache-control"), Some("public, max-age=31536000, immutable"));
    for path in ["/sign-in", "/2017/programs/nobody", "/entries"] {
        assert_eq!(ask(&application, "GET", path, &[]).await.line("cache-control"), Some("no-store"), "{path}");
    }
    application.stop().await;
}
