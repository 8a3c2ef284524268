//! The data that is measured: folders made anew, on the disk that the build is on.

use std::path::{Path, PathBuf};

use almanac::app::{self, World};
use almanac::config::Config;
use almanac::db::profiles;
use almanac::error::AppError;
use almanac::guide::Reach;
use almanac::workflow::House;
use almanac::workflow::prepare_editions::sample_entries;

/// The edition whose definition is measured.
pub const YEAR: i32 = 2017;
/// How many made-up profiles there are where there are many.
pub const MANY: usize = 300;

/// An empty folder on the disk of the build: a folder for temporary files may be in memory, where saving costs nothing.
pub fn empty_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// The house whose data is in a folder, opened by the same code as the program's.
pub async fn house(data: &Path) -> House {
    let config = Config {
        listen: "127.0.0.1:8080".parse().unwrap(),
        public_url: None,
        data_dir: data.to_owned(),
        database: format!("sqlite:{}", data.join("almanac.sqlite").display()).parse().unwrap(),
        mail: format!("file:{}", data.join("mail").display()).parse().unwrap(),
        mail_from: "Almanac <almanac@localhost>".parse().unwrap(),
        guides_dir: data.join("guides"),
        proxies: 0,
        reach: Reach::Server,
    };
    app::open(&config, World::default(), "http://127.0.0.1:8080", None).await.expect("the house opens")
}

/// A folder with the sample entries and as many made-up ones as wanted; the paths of their profiles.
pub async fn published(name: &str, made_up: usize) -> (PathBuf, Vec<String>) {
    let folder = empty_folder(name);
    let house = house(&folder).await;
    house.import(&sample_entries(YEAR)).await.expect("the samples are right");
    house.make_up(made_up).await.expect("the made-up entries are right");
    let edition = house.editions.by_year(YEAR).expect("the edition").id;
    let current = house.db.read(move |connection| Ok::<_, AppError>(profiles::current(connection, edition)?)).await;
    let path = |profile: profiles::Heading| format!("/{YEAR}/programs/{}", profile.slug);
    (folder, current.expect("the profiles").into_iter().map(path).collect())
}
