//! Whether a folder can be written to.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;

/// Makes the folder where it is missing, and tries to write into it.
///
/// # Errors
/// Why it cannot be written to.
pub fn made(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    tried(folder)
}

/// The same of a folder that is not made: where it is missing, it is tried where it would be made. Nothing is left behind.
///
/// # Errors
/// Why it could not be written to.
pub fn could_be_made(folder: &Path) -> io::Result<()> {
    let there = folder.ancestors().find(|ancestor| !ancestor.as_os_str().is_empty() && ancestor.exists());
    tried(there.unwrap_or(Path::new(".")))
}

/// Another instance may try at the same moment: each makes a file of its own, and takes away no other.
fn tried(folder: &Path) -> io::Result<()> {
    let mut number = 0_u32;
    loop {
        let trial = folder.join(format!(".writable-{number}"));
        match File::create_new(&trial) {
            Ok(_) => return fs::remove_file(&trial),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_may_try_the_same_folder_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| (0..500).for_each(|_| made(&data).unwrap()));
            }
        });
        assert_eq!(fs::read_dir(&data).unwrap().count(), 0, "nothing is left behind");
    }

    #[test]
    fn what_could_be_made_is_not() {
        let folder = tempfile::tempdir().unwrap();
        could_be_made(&folder.path().join("a/b")).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        fs::write(folder.path().join("file"), "").unwrap();
        assert!(could_be_made(&folder.path().join("file/b")).is_err());
    }
}
