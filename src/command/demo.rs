//! `almanac demo`: the same house on data of its own, with the sample entries, its dates laid around today, and a smaller
//! edition of the year before, made up of the same companies.

use jiff::{SignedDuration, Timestamp};

use super::serve::{look_at_serve, prepare, start, url, wait};
use super::{Failure, both, folder_in_use, say};
use crate::app::{self, World, mail_folder};
use crate::config::Flags;
use crate::domain::Schedule;
use crate::questionnaire::made_up;
use crate::web::Surroundings;
use crate::workflow::House;
use crate::workflow::prepare_editions::{Definition, definitions, sample_entries};

/// The demo's editor.
const EDITOR: (&str, &str) = ("ruth.lindqvist@guide.example", "Ruth Lindqvist");
/// How long the links that are printed work: as long as one may try the demo at a stretch.
const LINKS_LIVE: SignedDuration = SignedDuration::from_hours(12);

/// How many made-up profiles there are where nobody says how many, and how many the year before has at most.
pub const MADE_UP: usize = 24;

/// Serves the demo until it is told to stop. `entries`: how many made-up profiles there are, as it was typed.
///
/// # Errors
/// Everything that keeps it from starting, at once.
pub async fn demo(flags: &Flags, world: World, fresh: bool, entries: &str) -> Result<(), Failure> {
    let asked = asked(flags, fresh, entries);
    let ((config, listener), made_up) = both(prepare(&flags_of_demo(flags)), asked)?;
    // Only now: a mistake in what was typed throws nothing away.
    if fresh {
        folder_in_use::empty(&config.data_dir)?;
    }
    let _in_use = folder_in_use::use_beside_others(&config.data_dir)?;
    let url = url(&config, &listener)?;
    let mut editions = around(definitions(&config.guides_dir).map_err(app::StartError::from)?, world.clock.now());
    if made_up > 0 {
        editions.extend(year_before(&editions));
    }
    let house = app::open(&config, world, &url, Some(editions)).await?;
    let vendor = fill(&house).await?;
    make_up(&house, made_up).await?;
    let vendor_link = house.print_sign_in(&vendor, "/entries", LINKS_LIVE).await?;
    let editor_link = house.print_sign_in(EDITOR.0, "/desk", LINKS_LIVE).await?;
    let surroundings = Surroundings { proxies: config.proxies, demo_mail: mail_folder(&config) };
    let running = start(&config, house, surroundings, listener)?;
    say(&format!("The demo is at        {url}"))?;
    say(&format!("Sign in as a vendor   {vendor_link}"))?;
    say(&format!("Sign in as an editor  {editor_link}"))?;
    say(&format!("Read the mails        {url}/demo/mail"))?;
    say(&format!("What is done here stays in {} until --fresh. Each link works once.", config.data_dir.display()))?;
    wait(running).await
}

/// Looks what would keep it from starting, without starting or making anything.
///
/// # Errors
/// Everything that is wrong with what was typed and with the configuration.
pub fn look_at_demo(flags: &Flags, fresh: bool, entries: &str) -> Result<(), Failure> {
    both(look_at_serve(&flags_of_demo(flags)), asked(flags, fresh, entries)).map(drop)
}

/// How many made-up profiles are asked for, or everything that is wrong with what is asked for.
fn asked(flags: &Flags, fresh: bool, entries: &str) -> Result<usize, Failure> {
    let free = if fresh { folder_in_use::look(&flags_of_demo(flags).data_dir) } else { Ok(()) };
    let (made_up, _) = both(number(entries), both(own_data(flags), free))?;
    Ok(made_up)
}

/// As many entries as have names of their own.
fn number(entries: &str) -> Result<usize, Failure> {
    let number = entries.parse::<usize>().ok().filter(|number| *number <= made_up::MOST);
    number.ok_or_else(|| Failure(vec![format!("--entries: \"{entries}\" is no whole number up to {}", made_up::MOST)]))
}

/// Refuses what would lead the demo to data or a mail server that are not its own.
fn own_data(flags: &Flags) -> Result<(), Failure> {
    let given = [
        ("--database-url (ALMANAC_DATABASE_URL)", &flags.database_url),
        ("--mail (ALMANAC_MAIL)", &flags.mail),
        ("--mail-user (ALMANAC_MAIL_USER)", &flags.mail_user),
        ("--mail-password (ALMANAC_MAIL_PASSWORD)", &flags.mail_password),
    ];
    let given: Vec<&str> = given.iter().filter(|(_, value)| value.is_some()).map(|(name, _)| *name).collect();
    match given.is_empty() {
        true => Ok(()),
        false => {
            let names = given.join(", ");
            Err(Failure(vec![format!("{names}: the demo has a database of its own and sends no mail; leave it out")]))
        }
    }
}

/// The demo's data is its own: its folder, its database, its mails.
fn flags_of_demo(flags: &Flags) -> Flags {
    Flags {
        data_dir: flags.data_dir.join("demo"),
        database_url: None,
        mail: None,
        mail_user: None,
        mail_password: None,
        ..flags.clone()
    }
}

/// Lays the editions' dates around today: the newest is open, with eleven days left.
fn around(definitions: Vec<Definition>, now: Timestamp) -> Vec<Definition> {
    let days = |days: i64| SignedDuration::from_hours(24 * days);
    let newest = definitions.iter().map(|definition| definition.edition.year).max();
    let mut definitions = definitions;
    for definition in definitions.iter_mut().filter(|definition| Some(definition.edition.year) == newest) {
        let zone = definition.schedule.zone.clone();
        let hour = SignedDuration::from_secs(now.as_second().rem_euclid(3600));
        let whole = now - hour;
        definition.schedule =
            Schedule { opens_at: whole - days(60), deadline_at: whole + days(12), publishes_at: whole + days(42), zone };
    }
    definitions
}

/// The edition before the only one: a year ago, and without two questions that are newly asked since.
fn year_before(definitions: &[Definition]) -> Option<Definition> {
    let [only] = definitions else { return None };
    let mut before = only.clone();
    let year = SignedDuration::from_hours(24 * 365);
    before.edition.year -= 1;
    let Schedule { opens_at, deadline_at, publishes_at, .. } = &mut before.schedule;
    for moment in [opens_at, deadline_at, publishes_at] {
        *moment -= year;
    }
    for page in before.questionnaire.pages.iter_mut().rev().filter(|page| page.questions.len() > 1).take(2) {
        page.questions.pop();
    }
    Some(before)
}

/// Fills the editions with made-up profiles: a few of the year before, all of the newest.
async fn make_up(house: &House, made_up: usize) -> Result<(), Failure> {
    let editions = house.editions.all();
    for earlier in editions.iter().rev().skip(1) {
        house.make_up_in(earlier, made_up.min(MADE_UP)).await?;
    }
    Ok(house.make_up(made_up).await?)
}

/// Brings in the sample entries and the editor, the first time; the address of the vendor whose entry is half filled in.
async fn fill(house: &House) -> Result<String, Failure> {
    let year = house.editions.newest().map_or(0, |edition| edition.year);
    let samples = sample_entries(year);
    if !house.has_editor().await? {
        // A demo that was ended between these two has its samples already.
        if house.vendor_of_draft().await?.is_none() {
            house.import(&samples).await?;
        }
        house.invite_editor(EDITOR.0, EDITOR.1).await?;
    }
    house.vendor_of_draft().await?.ok_or_else(|| Failure(vec![format!("guides/{year}/entries holds no draft to try")]))
}
