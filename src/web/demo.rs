//! `/demo/mail`: the mails of the demo, which sends none, to be read in the browser.

use std::path::Path;

use actix_web::http::header::{self, ContentDisposition, ContentType, DispositionParam, DispositionType};
use actix_web::{HttpResponse, web};
use askama::Template;
use jiff::Timestamp;
use mail_parser::{Address, Message, MessageParser};

use crate::domain::Edition;
use crate::error::AppError;
use crate::web::layout::Layout;
use crate::web::{Surroundings, page};
use crate::workflow::House;

/// How many mails the list shows.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "demo/mails.html")]
struct MailsPage {
    layout: Layout,
    mails: Vec<Mail>,
}

#[derive(Template)]
#[template(path = "demo/mail.html")]
struct MailPage {
    layout: Layout,
    mail: Mail,
}

/// A mail as it is shown.
struct Mail {
    name: String,
    from: String,
    to: String,
    reply_to: String,
    subject: String,
    at: String,
    machine: String,
    text: String,
}

/// A piece of a mail's text.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    Address(&'a str),
}

/// GET `/demo/mail`
///
/// # Errors
/// [`AppError::Broken`] when the folder cannot be read.
pub async fn list(house: web::Data<House>, surroundings: web::Data<Surroundings>) -> Result<HttpResponse, AppError> {
    let folder = surroundings.demo_mail.clone().ok_or(AppError::NotThere)?;
    let edition = house.editions.newest();
    let read = move || {
        let mails = names(&folder)?.into_iter().filter_map(|name| {
            let bytes = std::fs::read(folder.join(&name)).ok()?;
            shown(&name, &bytes, edition.as_deref())
        });
        Ok(mails.collect())
    };
    let mails: std::io::Result<Vec<Mail>> = web::block(read).await.map_err(AppError::broken)?;
    page(&MailsPage { layout: Layout::public(&house, None, ""), mails: mails.map_err(AppError::broken)? })
}

/// GET `/demo/mail/{name}`
///
/// # Errors
/// [`AppError::NotThere`] for a name that no mail has.
pub async fn show(
    house: web::Data<House>,
    surroundings: web::Data<Surroundings>,
    name: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    let bytes = bytes(&surroundings, &name).await?;
    let mail = shown(&name, &bytes, house.editions.newest().as_deref()).ok_or(AppError::NotThere)?;
    page(&MailPage { layout: Layout::public(&house, None, ""), mail })
}

/// What the page of a mail's HTML may do: show its own styles, which stand in it as mail programs want them.
const POLICY_OF_MAIL: &str =
    "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'; form-action 'none'; base-uri 'none'";

/// GET `/demo/mail/{name}/html`: as a mail program shows it.
///
/// # Errors
/// [`AppError::NotThere`] for a name that no mail has.
pub async fn html(surroundings: web::Data<Surroundings>, name: web::Path<String>) -> Result<HttpResponse, AppError> {
    let bytes = bytes(&surroundings, &name).await?;
    let message = MessageParser::default().parse(&bytes).ok_or(AppError::NotThere)?;
    let html = message.body_html(0).ok_or(AppError::NotThere)?;
    Ok(HttpResponse::Ok()
        .content_type(ContentType::html())
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY_OF_MAIL))
        .body(html.into_owned()))
}

/// GET `/demo/mail/{name}/raw`
///
/// # Errors
/// [`AppError::NotThere`] for a name that no mail has.
pub async fn raw(surroundings: web::Data<Surroundings>, name: web::Path<String>) -> Result<HttpResponse, AppError> {
    let bytes = bytes(&surroundings, &name).await?;
    let disposition = DispositionParam::Filename(name.into_inner());
    Ok(HttpResponse::Ok()
        .content_type("message/rfc822")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(ContentDisposition { disposition: DispositionType::Attachment, parameters: vec![disposition] })
        .body(bytes))
}

