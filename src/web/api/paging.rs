//! Some of many at a time: which page was asked for, and where those around it are.

use std::ops::Range;

use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::error::AppError;

/// How many a page has, where nobody says.
const USUALLY: usize = 50;
/// The most a page may have.
const MOST: usize = 100;

/// Which page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// Which page, counted from 1.
    #[param(minimum = 1, default = 1, required = false)]
    pub page: usize,
    /// How many a page has.
    #[param(minimum = 1, maximum = 100, default = 50, required = false)]
    pub per_page: usize,
}

impl Default for Paging {
    fn default() -> Self {
        Self { page: 1, per_page: USUALLY }
    }
}

impl Paging {
    /// Takes a parameter, if it is about pages, and says whether it is.
    ///
    /// # Errors
    /// [`AppError::Parameter`] for what is no number that there can be.
    pub fn take(&mut self, name: &str, value: &str) -> Result<bool, AppError> {
        match name {
            "page" => self.page = number(name, value, usize::MAX)?,
            "per_page" => self.per_page = number(name, value, MOST)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// How many pages so many make; one at least.
    pub fn pages(&self, total: usize) -> usize {
        total.div_ceil(self.per_page).max(1)
    }

    /// Which of so many are on the page.
    pub fn range(&self, total: usize) -> Range<usize> {
        let first = (self.page - 1).saturating_mul(self.per_page).min(total);
        first..first.saturating_add(self.per_page).min(total)
    }

    /// The addresses of this page and those around it. `address`: that of a page.
    ///
    /// # Errors
    /// [`AppError::NotThere`] for a page beyond the last.
    pub fn links(&self, total: usize, address: impl Fn(Self) -> String) -> Result<PageLinks, AppError> {
        let (page, last) = (self.page, self.pages(total));
        if page > last {
            return Err(AppError::NotThere);
        }
        let at = |page: usize| address(Self { page, ..*self });
        Ok(PageLinks {
            this: at(page),
            first: at(1),
            prev: (page > 1).then(|| at(page - 1)),
            next: (page < last).then(|| at(page + 1)),
            last: at(last),
        })
    }
}

fn number(name: &str, value: &str, most: usize) -> Result<usize, AppError> {
    let plain = value.bytes().all(|byte| byte.is_ascii_digit());
    let number = value.parse().ok().filter(|number| plain && (1..=most).contains(number));
    number.ok_or_else(|| {
        AppError::Parameter(match most {
            usize::MAX => format!("The parameter {name} must be a whole number of 1 or more."),
            _ => format!("The parameter {name} must be a whole number from 1 to {most}."),
        })
    })
}

/// The addresses of a page and those around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PageLinks {
    /// This page.
    #[serde(rename = "self")]
    #[schema(format = "uri")]
    this: String,
    /// The first.
    #[schema(format = "uri")]
    first: String,
    /// The one before; null on the first.
    #[schema(format = "uri")]
    prev: Option<String>,
    /// The next; null on the last.
    #[schema(format = "uri")]
    next: Option<String>,
    /// The last.
    #[schema(format = "uri")]
    last: String,
}

impl PageLinks {
    /// The same for the header `Link`.
    pub fn header(&self) -> String {
        let all = [
            ("first", Some(&self.first)),
            ("prev", self.prev.as_ref()),
            ("next", self.next.as_ref()),
            ("last", Some(&self.last)),
        ];
        let link = |(relation, address): (&str, Option<&String>)| Some(format!("<{}>; rel=\"{relation}\"", address?));
        all.into_iter().filter_map(link).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_a_plain_number() {
        let mut paging = Paging::default();
        assert!(paging.take("per_page", "7").unwrap() && paging.take("page", "3").unwrap());
        assert_eq!(paging, Paging { page: 3, per_page: 7 });
        assert!(!paging.take("q", "3").unwrap());
        for (name, value) in [
            ("page", "0"),
            ("page", "-1"),
            ("page", "+1"),
            ("page", "x"),
            ("page", ""),
            ("per_page", "101"),
            ("per_page", "0"),
            ("page", "99999999999999999999999"),
        ] {
            assert!(matches!(paging.take(name, value), Err(AppError::Parameter(_))), "{name}={value}");
        }
    }

    #[test]
    fn every_program_is_on_one_page() {
        for (total, per_page) in [(0, 50), (1, 50), (50, 50), (51, 50), (7, 3), (3, 1)] {
            let pages = Paging { page: 1, per_page }.pages(total);
            let all: Vec<usize> = (1..=pages).flat_map(|page| Paging { page, per_page }.range(total)).collect();
            assert_eq!(all, (0..total).collect::<Vec<_>>());
        }
        assert!(Paging { page: usize::MAX, per_page: 100 }.range(7).is_empty());
    }
}
