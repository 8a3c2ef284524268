//! Who is asking: the session cookie, and the extractors that let in only those who may come in.

use std::borrow::Cow;
use std::future::Future;
use std::net::IpAddr;
use std::ops::Deref;
use std::pin::Pin;

use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::{FromRequest, HttpRequest, web};
use url::form_urlencoded;

use crate::domain::{Access, Actor, Place, decide, token};
use crate::error::AppError;
use crate::web::Surroundings;
use crate::web::sent::{Purpose, address};
use crate::workflow::{House, sign_in as signing_in};

/// The cookie of a session.
pub const SESSION: &str = "almanac_session";
/// The cookie that a session leaves when it is ended: it opens nothing, and says whose form it is that is sent then.
pub const SIGNED_OUT: &str = "almanac_signed_out";
/// The cookie that ties a code to the browser that asked for it.
pub const SIGNING_IN: &str = "almanac_signing_in";
/// How the cookie of a form begins that was kept until its sender has signed in; each form has one of its own.
pub const KEPT_FORM: &str = "almanac_kept_";

/// Whoever is asking, signed in or not.
#[derive(Debug, Clone)]
pub struct Visitor(pub Option<Actor>);

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn(pub Actor);

/// An editor.
#[derive(Debug, Clone)]
pub struct Editor(pub Actor);

impl Deref for SignedIn {
    type Target = Actor;

    fn deref(&self) -> &Actor {
        &self.0
    }
}

impl Deref for Editor {
    type Target = Actor;

    fn deref(&self) -> &Actor {
        &self.0
    }
}

type Extracted<T> = Pin<Box<dyn Future<Output = Result<T, AppError>>>>;

impl FromRequest for Visitor {
    type Error = AppError;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Ok(Self(visitor(&request).await?)) })
    }
}

impl FromRequest for SignedIn {
    type Error = AppError;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { enter(&request, Place::Own).await.map(Self) })
    }
}

impl FromRequest for Editor {
    type Error = AppError;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { enter(&request, Place::Desk).await.map(Self) })
    }
}

/// Whoever sends this request, if anybody is signed in.
///
/// # Errors
/// What the database says.
pub async fn visitor(request: &HttpRequest) -> Result<Option<Actor>, AppError> {
    let house = request.app_data::<web::Data<House>>().ok_or_else(|| AppError::broken("no house"))?;
    match request.cookie(SESSION) {
        Some(session) => house.actor(session.value()).await,
        None => Ok(None),
    }
}

async fn enter(request: &HttpRequest, place: Place) -> Result<Actor, AppError> {
    let actor = visitor(request).await?;
    match (decide(actor.as_ref(), place), actor) {
        (Access::Granted, Some(actor)) => Ok(actor),
        (Access::NotThere, _) => Err(AppError::NotThere),
        _ => Err(AppError::SignIn { next: next(request) }),
    }
}

/// Where to go on after signing in: the page that was asked for; after a post, the page on which its form stands.
fn next(request: &HttpRequest) -> String {
    let page = if *request.method() == Method::POST { Purpose::page_of(address(request)) } else { None };
    page.unwrap_or_else(|| address(request).to_owned())
}

/// Where to go when signed in: where one wanted to, or to one's own side.
pub fn landing(next: &str, editor: bool) -> &str {
    match own_path(next) {
        "" if editor => "/desk",
        "" => "/entries",
        next => next,
    }
}

/// A path of ours that a form may send on to; anything else leads nowhere in particular.
pub fn own_path(next: &str) -> &str {
    let plain = next.bytes().all(|byte| byte.is_ascii_graphic()) && !next.contains('\\');
    if plain && next.starts_with('/') && !next.starts_with("//") { next } else { "" }
}

/// The page to sign in on, for whoever wanted to go somewhere: nowhere in particular where that is empty.
pub fn sign_in(next: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
    if next.is_empty() { "/sign-in".to_owned() } else { format!("/sign-in?{query}") }
}

/// How long a browser keeps a session's cookie. When the session ends is for us to say: it lasts longer while it is used, and
/// its cookie tells afterwards whose form it is that is sent too late.
const SESSION_COOKIE: i64 = 365 * DAY;
/// How long a form is kept, and whatever tells whose it is.
const DAY: i64 = 24 * 60 * 60;

/// The cookie of a session that begins.
pub fn session_cookie(house: &House, session: String) -> Cookie<'static> {
    cookie(house, SESSION, session, SESSION_COOKIE)
}

/// The cookie of a session that was ended.
pub fn signed_out_cookie(house: &House, session: &str) -> Cookie<'static> {
    cookie(house, SIGNED_OUT, session.to_owned(), DAY)
}

