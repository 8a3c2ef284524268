//! An edition's file as JSON: the edition, its questions, its programs, each of them on a line.

use std::ops::Range;

use serde::Serialize;
use utoipa::ToSchema;

use crate::error::AppError;
use crate::web::api::FORMAT;
use crate::web::api::edition::Edition;
use crate::web::api::program::Program;
use crate::web::api::question::{Question, questions};
use crate::web::reader::Reading;

/// What ends the file.
pub(super) const END: &[u8] = b"\n]}\n";

/// A whole edition.
#[derive(Serialize, ToSchema)]
pub struct EditionFile<'a> {
    /// The version of the format.
    format: u32,
    /// The edition.
    edition: Edition,
    /// What was asked, in the order in which it was asked.
    questions: Vec<Question<'a>>,
    /// What was answered, sorted by company.
    programs: Vec<Program<'a>>,
}

/// Everything before the first program.
pub(super) fn beginning(reading: &Reading) -> Result<Vec<u8>, AppError> {
    let without =
        EditionFile { format: FORMAT, edition: Edition::new(reading)?, questions: questions(reading), programs: Vec::new() };
    let mut text = serde_json::to_vec(&without).map_err(AppError::broken)?;
    // The list of programs stands last, and stays open.
    text.truncate(text.len().saturating_sub("]}".len()));
    Ok(text)
}

/// The programs at these places.
pub(super) fn programs(reading: &Reading, places: Range<usize>) -> Result<Vec<u8>, AppError> {
    let mut text = Vec::new();
    let listed = reading.shelf()?.listed().get(places.clone()).unwrap_or_default();
    for (place, listed) in places.zip(listed) {
        text.extend_from_slice(if place == 0 { b"\n" } else { b",\n" });
        serde_json::to_writer(&mut text, &Program::new(reading, listed)?).map_err(AppError::broken)?;
    }
    Ok(text)
}
