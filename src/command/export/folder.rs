//! A folder of files that is brought up to date: what is new or changed is written, what is no longer there removed.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use crate::command::Failure;
use crate::guide::{Encoding, Page};
use crate::web::problem;

/// Says which files are ours, a line each: the mark of the bytes and the path. Whatever else is in the folder stays.
const RECORD: &str = ".almanac-site";

/// The folder while it is brought up to date.
pub(super) struct Folder {
    root: PathBuf,
    /// What the last export left, by path.
    before: BTreeMap<String, String>,
    now: BTreeMap<String, String>,
    done: Done,
}

/// What became of the pages.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Done {
    pub(super) written: usize,
    pub(super) unchanged: usize,
    pub(super) removed: usize,
}

impl Folder {
    /// Opens a folder that is new, empty, or was exported to before.
    pub(super) fn open(root: &Path) -> Result<Self, Failure> {
        if root.is_file() {
            return Err(Failure(vec![format!("{} is a file, and a site is a folder of files.", root.display())]));
        }
        let unwritable = |error| unwritable(root, &error);
        fs::create_dir_all(root).map_err(unwritable)?;
        let record = match fs::read_to_string(root.join(RECORD)) {
            Ok(record) => record,
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(unwritable(error)),
            Err(_) if fs::read_dir(root).map_err(unwritable)?.next().is_none() => String::new(),
            Err(_) => {
                return Err(Failure(vec![format!(
                    "{} holds files that no export has written; nothing was changed. Name a new folder, or an empty one.",
                    root.display()
                )]));
            }
        };
        let line = |line: &str| line.split_once(' ').map(|(mark, path)| (path.to_owned(), mark.to_owned()));
        let before = record.lines().filter_map(line).collect();
        Ok(Self { root: root.to_owned(), before, now: BTreeMap::new(), done: Done::default() })
    }

    /// Writes down which pages are to come, so that whatever ends the export early, the next one knows its files.
    pub(super) fn expect<'a>(&self, paths: impl Iterator<Item = &'a str>) -> io::Result<()> {
        let mut expected = self.before.clone();
        for path in paths {
            expected.entry(path.to_owned()).or_insert_with(|| "-".to_owned());
        }
        self.record(&expected)
    }

    /// Puts a page where it belongs, unless it is there already.
    pub(super) fn put(&mut self, path: &str, page: &Page) -> io::Result<()> {
        let file = self.root.join(file_name(path));
        let same = self.before.get(path) == Some(&page.mark) && is_whole(&file, page)?;
        if same {
            self.done.unchanged += 1;
        } else {
            write(&file, page)?;
            self.done.written += 1;
        }
        self.now.insert(path.to_owned(), page.mark.clone());
        Ok(())
    }

    /// Removes the files of pages that are no longer there.
    pub(super) fn finish(mut self) -> io::Result<Done> {
        for path in self.before.keys().filter(|path| !self.now.contains_key(*path)) {
            let file = self.root.join(file_name(path));
            for encoding in [Encoding::Identity, Encoding::Brotli, Encoding::Gzip] {
                match fs::remove_file(twin(&file, encoding)) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                    _ => {}
                }
            }
            remove_empty(&self.root, file.parent());
            self.done.removed += 1;
        }
        self.record(&self.now)?;
        Ok(self.done)
    }

    fn record(&self, pages: &BTreeMap<String, String>) -> io::Result<()> {
        let lines: String = pages.iter().map(|(path, mark)| format!("{mark} {path}\n")).collect();
        replace(&self.root.join(RECORD), lines.as_bytes(), None)
    }
}

/// That something cannot be written there, and why.
pub(super) fn unwritable(to: &Path, error: &io::Error) -> Failure {
    Failure(vec![format!("{} cannot be written: {error}.", to.display())])
}

/// The file that web servers look for under a path: `index.html` in its folder, unless the path names a file itself. What
/// programs ask for is no page, so it is a file of that very name, even without an ending.
fn file_name(path: &str) -> String {
    let file = path.trim_start_matches('/');
    match file.rsplit('/').next() {
        Some("") | None => format!("{file}index.html"),
        Some(last) if last.contains('.') || problem::is_for_machines(path) => file.to_owned(),
        Some(_) => format!("{file}/index.html"),
    }
}

/// A file, or its twin that is compressed, as web servers name it.
fn twin(file: &Path, encoding: Encoding) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(match encoding {
        Encoding::Identity => "",
        Encoding::Brotli => ".br",
        Encoding::Gzip => ".gz",
    });
    PathBuf::from(name)
}

/// The files of a page, with what is in them.
fn files<'a>(file: &Path, page: &'a Page) -> io::Result<Vec<(PathBuf, &'a [u8])>> {
    let one = |encoding: &Encoding| Ok((twin(file, *encoding), page.bytes(*encoding)?.as_ref()));
    page.encodings().iter().map(one).collect()
}