/// The session that this browser had last, ended or not.
pub fn last_session(request: &HttpRequest) -> Option<String> {
    [SESSION, SIGNED_OUT].into_iter().find_map(|name| request.cookie(name)).map(|cookie| cookie.value().to_owned())
}

/// The cookie that ties a code to this browser.
pub fn signing_in_cookie(house: &House, link: String) -> Cookie<'static> {
    cookie(house, SIGNING_IN, link, signing_in::LIFETIME.as_secs())
}

/// The cookie of a kept form.
pub fn kept_form_cookie(house: &House, key: &str) -> Cookie<'static> {
    cookie(house, kept_form_name(key), key.to_owned(), DAY)
}

/// The cookie that takes that of a kept form away.
pub fn no_kept_form_cookie(house: &House, key: &str) -> Cookie<'static> {
    no_cookie(house, kept_form_name(key))
}

fn kept_form_name(key: &str) -> String {
    format!("{KEPT_FORM}{}", token::mark(key))
}

/// A cookie that takes another one away.
pub fn no_cookie(house: &House, name: impl Into<Cow<'static, str>>) -> Cookie<'static> {
    cookie(house, name, String::new(), 0)
}

fn cookie(house: &House, name: impl Into<Cow<'static, str>>, value: String, seconds: i64) -> Cookie<'static> {
    Cookie::build(name, value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(house.public_url.starts_with("https:"))
        .max_age(Duration::seconds(seconds))
        .finish()
}

/// Whoever sends the request, for counting tries: the peer, or what the last proxy of ours says. Of an address of IPv6 only
/// the network, as whoever has one has all its addresses.
pub fn sender(request: &HttpRequest) -> String {
    let proxies = request.app_data::<web::Data<Surroundings>>().map_or(0, |surroundings| surroundings.proxies);
    let host = host(request, proxies);
    match host.parse().map(|address: IpAddr| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => format!("{:x?}", &address.segments()[..4]),
        Ok(IpAddr::V4(address)) => address.to_string(),
        Err(_) => host,
    }
}

fn host(request: &HttpRequest, proxies: usize) -> String {
    let peer = request.peer_addr().map(|peer| peer.ip().to_string()).unwrap_or_default();
    if proxies == 0 {
        return peer;
    }
    let forwarded = request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = forwarded.flat_map(|value| value.split(',')).map(str::trim).collect();
    hops.len().checked_sub(proxies).and_then(|index| hops.get(index)).map_or(peer, |hop| (*hop).to_owned())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use actix_web::web::Data;

    use super::{own_path, sender};
    use crate::web::Surroundings;

    fn sender_of(peer: &str, forwarded: &str, proxies: usize) -> String {
        let request = TestRequest::default().peer_addr(peer.parse().unwrap()).insert_header(("x-forwarded-for", forwarded));
        sender(&request.app_data(Data::new(Surroundings { proxies, demo_mail: None })).to_http_request())
    }

    #[test]
    fn who_sends_is_told_by_the_last_proxy_of_ours() {
        assert_eq!(sender_of("192.0.2.1:80", "198.51.100.7", 0), "192.0.2.1");
        assert_eq!(sender_of("192.0.2.1:80", "203.0.113.9, 198.51.100.7", 1), "198.51.100.7");
        assert_eq!(sender_of("192.0.2.1:80", "203.0.113.9, 198.51.100.7", 2), "203.0.113.9");
        assert_eq!(sender_of("192.0.2.1:80", "203.0.113.9", 2), "192.0.2.1");
    }

    #[test]
    fn a_network_of_ipv6_is_one_sender() {
        let one = sender_of("[2001:db8:1:2:3:4:5:6]:80", "", 0);
        assert_eq!(one, sender_of("[2001:db8:1:2:ffff::1]:80", "", 0));
        assert_ne!(one, sender_of("[2001:db8:1:3:3:4:5:6]:80", "", 0));
        assert_eq!(sender_of("[::ffff:192.0.2.1]:80", "", 0), "192.0.2.1");
        assert_eq!(one, sender_of("192.0.2.1:80", "2001:db8:1:2::7", 1));
    }

    #[test]
    fn a_form_leads_only_to_our_own_pages() {
        assert_eq!(own_path("/entries/1/program?x=1"), "/entries/1/program?x=1");
        for elsewhere in ["", "//example.com", "https://example.com", "/\\example.com", "entries", "/a b", "/\r\nx"] {
            assert_eq!(own_path(elsewhere), "", "{elsewhere}");
        }
    }
}
