//! A file read and checked as the form would, before anything is brought in.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::db::ids::EditionId;
use crate::domain::Edition;
use crate::guide::folded;
use crate::questionnaire::Answers;
use crate::questionnaire::entry_file::{self, EntryFile};
use crate::workflow::House;

/// What a file says.
pub(super) struct Checked {
    /// Its name, as it was given.
    pub(super) file: String,
    /// The file itself, however its name was written.
    pub(super) itself: PathBuf,
    /// The entry with the edition it is for, or what is refused in it, a sentence each.
    pub(super) entry: Result<(Arc<Edition>, EntryFile), Vec<String>>,
    /// Whose entry it is, refused or not; none where that cannot be read.
    pub(super) named: Option<Named>,
}

impl Checked {
    /// Reads a file of this name.
    pub(super) fn file(house: &House, path: &Path) -> Self {
        let name = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => Self::text(house, &name, &text),
            Err(error) => Self::refused(&name, format!("{name}: cannot be read: {error}")),
        }
    }

    fn refused(name: &str, sentence: String) -> Self {
        Self { file: name.to_owned(), itself: itself(name), entry: Err(vec![sentence]), named: None }
    }

    /// Reads what stands in a file of this name. Where its year is no edition's, the newest questionnaire tells what else
    /// is wrong, so that it need not be found out after the year is amended.
    pub(super) fn text(house: &House, name: &str, text: &str) -> Self {
        let Some(newest) = house.editions.newest() else {
            return Self::refused(name, format!("{name}: there is no edition yet"));
        };
        let year = entry_file::edition(name, text);
        let meant = year.and_then(|year| i32::try_from(year).ok()).and_then(|year| house.editions.by_year(year));
        let unknown = year.filter(|_| meant.is_none()).map(|year| {
            format!("{name}: there is no edition of {year}; its answers are checked by the questionnaire of {}", newest.year)
        });
        let known = meant.is_some();
        let edition = meant.unwrap_or(newest);
        let checked = entry_file::parse_and_check(name, text, &edition.questionnaire, edition.calendar(house.now()));
        let answers = checked.as_ref().map_or_else(|refused| &refused.answers, |file| &file.answers);
        let named = known.then(|| Named::new(name, &edition, answers)).flatten();
        let entry = match (checked, unknown) {
            (Ok(file), None) => Ok((edition, file)),
            (checked, unknown) => {
                Err(unknown.into_iter().chain(checked.err().into_iter().flat_map(|refused| refused.sentences)).collect())
            }
        };
        Self { file: name.to_owned(), itself: itself(name), entry, named }
    }
}

/// The file of this name; what is no file stands for itself.
fn itself(name: &str) -> PathBuf {
    std::fs::canonicalize(name).unwrap_or_else(|_| PathBuf::from(name))
}

/// What tells an entry from any other, as its file has it.
pub(super) struct Named {
    pub(super) file: String,
    pub(super) edition: Arc<Edition>,
    pub(super) company: String,
    pub(super) program: String,
}

impl Named {
    /// None for a draft that does not name its company yet: two of them are not of the same one.
    fn new(file: &str, edition: &Arc<Edition>, answers: &Answers) -> Option<Self> {
        let roles = &edition.questionnaire.roles;
        let (company, program) = (answers.text(&roles.company), answers.text(&roles.program));
        (!folded(company).is_empty()).then(|| Self {
            file: file.to_owned(),
            edition: Arc::clone(edition),
            company: company.to_owned(),
            program: program.to_owned(),
        })
    }

    /// Why it is refused when an earlier file has the same entry.
    pub(super) fn stands_in(&self, earlier: &str) -> String {
        let Self { file, company, program, .. } = self;
        format!("{file}: the entry of \"{company}\" for \"{program}\" stands in {earlier} as well")
    }

    /// The same for the same entry, however it is spelled.
    pub(super) fn key(&self) -> (EditionId, String, String) {
        (self.edition.id, folded(&self.company), self.program.to_lowercase())
    }
}
