//! What is found of a text of which nothing is found as a whole.

use super::facets::quoted;
use crate::error::AppError;
use crate::guide::search::{Hits, Query, Sieve, Texts};
use crate::web::enumeration::enumerated;

/// How many mistyped words are looked for beside those of the text itself: each takes several milliseconds.
const MOST_FORGIVEN: usize = 4;

/// A text that leaves more.
pub struct OtherText {
    /// What it is without: words in quotation marks, or signs.
    pub without: String,
    /// What asks for it.
    pub query: Query,
    /// How many programs it leaves.
    pub programs: u64,
    /// The words that it is without because they stand nowhere, in quotation marks; none where each stands somewhere.
    pub nowhere: Option<String>,
}

/// The words of a text, by what is found of each.
pub struct OtherTexts<'a> {
    query: &'a Query,
    sieve: &'a Sieve<'a>,
    texts: &'a Texts,
    /// The words that stand nowhere: with any of them nothing is found.
    nowhere: Vec<&'a str>,
    /// The words that are found with typing errors forgiven.
    mistyped: Vec<&'a str>,
    /// In how many words more typing errors are forgiven.
    left: usize,
}

impl<'a> OtherTexts<'a> {
    /// Looks for each word.
    ///
    /// # Errors
    /// [`AppError::Broken`] when memory does not hold what was put there.
    pub fn of(query: &'a Query, sieve: &'a Sieve<'a>, texts: &'a Texts) -> Result<Self, AppError> {
        Self::with_errors(query, sieve, texts, MOST_FORGIVEN)
    }

    fn with_errors(query: &'a Query, sieve: &'a Sieve<'a>, texts: &'a Texts, left: usize) -> Result<Self, AppError> {
        let mut other = Self { query, sieve, texts, nowhere: Vec::new(), mistyped: Vec::new(), left };
        for word in query.words() {
            if texts.has_word(word)? {
                continue;
            }
            let exactly = texts.find_exactly(word)?;
            if !exactly.programs.is_empty() {
                continue;
            }
            if other.is_mistyped(&exactly)? { other.mistyped.push(word) } else { other.nowhere.push(word) }
        }
        Ok(other)
    }

    /// The text without some of its words, and with those apart that are joined and stand nowhere so. Where all of that
    /// leaves nothing, some of the words that were joined.
    ///
    /// # Errors
    /// As [`OtherTexts::of`].
    pub fn found(mut self) -> Result<Vec<OtherText>, AppError> {
        let mut found = self.without_words()?;
        let Some((without, apart)) = self.apart()? else { return Ok(found) };
        let mut others = OtherTexts::with_errors(&apart, self.sieve, self.texts, self.left)?;
        found.push(others.other(without, apart.clone())?);
        if found.iter().all(|other| other.programs == 0) {
            found.extend(others.without_words()?);
        }
        Ok(found)
    }

    /// The text without the words that stand nowhere. Where each stands somewhere, without one of its first few words.
    fn without_words(&mut self) -> Result<Vec<OtherText>, AppError> {
        if self.nowhere.is_empty() {
            let without = self.query.without_a_word().into_iter();
            return without.map(|(word, query)| self.other(quoted(word), query)).collect();
        }
        let Some(query) = self.query.without_words(&self.nowhere) else { return Ok(Vec::new()) };
        let words = |last| enumerated(self.nowhere.iter().map(|word| quoted(word)), last);
        let (without, nowhere) = (words("and"), words("or"));
        Ok(vec![OtherText { nowhere: Some(nowhere), ..self.other(without, query)? }])
    }

    /// The text with blanks for the signs in what is joined and stands nowhere so, and which signs; none where there are none.
    fn apart(&mut self) -> Result<Option<(String, Query)>, AppError> {
        let (mut signs, mut apart) = (Vec::new(), self.query.clone());
        for (joined, sign) in self.query.joined() {
            if self.nowhere.contains(&joined) || self.is_nowhere(joined)? {
                signs.push(format!("the {sign} in {}", quoted(joined)));
                apart = apart.with_apart(joined);
            }
        }
        Ok((!signs.is_empty()).then(|| (enumerated(signs.into_iter(), "and"), apart)))
    }

    /// Whether what is joined stands nowhere so, even mistyped.
    fn is_nowhere(&mut self, joined: &str) -> Result<bool, AppError> {
        let exactly = self.texts.find_exactly(joined)?;
        Ok(exactly.programs.is_empty() && !self.mistyped.contains(&joined) && !self.is_mistyped(&exactly)?)
    }

    fn other(&mut self, without: String, query: Query) -> Result<OtherText, AppError> {
        let programs = self.programs(&query)?;
        Ok(OtherText { without, query, programs, nowhere: None })
    }

    /// How many programs the text of a query leaves, as its page finds it.
    fn programs(&mut self, query: &Query) -> Result<u64, AppError> {
        let exactly = self.texts.find_exactly(&query.text)?;
        let mistyped = query.words().into_iter().filter(|word| self.mistyped.contains(word)).count();
        if !exactly.programs.is_empty() || mistyped == 0 {
            return Ok(self.sieve.with_text_in(&exactly.programs));
        }
        let found = self.almost(&exactly, mistyped)?.unwrap_or(exactly);
        Ok(self.sieve.with_text_in(&found.programs))
    }

    /// Whether a word that is found nowhere is found with typing errors forgiven.
    fn is_mistyped(&mut self, exactly: &Hits) -> Result<bool, AppError> {
        Ok(self.almost(exactly, 1)?.is_some_and(|almost| !almost.programs.is_empty()))
    }

    /// What is found with typing errors forgiven in so many words; none where there are none, or too many.
    fn almost(&mut self, exactly: &Hits, words: usize) -> Result<Option<Hits>, AppError> {
        let Some(left) = self.left.checked_sub(words) else { return Ok(None) };
        let almost = self.texts.find_almost(exactly)?;
        self.left = if almost.is_some() { left } else { self.left };
        Ok(almost)
    }
}
