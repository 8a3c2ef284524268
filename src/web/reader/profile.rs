//! A profile: the page that readers see, its printer-friendly version, and the preview of one that is not published.

use actix_web::{HttpResponse, web};
use askama::Template;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::context::Context;
use super::head::Head;
use super::{Reading, linked_data, list, made};
use crate::domain::Edition;
use crate::error::AppError;
use crate::guide::{Listed, Page, Published};
use crate::questionnaire::{Printed, Value, Way};
use crate::web::layout::Layout;
use crate::web::page;
use crate::workflow::House;

/// What a profile is shown as.
#[derive(Debug, Clone, Copy)]
pub enum ProfileKind<'a> {
    /// What readers see.
    Published(&'a Listed),
    /// The same without any navigation, ready to print.
    Print(&'a Listed),
    /// What readers would see, with a way back to where somebody looks from.
    Preview {
        /// That way.
        back: &'a str,
    },
}

/// A profile. Published, printed and previewed, it is the same document.
#[derive(Template)]
#[template(path = "reader/profile.html")]
pub struct ProfilePage<'a> {
    layout: Layout,
    edition: &'a Edition,
    printed: &'a Printed,
    kind: ProfileKind<'a>,
    /// What it says of itself to machines; nothing in a preview.
    head: Option<Head>,
    /// The address of the published page, in full; none in a preview.
    address: Option<String>,
    dates: Option<Dates>,
    /// What stands round the answers; none in print and preview.
    context: Option<Context>,
    /// Where the list has its letter; none in a preview.
    under_letter: Option<String>,
    /// The profiles before and after it, A to Z.
    before: Option<&'a Listed>,
    after: Option<&'a Listed>,
}

/// When a profile was confirmed and published: for a machine and in words.
struct Dates {
    confirmed: (String, String),
    published: (String, String),
}

impl<'a> ProfilePage<'a> {
    /// A published profile's page, or its printer-friendly version.
    ///
    /// # Errors
    /// [`AppError::NotThere`] for what is not in the catalogue.
    pub fn published(reading: &'a Reading, listed: &'a Listed, published: &'a Published, print: bool) -> Result<Self, AppError> {
        let (edition, shelf) = (&*reading.edition, reading.shelf()?);
        let schedule = &edition.schedule;
        let day = |moment| (schedule.machine(moment), schedule.day_words(moment));
        let dates = Dates { confirmed: day(listed.confirmed_at), published: day(listed.published_from) };
        let place = shelf.place(&listed.slug).ok_or(AppError::NotThere)?;
        let head = Head::of_profile(reading, listed, linked_data::of_profile(reading, listed, published)?);
        let beside = |place: Option<u32>| place.and_then(|place| shelf.at(place)).map(|listed| &**listed);
        Ok(Self {
            layout: Layout::public(&reading.house, Some(edition), "Programs"),
            edition,
            printed: &published.printed,
            kind: if print { ProfileKind::Print(listed) } else { ProfileKind::Published(listed) },
            head: Some(head),
            address: Some(reading.house.address(&address(edition, &listed.slug))),
            dates: Some(dates),
            context: if print { None } else { Some(Context::new(reading, listed, published)?) },
            under_letter: Some(list::under(reading, listed.letter)?),
            before: beside(place.checked_sub(1)),
            after: beside(place.checked_add(1)),
        })
    }

    /// A profile that is not published yet, in the frame of whoever looks at it.
    pub fn preview(layout: Layout, edition: &'a Edition, published: &'a Published, back: &'a str) -> Self {
        let kind = ProfileKind::Preview { back };
        Self {
            layout,
            edition,
            printed: &published.printed,
            kind,
            head: None,
            address: None,
            dates: None,
            context: None,
            under_letter: None,
            before: None,
            after: None,
        }
    }

    /// The profile of the page that readers browse; none in print and preview.
    fn browsed(&self) -> Option<&Listed> {
        match self.kind {
            ProfileKind::Published(listed) => Some(listed),
            _ => None,
        }
    }

