use std::cell::Cell;

use actix_http::test::TestRequest;
use actix_web::dev::AppConfig;
use actix_web::{App, HttpResponse, web};

use super::*;

const ADDRESS: &str = "/2017/?q=x";

/// The statuses of requests at a door behind which there are no pages, but answers with 202, counted.
async fn statuses(requests: impl IntoIterator<Item = Request>) -> (Vec<u16>, usize) {
    let asked = Rc::new(Cell::new(0));
    let inside = Rc::clone(&asked);
    let app = App::new().default_service(web::to(move || {
        inside.set(inside.get() + 1);
        ready(HttpResponse::Accepted())
    }));
    let guide = Guide::default();
    guide.catalogue().pages().find_or_make(ADDRESS, || Page::html("found".to_owned(), None)).unwrap();
    let door = FrontDoor::before(app, guide, false).new_service(AppConfig::default()).await.unwrap();
    let mut statuses = Vec::new();
    for request in requests {
        statuses.push(door.call(request).await.unwrap().status().as_u16());
    }
    (statuses, asked.get())
}

fn request(method: Method, target: &str) -> TestRequest {
    let mut request = TestRequest::with_uri(target);
    request.method(method);
    request
}

#[actix_web::test]
async fn what_stands_ready_is_handed_out_without_going_in() {
    let requests = [request(Method::GET, ADDRESS).finish(), request(Method::HEAD, ADDRESS).finish()];
    assert_eq!(statuses(requests).await, (vec![200, 200], 0));
}

#[actix_web::test]
async fn all_else_goes_in() {
    let mut choosy = request(Method::GET, ADDRESS);
    choosy.insert_header(("accept-encoding", "identity;q=0"));
    let requests = [
        request(Method::POST, ADDRESS).finish(),
        request(Method::GET, "/2017/").finish(),
        request(Method::GET, "/2017/?q=y").finish(),
        request(Method::GET, "/static/almanac.css").finish(),
        choosy.finish(),
    ];
    assert_eq!(statuses(requests).await, (vec![202; 5], 5));
}
