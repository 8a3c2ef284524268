//! What of an entry is shown at the desk, and what it is compared with: the address says so.

use serde::{Deserialize, Serialize};

use super::part::{Part, Reviewed, Tally};
use crate::domain::Edition;
use crate::error::AppError;
use crate::questionnaire::marked::Beside;
use crate::workflow::EntryInHand;
use crate::workflow::review::{Earlier, Which};

/// What the address says.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Asked {
    #[serde(skip_serializing_if = "Option::is_none")]
    show: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<String>,
}

impl Asked {
    /// The same as it stands in an address: empty, or from its question mark on.
    pub fn query(&self) -> String {
        match serde_urlencoded::to_string(self).unwrap_or_default() {
            nothing if nothing.is_empty() => nothing,
            query => format!("?{query}"),
        }
    }

    /// The same of all answers.
    pub fn of_all(&self) -> Self {
        Self { show: None, against: self.against.clone() }
    }
}

/// Which answers are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// All.
    All,
    /// Those that are not what they were.
    Changed,
    /// Those that something is said about.
    Noted,
}

/// What is shown, and against what.
pub struct View {
    /// Which answers.
    pub shown: Shown,
    /// The answers, beside the earlier ones.
    pub beside: Beside,
    /// The name of what it is compared with in the address.
    against: String,
}

/// The choice of both.
pub struct Filters {
    /// Which answers may be shown.
    pub shown: Vec<Choice>,
    /// What they may be compared with; empty where there is nothing.
    pub against: Vec<Choice>,
}

/// One of several.
pub struct Choice {
    /// What the address says.
    pub name: String,
    /// What is read.
    pub words: String,
    /// Whether it is this one.
    pub chosen: bool,
}

/// Compared with nothing.
const NOTHING: &str = "nothing";

impl View {
    /// What was asked for. Without a word, what comes again is compared with what the editors decided about last.
    ///
    /// # Errors
    /// [`AppError::NotThere`] for what there is not.
    pub fn new(asked: &Asked, entry: &EntryInHand, earlier: &[Earlier]) -> Result<Self, AppError> {
        let before = earlier.iter().find(|earlier| earlier.decided && !matches!(earlier.which, Which::Year(_)));
        let against = match asked.against.as_deref().filter(|name| !name.is_empty()) {
            None => before,
            Some(NOTHING) => None,
            Some(wanted) => Some(earlier.iter().find(|earlier| name(earlier.which) == wanted).ok_or(AppError::NotThere)?),
        };
        let questionnaire = &entry.edition.questionnaire;
        Ok(Self {
            shown: Shown::named(asked.show.as_deref().unwrap_or_default()).ok_or(AppError::NotThere)?,
            beside: match against {
                Some(earlier) => questionnaire.beside(&entry.answers, &earlier.edition.questionnaire, &earlier.answers),
                None => Beside { sections: questionnaire.sections(&entry.answers), ..Beside::default() },
            },
            against: against.map_or_else(|| NOTHING.to_owned(), |earlier| name(earlier.which)),
        })
    }

    /// Whether what went and what came is marked.
    pub fn marking(&self) -> bool {
        self.against != NOTHING
    }

    /// What else can be chosen; none where there is nothing to choose.
    pub fn filters(&self, edition: &Edition, earlier: &[Earlier], tally: &Tally) -> Option<Filters> {
        let shown = [
            (Shown::All, "All answers".to_owned()),
            (Shown::Changed, format!("Changed answers ({})", tally.changed)),
            (Shown::Noted, format!("Notes and queries ({})", tally.noted)),
        ];
        let possible = |shown: Shown| shown != Shown::Changed || self.marking() || self.shown == Shown::Changed;
        let shown = shown.into_iter().filter(|(shown, _)| possible(*shown)).map(|(shown, words)| Choice {
            name: shown.name().to_owned(),
            words,
            chosen: shown == self.shown,
        });
        let nothing = (NOTHING.to_owned(), "Nothing".to_owned());
        let against = earlier.iter().map(|earlier| (name(earlier.which), words(edition, earlier))).chain([nothing]);
        let against = against.map(|(name, words)| Choice { chosen: name == self.against, name, words });
        let against = if earlier.is_empty() { Vec::new() } else { against.collect() };
        let choice = !against.is_empty() || tally.noted > 0 || self.shown != Shown::All;
        choice.then(|| Filters { shown: shown.collect(), against })
    }
}

impl Shown {
    const ALL: [Self; 3] = [Self::All, Self::Changed, Self::Noted];

    /// Its name in the address.
    fn name(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Changed => "changed",
            Self::Noted => "noted",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shown| shown.name() == name)
    }

    /// The pages with what is shown of them. All lines of a question stay together.
    pub fn of(self, parts: Vec<Part>) -> Vec<Part> {
        if self == Self::All {
            return parts;
        }
        let shown = |part: Part| {
            let wanted: Vec<_> =
                part.lines.iter().filter(|line| self.takes(line)).map(|line| line.line.question.clone()).collect();
            let lines = part.lines.into_iter().filter(|line| wanted.contains(&line.line.question)).collect();
            Part { lines, ..part }
        };
        parts.into_iter().map(shown).filter(|part| !part.lines.is_empty()).collect()
    }

    fn takes(self, line: &Reviewed) -> bool {
        match self {
            Self::All => true,
            Self::Changed => line.marked.is_some(),
            Self::Noted => line.margin.as_ref().is_some_and(|margin| margin.query.is_some() || !margin.threads.is_empty()),
        }
    }
}

/// The name of an earlier state in the address.
fn name(which: Which) -> String {
    match which {
        Which::Submission(number) => format!("submission-{number}"),
        Which::Profile(version) => format!("version-{version}"),
        Which::Year(year) => format!("year-{year}"),
    }
}

fn words(edition: &Edition, earlier: &Earlier) -> String {
    let day = edition.schedule.short_day_words(earlier.at);
    match earlier.which {
        Which::Submission(number) => format!("Submission {number}, {day}"),
        Which::Profile(version) => format!("What readers see: version {version}, {day}"),
        Which::Year(year) => format!("Profile of {year}"),
    }
}