    fn is_bare(&self) -> bool {
        matches!(self.kind, ProfileKind::Print(_))
    }

    /// Whether something stands at this anchor: a line, or a name in the title.
    fn has_anchor(&self, anchor: &str) -> bool {
        let (printed, roles) = (self.printed, &self.edition.questionnaire.roles);
        let is_program = anchor == roles.program && !printed.program.is_empty();
        anchor == roles.company || is_program || printed.line(anchor).is_some()
    }

    fn program_address(&self, slug: &str) -> String {
        address(self.edition, slug)
    }

    /// A mail that tells somebody of the profile, for the reader's own mail program.
    fn mail(&self) -> String {
        let name = if self.printed.program.is_empty() { &self.printed.company } else { &self.printed.program };
        mailto(&format!("{name}, {}", self.edition.title()), self.address.as_deref().unwrap_or_default())
    }
}

/// The path of a profile.
pub(super) fn address(edition: &Edition, slug: &str) -> String {
    format!("/{}/programs/{slug}", edition.year)
}

/// What may stand in the query of a mail address as it is; all else is encoded, blanks as %20 and never as +.
const PLAIN: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The address that opens a mail to nobody yet, for the reader's own mail program.
pub(super) fn mailto(subject: &str, body: &str) -> String {
    format!("mailto:?subject={}&body={}", utf8_percent_encode(subject, &PLAIN), utf8_percent_encode(body, &PLAIN))
}

/// `/{year}/programs/{slug}`
///
/// # Errors
/// [`AppError::NotThere`] for what is not published.
pub async fn show(house: web::Data<House>, path: web::Path<(i32, String)>) -> Result<HttpResponse, AppError> {
    let reading = Reading::of_year(&house, path.0)?;
    reading.answer(&format!("/{}/programs/{}", path.0, path.1), move |reading| make(reading, &path.1, false)).await
}

/// `/{year}/programs/{slug}/print`
///
/// # Errors
/// [`AppError::NotThere`] for what is not published.
pub async fn print(house: web::Data<House>, path: web::Path<(i32, String)>) -> Result<HttpResponse, AppError> {
    let reading = Reading::of_year(&house, path.0)?;
    reading.answer(&format!("/{}/programs/{}/print", path.0, path.1), move |reading| make(reading, &path.1, true)).await
}

/// A profile's page, or its printer-friendly version.
///
/// # Errors
/// [`AppError::NotThere`] for what is not published.
pub fn make(reading: &Reading, slug: &str, print: bool) -> Result<Page, AppError> {
    let listed = reading.profile(slug)?;
    let published = listed.published()?;
    // Printed, it says what this profile says. Its page says as well what others do, here and in other editions: nothing
    // on it is newer than the catalogue's last change, and nobody knows of an earlier moment that is sure.
    let modified = if print { Some(listed.published_from) } else { reading.catalogue().changed_at() };
    made(&ProfilePage::published(reading, listed, &published, print)?, modified)
}

/// The preview of a profile, in the frame of whoever looks at it; kept by nobody.
///
/// # Errors
/// What the template says.
pub fn preview(layout: Layout, edition: &Edition, published: &Published, back: &str) -> Result<HttpResponse, AppError> {
    page(&ProfilePage::preview(layout, edition, published, back))
}

#[cfg(test)]
mod tests {
    use super::mailto;

    #[test]
    fn a_mail_keeps_every_character_of_subject_and_address() {
        assert_eq!(
            mailto("R&D “Partner” Program, 2017 Guide", "https://guide.example.com/2017/programs/r-d?x=1#top"),
            "mailto:?subject=R%26D%20%E2%80%9CPartner%E2%80%9D%20Program%2C%202017%20Guide\
             &body=https%3A%2F%2Fguide.example.com%2F2017%2Fprograms%2Fr-d%3Fx%3D1%23top"
        );
    }
}
