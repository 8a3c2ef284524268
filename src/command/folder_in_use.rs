//! Who uses the data folder: a lock on a file in it, held by whoever runs on what is in it.
//!
//! Several may use a folder at once, a server and an import beside it; only who throws its data away must be alone.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use super::Failure;

/// The file that is locked. It stays when all else is thrown away: who comes meanwhile must find the same one.
const LOCK: &str = ".in-use";
const IN_USE: &str = "is in use by another Almanac, and --fresh would take its data away; stop that one first";

/// A folder that is in use for as long as this lives.
#[derive(Debug)]
#[must_use = "nobody uses the folder any more once this is dropped"]
pub(super) struct InUse {
    _lock: Option<File>,
}

/// Uses the folder beside others. A file system that knows no locks keeps nobody out.
pub(super) fn use_beside_others(folder: &Path) -> Result<InUse, Failure> {
    let Ok(lock) = open(folder) else { return Ok(InUse { _lock: None }) };
    match lock.try_lock_shared() {
        Err(TryLockError::WouldBlock) => Err(told(folder, "is being emptied for a fresh demo; try again in a moment")),
        Err(TryLockError::Error(_)) => Ok(InUse { _lock: None }),
        Ok(()) => Ok(InUse { _lock: Some(lock) }),
    }
}

/// Tells whether another process uses the folder, and changes nothing. What else keeps it from being thrown away is told
/// when it is.
pub(super) fn look(folder: &Path) -> Result<(), Failure> {
    let lock = OpenOptions::new().write(true).open(folder.join(LOCK));
    match lock.map(|lock| lock.try_lock()) {
        Ok(Err(TryLockError::WouldBlock)) => Err(told(folder, IN_USE)),
        _ => Ok(()),
    }
}

/// Throws away what is in the folder, unless another process uses it.
pub(super) fn empty(folder: &Path) -> Result<(), Failure> {
    let lock = open(folder).map_err(|error| told(folder, &format!("cannot be thrown away: {error}")))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(told(folder, IN_USE)),
        Err(TryLockError::Error(error)) => return Err(told(folder, &format!("cannot be locked: {error}"))),
    }
    remove_all(folder).map_err(|error| told(folder, &format!("cannot be thrown away: {error}")))
}

fn remove_all(folder: &Path) -> io::Result<()> {
    for item in fs::read_dir(folder)? {
        let item = item?;
        match item.file_type()?.is_dir() {
            true => fs::remove_dir_all(item.path())?,
            false if item.file_name() == OsStr::new(LOCK) => {}
            false => fs::remove_file(item.path())?,
        }
    }
    Ok(())
}

fn open(folder: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).truncate(false).write(true).open(folder.join(LOCK))
}

fn told(folder: &Path, what: &str) -> Failure {
    Failure(vec![format!("{} {what}.", folder.display())])
}