fn is_whole(file: &Path, page: &Page) -> io::Result<bool> {
    let length = |file: &PathBuf| fs::metadata(file).map(|metadata| metadata.len()).ok();
    Ok(files(file, page)?.iter().all(|(file, bytes)| length(file) == Some(bytes.len() as u64)))
}

fn write(file: &Path, page: &Page) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let modified = page.modified.and_then(|modified| u64::try_from(modified.as_second()).ok());
    for (file, bytes) in files(file, page)? {
        replace(&file, bytes, modified)?;
    }
    Ok(())
}

/// Puts a file in place in one step: whoever reads meanwhile gets the old one or the new one. A web server tells its
/// date as Last-Modified.
pub(super) fn replace(file: &Path, bytes: &[u8], modified: Option<u64>) -> io::Result<()> {
    let mut name = OsString::from(file);
    name.push(".new");
    let mut new = File::create(&name)?;
    new.write_all(bytes)?;
    if let Some(seconds) = modified {
        new.set_modified(UNIX_EPOCH + Duration::from_secs(seconds))?;
    }
    drop(new);
    fs::rename(&name, file)
}

/// Removes folders that nothing is left in, up to the root.
fn remove_empty(root: &Path, folder: Option<&Path>) {
    let mut folder = folder;
    while let Some(empty) = folder.filter(|folder| *folder != root && fs::remove_dir(folder).is_ok()) {
        folder = empty.parent();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> Page {
        Page::html(text.to_owned(), Some("2017-05-01T00:00:00Z".parse().unwrap())).unwrap()
    }

    fn export(root: &Path, pages: &[(&str, &str)]) -> Done {
        let mut folder = Folder::open(root).unwrap();
        folder.expect(pages.iter().map(|(path, _)| *path)).unwrap();
        for (path, text) in pages {
            folder.put(path, &page(text)).unwrap();
        }
        folder.finish().unwrap()
    }

    fn files(folder: &Path) -> Vec<String> {
        let mut found = Vec::new();
        for child in fs::read_dir(folder).unwrap().map(|child| child.unwrap().path()) {
            match child.is_dir() {
                true => found.extend(files(&child)),
                false => found.push(child.display().to_string()),
            }
        }
        found.sort();
        found
    }

    #[test]
    fn a_path_is_a_file_that_web_servers_find() {
        for (path, file) in [
            ("/", "index.html"),
            ("/2017/", "2017/index.html"),
            ("/2017/programs/digium", "2017/programs/digium/index.html"),
            ("/2017/programs/digium.json", "2017/programs/digium.json"),
            ("/404.html", "404.html"),
            ("/api/", "api/index.html"),
            ("/questions/join_fee", "questions/join_fee"),
            ("/questions/tiers.partner_types", "questions/tiers.partner_types"),
        ] {
            assert_eq!(file_name(path), file);
        }
    }

    #[test]
    fn only_what_changed_is_written_and_what_went_is_removed() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        let first = export(root, &[("/2017/", "list"), ("/2017/programs/a", "a"), ("/2017/programs/b", "b")]);
        assert_eq!(first, Done { written: 3, unchanged: 0, removed: 0 });
        assert_eq!(files(root).len(), 10, "three of each page, and the record");
        let a = root.join("2017/programs/a/index.html");
        let date = fs::metadata(&a).unwrap().modified().unwrap();
        assert_eq!(date, UNIX_EPOCH + Duration::from_secs(1_493_596_800));

        fs::write(root.join("2017/ours.txt"), "of the publisher").unwrap();
        let second = export(root, &[("/2017/", "shorter"), ("/2017/programs/a", "a")]);
        assert_eq!(second, Done { written: 1, unchanged: 1, removed: 1 });
        assert!(!root.join("2017/programs/b").exists());
        assert!(root.join("2017/ours.txt").exists(), "what is not ours stays");
        assert_eq!(fs::read_to_string(root.join("2017/index.html")).unwrap(), "shorter");

        fs::remove_file(&a).unwrap();
        let third = export(root, &[("/2017/", "shorter"), ("/2017/programs/a", "a")]);
        assert_eq!(third, Done { written: 1, unchanged: 1, removed: 0 }, "a file that was taken away is written again");
    }

    #[test]
    fn an_export_that_was_broken_off_can_be_done_again_and_another_folder_is_left_alone() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::open(root.path()).unwrap();
        folder.expect(["/2017/", "/2017/programs/a"].into_iter()).unwrap();
        drop(folder);
        fs::create_dir_all(root.path().join("2017/programs/a")).unwrap();
        fs::write(root.path().join("2017/programs/a/index.html"), "half").unwrap();
        let again = export(root.path(), &[("/2017/", "list")]);
        assert_eq!(again, Done { written: 1, unchanged: 0, removed: 1 });
        assert!(!root.path().join("2017/programs").exists());

        let other = tempfile::tempdir().unwrap();
        fs::write(other.path().join("letter.txt"), "dear").unwrap();
        assert!(Folder::open(other.path()).is_err());
        assert_eq!(files(other.path()).len(), 1);
    }
}
