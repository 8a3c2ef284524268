//! `almanac export`: what is published, for elsewhere.

mod folder;

use std::path::Path;

use self::folder::Folder;
use super::{Failure, house, say};
use crate::app::World;
use crate::config::Flags;
use crate::guide::Reach;
use crate::web::count::counted;
use crate::web::reader::site;

/// Brings a folder up to date with the guide of every edition, for any web server. Only what changed is written.
///
/// # Errors
/// That the folder holds something else, or what the database and the disk say.
pub async fn site(flags: &Flags, world: World, to: &Path) -> Result<(), Failure> {
    let (_, mut house) = house(flags, world).await?;
    house.reach = Reach::Files;
    let editions = site::editions(&house)?;
    let addresses = site::addresses(&house, &editions)?;
    let mut folder = Folder::open(to)?;
    folder.expect(addresses.iter().map(|address| address.path.as_str()))?;
    for address in &addresses {
        folder.put(&address.path, &address.page()?)?;
    }
    let done = folder.finish()?;
    say(&format!(
        "{} is up to date: {} in all, {} written, {} as before, {} removed.",
        to.display(),
        counted(done.written + done.unchanged, "page", "pages"),
        done.written,
        done.unchanged,
        done.removed
    ))
}
