//! What frames every page: the guide's name, whose navigation it has, who is signed in, the draft banner.

use crate::db::ids::AccountId;
use crate::domain::{Actor, Edition, Status};
use crate::guide::Reach;
use crate::questionnaire::direction::isolated;
use crate::web::assets;
use crate::web::kept::StillKept;
use crate::workflow::submit::{is_due, may_submit};
use crate::workflow::{EntryInHand, House};

/// The frame of a page.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The guide's name, without the year.
    pub guide: String,
    /// The edition's year.
    pub year: i32,
    /// Where the guide's name leads: to the list of the year that stands beside it.
    pub home: String,
    /// Whom to write to.
    pub contact: String,
    /// The address of the stylesheet.
    pub style: &'static str,
    /// The address of the picture on the browser's tab.
    pub icon: &'static str,
    /// The address of the script.
    pub script: &'static str,
    /// The address of the script of pages that come after a vendor's form.
    pub sent_script: &'static str,
    /// The address of the script of a vendor's forms.
    pub questionnaire_script: &'static str,
    /// What the navigation is called.
    pub navigation: &'static str,
    /// Its links.
    pub links: Vec<Link>,
    /// Who is signed in; none on pages that are the same for everybody.
    pub who: Option<String>,
    /// Whose account that is: each form of the page says for whom it was made.
    pub account: Option<AccountId>,
    /// The program of the entry whose page it is, for the window's title; none on pages of no entry.
    pub program: Option<String>,
    /// The banner that cannot be missed.
    pub banner: Option<Banner>,
    /// Whether something waits at `/kept` for whoever is signed in.
    pub keeps: bool,
    /// Whether a server answers: pages in files lead to no search, comparison or sign-in.
    pub live: bool,
}

/// A link of the navigation.
#[derive(Debug, Clone)]
pub struct Link {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Whether the page is in that part.
    pub current: bool,
}

/// "Draft – not submitted", with the deadline.
#[derive(Debug, Clone)]
pub struct Banner {
    /// The state, in words.
    pub state: String,
    /// The deadline as a machine reads it.
    pub machine: String,
    /// The deadline in words; none where it has passed, or does not matter because the entry came in time before.
    pub deadline: Option<String>,
    /// What is left until then.
    pub left: String,
    /// Whether it has passed, so that the entry cannot be submitted.
    pub too_late: bool,
    /// The check page.
    pub check: String,
}

fn link(label: &str, href: impl Into<String>, current: &str) -> Link {
    Link { label: label.to_owned(), href: href.into(), current: label == current }
}

impl Layout {
    /// The frame of a page for everybody.
    pub fn public(house: &House, edition: Option<&Edition>, current: &str) -> Self {
        let newest = house.editions.newest();
        let edition = edition.or(newest.as_deref());
        let year = edition.map_or(0, |edition| edition.year);
        let live = house.reach == Reach::Server;
        let mut links = vec![link("Programs", format!("/{year}/"), current)];
        if live {
            links.push(link("Compare", format!("/{year}/compare"), current));
        }
        if edition.is_some_and(|edition| house.has_finder(edition)) {
            links.push(link("Find a program", format!("/{year}/find"), current));
        }
        links.push(link("Figures", format!("/{year}/figures"), current));
        Self {
            guide: edition.map_or_else(|| "Partner Program Guide".to_owned(), |edition| edition.name.clone()),
            year,
            home: edition.map_or_else(|| "/".to_owned(), |edition| format!("/{}/", edition.year)),
            contact: edition.map(|edition| edition.contact_email.clone()).unwrap_or_default(),
            style: assets::address("almanac.css"),
            icon: assets::address("icon.svg"),
            script: assets::address("almanac.js"),
            sent_script: assets::address("sent.js"),
            questionnaire_script: assets::address("questionnaire.js"),
            navigation: "Guide",
            links,
            who: None,
            account: None,
            program: None,
            banner: None,
            keeps: false,
            live,
        }
    }

    /// The frame of a page of somebody who is signed in.
    pub fn own(house: &House, actor: &Actor, current: &str) -> Self {
        let mut links = vec![link("Your entries", "/entries", current)];
        if actor.editor {
            links.push(link("Desk", "/desk", current));
        }
        Self {
            navigation: "Your account",
            links,
            who: Some(actor.called().to_owned()),
            account: Some(actor.account),
            ..Self::public(house, None, "")
        }
    }

    /// The frame of an entry's pages.
    pub fn entry(house: &House, actor: &Actor, entry: &EntryInHand, current: &str) -> Self {
        let path = entry.path();
        let links = vec![
            link("Your entry", path.clone(), current),
            link("Preview", format!("{path}/preview"), current),
            link("History", format!("{path}/history"), current),
        ];
        let who = match entry.entry.company_name.is_empty() {
            true => actor.called().to_owned(),
            false => format!("{}, {}", isolated(actor.called()), entry.company_apart()),
        };
        let (program, banner) = (Some(entry.program_apart()), banner(house, entry));
        Self {
            navigation: "Your entry",
            links,
            who: Some(who),
            account: Some(actor.account),
            program,
            banner,
            ..Self::public(house, Some(&entry.edition), "")
        }
    }

    /// The frame of the desk.
    pub fn desk(house: &House, actor: &Actor, edition: Option<&Edition>, current: &str) -> Self {
        let links = vec![
            link("Queue", "/desk", current),
            link("Messages", "/desk/messages", current),
            link("History", "/desk/history", current),
        ];
        Self {
            navigation: "Desk",
            links,
            who: Some(format!("{}, editor", isolated(actor.called()))),
            account: Some(actor.account),
            ..Self::public(house, edition, "")
        }
    }

    /// The frame of a page that tells of what is kept in its browser.
    pub fn telling(self, kept: &StillKept) -> Self {
        Self { keeps: kept.0, ..self }
    }

    /// Whether a deadline stands in the banner, which the script tells in the reader's own time.
    pub fn tells_deadline(&self) -> bool {
        self.banner.as_ref().is_some_and(|banner| banner.deadline.is_some())
    }

    /// "2017 Partner Program Guide".
    pub fn title(&self) -> String {
        format!("{} {}", self.year, self.guide)
    }
}

fn banner(house: &House, entry: &EntryInHand) -> Option<Banner> {
    let state = match entry.entry.status {
        Status::Draft if entry.profile.is_some() => "Revision – not submitted",
        Status::Draft => "Draft – not submitted",
        Status::ChangesRequested => "Changes requested – not submitted again",
        _ => return None,
    };
    let schedule = &entry.edition.schedule;
    let too_late = !may_submit(entry, house);
    Some(Banner {
        state: state.to_owned(),
        machine: schedule.machine(schedule.deadline_at),
        deadline: is_due(entry, house).then(|| schedule.deadline_words()),
        left: schedule.left_words(house.now()),
        too_late,
        check: format!("{}/check", entry.path()),
    })
}
