//! Reading the published catalogue anew: after a publication at once, on other instances within two seconds.

use std::sync::Arc;

use super::House;
use crate::error::AppError;
use crate::guide::{Catalogue, Indexes};

impl House {
    /// Reads the catalogue and puts it in place.
    ///
    /// # Errors
    /// What the database says; readers keep what they have.
    pub async fn refresh_guide(&self) -> Result<(), AppError> {
        loop {
            let (editions, before, now) = (self.editions.all(), self.guide.catalogue(), self.now());
            let there = Arc::clone(&before);
            let catalogue = self.db.read(move |connection| Catalogue::load(connection, &editions, &there, now)).await?;
            if self.guide.replace(&before, catalogue) {
                return Ok(());
            }
        }
    }

    /// Reads the catalogue if another instance has changed it.
    ///
    /// # Errors
    /// What the database says; readers keep what they have.
    pub async fn refresh_guide_if_stale(&self) -> Result<(), AppError> {
        let before = self.guide.catalogue();
        let stale = self.db.read(move |connection| before.is_stale(connection).map_err(AppError::from)).await?;
        if stale { self.refresh_guide().await } else { Ok(()) }
    }

    /// Indexes the texts of the catalogue, and of every one that takes its place. Whoever searches meanwhile waits.
    pub async fn keep_texts_indexed(&self) {
        let mut news = self.guide.news();
        let mut indexes = Indexes::default();
        loop {
            let (catalogue, editions) = (self.guide.catalogue(), self.editions.all());
            if !catalogue.is_indexed() {
                let indexed = Arc::clone(&catalogue);
                let indexing = tokio::task::spawn_blocking(move || {
                    indexed.index(&editions, &mut indexes);
                    indexes
                });
                indexes = indexing.await.unwrap_or_else(|error| {
                    tracing::error!(%error, "the texts could not be indexed");
                    catalogue.give_up_indexing();
                    Indexes::default()
                });
                self.guide.tell();
            }
            if news.changed().await.is_err() {
                return;
            }
        }
    }
}