async fn bytes(surroundings: &Surroundings, name: &str) -> Result<Vec<u8>, AppError> {
    let folder = surroundings.demo_mail.as_deref().ok_or(AppError::NotThere)?;
    if !is_mail(name) {
        return Err(AppError::NotThere);
    }
    let path = folder.join(name);
    web::block(move || std::fs::read(path)).await.map_err(AppError::broken)?.map_err(|_| AppError::NotThere)
}

/// Whether a name is one that mails are filed under; so it never leads out of the folder.
fn is_mail(name: &str) -> bool {
    let plain = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | '_' | '@');
    name.ends_with(".eml") && !name.starts_with('.') && name.chars().all(plain)
}

/// The newest mails' names. They begin with the time, so that they sort by it.
fn names(folder: &Path) -> std::io::Result<Vec<String>> {
    let files = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        files => files?,
    };
    let mut names = Vec::new();
    for file in files {
        names.extend(file?.file_name().into_string().ok().filter(|name| is_mail(name)));
    }
    names.sort_by(|one, other| other.cmp(one));
    names.truncate(SHOWN);
    Ok(names)
}

fn shown(name: &str, bytes: &[u8], edition: Option<&Edition>) -> Option<Mail> {
    let message = MessageParser::default().parse(bytes)?;
    let at = message.date().and_then(|date| Timestamp::from_second(date.to_timestamp()).ok()).unwrap_or_default();
    Some(Mail {
        name: name.to_owned(),
        from: called(message.from()),
        to: called(message.to()),
        reply_to: called(message.reply_to()),
        subject: message.subject().unwrap_or_default().to_owned(),
        at: edition.map_or_else(|| at.to_string(), |edition| edition.schedule.time_words(at)),
        machine: at.to_string(),
        text: text(&message),
    })
}

fn text(message: &Message<'_>) -> String {
    message.body_text(0).unwrap_or_default().replace("\r\n", "\n")
}

/// "Joel Brandt <joel@example.com>"
fn called(address: Option<&Address<'_>>) -> String {
    let Some(address) = address.and_then(Address::first) else { return String::new() };
    let email = address.address().unwrap_or_default();
    match address.name() {
        Some(name) => format!("{name} <{email}>"),
        None => email.to_owned(),
    }
}

impl Mail {
    /// The text, with its web addresses apart.
    fn pieces(&self) -> Vec<Piece<'_>> {
        pieces(&self.text)
    }
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while let Some((start, end)) = next_address(rest) {
        pieces.push(Piece::Text(&rest[..start]));
        pieces.push(Piece::Address(&rest[start..end]));
        rest = &rest[end..];
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// Where the next web address begins and ends; what closes a sentence does not belong to it.
fn next_address(text: &str) -> Option<(usize, usize)> {
    let start = ["http://", "https://"].iter().filter_map(|scheme| text.find(scheme)).min()?;
    let length = text[start..].find(|character: char| character.is_whitespace() || "<>\"".contains(character));
    let address = &text[start..length.map_or(text.len(), |length| start + length)];
    Some((start, start + address.trim_end_matches(['.', ',', ';', ':', '!', '?', ')']).len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_mails_are_taken() {
        assert!(is_mail("20170316T154207.000000Z-0193-a@guide.example.com.eml"));
        for name in ["../a.eml", "a/b.eml", "..\\a.eml", ".a.eml", "..eml", "a.eml\0", "a.txt", "", "é.eml", "%2e%2e.eml"] {
            assert!(!is_mail(name), "{name}");
        }
    }

    #[test]
    fn addresses_stand_apart() {
        use Piece::{Address, Text};
        assert_eq!(
            pieces("See https://a.example/x?y=1#z, or (http://b.example/).\nEnd"),
            [Text("See "), Address("https://a.example/x?y=1#z"), Text(", or ("), Address("http://b.example/"), Text(").\nEnd")]
        );
        assert_eq!(pieces("javascript:alert(1)"), [Text("javascript:alert(1)")]);
    }
}
